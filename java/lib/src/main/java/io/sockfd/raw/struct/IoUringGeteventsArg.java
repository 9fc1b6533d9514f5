package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * IORING_ENTER_EXT_ARG. See
 * <a href="https://man7.org/linux/man-pages/man2/io_uring_enter.2.html">io_uring_enter(2)</a>.
 *
 * <pre>
 *         +----------------+
 *      0  | u64 sigmask    |  pointer, or 0
 *      8  | u32 sigmask_sz |  bytes
 *     16  | u64 ts         |  pointer to a timespec, or 0
 *     24  +----------------+
 * </pre>
 */
public final class IoUringGeteventsArg {
    public static final int SIZE = 24;

    public static final int SIGMASK = 0;
    public static final int SIGMASK_SZ = 8;
    public static final int TS = 16;

    private IoUringGeteventsArg() {}

    public static long sigmask(ByteBuffer b, int o) {
        return b.getLong(o + SIGMASK);
    }

    public static void sigmask(ByteBuffer b, int o, long value) {
        b.putLong(o + SIGMASK, value);
    }

    public static int sigmask_sz(ByteBuffer b, int o) {
        return b.getInt(o + SIGMASK_SZ);
    }

    public static void sigmask_sz(ByteBuffer b, int o, int value) {
        b.putInt(o + SIGMASK_SZ, value);
    }

    public static long ts(ByteBuffer b, int o) {
        return b.getLong(o + TS);
    }

    public static void ts(ByteBuffer b, int o, long value) {
        b.putLong(o + TS, value);
    }
}
