package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Seconds and nanoseconds. See
 * <a href="https://man7.org/linux/man-pages/man3type/timespec.3type.html">timespec(3type)</a>.
 *
 * <pre>
 *         +-------------+
 *      0  | s64 tv_sec  |
 *      8  | s64 tv_nsec |  0 to 999999999
 *     16  +-------------+
 * </pre>
 */
public final class Timespec {
    public static final int SIZE = 16;

    public static final int TV_SEC = 0;
    public static final int TV_NSEC = 8;

    private Timespec() {}

    public static long tv_sec(ByteBuffer b, int o) {
        return b.getLong(o + TV_SEC);
    }

    public static void tv_sec(ByteBuffer b, int o, long value) {
        b.putLong(o + TV_SEC, value);
    }

    public static long tv_nsec(ByteBuffer b, int o) {
        return b.getLong(o + TV_NSEC);
    }

    public static void tv_nsec(ByteBuffer b, int o, long value) {
        b.putLong(o + TV_NSEC, value);
    }
}
