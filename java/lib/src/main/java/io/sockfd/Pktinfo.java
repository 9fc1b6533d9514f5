package io.sockfd;

import java.net.InetAddress;
import java.net.UnknownHostException;

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
public record Pktinfo(int ifindex, InetAddress local, InetAddress destination) {
    private static final int IN4 = 4;

    /** What an answer comes from: the address that was asked, or the wildcard where that was a group or a broadcast. */
    InetAddress source() {
        // of what came to a group or a broadcast, IP_PKTINFO gives one of this host's, but IPV6_PKTINFO the destination
        return isOneOnly(local) ? local : wildcard(local);
    }

    boolean isUnicast() {
        return isOneOnly(destination);
    }

    private static boolean isOneOnly(InetAddress address) {
        byte[] bytes = address.getAddress();
        return !address.isMulticastAddress() && (bytes.length != IN4 || !Broadcasts.isOne(bytes));
    }

    private static InetAddress wildcard(InetAddress family) {
        try {
            return InetAddress.getByAddress(new byte[family.getAddress().length]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for lengths other than 4 and 16
        }
    }
}
