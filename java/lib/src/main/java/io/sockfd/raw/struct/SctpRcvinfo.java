package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The ancillary message SCTP_RCVINFO. See {@code linux/sctp.h}.
 *
 * <pre>
 *         +------------------+
 *      0  | u16 rcv_sid      |
 *      2  | u16 rcv_ssn      |
 *      4  | u16 rcv_flags    |
 *      8  | u32 rcv_ppid     |  passed through as it is: network order by custom
 *     12  | u32 rcv_tsn      |
 *     16  | u32 rcv_cumtsn   |
 *     20  | u32 rcv_context  |
 *     24  | s32 rcv_assoc_id |
 *     28  +------------------+
 * </pre>
 */
public final class SctpRcvinfo {
    public static final int SIZE = 28;

    public static final int RCV_SID = 0;
    public static final int RCV_SSN = 2;
    public static final int RCV_FLAGS = 4;
    public static final int RCV_PPID = 8;
    public static final int RCV_TSN = 12;
    public static final int RCV_CUMTSN = 16;
    public static final int RCV_CONTEXT = 20;
    public static final int RCV_ASSOC_ID = 24;

    private SctpRcvinfo() {}

    public static int rcv_sid(ByteBuffer b, int o) {
        return Fields.u16(b, o + RCV_SID);
    }

    public static int rcv_ssn(ByteBuffer b, int o) {
        return Fields.u16(b, o + RCV_SSN);
    }

    public static int rcv_flags(ByteBuffer b, int o) {
        return Fields.u16(b, o + RCV_FLAGS);
    }

    public static int rcv_ppid(ByteBuffer b, int o) {
        return b.getInt(o + RCV_PPID);
    }

    public static int rcv_tsn(ByteBuffer b, int o) {
        return b.getInt(o + RCV_TSN);
    }

    public static int rcv_cumtsn(ByteBuffer b, int o) {
        return b.getInt(o + RCV_CUMTSN);
    }

    public static int rcv_context(ByteBuffer b, int o) {
        return b.getInt(o + RCV_CONTEXT);
    }

    public static int rcv_assoc_id(ByteBuffer b, int o) {
        return b.getInt(o + RCV_ASSOC_ID);
    }
}
