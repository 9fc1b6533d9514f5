@NullMarked
package io.sockfd.benchmarks.start;

import org.jspecify.annotations.NullMarked;
