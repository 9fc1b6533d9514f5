@NullMarked
package io.sockfd.benchmarks.failure;

import org.jspecify.annotations.NullMarked;
