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
