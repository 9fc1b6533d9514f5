package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * XDP_STATISTICS. See {@code linux/if_xdp.h}.
 *
 * <pre>
 *         +------------------------------+
 *      0  | u64 rx_dropped               |
 *      8  | u64 rx_invalid_descs         |
 *     16  | u64 tx_invalid_descs         |
 *     24  | u64 rx_ring_full             |
 *     32  | u64 rx_fill_ring_empty_descs |
 *     40  | u64 tx_ring_empty_descs      |
 *     48  +------------------------------+
 * </pre>
 */
public final class XdpStatistics {
    public static final int SIZE = 48;

    public static final int RX_DROPPED = 0;
    public static final int RX_INVALID_DESCS = 8;
    public static final int TX_INVALID_DESCS = 16;
    public static final int RX_RING_FULL = 24;
    public static final int RX_FILL_RING_EMPTY_DESCS = 32;
    public static final int TX_RING_EMPTY_DESCS = 40;

    private XdpStatistics() {}

    public static long rx_dropped(ByteBuffer b, int o) {
        return b.getLong(o + RX_DROPPED);
    }

    public static long rx_invalid_descs(ByteBuffer b, int o) {
        return b.getLong(o + RX_INVALID_DESCS);
    }

    public static long tx_invalid_descs(ByteBuffer b, int o) {
        return b.getLong(o + TX_INVALID_DESCS);
    }

    public static long rx_ring_full(ByteBuffer b, int o) {
        return b.getLong(o + RX_RING_FULL);
    }

    public static long rx_fill_ring_empty_descs(ByteBuffer b, int o) {
        return b.getLong(o + RX_FILL_RING_EMPTY_DESCS);
    }

    public static long tx_ring_empty_descs(ByteBuffer b, int o) {
        return b.getLong(o + TX_RING_EMPTY_DESCS);
    }
}
