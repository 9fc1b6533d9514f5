package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A buffer in a ring of provided buffers. See
 * <a href="https://man7.org/linux/man-pages/man2/io_uring_register.2.html">io_uring_register(2)</a>.
 *
 * <pre>
 *         +----------+
 *      0  | u64 addr |
 *      8  | u32 len  |  bytes
 *     12  | u16 bid  |  id of the buffer
 *     16  +----------+
 * </pre>
 */
public final class IoUringBuf {
    public static final int SIZE = 16;

    public static final int ADDR = 0;
    public static final int LEN = 8;
    public static final int BID = 12;

    private IoUringBuf() {}

    public static long addr(ByteBuffer b, int o) {
        return b.getLong(o + ADDR);
    }

    public static void addr(ByteBuffer b, int o, long value) {
        b.putLong(o + ADDR, value);
    }

    public static int len(ByteBuffer b, int o) {
        return b.getInt(o + LEN);
    }

    public static void len(ByteBuffer b, int o, int value) {
        b.putInt(o + LEN, value);
    }

    public static int bid(ByteBuffer b, int o) {
        return Fields.u16(b, o + BID);
    }

    public static void bid(ByteBuffer b, int o, int value) {
        b.putShort(o + BID, (short) value);
    }
}
