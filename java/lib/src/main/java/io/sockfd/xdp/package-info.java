/**
 * AF_XDP: frames from and to a queue of an interface through memory that is shared with the kernel, past its network stack.
 *
 * <p>A {@link io.sockfd.xdp.Umem} is the memory, cut into chunks of one frame each; an {@link io.sockfd.xdp.XdpSocket} has up
 * to four rings, in which chunks go to the kernel and come back; an {@link io.sockfd.xdp.XdpRedirect} is the program at the
 * interface that gives sockets their frames. Frames that a socket gets are not seen by anybody else on this host.
 *
 * <p>It needs Linux 5.10, CAP_NET_RAW for the sockets, and CAP_BPF and CAP_NET_ADMIN for the program.
 *
 * @see <a href="https://docs.kernel.org/networking/af_xdp.html">AF_XDP, in the kernel's documentation</a>
 * @since 0.1
 */
@NullMarked
package io.sockfd.xdp;

import org.jspecify.annotations.NullMarked;
