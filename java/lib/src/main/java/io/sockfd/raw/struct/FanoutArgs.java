package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A fanout group: PACKET_FANOUT. The first two fields change places on big-endian machines. See
 * <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * <pre>
 *         +---------------------+
 *      0  | u16 id              |  of the group
 *      2  | u16 type_flags      |  PACKET_FANOUT_*
 *      4  | u32 max_num_members |  0: 256
 *      8  +---------------------+
 * </pre>
 */
public final class FanoutArgs {
    public static final int SIZE = 8;

    public static final int ID = Fields.BIG_ENDIAN ? 2 : 0;
    public static final int TYPE_FLAGS = Fields.BIG_ENDIAN ? 0 : 2;
    public static final int MAX_NUM_MEMBERS = 4;

    private FanoutArgs() {}

    public static int id(ByteBuffer b, int o) {
        return Fields.u16(b, o + ID);
    }

    public static void id(ByteBuffer b, int o, int value) {
        b.putShort(o + ID, (short) value);
    }

    public static int type_flags(ByteBuffer b, int o) {
        return Fields.u16(b, o + TYPE_FLAGS);
    }

    public static void type_flags(ByteBuffer b, int o, int value) {
        b.putShort(o + TYPE_FLAGS, (short) value);
    }

    public static int max_num_members(ByteBuffer b, int o) {
        return b.getInt(o + MAX_NUM_MEMBERS);
    }

    public static void max_num_members(ByteBuffer b, int o, int value) {
        b.putInt(o + MAX_NUM_MEMBERS, value);
    }
}
