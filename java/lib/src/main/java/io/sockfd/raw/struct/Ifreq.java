package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * An interface by name, and a value: the SIOCGIF* and SIOCSIF* ioctls, TUNSETIFF. See
 * <a href="https://man7.org/linux/man-pages/man7/netdevice.7.html">netdevice(7)</a>.
 *
 * <pre>
 *         +-----------------------------+
 *      0  | u8[16]          ifr_name    |  ended by 0
 *     16  | struct sockaddr ifr_addr    |
 *     16  | struct sockaddr ifr_hwaddr  |  or
 *     16  | u16             ifr_flags   |  or: IFF_*
 *     16  | s32             ifr_ifindex |  or
 *     16  | s32             ifr_mtu     |  or: bytes
 *     16  | s32             ifr_metric  |  or
 *     16  | s32             ifr_qlen    |  or: packets
 *     16  | ptr             ifr_data    |  or
 *     40  +-----------------------------+
 * </pre>
 */
public final class Ifreq {
    public static final int SIZE = 40;

    public static final int IFR_NAME = 0;
    public static final int IFR_NAME_BYTES = 16;
    public static final int IFR_ADDR = 16;
    public static final int IFR_HWADDR = 16;
    public static final int IFR_FLAGS = 16;
    public static final int IFR_IFINDEX = 16;
    public static final int IFR_MTU = 16;
    public static final int IFR_METRIC = 16;
    public static final int IFR_QLEN = 16;
    public static final int IFR_DATA = 16;

    private Ifreq() {}

    /** A copy. */
    public static byte[] ifr_name(ByteBuffer b, int o) {
        return Fields.bytes(b, o + IFR_NAME, IFR_NAME_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void ifr_name(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + IFR_NAME, IFR_NAME_BYTES, value);
    }

    public static int ifr_flags(ByteBuffer b, int o) {
        return Fields.u16(b, o + IFR_FLAGS);
    }

    public static void ifr_flags(ByteBuffer b, int o, int value) {
        b.putShort(o + IFR_FLAGS, (short) value);
    }

    public static int ifr_ifindex(ByteBuffer b, int o) {
        return b.getInt(o + IFR_IFINDEX);
    }

    public static void ifr_ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + IFR_IFINDEX, value);
    }

    public static int ifr_mtu(ByteBuffer b, int o) {
        return b.getInt(o + IFR_MTU);
    }

    public static void ifr_mtu(ByteBuffer b, int o, int value) {
        b.putInt(o + IFR_MTU, value);
    }

    public static int ifr_metric(ByteBuffer b, int o) {
        return b.getInt(o + IFR_METRIC);
    }

    public static void ifr_metric(ByteBuffer b, int o, int value) {
        b.putInt(o + IFR_METRIC, value);
    }

    public static int ifr_qlen(ByteBuffer b, int o) {
        return b.getInt(o + IFR_QLEN);
    }

    public static void ifr_qlen(ByteBuffer b, int o, int value) {
        b.putInt(o + IFR_QLEN, value);
    }

    public static long ifr_data(ByteBuffer b, int o) {
        return b.getLong(o + IFR_DATA);
    }

    public static void ifr_data(ByteBuffer b, int o, long value) {
        b.putLong(o + IFR_DATA, value);
    }
}
