package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A neighbour: RTM_NEWNEIGH, RTM_GETNEIGH. See
 * <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>.
 *
 * <pre>
 *         +-----------------+
 *      0  | u8  ndm_family  |  AF_*
 *      4  | s32 ndm_ifindex |
 *      8  | u16 ndm_state   |  NUD_*
 *     10  | u8  ndm_flags   |  NTF_*
 *     11  | u8  ndm_type    |  RTN_*
 *     12  +-----------------+
 * </pre>
 */
public final class Ndmsg {
    public static final int SIZE = 12;

    public static final int NDM_FAMILY = 0;
    public static final int NDM_IFINDEX = 4;
    public static final int NDM_STATE = 8;
    public static final int NDM_FLAGS = 10;
    public static final int NDM_TYPE = 11;

    private Ndmsg() {}

    public static int ndm_family(ByteBuffer b, int o) {
        return Fields.u8(b, o + NDM_FAMILY);
    }

    public static void ndm_family(ByteBuffer b, int o, int value) {
        b.put(o + NDM_FAMILY, (byte) value);
    }

    public static int ndm_ifindex(ByteBuffer b, int o) {
        return b.getInt(o + NDM_IFINDEX);
    }

    public static void ndm_ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + NDM_IFINDEX, value);
    }

    public static int ndm_state(ByteBuffer b, int o) {
        return Fields.u16(b, o + NDM_STATE);
    }

    public static void ndm_state(ByteBuffer b, int o, int value) {
        b.putShort(o + NDM_STATE, (short) value);
    }

    public static int ndm_flags(ByteBuffer b, int o) {
        return Fields.u8(b, o + NDM_FLAGS);
    }

    public static void ndm_flags(ByteBuffer b, int o, int value) {
        b.put(o + NDM_FLAGS, (byte) value);
    }

    public static int ndm_type(ByteBuffer b, int o) {
        return Fields.u8(b, o + NDM_TYPE);
    }

    public static void ndm_type(ByteBuffer b, int o, int value) {
        b.put(o + NDM_TYPE, (byte) value);
    }
}
