package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A link: RTM_NEWLINK, RTM_GETLINK. See
 * <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>.
 *
 * <pre>
 *         +----------------+
 *      0  | u8  ifi_family |  AF_UNSPEC
 *      2  | u16 ifi_type   |  ARPHRD_*
 *      4  | s32 ifi_index  |
 *      8  | u32 ifi_flags  |  IFF_*
 *     12  | u32 ifi_change |  mask of the flags to change
 *     16  +----------------+
 * </pre>
 */
public final class Ifinfomsg {
    public static final int SIZE = 16;

    public static final int IFI_FAMILY = 0;
    public static final int IFI_TYPE = 2;
    public static final int IFI_INDEX = 4;
    public static final int IFI_FLAGS = 8;
    public static final int IFI_CHANGE = 12;

    private Ifinfomsg() {}

    public static int ifi_family(ByteBuffer b, int o) {
        return Fields.u8(b, o + IFI_FAMILY);
    }

    public static void ifi_family(ByteBuffer b, int o, int value) {
        b.put(o + IFI_FAMILY, (byte) value);
    }

    public static int ifi_type(ByteBuffer b, int o) {
        return Fields.u16(b, o + IFI_TYPE);
    }

    public static void ifi_type(ByteBuffer b, int o, int value) {
        b.putShort(o + IFI_TYPE, (short) value);
    }

    public static int ifi_index(ByteBuffer b, int o) {
        return b.getInt(o + IFI_INDEX);
    }

    public static void ifi_index(ByteBuffer b, int o, int value) {
        b.putInt(o + IFI_INDEX, value);
    }

    public static int ifi_flags(ByteBuffer b, int o) {
        return b.getInt(o + IFI_FLAGS);
    }

    public static void ifi_flags(ByteBuffer b, int o, int value) {
        b.putInt(o + IFI_FLAGS, value);
    }

    public static int ifi_change(ByteBuffer b, int o) {
        return b.getInt(o + IFI_CHANGE);
    }

    public static void ifi_change(ByteBuffer b, int o, int value) {
        b.putInt(o + IFI_CHANGE, value);
    }
}
