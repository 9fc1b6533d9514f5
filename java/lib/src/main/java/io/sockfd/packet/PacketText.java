package io.sockfd.packet;

import org.jspecify.annotations.Nullable;

/** Packets in one line, in the manner of tcpdump. */
final class PacketText {
    private PacketText() {}

    static void describe(Frame p, StringBuilder out) {
        for (int i = 0; i < p.vlans(); i++) {
            Vlan tag = p.vlan(i);
            out.append("vlan ").append(tag.vid()).append(", p ").append(tag.pcp());
            out.append(tag.dei() ? ", DEI, " : ", ");
        }
        p.tunnels().describeShims(out);
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

    private static void other(Frame p, StringBuilder out) {
        Ethernet ethernet = p.ethernet();
        if (ethernet != null) {
            Ethernet.describe(out, ethernet.b, ethernet.offset);
            out.append(", ");
        }
        Llc llc = p.llc();
        if (llc != null) {
            llc.describe(out);
            out.append(", ");
        } else if (p.etherType() >= Ethernet.LEAST_TYPE) {
            out.append(EtherTypes.name(p.etherType())).append(", ");
        } else if (p.etherType() >= 0) {
            out.append("802.3, ");
        }
        out.append("length ").append(p.length());
    }

    private static void ip(Frame p, StringBuilder out) {
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
            if (ip4.isFragment()) {
                fragment(out, ip4.identification(), ip4.fragmentOffset(), ip4.moreFragments());
            }
        } else if (ip6 != null) {
            port(Ip.text6(out.append("IP6 "), ip6.b, ip6.offset + Ipv6.SOURCE), source)
                    .append(" > ");
            port(Ip.text6(out, ip6.b, ip6.offset + Ipv6.DESTINATION), destination)
                    .append(": ");
        }
        extensions(p.extensions(), out);
        Icmp icmp = p.icmp();
        Icmp6 icmp6 = p.icmp6();
        Frame inner = p.inner();
        if (inner != null || p.tunnels().carrier != null) {
            tunnel(p, inner, out);
        } else if (tcp != null) {
            TcpText.describe(tcp, out);
        } else if (p.applications().describe(out)) {
            return;
        } else if (udp != null) {
            udp.describe(out);
        } else if (icmp != null) {
            IcmpText.describe(icmp, out);
        } else if (icmp6 != null) {
            Icmp6Text.describe(icmp6, out);
        } else {
            out.append(IpProtocols.name(p.protocol())).append(", length ").append(p.payloadLength());
        }
    }

    private static void tunnel(Frame p, @Nullable Frame inner, StringBuilder out) {
        p.tunnels().describeCarrier(out);
        if (inner != null) {
            out.append(p.gre() != null || p.geneve() != null ? ": " : p.vxlan() != null ? ", " : "");
            describe(inner, out);
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

    private static void fragment(StringBuilder out, long id, int offset, boolean more) {
        out.append("frag (id ")
                .append(id)
                .append(", offset ")
                .append(offset * 8)
                .append(more ? ", more) " : ") ");
    }

    private static void extensions(Extensions e, StringBuilder out) {
        if (e.hasHopByHop) {
            out.append("HBH ");
        }
        if (e.hasRouting) {
            out.append("srcrt (type ").append(e.routing.routingType());
            out.append(", segleft ").append(e.routing.segmentsLeft()).append(") ");
        }
        if (e.hasFragment) {
            fragment(out, e.fragment.identification(), e.fragment.fragmentOffset(), e.fragment.moreFragments());
        }
        if (e.hasDestinationOptions) {
            out.append("DSTOPT ");
        }
        if (e.hasAh) {
            e.ah.describe(out);
        }
        switch (e.otherProtocol) {
            case Extensions.MOBILITY -> out.append("mobility ");
            case Extensions.HIP -> out.append("HIP ");
            case Extensions.SHIM6 -> out.append("shim6 ");
            default -> {
                // none of them
            }
        }
    }
}
