package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * PACKET_DIAG_RX_RING, PACKET_DIAG_TX_RING. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <pre>
 *         +---------------------+
 *      0  | u32 pdr_block_size  |
 *      4  | u32 pdr_block_nr    |
 *      8  | u32 pdr_frame_size  |
 *     12  | u32 pdr_frame_nr    |
 *     16  | u32 pdr_retire_tmo  |  milliseconds
 *     20  | u32 pdr_sizeof_priv |
 *     24  | u32 pdr_features    |  TP_FT_REQ_*
 *     28  +---------------------+
 * </pre>
 */
public final class PacketDiagRing {
    public static final int SIZE = 28;

    public static final int PDR_BLOCK_SIZE = 0;
    public static final int PDR_BLOCK_NR = 4;
    public static final int PDR_FRAME_SIZE = 8;
    public static final int PDR_FRAME_NR = 12;
    public static final int PDR_RETIRE_TMO = 16;
    public static final int PDR_SIZEOF_PRIV = 20;
    public static final int PDR_FEATURES = 24;

    private PacketDiagRing() {}

    public static long pdr_block_size(ByteBuffer b, int o) {
        return Fields.u32(b, o + PDR_BLOCK_SIZE);
    }

    public static long pdr_block_nr(ByteBuffer b, int o) {
        return Fields.u32(b, o + PDR_BLOCK_NR);
    }

    public static long pdr_frame_size(ByteBuffer b, int o) {
        return Fields.u32(b, o + PDR_FRAME_SIZE);
    }

    public static long pdr_frame_nr(ByteBuffer b, int o) {
        return Fields.u32(b, o + PDR_FRAME_NR);
    }

    public static long pdr_retire_tmo(ByteBuffer b, int o) {
        return Fields.u32(b, o + PDR_RETIRE_TMO);
    }

    public static long pdr_sizeof_priv(ByteBuffer b, int o) {
        return Fields.u32(b, o + PDR_SIZEOF_PRIV);
    }

    public static int pdr_features(ByteBuffer b, int o) {
        return b.getInt(o + PDR_FEATURES);
    }
}
