package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * PACKET_ROLLOVER_STATS. See <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * <pre>
 *         +---------------+
 *      0  | u64 tp_all    |
 *      8  | u64 tp_huge   |
 *     16  | u64 tp_failed |
 *     24  +---------------+
 * </pre>
 */
public final class TpacketRolloverStats {
    public static final int SIZE = 24;

    public static final int TP_ALL = 0;
    public static final int TP_HUGE = 8;
    public static final int TP_FAILED = 16;

    private TpacketRolloverStats() {}

    public static long tp_all(ByteBuffer b, int o) {
        return b.getLong(o + TP_ALL);
    }

    public static long tp_huge(ByteBuffer b, int o) {
        return b.getLong(o + TP_HUGE);
    }

    public static long tp_failed(ByteBuffer b, int o) {
        return b.getLong(o + TP_FAILED);
    }
}
