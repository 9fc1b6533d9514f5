package io.sockfd;

import io.sockfd.raw.Linux;

/**
 * The third argument of socket(2). What a number means depends on the domain; the constants here are those of IP. Any
 * number is a value of this type.
 *
 * @param value for {@link Domain#PACKET} an {@code ETH_P_} number in host byte order, {@link Socket} turns it
 * @see <a href="https://man7.org/linux/man-pages/man5/protocols.5.html">protocols(5)</a>
 */
public record Protocol(int value) {
    /** The domain's own choice for the type. */
    public static final Protocol DEFAULT = new Protocol(0);

    /** RFC 792. */
    public static final Protocol ICMP = new Protocol(Linux.IPPROTO_ICMP);

    /** RFC 9293. */
    public static final Protocol TCP = new Protocol(Linux.IPPROTO_TCP);

    /** RFC 768. */
    public static final Protocol UDP = new Protocol(Linux.IPPROTO_UDP);

    /** RFC 4443. */
    public static final Protocol ICMPV6 = new Protocol(Linux.IPPROTO_ICMPV6);

    /** RFC 9260. */
    public static final Protocol SCTP = new Protocol(Linux.IPPROTO_SCTP);

    /** RFC 3828. */
    public static final Protocol UDPLITE = new Protocol(Linux.IPPROTO_UDPLITE);

    /** RFC 8684. */
    public static final Protocol MPTCP = new Protocol(Linux.IPPROTO_MPTCP);

    /** Anything, with one's own IP header: {@code IPPROTO_RAW} implies {@code IP_HDRINCL}. */
    public static final Protocol RAW = new Protocol(Linux.IPPROTO_RAW);

    /** RFC 9347: aggregation and fragmentation of ESP. Linux 6.11. */
    public static final Protocol AGGFRAG = new Protocol(Linux.IPPROTO_AGGFRAG);

    /** RFC 4302. */
    public static final Protocol AH = new Protocol(Linux.IPPROTO_AH);

    /** The pseudo header of IPsec's BEET mode. */
    public static final Protocol BEETPH = new Protocol(Linux.IPPROTO_BEETPH);

    /** RFC 3173. */
    public static final Protocol COMP = new Protocol(Linux.IPPROTO_COMP);

    /** RFC 4340. */
    public static final Protocol DCCP = new Protocol(Linux.IPPROTO_DCCP);

    /** IPv6 destination options, RFC 8200. */
    public static final Protocol DSTOPTS = new Protocol(Linux.IPPROTO_DSTOPTS);

    /** RFC 904. */
    public static final Protocol EGP = new Protocol(Linux.IPPROTO_EGP);

    /** RFC 1241. */
    public static final Protocol ENCAP = new Protocol(Linux.IPPROTO_ENCAP);

    /** RFC 4303. */
    public static final Protocol ESP = new Protocol(Linux.IPPROTO_ESP);

    /** RFC 8986: Ethernet. */
    public static final Protocol ETHERNET = new Protocol(Linux.IPPROTO_ETHERNET);

    /** The IPv6 fragment header, RFC 8200. */
    public static final Protocol FRAGMENT = new Protocol(Linux.IPPROTO_FRAGMENT);

    /** RFC 2784. */
    public static final Protocol GRE = new Protocol(Linux.IPPROTO_GRE);

    /** IPv6 hop-by-hop options, RFC 8200; the same number as {@link #IP}. */
    public static final Protocol HOPOPTS = new Protocol(Linux.IPPROTO_HOPOPTS);

    /** Xerox NS. */
    public static final Protocol IDP = new Protocol(Linux.IPPROTO_IDP);

    /** RFC 3376. */
    public static final Protocol IGMP = new Protocol(Linux.IPPROTO_IGMP);

    /** What {@link #DEFAULT} is for IP: a dummy. */
    public static final Protocol IP = new Protocol(Linux.IPPROTO_IP);

    /** IPv4 in IP, RFC 2003. */
    public static final Protocol IPIP = new Protocol(Linux.IPPROTO_IPIP);

    /** IPv6 in IP, RFC 2473. */
    public static final Protocol IPV6 = new Protocol(Linux.IPPROTO_IPV6);

    /** RFC 3931. */
    public static final Protocol L2TP = new Protocol(Linux.IPPROTO_L2TP);

    /** The IPv6 mobility header, RFC 6275. */
    public static final Protocol MH = new Protocol(Linux.IPPROTO_MH);

    /** RFC 4023. */
    public static final Protocol MPLS = new Protocol(Linux.IPPROTO_MPLS);

    /** Multicast transport. */
    public static final Protocol MTP = new Protocol(Linux.IPPROTO_MTP);

    /** IPv6: nothing follows, RFC 8200. */
    public static final Protocol NONE = new Protocol(Linux.IPPROTO_NONE);

    /** RFC 7761. */
    public static final Protocol PIM = new Protocol(Linux.IPPROTO_PIM);

    /** Xerox PUP. */
    public static final Protocol PUP = new Protocol(Linux.IPPROTO_PUP);

    /** The IPv6 routing header, RFC 8200. */
    public static final Protocol ROUTING = new Protocol(Linux.IPPROTO_ROUTING);

    /** RFC 2205. */
    public static final Protocol RSVP = new Protocol(Linux.IPPROTO_RSVP);

    /** RFC 7609: {@code socket(AF_INET, SOCK_STREAM, IPPROTO_SMC)}. Linux 6.11. */
    public static final Protocol SMC = new Protocol(Linux.IPPROTO_SMC);

    /** ISO transport class 4. */
    public static final Protocol TP = new Protocol(Linux.IPPROTO_TP);

    /** The number: its meaning depends on the domain. */
    @Override
    public String toString() {
        return Integer.toString(value);
    }

    /** By hand: a record's own is made at run time, which costs 4 ms of a process's start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Protocol that && that.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }
}
