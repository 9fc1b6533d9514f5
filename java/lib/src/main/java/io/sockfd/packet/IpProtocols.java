package io.sockfd.packet;

import io.sockfd.raw.Linux;

/** Protocols over IP by name, as tcpdump and /etc/protocols write them. */
final class IpProtocols {
    private IpProtocols() {}

    static String name(int protocol) {
        return switch (protocol) {
            case Linux.IPPROTO_TCP -> "tcp";
            case Linux.IPPROTO_UDP -> "udp";
            case Linux.IPPROTO_ICMP -> "icmp";
            case Linux.IPPROTO_ICMPV6 -> "icmp6";
            case Linux.IPPROTO_IGMP -> "igmp";
            case Linux.IPPROTO_IPIP -> "ipip";
            case Linux.IPPROTO_IPV6 -> "ipv6";
            case Linux.IPPROTO_SCTP -> "sctp";
            case Linux.IPPROTO_DCCP -> "dccp";
            case Linux.IPPROTO_UDPLITE -> "udplite";
            case Linux.IPPROTO_GRE -> "gre";
            case Linux.IPPROTO_ESP -> "esp";
            case Linux.IPPROTO_AH -> "ah";
            case Linux.IPPROTO_PIM -> "pim";
            case Linux.IPPROTO_RSVP -> "rsvp";
            case Linux.IPPROTO_EGP -> "egp";
            case Linux.IPPROTO_COMP -> "ipcomp";
            case Linux.IPPROTO_MPLS -> "mpls";
            case Linux.IPPROTO_NONE -> "no next header";
            case 88 -> "eigrp";
            case 89 -> "ospf";
            case 97 -> "etherip";
            case 112 -> "vrrp";
            case 115 -> "l2tp";
            case Extensions.MOBILITY -> "mobility";
            case Extensions.HIP -> "hip";
            case Extensions.SHIM6 -> "shim6";
            default -> "ip-proto-" + protocol;
        };
    }
}
