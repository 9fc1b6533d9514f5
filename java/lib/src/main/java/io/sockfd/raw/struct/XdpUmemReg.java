package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The memory of the frames: XDP_UMEM_REG. See {@code linux/if_xdp.h}.
 *
 * <pre>
 *         +---------------------+
 *      0  | u64 addr            |
 *      8  | u64 len             |  bytes
 *     16  | u32 chunk_size      |  bytes
 *     20  | u32 headroom        |  bytes
 *     24  | u32 flags           |  XDP_UMEM_*
 *     28  | u32 tx_metadata_len |  bytes; Linux 6.8, 0 before
 *     32  +---------------------+
 * </pre>
 */
public final class XdpUmemReg {
    public static final int SIZE = 32;

    public static final int ADDR = 0;
    public static final int LEN = 8;
    public static final int CHUNK_SIZE = 16;
    public static final int HEADROOM = 20;
    public static final int FLAGS = 24;
    public static final int TX_METADATA_LEN = 28;

    private XdpUmemReg() {}

    public static long addr(ByteBuffer b, int o) {
        return b.getLong(o + ADDR);
    }

    public static void addr(ByteBuffer b, int o, long value) {
        b.putLong(o + ADDR, value);
    }

    public static long len(ByteBuffer b, int o) {
        return b.getLong(o + LEN);
    }

    public static void len(ByteBuffer b, int o, long value) {
        b.putLong(o + LEN, value);
    }

    public static int chunk_size(ByteBuffer b, int o) {
        return b.getInt(o + CHUNK_SIZE);
    }

    public static void chunk_size(ByteBuffer b, int o, int value) {
        b.putInt(o + CHUNK_SIZE, value);
    }

    public static int headroom(ByteBuffer b, int o) {
        return b.getInt(o + HEADROOM);
    }

    public static void headroom(ByteBuffer b, int o, int value) {
        b.putInt(o + HEADROOM, value);
    }

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putInt(o + FLAGS, value);
    }

    public static int tx_metadata_len(ByteBuffer b, int o) {
        return b.getInt(o + TX_METADATA_LEN);
    }

    public static void tx_metadata_len(ByteBuffer b, int o, int value) {
        b.putInt(o + TX_METADATA_LEN, value);
    }
}
