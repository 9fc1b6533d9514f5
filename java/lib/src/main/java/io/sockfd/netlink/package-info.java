/**
 * AF_NETLINK: the kernel's own interfaces. {@link io.sockfd.netlink.RtNetlink} knows links, addresses, routes and
 * neighbours, {@link io.sockfd.netlink.SocketDiag} the sockets of this network namespace; {@link
 * io.sockfd.netlink.Netlink} speaks any other protocol, with messages and attributes.
 *
 * <p>Three kinds of failures, all of them {@link java.io.IOException}s: {@link io.sockfd.netlink.NetlinkException} is the
 * kernel's no, with its text; {@link io.sockfd.netlink.NetlinkOverrunException} means that messages were lost; {@link
 * io.sockfd.netlink.MalformedMessageException} that a reply cannot be what it says.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>
 * @since 0.1
 */
@NullMarked
package io.sockfd.netlink;

import org.jspecify.annotations.NullMarked;
