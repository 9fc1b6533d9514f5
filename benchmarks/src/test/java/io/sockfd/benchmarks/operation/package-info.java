@NullMarked
package io.sockfd.benchmarks.operation;

import org.jspecify.annotations.NullMarked;
