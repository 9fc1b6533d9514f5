/** Round trips, and how long the slowest of them take. */
@NullMarked
package io.sockfd.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
