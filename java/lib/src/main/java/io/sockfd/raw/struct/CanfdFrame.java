package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A CAN FD frame. See {@code linux/can.h}.
 *
 * <pre>
 *         +---------------+
 *      0  | u32    can_id |  with CAN_EFF_FLAG, CAN_ERR_FLAG
 *      4  | u8     len    |  bytes, at most 64
 *      5  | u8     flags  |  CANFD_*
 *      8  | u8[64] data   |
 *     72  +---------------+
 * </pre>
 */
public final class CanfdFrame {
    public static final int SIZE = 72;

    public static final int CAN_ID = 0;
    public static final int LEN = 4;
    public static final int FLAGS = 5;
    public static final int DATA = 8;
    public static final int DATA_BYTES = 64;

    private CanfdFrame() {}

    public static int can_id(ByteBuffer b, int o) {
        return b.getInt(o + CAN_ID);
    }

    public static void can_id(ByteBuffer b, int o, int value) {
        b.putInt(o + CAN_ID, value);
    }

    public static int len(ByteBuffer b, int o) {
        return Fields.u8(b, o + LEN);
    }

    public static void len(ByteBuffer b, int o, int value) {
        b.put(o + LEN, (byte) value);
    }

    public static int flags(ByteBuffer b, int o) {
        return Fields.u8(b, o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.put(o + FLAGS, (byte) value);
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
