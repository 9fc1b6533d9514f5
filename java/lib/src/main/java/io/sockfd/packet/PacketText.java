package io.sockfd.packet;

import io.sockfd.raw.Linux;

/** Packets in one line, in the manner of tcpdump. */
final class PacketText {
    private PacketText() {}

    static void describe(Packet p, StringBuilder out) {
        for (int i = 0; i < p.vlans(); i++) {
            Vlan tag = p.vlan(i);
            out.append("vlan ").append(tag.vid()).append(", p ").append(tag.pcp());
            out.append(tag.dei() ? ", DEI, " : ", ");
        }
        Arp arp = p.arp();
        if (arp != null) {
            arp.describe(out);
        } else if (p.ipv4() != null || p.ipv6() != null) {
            ip(p, out);
        } else {
            other(p, out);
        }
        if (p.isTruncated()) {
            out.append(" [truncated]");
        }
        if (p.problem() != null) {
            out.append(" [malformed: ").append(p.problem()).append(']');
        }
    }

    private static void other(Packet p, StringBuilder out) {
        Ethernet ethernet = p.ethernet();
        if (ethernet != null) {
            Ethernet.describe(out, ethernet.b, ethernet.offset);
            out.append(", ");
        }
        if (p.etherType() >= Ethernet.LEAST_TYPE) {
            String hex = Integer.toHexString(p.etherType());
            out.append("ethertype 0x")
                    .append("0".repeat(4 - hex.length()))
                    .append(hex)
                    .append(", ");
        } else if (p.etherType() >= 0) {
            out.append("802.3, ");
        }
        out.append("length ").append(p.length());
    }

    private static void ip(Packet p, StringBuilder out) {
        Tcp tcp = p.tcp();
        Udp udp = p.udp();
        Ipv4 ip4 = p.ipv4();
        Ipv6 ip6 = p.ipv6();
        int source = tcp != null ? tcp.sourcePort() : udp != null ? udp.sourcePort() : -1;
        int destination = tcp != null ? tcp.destinationPort() : udp != null ? udp.destinationPort() : -1;
        if (ip4 != null) {
            port(Ip.text4(out.append("IP "), ip4.sourceAddress()), source).append(" > ");
            port(Ip.text4(out, ip4.destinationAddress()), destination).append(": ");
            options(ip4, out);
            fragment(out, ip4.isFragment(), ip4.identification(), ip4.fragmentOffset(), ip4.moreFragments());
        } else if (ip6 != null) {
            port(Ip.text6(out.append("IP6 "), ip6.b, ip6.offset + Ipv6.SOURCE), source)
                    .append(" > ");
            port(Ip.text6(out, ip6.b, ip6.offset + Ipv6.DESTINATION), destination)
                    .append(": ");
            extensions(p, out);
        }
        Icmp icmp = p.icmp();
        Icmp6 icmp6 = p.icmp6();
        if (tcp != null) {
            tcp.describe(out);
        } else if (udp != null) {
            udp.describe(out);
        } else if (icmp != null) {
            icmp.describe(out);
        } else if (icmp6 != null) {
            Icmp6Text.describe(icmp6, out);
        } else {
            upper(p, out);
        }
    }

    private static StringBuilder port(StringBuilder out, int port) {
        return port < 0 ? out : out.append('.').append(port);
    }

    private static void options(Ipv4 ip, StringBuilder out) {
        if (ip.headerLength() > Ipv4.SIZE) {
            ip.options().describe(out.append("options ("));
            out.append(") ");
        }
    }

    private static void fragment(StringBuilder out, boolean is, long id, int offset, boolean more) {
        if (is) {
            out.append("frag (id ")
                    .append(id)
                    .append(", offset ")
                    .append(offset * 8)
                    .append(more ? ", more) " : ") ");
        }
    }

    private static void extensions(Packet p, StringBuilder out) {
        Ipv6Routing routing = p.routing();
        Ipv6Fragment fragment = p.fragment();
        if (p.hopByHop() != null) {
            out.append("HBH ");
        }
        if (routing != null) {
            out.append("srcrt (type ").append(routing.routingType());
            out.append(", segleft ").append(routing.segmentsLeft()).append(") ");
        }
        if (fragment != null) {
            fragment(out, true, fragment.identification(), fragment.fragmentOffset(), fragment.moreFragments());
        }
        if (p.destinationOptions() != null) {
            out.append("DSTOPT ");
        }
    }

    private static void upper(Packet p, StringBuilder out) {
        switch (p.protocol()) {
            case Linux.IPPROTO_TCP -> out.append("tcp");
            case Linux.IPPROTO_UDP -> out.append("udp");
            case Linux.IPPROTO_ICMP -> out.append("icmp");
            case Linux.IPPROTO_ICMPV6 -> out.append("icmp6");
            case Linux.IPPROTO_IGMP -> out.append("igmp");
            case Linux.IPPROTO_SCTP -> out.append("sctp");
            case Linux.IPPROTO_GRE -> out.append("gre");
            case Linux.IPPROTO_ESP -> out.append("esp");
            case Linux.IPPROTO_IPIP -> out.append("ipip");
            case Linux.IPPROTO_NONE -> out.append("no next header");
            default -> out.append("ip-proto-").append(p.protocol());
        }
        out.append(", length ").append(p.payloadLimit() - p.payloadOffset());
    }
}
