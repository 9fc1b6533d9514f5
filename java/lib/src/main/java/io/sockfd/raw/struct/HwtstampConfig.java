package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * SIOCSHWTSTAMP, SIOCGHWTSTAMP. See {@code linux/net_tstamp.h}.
 *
 * <pre>
 *         +---------------+
 *      0  | s32 flags     |
 *      4  | s32 tx_type   |  HWTSTAMP_TX_*
 *      8  | s32 rx_filter |  HWTSTAMP_FILTER_*
 *     12  +---------------+
 * </pre>
 */
public final class HwtstampConfig {
    public static final int SIZE = 12;

    public static final int FLAGS = 0;
    public static final int TX_TYPE = 4;
    public static final int RX_FILTER = 8;

    private HwtstampConfig() {}

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putInt(o + FLAGS, value);
    }

    public static int tx_type(ByteBuffer b, int o) {
        return b.getInt(o + TX_TYPE);
    }

    public static void tx_type(ByteBuffer b, int o, int value) {
        b.putInt(o + TX_TYPE, value);
    }

    public static int rx_filter(ByteBuffer b, int o) {
        return b.getInt(o + RX_FILTER);
    }

    public static void rx_filter(ByteBuffer b, int o, int value) {
        b.putInt(o + RX_FILTER, value);
    }
}
