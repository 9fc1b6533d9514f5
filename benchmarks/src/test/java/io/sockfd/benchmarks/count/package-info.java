@NullMarked
package io.sockfd.benchmarks.count;

import org.jspecify.annotations.NullMarked;
