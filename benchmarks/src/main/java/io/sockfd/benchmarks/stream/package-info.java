/** Sending and receiving on connected stream sockets, both ends in one thread, so that no scheduler is in the figure. */
@NullMarked
package io.sockfd.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
