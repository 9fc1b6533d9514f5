package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * One piece of memory to send from or to receive into. See
 * <a href="https://man7.org/linux/man-pages/man2/readv.2.html">readv(2)</a>.
 *
 * <pre>
 *         +--------------+
 *      0  | ptr iov_base |
 *      8  | u64 iov_len  |  bytes
 *     16  +--------------+
 * </pre>
 */
public final class Iovec {
    public static final int SIZE = 16;

    public static final int IOV_BASE = 0;
    public static final int IOV_LEN = 8;

    private Iovec() {}

    public static long iov_base(ByteBuffer b, int o) {
        return b.getLong(o + IOV_BASE);
    }

    public static void iov_base(ByteBuffer b, int o, long value) {
        b.putLong(o + IOV_BASE, value);
    }

    public static long iov_len(ByteBuffer b, int o) {
        return b.getLong(o + IOV_LEN);
    }

    public static void iov_len(ByteBuffer b, int o, long value) {
        b.putLong(o + IOV_LEN, value);
    }
}
