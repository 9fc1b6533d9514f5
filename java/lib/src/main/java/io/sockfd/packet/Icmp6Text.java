package io.sockfd.packet;

import io.sockfd.raw.Linux;

/** ICMPv6 in one line. */
final class Icmp6Text {
    private static final int LISTENER = 24;

    private Icmp6Text() {}

    static void describe(Icmp6 m, StringBuilder out) {
        out.append("ICMP6, ");
        switch (m.type()) {
            case Linux.ICMPV6_ECHO_REQUEST -> echo(m, out, "echo request");
            case Linux.ICMPV6_ECHO_REPLY -> echo(m, out, "echo reply");
            case Linux.ICMPV6_DEST_UNREACH -> about(m, out.append(unreachable(m.code())));
            case Linux.ICMPV6_PKT_TOOBIG ->
                about(m, out.append("packet too big, mtu ").append(m.mtu()));
            case Linux.ICMPV6_TIME_EXCEED ->
                about(
                        m,
                        out.append(
                                m.code() == Linux.ICMPV6_EXC_HOPLIMIT
                                        ? "time exceeded in-transit"
                                        : "time exceeded in reassembly"));
            case Linux.ICMPV6_PARAMPROB ->
                about(m, out.append("parameter problem - octet ").append(m.pointer()));
            case Linux.ICMPV6_MGM_QUERY -> listener(m, out, "query");
            case Linux.ICMPV6_MGM_REPORT -> listener(m, out, "report");
            case Linux.ICMPV6_MGM_REDUCTION -> listener(m, out, "done");
            case Linux.ICMPV6_MLD2_REPORT -> MulticastRecords.describe(m, out.append("multicast listener report v2"));
            case Linux.ND_ROUTER_SOLICIT -> out.append("router solicitation");
            case Linux.ND_ROUTER_ADVERT -> out.append("router advertisement");
            case Linux.ND_NEIGHBOR_SOLICIT ->
                Ip.text6(out.append("neighbor solicitation, who has "), m.b, m.targetOffset());
            case Linux.ND_NEIGHBOR_ADVERT -> {
                Ip.text6(out.append("neighbor advertisement, tgt is "), m.b, m.targetOffset());
                out.append(m.router() ? ", router" : "");
                out.append(m.solicited() ? ", solicited" : "").append(m.override() ? ", override" : "");
            }
            case Linux.ND_REDIRECT -> {
                Ip.text6(out.append("redirect, "), m.b, m.targetOffset() + Ip.V6)
                        .append(" to ");
                Ip.text6(out, m.b, m.targetOffset());
            }
            default -> out.append("type ").append(m.type()).append(", code ").append(m.code());
        }
        options(m.options(), out);
        out.append(", length ").append(m.limit - m.offset + m.cut);
    }

    /** Of version 1, or a query of version 2, which is longer. */
    private static void listener(Icmp6 m, StringBuilder out, String what) {
        out.append("multicast listener ").append(what);
        if (m.limit - m.offset >= LISTENER) {
            out.append(what.equals("query") && m.limit - m.offset > LISTENER ? " v2" : "");
            out.append(" max resp delay: ").append(m.u16(4));
            Ip.text6(out.append(" addr: "), m.b, m.offset + 8);
        }
    }

    private static void about(Icmp6 m, StringBuilder out) {
        Quoted about = Quoted.of(m);
        out.append(about.isThere() ? ", " : "").append(about.text());
    }

    private static void echo(Icmp6 m, StringBuilder out, String what) {
        out.append(what).append(", id ").append(m.identifier()).append(", seq ").append(m.sequenceNumber());
    }

    private static void options(NdOptions options, StringBuilder out) {
        while (options.advance()) {
            switch (options.kind()) {
                case NdOptions.SOURCE_LINK_LAYER_ADDRESS -> mac(options, out.append(", source "));
                case NdOptions.TARGET_LINK_LAYER_ADDRESS -> mac(options, out.append(", target "));
                case NdOptions.PREFIX_INFORMATION ->
                    Ip.text6(out.append(", prefix "), options.buffer(), options.at + 16)
                            .append('/')
                            .append(options.prefixLength());
                case NdOptions.MTU -> out.append(", mtu ").append(options.mtu());
                case NdOptions.RDNSS -> out.append(", rdnss");
                case NdOptions.REDIRECTED_HEADER -> out.append(", redirected header");
                default -> out.append(", option ").append(options.kind());
            }
        }
        if (options.problem() != null) {
            out.append(", bad opt");
        }
    }

    private static void mac(NdOptions options, StringBuilder out) {
        Ip.textMac(out, options.buffer(), options.at + 2, Ip.MAC);
    }

    private static String unreachable(int code) {
        return switch (code) {
            case Linux.ICMPV6_NOROUTE -> "destination unreachable, no route";
            case Linux.ICMPV6_ADM_PROHIBITED -> "destination unreachable, administratively prohibited";
            case Linux.ICMPV6_NOT_NEIGHBOUR -> "destination unreachable, beyond scope";
            case Linux.ICMPV6_ADDR_UNREACH -> "destination unreachable, address";
            case Linux.ICMPV6_PORT_UNREACH -> "destination unreachable, port";
            default -> "destination unreachable, code " + code;
        };
    }
}
