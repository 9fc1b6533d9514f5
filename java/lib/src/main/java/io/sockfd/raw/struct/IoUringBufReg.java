package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A ring of provided buffers: IORING_REGISTER_PBUF_RING. See
 * <a href="https://man7.org/linux/man-pages/man2/io_uring_register.2.html">io_uring_register(2)</a>.
 *
 * <pre>
 *         +------------------+
 *      0  | u64 ring_addr    |
 *      8  | u32 ring_entries |  a power of two
 *     12  | u16 bgid         |  id of the group
 *     40  +------------------+
 * </pre>
 */
public final class IoUringBufReg {
    public static final int SIZE = 40;

    public static final int RING_ADDR = 0;
    public static final int RING_ENTRIES = 8;
    public static final int BGID = 12;

    private IoUringBufReg() {}

    public static long ring_addr(ByteBuffer b, int o) {
        return b.getLong(o + RING_ADDR);
    }

    public static void ring_addr(ByteBuffer b, int o, long value) {
        b.putLong(o + RING_ADDR, value);
    }

    public static int ring_entries(ByteBuffer b, int o) {
        return b.getInt(o + RING_ENTRIES);
    }

    public static void ring_entries(ByteBuffer b, int o, int value) {
        b.putInt(o + RING_ENTRIES, value);
    }

    public static int bgid(ByteBuffer b, int o) {
        return Fields.u16(b, o + BGID);
    }

    public static void bgid(ByteBuffer b, int o, int value) {
        b.putShort(o + BGID, (short) value);
    }
}
