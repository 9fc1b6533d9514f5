/** Raw ICMP: an echo request on loopback, and the kernel's reply. */
@NullMarked
package io.sockfd.benchmarks.icmp;

import org.jspecify.annotations.NullMarked;
