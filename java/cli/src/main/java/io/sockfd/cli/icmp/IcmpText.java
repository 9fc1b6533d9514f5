package io.sockfd.cli.icmp;

import io.sockfd.SockExtendedErr;
import io.sockfd.raw.Linux;

/** What an entry of the error queue says, in the words of ping and in the marks of traceroute. */
public final class IcmpText {
    private static final String[] UNREACHABLE = {
        "Destination Net Unreachable",
        "Destination Host Unreachable",
        "Destination Protocol Unreachable",
        "Destination Port Unreachable",
        "Frag needed and DF set",
        "Source Route Failed",
        "Destination Net Unknown",
        "Destination Host Unknown",
        "Source Host Isolated",
        "Destination Net Prohibited",
        "Destination Host Prohibited",
        "Destination Net Unreachable for Type of Service",
        "Destination Host Unreachable for Type of Service",
        "Packet filtered",
        "Precedence Violation",
        "Precedence Cutoff"
    };
    private static final String[] UNREACHABLE6 = {
        "No route",
        "Administratively prohibited",
        "Beyond scope of source address",
        "Address unreachable",
        "Port unreachable",
        "Source address failed ingress/egress policy",
        "Reject route to destination"
    };
    private static final String[] MARKS = {
        "!N", "!H", "!P", "", "!F", "!S", "!U", "!W", "!I", "!A", "!Z", "!Q", "!T", "!X", "!V", "!C"
    };
    private static final String[] MARKS6 = {"!N", "!X", "!S", "!H", ""};

    private IcmpText() {}

    /** In a few words. */
    public static String words(ErrorQueue.Entry entry) {
        SockExtendedErr e = entry.error();
        int code = e.code();
        if (entry.isIcmp()) {
            return switch (e.type()) {
                case Linux.ICMP_DEST_UNREACH ->
                    word(UNREACHABLE, code) + (code == Linux.ICMP_FRAG_NEEDED ? " (mtu = " + e.info() + ")" : "");
                case Linux.ICMP_SOURCE_QUENCH -> "Source Quench";
                case Linux.ICMP_TIME_EXCEEDED ->
                    code == Linux.ICMP_EXC_TTL ? "Time to live exceeded" : "Frag reassembly time exceeded";
                case Linux.ICMP_PARAMETERPROB -> "Parameter problem";
                default -> "ICMP type " + e.type() + ", code " + code;
            };
        } else if (entry.isIcmp6()) {
            return switch (e.type()) {
                case Linux.ICMPV6_DEST_UNREACH -> "Destination unreachable: " + word(UNREACHABLE6, code);
                case Linux.ICMPV6_PKT_TOOBIG -> "Packet too big: mtu=" + e.info();
                case Linux.ICMPV6_TIME_EXCEED ->
                    "Time exceeded: " + (code == Linux.ICMPV6_EXC_HOPLIMIT ? "Hop limit" : "Defragmentation failure");
                case Linux.ICMPV6_PARAMPROB -> "Parameter problem, code " + code;
                default -> "ICMPv6 type " + e.type() + ", code " + code;
            };
        } else if (e.errno().value() == Linux.EMSGSIZE) {
            return "message too long, mtu=" + e.info();
        }
        return e.errno().toString();
    }

    /** As traceroute marks an answer; empty for those that are its course of things. */
    public static String mark(ErrorQueue.Entry entry) {
        SockExtendedErr e = entry.error();
        if (entry.isTimeExceeded()) {
            return "";
        } else if (entry.isIcmp() && e.type() == Linux.ICMP_DEST_UNREACH) {
            return marked(MARKS, e.code()) + (e.code() == Linux.ICMP_FRAG_NEEDED ? "-" + e.info() : "");
        } else if (entry.isIcmp6() && e.type() == Linux.ICMPV6_DEST_UNREACH) {
            return marked(MARKS6, e.code());
        } else if (entry.isIcmp6() && e.type() == Linux.ICMPV6_PKT_TOOBIG) {
            return "!F-" + e.info();
        }
        return "!<" + e.type() + "-" + e.code() + ">";
    }

    private static String word(String[] words, int code) {
        return code < words.length ? words[code] : "code " + code;
    }

    private static String marked(String[] marks, int code) {
        return code < marks.length ? marks[code] : "!<" + code + ">";
    }
}
