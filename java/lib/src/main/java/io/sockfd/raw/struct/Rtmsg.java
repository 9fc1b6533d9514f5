package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A route: RTM_NEWROUTE, RTM_GETROUTE. See
 * <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>.
 *
 * <pre>
 *         +------------------+
 *      0  | u8  rtm_family   |  AF_*
 *      1  | u8  rtm_dst_len  |  bits
 *      2  | u8  rtm_src_len  |  bits
 *      3  | u8  rtm_tos      |
 *      4  | u8  rtm_table    |  RT_TABLE_*
 *      5  | u8  rtm_protocol |  RTPROT_*
 *      6  | u8  rtm_scope    |  RT_SCOPE_*
 *      7  | u8  rtm_type     |  RTN_*
 *      8  | u32 rtm_flags    |  RTM_F_*
 *     12  +------------------+
 * </pre>
 */
public final class Rtmsg {
    public static final int SIZE = 12;

    public static final int RTM_FAMILY = 0;
    public static final int RTM_DST_LEN = 1;
    public static final int RTM_SRC_LEN = 2;
    public static final int RTM_TOS = 3;
    public static final int RTM_TABLE = 4;
    public static final int RTM_PROTOCOL = 5;
    public static final int RTM_SCOPE = 6;
    public static final int RTM_TYPE = 7;
    public static final int RTM_FLAGS = 8;

    private Rtmsg() {}

    public static int rtm_family(ByteBuffer b, int o) {
        return Fields.u8(b, o + RTM_FAMILY);
    }

    public static void rtm_family(ByteBuffer b, int o, int value) {
        b.put(o + RTM_FAMILY, (byte) value);
    }

    public static int rtm_dst_len(ByteBuffer b, int o) {
        return Fields.u8(b, o + RTM_DST_LEN);
    }

    public static void rtm_dst_len(ByteBuffer b, int o, int value) {
        b.put(o + RTM_DST_LEN, (byte) value);
    }

    public static int rtm_src_len(ByteBuffer b, int o) {
        return Fields.u8(b, o + RTM_SRC_LEN);
    }

    public static void rtm_src_len(ByteBuffer b, int o, int value) {
        b.put(o + RTM_SRC_LEN, (byte) value);
    }

    public static int rtm_tos(ByteBuffer b, int o) {
        return Fields.u8(b, o + RTM_TOS);
    }

    public static void rtm_tos(ByteBuffer b, int o, int value) {
        b.put(o + RTM_TOS, (byte) value);
    }

    public static int rtm_table(ByteBuffer b, int o) {
        return Fields.u8(b, o + RTM_TABLE);
    }

    public static void rtm_table(ByteBuffer b, int o, int value) {
        b.put(o + RTM_TABLE, (byte) value);
    }

    public static int rtm_protocol(ByteBuffer b, int o) {
        return Fields.u8(b, o + RTM_PROTOCOL);
    }

    public static void rtm_protocol(ByteBuffer b, int o, int value) {
        b.put(o + RTM_PROTOCOL, (byte) value);
    }

    public static int rtm_scope(ByteBuffer b, int o) {
        return Fields.u8(b, o + RTM_SCOPE);
    }

    public static void rtm_scope(ByteBuffer b, int o, int value) {
        b.put(o + RTM_SCOPE, (byte) value);
    }

    public static int rtm_type(ByteBuffer b, int o) {
        return Fields.u8(b, o + RTM_TYPE);
    }

    public static void rtm_type(ByteBuffer b, int o, int value) {
        b.put(o + RTM_TYPE, (byte) value);
    }

    public static int rtm_flags(ByteBuffer b, int o) {
        return b.getInt(o + RTM_FLAGS);
    }

    public static void rtm_flags(ByteBuffer b, int o, int value) {
        b.putInt(o + RTM_FLAGS, value);
    }
}
