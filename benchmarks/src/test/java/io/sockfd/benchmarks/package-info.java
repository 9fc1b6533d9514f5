@NullMarked
package io.sockfd.benchmarks;

import org.jspecify.annotations.NullMarked;
