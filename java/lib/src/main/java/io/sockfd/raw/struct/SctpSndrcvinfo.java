package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The ancillary message SCTP_SNDRCV. See <a href="https://man7.org/linux/man-pages/man7/sctp.7.html">sctp(7)</a>.
 *
 * <pre>
 *         +----------------------+
 *      0  | u16 sinfo_stream     |
 *      2  | u16 sinfo_ssn        |
 *      4  | u16 sinfo_flags      |  SCTP_UNORDERED ...
 *      8  | u32 sinfo_ppid       |  passed through as it is: network order by custom
 *     12  | u32 sinfo_context    |
 *     16  | u32 sinfo_timetolive |  milliseconds
 *     20  | u32 sinfo_tsn        |
 *     24  | u32 sinfo_cumtsn     |
 *     28  | s32 sinfo_assoc_id   |
 *     32  +----------------------+
 * </pre>
 */
public final class SctpSndrcvinfo {
    public static final int SIZE = 32;

    public static final int SINFO_STREAM = 0;
    public static final int SINFO_SSN = 2;
    public static final int SINFO_FLAGS = 4;
    public static final int SINFO_PPID = 8;
    public static final int SINFO_CONTEXT = 12;
    public static final int SINFO_TIMETOLIVE = 16;
    public static final int SINFO_TSN = 20;
    public static final int SINFO_CUMTSN = 24;
    public static final int SINFO_ASSOC_ID = 28;

    private SctpSndrcvinfo() {}

    public static int sinfo_stream(ByteBuffer b, int o) {
        return Fields.u16(b, o + SINFO_STREAM);
    }

    public static void sinfo_stream(ByteBuffer b, int o, int value) {
        b.putShort(o + SINFO_STREAM, (short) value);
    }

    public static int sinfo_ssn(ByteBuffer b, int o) {
        return Fields.u16(b, o + SINFO_SSN);
    }

    public static void sinfo_ssn(ByteBuffer b, int o, int value) {
        b.putShort(o + SINFO_SSN, (short) value);
    }

    public static int sinfo_flags(ByteBuffer b, int o) {
        return Fields.u16(b, o + SINFO_FLAGS);
    }

    public static void sinfo_flags(ByteBuffer b, int o, int value) {
        b.putShort(o + SINFO_FLAGS, (short) value);
    }

    public static int sinfo_ppid(ByteBuffer b, int o) {
        return b.getInt(o + SINFO_PPID);
    }

    public static void sinfo_ppid(ByteBuffer b, int o, int value) {
        b.putInt(o + SINFO_PPID, value);
    }

    public static int sinfo_context(ByteBuffer b, int o) {
        return b.getInt(o + SINFO_CONTEXT);
    }

    public static void sinfo_context(ByteBuffer b, int o, int value) {
        b.putInt(o + SINFO_CONTEXT, value);
    }

    public static int sinfo_timetolive(ByteBuffer b, int o) {
        return b.getInt(o + SINFO_TIMETOLIVE);
    }

    public static void sinfo_timetolive(ByteBuffer b, int o, int value) {
        b.putInt(o + SINFO_TIMETOLIVE, value);
    }

    public static int sinfo_tsn(ByteBuffer b, int o) {
        return b.getInt(o + SINFO_TSN);
    }

    public static void sinfo_tsn(ByteBuffer b, int o, int value) {
        b.putInt(o + SINFO_TSN, value);
    }

    public static int sinfo_cumtsn(ByteBuffer b, int o) {
        return b.getInt(o + SINFO_CUMTSN);
    }

    public static void sinfo_cumtsn(ByteBuffer b, int o, int value) {
        b.putInt(o + SINFO_CUMTSN, value);
    }

    public static int sinfo_assoc_id(ByteBuffer b, int o) {
        return b.getInt(o + SINFO_ASSOC_ID);
    }

    public static void sinfo_assoc_id(ByteBuffer b, int o, int value) {
        b.putInt(o + SINFO_ASSOC_ID, value);
    }
}
