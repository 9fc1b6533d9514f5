package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * CAN_ISOTP_OPTS. See {@code linux/can/isotp.h}.
 *
 * <pre>
 *         +--------------------+
 *      0  | u32 flags          |  CAN_ISOTP_*
 *      4  | u32 frame_txtime   |  nanoseconds
 *      8  | u8  ext_address    |
 *      9  | u8  txpad_content  |
 *     10  | u8  rxpad_content  |
 *     11  | u8  rx_ext_address |
 *     12  +--------------------+
 * </pre>
 */
public final class CanIsotpOptions {
    public static final int SIZE = 12;

    public static final int FLAGS = 0;
    public static final int FRAME_TXTIME = 4;
    public static final int EXT_ADDRESS = 8;
    public static final int TXPAD_CONTENT = 9;
    public static final int RXPAD_CONTENT = 10;
    public static final int RX_EXT_ADDRESS = 11;

    private CanIsotpOptions() {}

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putInt(o + FLAGS, value);
    }

    public static int frame_txtime(ByteBuffer b, int o) {
        return b.getInt(o + FRAME_TXTIME);
    }

    public static void frame_txtime(ByteBuffer b, int o, int value) {
        b.putInt(o + FRAME_TXTIME, value);
    }

    public static int ext_address(ByteBuffer b, int o) {
        return Fields.u8(b, o + EXT_ADDRESS);
    }

    public static void ext_address(ByteBuffer b, int o, int value) {
        b.put(o + EXT_ADDRESS, (byte) value);
    }

    public static int txpad_content(ByteBuffer b, int o) {
        return Fields.u8(b, o + TXPAD_CONTENT);
    }

    public static void txpad_content(ByteBuffer b, int o, int value) {
        b.put(o + TXPAD_CONTENT, (byte) value);
    }

    public static int rxpad_content(ByteBuffer b, int o) {
        return Fields.u8(b, o + RXPAD_CONTENT);
    }

    public static void rxpad_content(ByteBuffer b, int o, int value) {
        b.put(o + RXPAD_CONTENT, (byte) value);
    }

    public static int rx_ext_address(ByteBuffer b, int o) {
        return Fields.u8(b, o + RX_EXT_ADDRESS);
    }

    public static void rx_ext_address(ByteBuffer b, int o, int value) {
        b.put(o + RX_EXT_ADDRESS, (byte) value);
    }
}
