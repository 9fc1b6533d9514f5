package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Frames to receive: CAN_RAW_FILTER. See {@code linux/can.h}.
 *
 * <pre>
 *         +--------------+
 *      0  | u32 can_id   |  and CAN_INV_FILTER
 *      4  | u32 can_mask |
 *      8  +--------------+
 * </pre>
 */
public final class CanFilter {
    public static final int SIZE = 8;

    public static final int CAN_ID = 0;
    public static final int CAN_MASK = 4;

    private CanFilter() {}

    public static int can_id(ByteBuffer b, int o) {
        return b.getInt(o + CAN_ID);
    }

    public static void can_id(ByteBuffer b, int o, int value) {
        b.putInt(o + CAN_ID, value);
    }

    public static int can_mask(ByteBuffer b, int o) {
        return b.getInt(o + CAN_MASK);
    }

    public static void can_mask(ByteBuffer b, int o, int value) {
        b.putInt(o + CAN_MASK, value);
    }
}
