/**
 * Sending and receiving UDP datagrams on loopback, both ends in one thread, so that no scheduler is in the figure: one at a
 * time, in batches, and as segments of one large send.
 */
@NullMarked
package io.sockfd.benchmarks.datagram;

import org.jspecify.annotations.NullMarked;
