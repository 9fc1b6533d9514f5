/** From the start of a process to its first byte. */
@NullMarked
package io.sockfd.benchmarks.start;

import org.jspecify.annotations.NullMarked;
