package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * PACKET_STATISTICS. Reading it clears it. See
 * <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * <pre>
 *         +----------------+
 *      0  | u32 tp_packets |  the dropped ones included
 *      4  | u32 tp_drops   |
 *      8  +----------------+
 * </pre>
 */
public final class TpacketStats {
    public static final int SIZE = 8;

    public static final int TP_PACKETS = 0;
    public static final int TP_DROPS = 4;

    private TpacketStats() {}

    public static long tp_packets(ByteBuffer b, int o) {
        return Fields.u32(b, o + TP_PACKETS);
    }

    public static long tp_drops(ByteBuffer b, int o) {
        return Fields.u32(b, o + TP_DROPS);
    }
}
