package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A job for the broadcast manager; the frames follow at SIZE. See {@code linux/can/bcm.h}.
 *
 * <pre>
 *         +------------------------+
 *      0  | u32            opcode  |  TX_SETUP ...
 *      4  | u32            flags   |
 *      8  | u32            count   |
 *     16  | struct timeval ival1   |
 *     32  | struct timeval ival2   |
 *     48  | u32            can_id  |
 *     52  | u32            nframes |
 *     56  +------------------------+
 * </pre>
 */
public final class BcmMsgHead {
    public static final int SIZE = 56;

    public static final int OPCODE = 0;
    public static final int FLAGS = 4;
    public static final int COUNT = 8;
    public static final int IVAL1 = 16;
    public static final int IVAL2 = 32;
    public static final int CAN_ID = 48;
    public static final int NFRAMES = 52;

    private BcmMsgHead() {}

    public static int opcode(ByteBuffer b, int o) {
        return b.getInt(o + OPCODE);
    }

    public static void opcode(ByteBuffer b, int o, int value) {
        b.putInt(o + OPCODE, value);
    }

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putInt(o + FLAGS, value);
    }

    public static int count(ByteBuffer b, int o) {
        return b.getInt(o + COUNT);
    }

    public static void count(ByteBuffer b, int o, int value) {
        b.putInt(o + COUNT, value);
    }

    public static int can_id(ByteBuffer b, int o) {
        return b.getInt(o + CAN_ID);
    }

    public static void can_id(ByteBuffer b, int o, int value) {
        b.putInt(o + CAN_ID, value);
    }

    public static int nframes(ByteBuffer b, int o) {
        return b.getInt(o + NFRAMES);
    }

    public static void nframes(ByteBuffer b, int o, int value) {
        b.putInt(o + NFRAMES, value);
    }
}
