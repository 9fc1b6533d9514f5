package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The ancillary message SCTP_NXTINFO. See {@code linux/sctp.h}.
 *
 * <pre>
 *         +------------------+
 *      0  | u16 nxt_sid      |
 *      2  | u16 nxt_flags    |
 *      4  | u32 nxt_ppid     |  passed through as it is: network order by custom
 *      8  | u32 nxt_length   |  bytes
 *     12  | s32 nxt_assoc_id |
 *     16  +------------------+
 * </pre>
 */
public final class SctpNxtinfo {
    public static final int SIZE = 16;

    public static final int NXT_SID = 0;
    public static final int NXT_FLAGS = 2;
    public static final int NXT_PPID = 4;
    public static final int NXT_LENGTH = 8;
    public static final int NXT_ASSOC_ID = 12;

    private SctpNxtinfo() {}

    public static int nxt_sid(ByteBuffer b, int o) {
        return Fields.u16(b, o + NXT_SID);
    }

    public static int nxt_flags(ByteBuffer b, int o) {
        return Fields.u16(b, o + NXT_FLAGS);
    }

    public static int nxt_ppid(ByteBuffer b, int o) {
        return b.getInt(o + NXT_PPID);
    }

    public static int nxt_length(ByteBuffer b, int o) {
        return b.getInt(o + NXT_LENGTH);
    }

    public static int nxt_assoc_id(ByteBuffer b, int o) {
        return b.getInt(o + NXT_ASSOC_ID);
    }
}
