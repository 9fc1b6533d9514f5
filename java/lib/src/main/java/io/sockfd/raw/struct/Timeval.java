package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Seconds and microseconds. See
 * <a href="https://man7.org/linux/man-pages/man2/gettimeofday.2.html">gettimeofday(2)</a>.
 *
 * <pre>
 *         +-------------+
 *      0  | s64 tv_sec  |
 *      8  | s64 tv_usec |  0 to 999999
 *     16  +-------------+
 * </pre>
 */
public final class Timeval {
    public static final int SIZE = 16;

    public static final int TV_SEC = 0;
    public static final int TV_USEC = 8;

    private Timeval() {}

    public static long tv_sec(ByteBuffer b, int o) {
        return b.getLong(o + TV_SEC);
    }

    public static void tv_sec(ByteBuffer b, int o, long value) {
        b.putLong(o + TV_SEC, value);
    }

    public static long tv_usec(ByteBuffer b, int o) {
        return b.getLong(o + TV_USEC);
    }

    public static void tv_usec(ByteBuffer b, int o, long value) {
        b.putLong(o + TV_USEC, value);
    }
}
