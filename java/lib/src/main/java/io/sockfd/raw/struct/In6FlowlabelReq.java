package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A flow label to lease: IPV6_FLOWLABEL_MGR. See {@code linux/in6.h}.
 *
 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
 *
 * <pre>
 *         +--------------------+
 *      0  | u8[16] flr_dst     |
 *     16  | be32   flr_label   |
 *     20  | u8     flr_action  |  IPV6_FL_A_*
 *     21  | u8     flr_share   |  IPV6_FL_S_*
 *     22  | u16    flr_flags   |  IPV6_FL_F_*
 *     24  | u16    flr_expires |  seconds
 *     26  | u16    flr_linger  |  seconds
 *     32  +--------------------+
 * </pre>
 */
public final class In6FlowlabelReq {
    public static final int SIZE = 32;

    public static final int FLR_DST = 0;
    public static final int FLR_DST_BYTES = 16;
    public static final int FLR_LABEL = 16;
    public static final int FLR_ACTION = 20;
    public static final int FLR_SHARE = 21;
    public static final int FLR_FLAGS = 22;
    public static final int FLR_EXPIRES = 24;
    public static final int FLR_LINGER = 26;

    private In6FlowlabelReq() {}

    /** A copy. */
    public static byte[] flr_dst(ByteBuffer b, int o) {
        return Fields.bytes(b, o + FLR_DST, FLR_DST_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void flr_dst(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + FLR_DST, FLR_DST_BYTES, value);
    }

    public static int flr_label(ByteBuffer b, int o) {
        return Fields.be32(b, o + FLR_LABEL);
    }

    public static void flr_label(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + FLR_LABEL, value);
    }

    public static int flr_action(ByteBuffer b, int o) {
        return Fields.u8(b, o + FLR_ACTION);
    }

    public static void flr_action(ByteBuffer b, int o, int value) {
        b.put(o + FLR_ACTION, (byte) value);
    }

    public static int flr_share(ByteBuffer b, int o) {
        return Fields.u8(b, o + FLR_SHARE);
    }

    public static void flr_share(ByteBuffer b, int o, int value) {
        b.put(o + FLR_SHARE, (byte) value);
    }

    public static int flr_flags(ByteBuffer b, int o) {
        return Fields.u16(b, o + FLR_FLAGS);
    }

    public static void flr_flags(ByteBuffer b, int o, int value) {
        b.putShort(o + FLR_FLAGS, (short) value);
    }

    public static int flr_expires(ByteBuffer b, int o) {
        return Fields.u16(b, o + FLR_EXPIRES);
    }

    public static void flr_expires(ByteBuffer b, int o, int value) {
        b.putShort(o + FLR_EXPIRES, (short) value);
    }

    public static int flr_linger(ByteBuffer b, int o) {
        return Fields.u16(b, o + FLR_LINGER);
    }

    public static void flr_linger(ByteBuffer b, int o, int value) {
        b.putShort(o + FLR_LINGER, (short) value);
    }
}
