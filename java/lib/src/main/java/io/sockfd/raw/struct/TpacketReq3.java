package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A ring of version 3: PACKET_RX_RING. See
 * <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * <pre>
 *         +-------------------------+
 *      0  | u32 tp_block_size       |  bytes, a multiple of the page size
 *      4  | u32 tp_block_nr         |
 *      8  | u32 tp_frame_size       |  bytes, a multiple of 16
 *     12  | u32 tp_frame_nr         |  frames in all blocks
 *     16  | u32 tp_retire_blk_tov   |  milliseconds until a block is handed over unfilled
 *     20  | u32 tp_sizeof_priv      |  bytes
 *     24  | u32 tp_feature_req_word |  TP_FT_REQ_FILL_RXHASH
 *     28  +-------------------------+
 * </pre>
 */
public final class TpacketReq3 {
    public static final int SIZE = 28;

    public static final int TP_BLOCK_SIZE = 0;
    public static final int TP_BLOCK_NR = 4;
    public static final int TP_FRAME_SIZE = 8;
    public static final int TP_FRAME_NR = 12;
    public static final int TP_RETIRE_BLK_TOV = 16;
    public static final int TP_SIZEOF_PRIV = 20;
    public static final int TP_FEATURE_REQ_WORD = 24;

    private TpacketReq3() {}

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

    public static int tp_retire_blk_tov(ByteBuffer b, int o) {
        return b.getInt(o + TP_RETIRE_BLK_TOV);
    }

    public static void tp_retire_blk_tov(ByteBuffer b, int o, int value) {
        b.putInt(o + TP_RETIRE_BLK_TOV, value);
    }

    public static int tp_sizeof_priv(ByteBuffer b, int o) {
        return b.getInt(o + TP_SIZEOF_PRIV);
    }

    public static void tp_sizeof_priv(ByteBuffer b, int o, int value) {
        b.putInt(o + TP_SIZEOF_PRIV, value);
    }

    public static int tp_feature_req_word(ByteBuffer b, int o) {
        return b.getInt(o + TP_FEATURE_REQ_WORD);
    }

    public static void tp_feature_req_word(ByteBuffer b, int o, int value) {
        b.putInt(o + TP_FEATURE_REQ_WORD, value);
    }
}
