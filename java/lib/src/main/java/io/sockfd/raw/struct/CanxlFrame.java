package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A CAN XL frame. See {@code linux/can.h}.
 *
 * <pre>
 *         +----------------+
 *      0  | u32      prio  |  11 bits, and the virtual network id
 *      4  | u8       flags |  CANXL_*
 *      5  | u8       sdt   |
 *      6  | u16      len   |  bytes, 1 to 2048
 *      8  | u32      af    |
 *     12  | u8[2048] data  |
 *   2060  +----------------+
 * </pre>
 */
public final class CanxlFrame {
    public static final int SIZE = 2060;

    public static final int PRIO = 0;
    public static final int FLAGS = 4;
    public static final int SDT = 5;
    public static final int LEN = 6;
    public static final int AF = 8;
    public static final int DATA = 12;
    public static final int DATA_BYTES = 2048;

    private CanxlFrame() {}

    public static int prio(ByteBuffer b, int o) {
        return b.getInt(o + PRIO);
    }

    public static void prio(ByteBuffer b, int o, int value) {
        b.putInt(o + PRIO, value);
    }

    public static int flags(ByteBuffer b, int o) {
        return Fields.u8(b, o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.put(o + FLAGS, (byte) value);
    }

    public static int sdt(ByteBuffer b, int o) {
        return Fields.u8(b, o + SDT);
    }

    public static void sdt(ByteBuffer b, int o, int value) {
        b.put(o + SDT, (byte) value);
    }

    public static int len(ByteBuffer b, int o) {
        return Fields.u16(b, o + LEN);
    }

    public static void len(ByteBuffer b, int o, int value) {
        b.putShort(o + LEN, (short) value);
    }

    public static int af(ByteBuffer b, int o) {
        return b.getInt(o + AF);
    }

    public static void af(ByteBuffer b, int o, int value) {
        b.putInt(o + AF, value);
    }

    /** A copy. */
    public static byte[] data(ByteBuffer b, int o) {
        return Fields.bytes(b, o + DATA, DATA_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void data(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + DATA, DATA_BYTES, value);
    }
}
