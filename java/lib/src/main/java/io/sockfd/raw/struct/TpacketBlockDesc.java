package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The head of a block in a ring of version 3. See
 * <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * <pre>
 *         +------------------------------------------+
 *      0  | u32                  version             |
 *      4  | u32                  offset_to_priv      |  bytes
 *      8  | u32                  block_status        |  TP_STATUS_USER: ours; give it back as TP_STATUS_KERNEL
 *     12  | u32                  num_pkts            |
 *     16  | u32                  offset_to_first_pkt |  bytes
 *     20  | u32                  blk_len             |  bytes
 *     24  | u64                  seq_num             |
 *     32  | struct tpacket_bd_ts ts_first_pkt        |
 *     40  | struct tpacket_bd_ts ts_last_pkt         |
 *     48  +------------------------------------------+
 * </pre>
 */
public final class TpacketBlockDesc {
    public static final int SIZE = 48;

    public static final int VERSION = 0;
    public static final int OFFSET_TO_PRIV = 4;
    public static final int BLOCK_STATUS = 8;
    public static final int NUM_PKTS = 12;
    public static final int OFFSET_TO_FIRST_PKT = 16;
    public static final int BLK_LEN = 20;
    public static final int SEQ_NUM = 24;
    public static final int TS_FIRST_PKT = 32;
    public static final int TS_LAST_PKT = 40;

    private TpacketBlockDesc() {}

    public static int version(ByteBuffer b, int o) {
        return b.getInt(o + VERSION);
    }

    public static void version(ByteBuffer b, int o, int value) {
        b.putInt(o + VERSION, value);
    }

    public static int offset_to_priv(ByteBuffer b, int o) {
        return b.getInt(o + OFFSET_TO_PRIV);
    }

    public static void offset_to_priv(ByteBuffer b, int o, int value) {
        b.putInt(o + OFFSET_TO_PRIV, value);
    }

    public static int block_status(ByteBuffer b, int o) {
        return b.getInt(o + BLOCK_STATUS);
    }

    public static void block_status(ByteBuffer b, int o, int value) {
        b.putInt(o + BLOCK_STATUS, value);
    }

    public static int num_pkts(ByteBuffer b, int o) {
        return b.getInt(o + NUM_PKTS);
    }

    public static void num_pkts(ByteBuffer b, int o, int value) {
        b.putInt(o + NUM_PKTS, value);
    }

    public static int offset_to_first_pkt(ByteBuffer b, int o) {
        return b.getInt(o + OFFSET_TO_FIRST_PKT);
    }

    public static void offset_to_first_pkt(ByteBuffer b, int o, int value) {
        b.putInt(o + OFFSET_TO_FIRST_PKT, value);
    }

    public static int blk_len(ByteBuffer b, int o) {
        return b.getInt(o + BLK_LEN);
    }

    public static void blk_len(ByteBuffer b, int o, int value) {
        b.putInt(o + BLK_LEN, value);
    }

    public static long seq_num(ByteBuffer b, int o) {
        return b.getLong(o + SEQ_NUM);
    }

    public static void seq_num(ByteBuffer b, int o, long value) {
        b.putLong(o + SEQ_NUM, value);
    }
}
