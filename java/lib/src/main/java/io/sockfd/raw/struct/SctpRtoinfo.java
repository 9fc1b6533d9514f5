package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * SCTP_RTOINFO. See <a href="https://man7.org/linux/man-pages/man7/sctp.7.html">sctp(7)</a>.
 *
 * <pre>
 *         +-------------------+
 *      0  | s32 srto_assoc_id |
 *      4  | u32 srto_initial  |  milliseconds
 *      8  | u32 srto_max      |  milliseconds
 *     12  | u32 srto_min      |  milliseconds
 *     16  +-------------------+
 * </pre>
 */
public final class SctpRtoinfo {
    public static final int SIZE = 16;

    public static final int SRTO_ASSOC_ID = 0;
    public static final int SRTO_INITIAL = 4;
    public static final int SRTO_MAX = 8;
    public static final int SRTO_MIN = 12;

    private SctpRtoinfo() {}

    public static int srto_assoc_id(ByteBuffer b, int o) {
        return b.getInt(o + SRTO_ASSOC_ID);
    }

    public static void srto_assoc_id(ByteBuffer b, int o, int value) {
        b.putInt(o + SRTO_ASSOC_ID, value);
    }

    public static int srto_initial(ByteBuffer b, int o) {
        return b.getInt(o + SRTO_INITIAL);
    }

    public static void srto_initial(ByteBuffer b, int o, int value) {
        b.putInt(o + SRTO_INITIAL, value);
    }

    public static int srto_max(ByteBuffer b, int o) {
        return b.getInt(o + SRTO_MAX);
    }

    public static void srto_max(ByteBuffer b, int o, int value) {
        b.putInt(o + SRTO_MAX, value);
    }

    public static int srto_min(ByteBuffer b, int o) {
        return b.getInt(o + SRTO_MIN);
    }

    public static void srto_min(ByteBuffer b, int o, int value) {
        b.putInt(o + SRTO_MIN, value);
    }
}
