package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * One address of one interface. See
 * <a href="https://man7.org/linux/man-pages/man3/getifaddrs.3.html">getifaddrs(3)</a>.
 *
 * <pre>
 *         +-----------------+
 *      0  | ptr ifa_next    |  struct ifaddrs, or 0
 *      8  | ptr ifa_name    |  string
 *     16  | u32 ifa_flags   |  IFF_*
 *     24  | ptr ifa_addr    |  sockaddr, or 0
 *     32  | ptr ifa_netmask |  sockaddr, or 0
 *     40  | ptr ifa_dstaddr |  sockaddr of the peer, or the broadcast address
 *     48  | ptr ifa_data    |
 *     56  +-----------------+
 * </pre>
 */
public final class Ifaddrs {
    public static final int SIZE = 56;

    public static final int IFA_NEXT = 0;
    public static final int IFA_NAME = 8;
    public static final int IFA_FLAGS = 16;
    public static final int IFA_ADDR = 24;
    public static final int IFA_NETMASK = 32;
    public static final int IFA_DSTADDR = 40;
    public static final int IFA_DATA = 48;

    private Ifaddrs() {}

    public static long ifa_next(ByteBuffer b, int o) {
        return b.getLong(o + IFA_NEXT);
    }

    public static long ifa_name(ByteBuffer b, int o) {
        return b.getLong(o + IFA_NAME);
    }

    public static int ifa_flags(ByteBuffer b, int o) {
        return b.getInt(o + IFA_FLAGS);
    }

    public static long ifa_addr(ByteBuffer b, int o) {
        return b.getLong(o + IFA_ADDR);
    }

    public static long ifa_netmask(ByteBuffer b, int o) {
        return b.getLong(o + IFA_NETMASK);
    }

    public static long ifa_dstaddr(ByteBuffer b, int o) {
        return b.getLong(o + IFA_DSTADDR);
    }

    public static long ifa_data(ByteBuffer b, int o) {
        return b.getLong(o + IFA_DATA);
    }
}
