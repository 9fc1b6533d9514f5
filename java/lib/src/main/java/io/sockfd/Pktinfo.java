package io.sockfd;

import java.net.InetAddress;

/**
 * Where a datagram arrived: what IP_PKTINFO and IPV6_PKTINFO carry.
 *
 * @param ifindex the interface's index
 * @param local the address of this host that took it (IPv4: the one that an answer should come from; IPv6: the
 *     destination)
 * @param destination the destination in the packet's header, which differs from {@code local} for broadcasts
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3542#section-6">RFC 3542 section 6</a>
 */
public record Pktinfo(int ifindex, InetAddress local, InetAddress destination) {}
