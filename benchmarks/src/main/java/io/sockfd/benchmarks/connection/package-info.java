/**
 * Opening, connecting, accepting and closing both ends, on a listener that stays. TCP connections go to many addresses of
 * the loopback network in turn, so that those in TIME_WAIT do not use up the ports of one.
 */
@NullMarked
package io.sockfd.benchmarks.connection;

import org.jspecify.annotations.NullMarked;
