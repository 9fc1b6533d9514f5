package io.sockfd.cli.top;

import io.sockfd.packet.Packet;
import io.sockfd.raw.Linux;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What belongs together: the packets between two ends, seen from this machine.
 *
 * @param protocol of IP, -1 for all of them
 * @param localPort -1 where there is none
 * @param remotePort -1 where there is none
 */
record Flow(int protocol, InetAddress local, int localPort, InetAddress remote, int remotePort) {
    /** Null for a packet that is not of IP. */
    static @Nullable Flow of(Packet packet, boolean outgoing, boolean hostsOnly) {
        InetAddress source;
        InetAddress destination;
        if (packet.ipv4() != null) {
            source = packet.ipv4().source();
            destination = packet.ipv4().destination();
        } else if (packet.ipv6() != null) {
            source = packet.ipv6().source();
            destination = packet.ipv6().destination();
        } else {
            return null;
        }
        int from = -1;
        int to = -1;
        if (hostsOnly) {
            return outgoing ? new Flow(-1, source, -1, destination, -1) : new Flow(-1, destination, -1, source, -1);
        } else if (packet.tcp() != null) {
            from = packet.tcp().sourcePort();
            to = packet.tcp().destinationPort();
        } else if (packet.udp() != null) {
            from = packet.udp().sourcePort();
            to = packet.udp().destinationPort();
        }
        return outgoing
                ? new Flow(packet.protocol(), source, from, destination, to)
                : new Flow(packet.protocol(), destination, to, source, from);
    }

    /** {@code tcp}, {@code udp}, {@code icmp} …; {@code ip} for all. */
    String protocolName() {
        return switch (protocol) {
            case -1 -> "ip";
            case Linux.IPPROTO_TCP -> "tcp";
            case Linux.IPPROTO_UDP -> "udp";
            case Linux.IPPROTO_ICMP -> "icmp";
            case Linux.IPPROTO_ICMPV6 -> "icmp6";
            case Linux.IPPROTO_IGMP -> "igmp";
            case Linux.IPPROTO_SCTP -> "sctp";
            case Linux.IPPROTO_GRE -> "gre";
            case Linux.IPPROTO_ESP -> "esp";
            default -> "ip-" + protocol;
        };
    }
}
