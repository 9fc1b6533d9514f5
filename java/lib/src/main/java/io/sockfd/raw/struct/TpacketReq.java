package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A ring of version 1 or 2: PACKET_RX_RING, PACKET_TX_RING. See
 * <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * <pre>
 *         +-------------------+
 *      0  | u32 tp_block_size |  bytes, a multiple of the page size
 *      4  | u32 tp_block_nr   |
 *      8  | u32 tp_frame_size |  bytes, a multiple of 16
 *     12  | u32 tp_frame_nr   |  frames in all blocks
 *     16  +-------------------+
 * </pre>
 */
public final class TpacketReq {
    public static final int SIZE = 16;

    public static final int TP_BLOCK_SIZE = 0;
    public static final int TP_BLOCK_NR = 4;
    public static final int TP_FRAME_SIZE = 8;
    public static final int TP_FRAME_NR = 12;

    private TpacketReq() {}

    public static int tp_block_size(ByteBuffer b, int o) {
        return b.getInt(o + TP_BLOCK_SIZE);
    }

    public static void tp_block_size(ByteBuffer b, int o, int value) {
        b.putInt(o + TP_BLOCK_SIZE, value);
    }

    public static int tp_block_nr(ByteBuffer b, int o) {
        return b.getInt(o + TP_BLOCK_NR);
    }

    public static void tp_block_nr(ByteBuffer b, int o, int value) {
        b.putInt(o + TP_BLOCK_NR, value);
    }

    public static int tp_frame_size(ByteBuffer b, int o) {
        return b.getInt(o + TP_FRAME_SIZE);
    }

    public static void tp_frame_size(ByteBuffer b, int o, int value) {
        b.putInt(o + TP_FRAME_SIZE, value);
    }

    public static int tp_frame_nr(ByteBuffer b, int o) {
        return b.getInt(o + TP_FRAME_NR);
    }

    public static void tp_frame_nr(ByteBuffer b, int o, int value) {
        b.putInt(o + TP_FRAME_NR, value);
    }
}
