package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Where the parts of the submission ring lie in its mapping. See
 * <a href="https://man7.org/linux/man-pages/man2/io_uring_setup.2.html">io_uring_setup(2)</a>.
 *
 * <pre>
 *         +------------------+
 *      0  | u32 head         |
 *      4  | u32 tail         |
 *      8  | u32 ring_mask    |
 *     12  | u32 ring_entries |
 *     16  | u32 flags        |
 *     20  | u32 dropped      |
 *     24  | u32 array        |
 *     32  | u64 user_addr    |  Linux 6.5, reserved before
 *     40  +------------------+
 * </pre>
 */
public final class IoSqringOffsets {
    public static final int SIZE = 40;

    public static final int HEAD = 0;
    public static final int TAIL = 4;
    public static final int RING_MASK = 8;
    public static final int RING_ENTRIES = 12;
    public static final int FLAGS = 16;
    public static final int DROPPED = 20;
    public static final int ARRAY = 24;
    public static final int USER_ADDR = 32;

    private IoSqringOffsets() {}

    public static int head(ByteBuffer b, int o) {
        return b.getInt(o + HEAD);
    }

    public static int tail(ByteBuffer b, int o) {
        return b.getInt(o + TAIL);
    }

    public static int ring_mask(ByteBuffer b, int o) {
        return b.getInt(o + RING_MASK);
    }

    public static int ring_entries(ByteBuffer b, int o) {
        return b.getInt(o + RING_ENTRIES);
    }

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }

    public static int dropped(ByteBuffer b, int o) {
        return b.getInt(o + DROPPED);
    }

    public static int array(ByteBuffer b, int o) {
        return b.getInt(o + ARRAY);
    }

    public static long user_addr(ByteBuffer b, int o) {
        return b.getLong(o + USER_ADDR);
    }
}
