package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * PACKET_DIAG_INFO. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <pre>
 *         +---------------------+
 *      0  | u32 pdi_index       |  interface index
 *      4  | u32 pdi_version     |  TPACKET_V*
 *      8  | u32 pdi_reserve     |  PACKET_RESERVE
 *     12  | u32 pdi_copy_thresh |  PACKET_COPY_THRESH
 *     16  | u32 pdi_tstamp      |  PACKET_TIMESTAMP
 *     20  | u32 pdi_flags       |  PDI_*
 *     24  +---------------------+
 * </pre>
 */
public final class PacketDiagInfo {
    public static final int SIZE = 24;

    public static final int PDI_INDEX = 0;
    public static final int PDI_VERSION = 4;
    public static final int PDI_RESERVE = 8;
    public static final int PDI_COPY_THRESH = 12;
    public static final int PDI_TSTAMP = 16;
    public static final int PDI_FLAGS = 20;

    private PacketDiagInfo() {}

    public static int pdi_index(ByteBuffer b, int o) {
        return b.getInt(o + PDI_INDEX);
    }

    public static int pdi_version(ByteBuffer b, int o) {
        return b.getInt(o + PDI_VERSION);
    }

    public static long pdi_reserve(ByteBuffer b, int o) {
        return Fields.u32(b, o + PDI_RESERVE);
    }

    public static long pdi_copy_thresh(ByteBuffer b, int o) {
        return Fields.u32(b, o + PDI_COPY_THRESH);
    }

    public static long pdi_tstamp(ByteBuffer b, int o) {
        return Fields.u32(b, o + PDI_TSTAMP);
    }

    public static int pdi_flags(ByteBuffer b, int o) {
        return b.getInt(o + PDI_FLAGS);
    }
}
