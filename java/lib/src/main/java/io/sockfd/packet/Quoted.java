package io.sockfd.packet;

import io.sockfd.raw.Linux;

/** What an ICMP error is about: the packet whose beginning it quotes. */
final class Quoted {
    private static final int PORTS = 4;

    private final Frame packet = new Frame();

    private Quoted(Header<?> error) {
        packet.wrap(error.b, error.payloadOffset(), error.payloadLimit(), 0, LinkType.RAW);
    }

    static Quoted of(Header<?> error) {
        return new Quoted(error);
    }

    /** Whether there is enough of the packet to say whom it was for. */
    boolean isThere() {
        return packet.ipv4() != null || packet.ipv6() != null;
    }

    /** The host that the packet was for, if that is there. */
    String host() {
        StringBuilder out = new StringBuilder();
        Ipv4 ip4 = packet.ipv4();
        Ipv6 ip6 = packet.ipv6();
        if (ip4 != null) {
            Ip.text4(out, ip4.destinationAddress());
        } else if (ip6 != null) {
            Ip.text6(out, ip6.b, ip6.offset + Ipv6.DESTINATION);
        }
        return out.toString();
    }

    /** The protocol over IP, -1 when it is not known. */
    int protocol() {
        return packet.protocol();
    }

    /** Host, protocol and port, as far as they are there. */
    String text() {
        int port = port();
        if (port >= 0) {
            return host() + " " + IpProtocols.name(protocol()) + " port " + port;
        }
        return protocol() < 0 ? host() : host() + " protocol " + IpProtocols.name(protocol());
    }

    /** The port that the packet was for, -1 when there is none; a quotation has 8 bytes of the transport at least. */
    int port() {
        Tcp tcp = packet.tcp();
        Udp udp = packet.udp();
        if (tcp != null) {
            return tcp.destinationPort();
        } else if (udp != null) {
            return udp.destinationPort();
        }
        boolean cut = packet.payloadLimit() - packet.payloadOffset() < PORTS;
        return !hasPorts() || cut || packet.isLaterFragment()
                ? -1
                : Bytes.u16(packet.buffer(), packet.payloadOffset() + Short.BYTES);
    }

    private boolean hasPorts() {
        return switch (packet.protocol()) {
            case Linux.IPPROTO_TCP, Linux.IPPROTO_UDP, Linux.IPPROTO_SCTP, Linux.IPPROTO_DCCP, Linux.IPPROTO_UDPLITE ->
                true;
            default -> false;
        };
    }
}
