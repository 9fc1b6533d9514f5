package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A classic CAN frame. See {@code linux/can.h}.
 *
 * <pre>
 *         +----------------+
 *      0  | u32   can_id   |  with CAN_EFF_FLAG, CAN_RTR_FLAG, CAN_ERR_FLAG
 *      4  | u8    len      |  bytes, at most 8
 *      7  | u8    len8_dlc |  9 to 15 where len is 8
 *      8  | u8[8] data     |
 *     16  +----------------+
 * </pre>
 */
public final class CanFrame {
    public static final int SIZE = 16;

    public static final int CAN_ID = 0;
    public static final int LEN = 4;
    public static final int LEN8_DLC = 7;
    public static final int DATA = 8;
    public static final int DATA_BYTES = 8;

    private CanFrame() {}

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

    public static int len8_dlc(ByteBuffer b, int o) {
        return Fields.u8(b, o + LEN8_DLC);
    }

    public static void len8_dlc(ByteBuffer b, int o, int value) {
        b.put(o + LEN8_DLC, (byte) value);
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
