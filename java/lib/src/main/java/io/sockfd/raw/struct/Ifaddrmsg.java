package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * An address of a link: RTM_NEWADDR, RTM_GETADDR. See
 * <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>.
 *
 * <pre>
 *         +-------------------+
 *      0  | u8  ifa_family    |  AF_INET, AF_INET6
 *      1  | u8  ifa_prefixlen |  bits
 *      2  | u8  ifa_flags     |  IFA_F_*
 *      3  | u8  ifa_scope     |  RT_SCOPE_*
 *      4  | u32 ifa_index     |
 *      8  +-------------------+
 * </pre>
 */
public final class Ifaddrmsg {
    public static final int SIZE = 8;

    public static final int IFA_FAMILY = 0;
    public static final int IFA_PREFIXLEN = 1;
    public static final int IFA_FLAGS = 2;
    public static final int IFA_SCOPE = 3;
    public static final int IFA_INDEX = 4;

    private Ifaddrmsg() {}

    public static int ifa_family(ByteBuffer b, int o) {
        return Fields.u8(b, o + IFA_FAMILY);
    }

    public static void ifa_family(ByteBuffer b, int o, int value) {
        b.put(o + IFA_FAMILY, (byte) value);
    }

    public static int ifa_prefixlen(ByteBuffer b, int o) {
        return Fields.u8(b, o + IFA_PREFIXLEN);
    }

    public static void ifa_prefixlen(ByteBuffer b, int o, int value) {
        b.put(o + IFA_PREFIXLEN, (byte) value);
    }

    public static int ifa_flags(ByteBuffer b, int o) {
        return Fields.u8(b, o + IFA_FLAGS);
    }

    public static void ifa_flags(ByteBuffer b, int o, int value) {
        b.put(o + IFA_FLAGS, (byte) value);
    }

    public static int ifa_scope(ByteBuffer b, int o) {
        return Fields.u8(b, o + IFA_SCOPE);
    }

    public static void ifa_scope(ByteBuffer b, int o, int value) {
        b.put(o + IFA_SCOPE, (byte) value);
    }

    public static int ifa_index(ByteBuffer b, int o) {
        return b.getInt(o + IFA_INDEX);
    }

    public static void ifa_index(ByteBuffer b, int o, int value) {
        b.putInt(o + IFA_INDEX, value);
    }
}
