package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * What an interface has counted: IFLA_STATS64. See
 * <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>.
 *
 * <pre>
 *         +--------------------------+
 *      0  | u64 rx_packets           |
 *      8  | u64 tx_packets           |
 *     16  | u64 rx_bytes             |
 *     24  | u64 tx_bytes             |
 *     32  | u64 rx_errors            |
 *     40  | u64 tx_errors            |
 *     48  | u64 rx_dropped           |
 *     56  | u64 tx_dropped           |
 *     64  | u64 multicast            |
 *     72  | u64 collisions           |
 *     80  | u64 rx_length_errors     |
 *     88  | u64 rx_over_errors       |
 *     96  | u64 rx_crc_errors        |
 *    104  | u64 rx_frame_errors      |
 *    112  | u64 rx_fifo_errors       |
 *    120  | u64 rx_missed_errors     |
 *    128  | u64 tx_aborted_errors    |
 *    136  | u64 tx_carrier_errors    |
 *    144  | u64 tx_fifo_errors       |
 *    152  | u64 tx_heartbeat_errors  |
 *    160  | u64 tx_window_errors     |
 *    168  | u64 rx_compressed        |
 *    176  | u64 tx_compressed        |
 *    184  | u64 rx_nohandler         |  Linux 4.6
 *    192  | u64 rx_otherhost_dropped |  Linux 5.19
 *    200  +--------------------------+
 * </pre>
 */
public final class RtnlLinkStats64 {
    public static final int SIZE = 200;

    public static final int RX_PACKETS = 0;
    public static final int TX_PACKETS = 8;
    public static final int RX_BYTES = 16;
    public static final int TX_BYTES = 24;
    public static final int RX_ERRORS = 32;
    public static final int TX_ERRORS = 40;
    public static final int RX_DROPPED = 48;
    public static final int TX_DROPPED = 56;
    public static final int MULTICAST = 64;
    public static final int COLLISIONS = 72;
    public static final int RX_LENGTH_ERRORS = 80;
    public static final int RX_OVER_ERRORS = 88;
    public static final int RX_CRC_ERRORS = 96;
    public static final int RX_FRAME_ERRORS = 104;
    public static final int RX_FIFO_ERRORS = 112;
    public static final int RX_MISSED_ERRORS = 120;
    public static final int TX_ABORTED_ERRORS = 128;
    public static final int TX_CARRIER_ERRORS = 136;
    public static final int TX_FIFO_ERRORS = 144;
    public static final int TX_HEARTBEAT_ERRORS = 152;
    public static final int TX_WINDOW_ERRORS = 160;
    public static final int RX_COMPRESSED = 168;
    public static final int TX_COMPRESSED = 176;
    public static final int RX_NOHANDLER = 184;
    public static final int RX_OTHERHOST_DROPPED = 192;

    private RtnlLinkStats64() {}

    public static long rx_packets(ByteBuffer b, int o) {
        return b.getLong(o + RX_PACKETS);
    }

    public static long tx_packets(ByteBuffer b, int o) {
        return b.getLong(o + TX_PACKETS);
    }

    public static long rx_bytes(ByteBuffer b, int o) {
        return b.getLong(o + RX_BYTES);
    }

    public static long tx_bytes(ByteBuffer b, int o) {
        return b.getLong(o + TX_BYTES);
    }

    public static long rx_errors(ByteBuffer b, int o) {
        return b.getLong(o + RX_ERRORS);
    }

    public static long tx_errors(ByteBuffer b, int o) {
        return b.getLong(o + TX_ERRORS);
    }

    public static long rx_dropped(ByteBuffer b, int o) {
        return b.getLong(o + RX_DROPPED);
    }

    public static long tx_dropped(ByteBuffer b, int o) {
        return b.getLong(o + TX_DROPPED);
    }

    public static long multicast(ByteBuffer b, int o) {
        return b.getLong(o + MULTICAST);
    }

    public static long collisions(ByteBuffer b, int o) {
        return b.getLong(o + COLLISIONS);
    }

    public static long rx_length_errors(ByteBuffer b, int o) {
        return b.getLong(o + RX_LENGTH_ERRORS);
    }

    public static long rx_over_errors(ByteBuffer b, int o) {
        return b.getLong(o + RX_OVER_ERRORS);
    }

    public static long rx_crc_errors(ByteBuffer b, int o) {
        return b.getLong(o + RX_CRC_ERRORS);
    }

    public static long rx_frame_errors(ByteBuffer b, int o) {
        return b.getLong(o + RX_FRAME_ERRORS);
    }

    public static long rx_fifo_errors(ByteBuffer b, int o) {
        return b.getLong(o + RX_FIFO_ERRORS);
    }

    public static long rx_missed_errors(ByteBuffer b, int o) {
        return b.getLong(o + RX_MISSED_ERRORS);
    }

    public static long tx_aborted_errors(ByteBuffer b, int o) {
        return b.getLong(o + TX_ABORTED_ERRORS);
    }

    public static long tx_carrier_errors(ByteBuffer b, int o) {
        return b.getLong(o + TX_CARRIER_ERRORS);
    }

    public static long tx_fifo_errors(ByteBuffer b, int o) {
        return b.getLong(o + TX_FIFO_ERRORS);
    }

    public static long tx_heartbeat_errors(ByteBuffer b, int o) {
        return b.getLong(o + TX_HEARTBEAT_ERRORS);
    }

    public static long tx_window_errors(ByteBuffer b, int o) {
        return b.getLong(o + TX_WINDOW_ERRORS);
    }

    public static long rx_compressed(ByteBuffer b, int o) {
        return b.getLong(o + RX_COMPRESSED);
    }

    public static long tx_compressed(ByteBuffer b, int o) {
        return b.getLong(o + TX_COMPRESSED);
    }

    public static long rx_nohandler(ByteBuffer b, int o) {
        return b.getLong(o + RX_NOHANDLER);
    }

    public static long rx_otherhost_dropped(ByteBuffer b, int o) {
        return b.getLong(o + RX_OTHERHOST_DROPPED);
    }
}
