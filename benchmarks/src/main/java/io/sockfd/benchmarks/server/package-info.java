/** Servers in processes of their own, under a fixed rate of requests. */
@NullMarked
package io.sockfd.benchmarks.server;

import org.jspecify.annotations.NullMarked;
