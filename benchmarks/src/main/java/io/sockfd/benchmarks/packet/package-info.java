/**
 * Reading whole frames from a packet socket: the reader's time alone, since what sending costs is the same for all. Each
 * contestant has a network namespace of its own.
 */
@NullMarked
package io.sockfd.benchmarks.packet;

import org.jspecify.annotations.NullMarked;
