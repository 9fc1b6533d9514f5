package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * SCTP_STATUS. See <a href="https://man7.org/linux/man-pages/man7/sctp.7.html">sctp(7)</a>.
 *
 * <pre>
 *         +-------------------------------------------------+
 *      0  | s32                   sstat_assoc_id            |
 *      4  | s32                   sstat_state               |  SCTP_ESTABLISHED ...
 *      8  | u32                   sstat_rwnd                |  bytes
 *     12  | u16                   sstat_unackdata           |
 *     14  | u16                   sstat_penddata            |
 *     16  | u16                   sstat_instrms             |
 *     18  | u16                   sstat_outstrms            |
 *     20  | u32                   sstat_fragmentation_point |  bytes
 *     24  | struct sctp_paddrinfo sstat_primary             |
 *    176  +-------------------------------------------------+
 * </pre>
 */
public final class SctpStatus {
    public static final int SIZE = 176;

    public static final int SSTAT_ASSOC_ID = 0;
    public static final int SSTAT_STATE = 4;
    public static final int SSTAT_RWND = 8;
    public static final int SSTAT_UNACKDATA = 12;
    public static final int SSTAT_PENDDATA = 14;
    public static final int SSTAT_INSTRMS = 16;
    public static final int SSTAT_OUTSTRMS = 18;
    public static final int SSTAT_FRAGMENTATION_POINT = 20;
    public static final int SSTAT_PRIMARY = 24;

    private SctpStatus() {}

    public static int sstat_assoc_id(ByteBuffer b, int o) {
        return b.getInt(o + SSTAT_ASSOC_ID);
    }

    public static int sstat_state(ByteBuffer b, int o) {
        return b.getInt(o + SSTAT_STATE);
    }

    public static long sstat_rwnd(ByteBuffer b, int o) {
        return Fields.u32(b, o + SSTAT_RWND);
    }

    public static int sstat_unackdata(ByteBuffer b, int o) {
        return Fields.u16(b, o + SSTAT_UNACKDATA);
    }

    public static int sstat_penddata(ByteBuffer b, int o) {
        return Fields.u16(b, o + SSTAT_PENDDATA);
    }

    public static int sstat_instrms(ByteBuffer b, int o) {
        return Fields.u16(b, o + SSTAT_INSTRMS);
    }

    public static int sstat_outstrms(ByteBuffer b, int o) {
        return Fields.u16(b, o + SSTAT_OUTSTRMS);
    }

    public static long sstat_fragmentation_point(ByteBuffer b, int o) {
        return Fields.u32(b, o + SSTAT_FRAGMENTATION_POINT);
    }
}
