package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Where the parts of one ring lie in its mapping. See {@code linux/if_xdp.h}.
 *
 * <pre>
 *         +--------------+
 *      0  | u64 producer |
 *      8  | u64 consumer |
 *     16  | u64 desc     |
 *     24  | u64 flags    |
 *     32  +--------------+
 * </pre>
 */
public final class XdpRingOffset {
    public static final int SIZE = 32;

    public static final int PRODUCER = 0;
    public static final int CONSUMER = 8;
    public static final int DESC = 16;
    public static final int FLAGS = 24;

    private XdpRingOffset() {}

    public static long producer(ByteBuffer b, int o) {
        return b.getLong(o + PRODUCER);
    }

    public static long consumer(ByteBuffer b, int o) {
        return b.getLong(o + CONSUMER);
    }

    public static long desc(ByteBuffer b, int o) {
        return b.getLong(o + DESC);
    }

    public static long flags(ByteBuffer b, int o) {
        return b.getLong(o + FLAGS);
    }
}
