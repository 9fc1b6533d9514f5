package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;

import java.util.Map;
import java.util.Set;

/** The words of pcap-filter(7). */
final class FilterWords {
    /** Names of the link layer: all the same. */
    static final Set<String> LINK = Set.of("link", "ether", "ppp", "slip", "fddi", "tr", "wlan");

    /** Protocols that may stand before a qualifier or alone. */
    static final Set<String> PROTOCOLS = Set.of(
            "link", "ether", "ppp", "slip", "fddi", "tr", "wlan", "ip", "ip6", "arp", "rarp", "sctp", "tcp", "udp",
            "icmp", "icmp6", "igmp", "igrp", "pim", "vrrp", "carp", "ah", "esp", "atalk", "aarp", "decnet", "lat",
            "sca", "moprc", "mopdl", "iso", "esis", "isis", "l1", "l2", "iih", "lsp", "snp", "csnp", "psnp", "clnp",
            "stp", "ipx", "netbeui", "radio");

    private static final Set<String> OTHERS = Set.of(
            "and",
            "or",
            "not",
            "src",
            "dst",
            "host",
            "net",
            "mask",
            "port",
            "portrange",
            "proto",
            "protochain",
            "gateway",
            "less",
            "greater",
            "byte",
            "broadcast",
            "multicast",
            "len",
            "length",
            "inbound",
            "outbound",
            "ifindex",
            "vlan",
            "mpls",
            "pppoed",
            "pppoes",
            "geneve",
            "vxlan",
            "llc",
            "es-is",
            "is-is");

    /** Qualifiers of Wi-Fi, which take the place of src and dst. */
    static final Set<String> RADIO_DIRECTIONS =
            Set.of("addr1", "addr2", "addr3", "addr4", "address1", "address2", "address3", "address4", "ra", "ta");

    /** Of link types that are not understood here, with the name of those. */
    static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("type", "802.11"),
            Map.entry("subtype", "802.11"),
            Map.entry("dir", "802.11"),
            Map.entry("direction", "802.11"),
            Map.entry("lane", "ATM"),
            Map.entry("metac", "ATM"),
            Map.entry("bcc", "ATM"),
            Map.entry("oam", "ATM"),
            Map.entry("oamf4", "ATM"),
            Map.entry("oamf4ec", "ATM"),
            Map.entry("oamf4sc", "ATM"),
            Map.entry("sc", "ATM"),
            Map.entry("ilmic", "ATM"),
            Map.entry("vpi", "ATM"),
            Map.entry("vci", "ATM"),
            Map.entry("connectmsg", "ATM"),
            Map.entry("metaconnect", "ATM"),
            Map.entry("on", "PFLOG"),
            Map.entry("ifname", "PFLOG"),
            Map.entry("rset", "PFLOG"),
            Map.entry("ruleset", "PFLOG"),
            Map.entry("rnr", "PFLOG"),
            Map.entry("rulenum", "PFLOG"),
            Map.entry("srnr", "PFLOG"),
            Map.entry("subrulenum", "PFLOG"),
            Map.entry("reason", "PFLOG"),
            Map.entry("action", "PFLOG"),
            Map.entry("fisu", "MTP2"),
            Map.entry("lssu", "MTP2"),
            Map.entry("lsu", "MTP2"),
            Map.entry("msu", "MTP2"),
            Map.entry("hfisu", "MTP2"),
            Map.entry("hlssu", "MTP2"),
            Map.entry("hmsu", "MTP2"),
            Map.entry("sio", "MTP3"),
            Map.entry("opc", "MTP3"),
            Map.entry("dpc", "MTP3"),
            Map.entry("sls", "MTP3"),
            Map.entry("hsio", "MTP3"),
            Map.entry("hopc", "MTP3"),
            Map.entry("hdpc", "MTP3"),
            Map.entry("hsls", "MTP3"));

    /** Words that stand for numbers. */
    static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("tcpflags", 13),
            Map.entry("tcp-fin", 0x01),
            Map.entry("tcp-syn", 0x02),
            Map.entry("tcp-rst", 0x04),
            Map.entry("tcp-push", 0x08),
            Map.entry("tcp-ack", 0x10),
            Map.entry("tcp-urg", 0x20),
            Map.entry("tcp-ece", 0x40),
            Map.entry("tcp-cwr", 0x80),
            Map.entry("icmptype", 0),
            Map.entry("icmpcode", 1),
            Map.entry("icmp-echoreply", ICMP_ECHOREPLY),
            Map.entry("icmp-unreach", ICMP_DEST_UNREACH),
            Map.entry("icmp-sourcequench", ICMP_SOURCE_QUENCH),
            Map.entry("icmp-redirect", ICMP_REDIRECT),
            Map.entry("icmp-echo", ICMP_ECHO),
            Map.entry("icmp-routeradvert", 9),
            Map.entry("icmp-routersolicit", 10),
            Map.entry("icmp-timxceed", ICMP_TIME_EXCEEDED),
            Map.entry("icmp-paramprob", ICMP_PARAMETERPROB),
            Map.entry("icmp-tstamp", ICMP_TIMESTAMP),
            Map.entry("icmp-tstampreply", ICMP_TIMESTAMPREPLY),
            Map.entry("icmp-ireq", ICMP_INFO_REQUEST),
            Map.entry("icmp-ireqreply", ICMP_INFO_REPLY),
            Map.entry("icmp-maskreq", ICMP_ADDRESS),
            Map.entry("icmp-maskreply", ICMP_ADDRESSREPLY),
            Map.entry("icmp6type", 0),
            Map.entry("icmp6code", 1),
            Map.entry("icmp6-destinationunreach", 1),
            Map.entry("icmp6-packettoobig", 2),
            Map.entry("icmp6-timeexceeded", 3),
            Map.entry("icmp6-parameterproblem", 4),
            Map.entry("icmp6-echo", 128),
            Map.entry("icmp6-echoreply", 129),
            Map.entry("icmp6-multicastlistenerquery", 130),
            Map.entry("icmp6-multicastlistenerreportv1", 131),
            Map.entry("icmp6-multicastlistenerdone", 132),
            Map.entry("icmp6-routersolicit", 133),
            Map.entry("icmp6-routeradvert", 134),
            Map.entry("icmp6-neighborsolicit", 135),
            Map.entry("icmp6-neighboradvert", 136),
            Map.entry("icmp6-redirect", 137),
            Map.entry("icmp6-routerrenum", 138),
            Map.entry("icmp6-nodeinformationquery", 139),
            Map.entry("icmp6-nodeinformationresponse", 140),
            Map.entry("icmp6-ineighbordiscoverysolicit", 141),
            Map.entry("icmp6-ineighbordiscoveryadvert", 142),
            Map.entry("icmp6-multicastlistenerreportv2", 143),
            Map.entry("icmp6-homeagentdiscoveryrequest", 144),
            Map.entry("icmp6-homeagentdiscoveryreply", 145),
            Map.entry("icmp6-mobileprefixsolicit", 146),
            Map.entry("icmp6-mobileprefixadvert", 147),
            Map.entry("icmp6-certpathsolicit", 148),
            Map.entry("icmp6-certpathadvert", 149),
            Map.entry("icmp6-multicastrouteradvert", 151),
            Map.entry("icmp6-multicastroutersolicit", 152),
            Map.entry("icmp6-multicastrouterterm", 153));

    private FilterWords() {}

    static boolean isReserved(String word) {
        return PROTOCOLS.contains(word)
                || OTHERS.contains(word)
                || RADIO_DIRECTIONS.contains(word)
                || ELSEWHERE.containsKey(word);
    }
}
