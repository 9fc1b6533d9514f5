package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A netlink address. See <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>.
 *
 * <pre>
 *         +---------------+
 *      0  | u16 nl_family |  AF_NETLINK
 *      2  | u16 nl_pad    |  0
 *      4  | u32 nl_pid    |  port id; 0 is the kernel
 *      8  | u32 nl_groups |  mask of the first 32 multicast groups
 *     12  +---------------+
 * </pre>
 */
public final class SockaddrNl {
    public static final int SIZE = 12;

    public static final int NL_FAMILY = 0;
    public static final int NL_PAD = 2;
    public static final int NL_PID = 4;
    public static final int NL_GROUPS = 8;

    private SockaddrNl() {}

    public static int nl_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + NL_FAMILY);
    }

    public static void nl_family(ByteBuffer b, int o, int value) {
        b.putShort(o + NL_FAMILY, (short) value);
    }

    public static int nl_pad(ByteBuffer b, int o) {
        return Fields.u16(b, o + NL_PAD);
    }

    public static void nl_pad(ByteBuffer b, int o, int value) {
        b.putShort(o + NL_PAD, (short) value);
    }

    public static int nl_pid(ByteBuffer b, int o) {
        return b.getInt(o + NL_PID);
    }

    public static void nl_pid(ByteBuffer b, int o, int value) {
        b.putInt(o + NL_PID, value);
    }

    public static int nl_groups(ByteBuffer b, int o) {
        return b.getInt(o + NL_GROUPS);
    }

    public static void nl_groups(ByteBuffer b, int o, int value) {
        b.putInt(o + NL_GROUPS, value);
    }
}
