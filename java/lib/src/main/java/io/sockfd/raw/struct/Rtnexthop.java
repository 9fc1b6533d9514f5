package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * One way of a route of several: in RTA_MULTIPATH; attributes follow at SIZE. See
 * <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>.
 *
 * <pre>
 *         +------------------+
 *      0  | u16 rtnh_len     |  bytes, this head included
 *      2  | u8  rtnh_flags   |  RTNH_F_*
 *      3  | u8  rtnh_hops    |  weight - 1
 *      4  | s32 rtnh_ifindex |
 *      8  +------------------+
 * </pre>
 */
public final class Rtnexthop {
    public static final int SIZE = 8;

    public static final int RTNH_LEN = 0;
    public static final int RTNH_FLAGS = 2;
    public static final int RTNH_HOPS = 3;
    public static final int RTNH_IFINDEX = 4;

    private Rtnexthop() {}

    public static int rtnh_len(ByteBuffer b, int o) {
        return Fields.u16(b, o + RTNH_LEN);
    }

    public static void rtnh_len(ByteBuffer b, int o, int value) {
        b.putShort(o + RTNH_LEN, (short) value);
    }

    public static int rtnh_flags(ByteBuffer b, int o) {
        return Fields.u8(b, o + RTNH_FLAGS);
    }

    public static void rtnh_flags(ByteBuffer b, int o, int value) {
        b.put(o + RTNH_FLAGS, (byte) value);
    }

    public static int rtnh_hops(ByteBuffer b, int o) {
        return Fields.u8(b, o + RTNH_HOPS);
    }

    public static void rtnh_hops(ByteBuffer b, int o, int value) {
        b.put(o + RTNH_HOPS, (byte) value);
    }

    public static int rtnh_ifindex(ByteBuffer b, int o) {
        return b.getInt(o + RTNH_IFINDEX);
    }

    public static void rtnh_ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + RTNH_IFINDEX, value);
    }
}
