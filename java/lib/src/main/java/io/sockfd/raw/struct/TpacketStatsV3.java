package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * PACKET_STATISTICS with a ring of version 3. Reading it clears it. See
 * <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * <pre>
 *         +---------------------+
 *      0  | u32 tp_packets      |  the dropped ones included
 *      4  | u32 tp_drops        |
 *      8  | u32 tp_freeze_q_cnt |  times the ring was full
 *     12  +---------------------+
 * </pre>
 */
public final class TpacketStatsV3 {
    public static final int SIZE = 12;

    public static final int TP_PACKETS = 0;
    public static final int TP_DROPS = 4;
    public static final int TP_FREEZE_Q_CNT = 8;

    private TpacketStatsV3() {}

    public static long tp_packets(ByteBuffer b, int o) {
        return Fields.u32(b, o + TP_PACKETS);
    }

    public static long tp_drops(ByteBuffer b, int o) {
        return Fields.u32(b, o + TP_DROPS);
    }

    public static long tp_freeze_q_cnt(ByteBuffer b, int o) {
        return Fields.u32(b, o + TP_FREEZE_Q_CNT);
    }
}
