package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A completion. See <a href="https://man7.org/linux/man-pages/man2/io_uring_enter.2.html">io_uring_enter(2)</a>.
 *
 * <pre>
 *         +---------------+
 *      0  | u64 user_data |
 *      8  | s32 res       |  what the call returned, or -errno
 *     12  | u32 flags     |  IORING_CQE_F_*
 *     16  +---------------+
 * </pre>
 */
public final class IoUringCqe {
    public static final int SIZE = 16;

    public static final int USER_DATA = 0;
    public static final int RES = 8;
    public static final int FLAGS = 12;

    private IoUringCqe() {}

    public static long user_data(ByteBuffer b, int o) {
        return b.getLong(o + USER_DATA);
    }

    public static int res(ByteBuffer b, int o) {
        return b.getInt(o + RES);
    }

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }
}
