package io.sockfd.packet;

import io.sockfd.raw.Linux;

/** ICMP in one line, in tcpdump's words; of an error also what it is about. */
final class IcmpText {
    private IcmpText() {}

    static void describe(Icmp m, StringBuilder out) {
        out.append("ICMP ");
        switch (m.type()) {
            case Linux.ICMP_ECHO -> echo(m, out, "echo request");
            case Linux.ICMP_ECHOREPLY -> echo(m, out, "echo reply");
            case Linux.ICMP_TIMESTAMP -> echo(m, out, "time stamp query");
            case Linux.ICMP_TIMESTAMPREPLY -> echo(m, out, "time stamp reply");
            case Linux.ICMP_DEST_UNREACH -> unreachable(m, Quoted.of(m), out);
            case Linux.ICMP_SOURCE_QUENCH -> about(out.append("source quench"), Quoted.of(m));
            case Linux.ICMP_REDIRECT -> redirect(m, Quoted.of(m), out);
            case Linux.ICMP_TIME_EXCEEDED -> {
                String where = m.code() == Linux.ICMP_EXC_TTL ? "in-transit" : "in reassembly";
                about(out.append("time exceeded ").append(where), Quoted.of(m));
            }
            case Linux.ICMP_PARAMETERPROB ->
                about(out.append("parameter problem - octet ").append(m.pointer()), Quoted.of(m));
            default -> out.append("type ").append(m.type()).append(", code ").append(m.code());
        }
        out.append(", length ").append(m.limit - m.offset + m.cut);
    }

    private static void echo(Icmp m, StringBuilder out, String what) {
        out.append(what).append(", id ").append(m.identifier()).append(", seq ").append(m.sequenceNumber());
    }

    private static void about(StringBuilder out, Quoted about) {
        out.append(about.isThere() ? ", " : "").append(about.text());
    }

    private static void redirect(Icmp m, Quoted about, StringBuilder out) {
        out.append(m.code() < 2 ? "redirect " : "redirect-tos ").append(about.host());
        out.append(about.isThere() ? " to " : "to ").append(m.code() % 2 == 0 ? "net " : "host ");
        Ip.text4(out, m.gatewayAddress());
    }

    private static void unreachable(Icmp m, Quoted about, StringBuilder out) {
        String host = about.host();
        String what = switch (m.code()) {
            case Linux.ICMP_PROT_UNREACH ->
                host + " protocol" + (about.isThere() ? " " + IpProtocols.name(about.protocol()) : "");
            case Linux.ICMP_PORT_UNREACH -> about.isThere() ? about.text() : "port";
            case Linux.ICMP_NET_UNREACH, Linux.ICMP_NET_UNKNOWN, Linux.ICMP_NET_ANO, Linux.ICMP_NET_UNR_TOS ->
                "net " + host;
            case Linux.ICMP_FRAG_NEEDED, Linux.ICMP_SR_FAILED, Linux.ICMP_HOST_ISOLATED -> host;
            default -> "host " + host;
        };
        out.append(what.strip()).append(what.isBlank() ? "unreachable" : " unreachable");
        out.append(
                switch (m.code()) {
                    case Linux.ICMP_NET_UNREACH,
                            Linux.ICMP_HOST_UNREACH,
                            Linux.ICMP_PROT_UNREACH,
                            Linux.ICMP_PORT_UNREACH -> "";
                    case Linux.ICMP_FRAG_NEEDED -> " - need to frag (mtu " + m.nextHopMtu() + ")";
                    case Linux.ICMP_SR_FAILED -> " - source route failed";
                    case Linux.ICMP_NET_UNKNOWN, Linux.ICMP_HOST_UNKNOWN -> " - unknown";
                    case Linux.ICMP_HOST_ISOLATED -> " - source host isolated";
                    case Linux.ICMP_NET_ANO, Linux.ICMP_HOST_ANO -> " - admin prohibited";
                    case Linux.ICMP_NET_UNR_TOS, Linux.ICMP_HOST_UNR_TOS -> " - tos prohibited";
                    case 13 -> " - admin prohibited filter";
                    case 14 -> " - host precedence violation";
                    case 15 -> " - precedence cutoff";
                    default -> " - code " + m.code();
                });
    }
}
