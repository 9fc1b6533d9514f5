package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A classic BPF program: SO_ATTACH_FILTER. See
 * <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>.
 *
 * <pre>
 *         +------------+
 *      0  | u16 len    |  instructions
 *      8  | ptr filter |  struct sock_filter[]
 *     16  +------------+
 * </pre>
 */
public final class SockFprog {
    public static final int SIZE = 16;

    public static final int LEN = 0;
    public static final int FILTER = 8;

    private SockFprog() {}

    public static int len(ByteBuffer b, int o) {
        return Fields.u16(b, o + LEN);
    }

    public static void len(ByteBuffer b, int o, int value) {
        b.putShort(o + LEN, (short) value);
    }

    public static long filter(ByteBuffer b, int o) {
        return b.getLong(o + FILTER);
    }

    public static void filter(ByteBuffer b, int o, long value) {
        b.putLong(o + FILTER, value);
    }
}
