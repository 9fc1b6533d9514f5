/**
 * The rows under JMH, one contestant after the other in JVMs of their own. Times of different JVMs are worth less than those
 * taken side by side; what is garbage for each operation is seen exactly.
 */
@NullMarked
package io.sockfd.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
