package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * SCTP_INITMSG. See <a href="https://man7.org/linux/man-pages/man7/sctp.7.html">sctp(7)</a>.
 *
 * <pre>
 *         +--------------------------+
 *      0  | u16 sinit_num_ostreams   |
 *      2  | u16 sinit_max_instreams  |
 *      4  | u16 sinit_max_attempts   |
 *      6  | u16 sinit_max_init_timeo |  milliseconds
 *      8  +--------------------------+
 * </pre>
 */
public final class SctpInitmsg {
    public static final int SIZE = 8;

    public static final int SINIT_NUM_OSTREAMS = 0;
    public static final int SINIT_MAX_INSTREAMS = 2;
    public static final int SINIT_MAX_ATTEMPTS = 4;
    public static final int SINIT_MAX_INIT_TIMEO = 6;

    private SctpInitmsg() {}

    public static int sinit_num_ostreams(ByteBuffer b, int o) {
        return Fields.u16(b, o + SINIT_NUM_OSTREAMS);
    }

    public static void sinit_num_ostreams(ByteBuffer b, int o, int value) {
        b.putShort(o + SINIT_NUM_OSTREAMS, (short) value);
    }

    public static int sinit_max_instreams(ByteBuffer b, int o) {
        return Fields.u16(b, o + SINIT_MAX_INSTREAMS);
    }

    public static void sinit_max_instreams(ByteBuffer b, int o, int value) {
        b.putShort(o + SINIT_MAX_INSTREAMS, (short) value);
    }

    public static int sinit_max_attempts(ByteBuffer b, int o) {
        return Fields.u16(b, o + SINIT_MAX_ATTEMPTS);
    }

    public static void sinit_max_attempts(ByteBuffer b, int o, int value) {
        b.putShort(o + SINIT_MAX_ATTEMPTS, (short) value);
    }

    public static int sinit_max_init_timeo(ByteBuffer b, int o) {
        return Fields.u16(b, o + SINIT_MAX_INIT_TIMEO);
    }

    public static void sinit_max_init_timeo(ByteBuffer b, int o, int value) {
        b.putShort(o + SINIT_MAX_INIT_TIMEO, (short) value);
    }
}
