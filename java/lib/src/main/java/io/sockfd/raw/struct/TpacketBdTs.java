package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A time in the head of a block. See <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * <pre>
 *         +-------------+
 *      0  | u32 ts_sec  |
 *      4  | u32 ts_nsec |
 *      8  +-------------+
 * </pre>
 */
public final class TpacketBdTs {
    public static final int SIZE = 8;

    public static final int TS_SEC = 0;
    public static final int TS_NSEC = 4;

    private TpacketBdTs() {}

    public static long ts_sec(ByteBuffer b, int o) {
        return Fields.u32(b, o + TS_SEC);
    }

    public static int ts_nsec(ByteBuffer b, int o) {
        return b.getInt(o + TS_NSEC);
    }
}
