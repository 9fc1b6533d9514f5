package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The ancillary message SCTP_PRINFO. See {@code linux/sctp.h}.
 *
 * <pre>
 *         +---------------+
 *      0  | u16 pr_policy |  SCTP_PR_SCTP_*
 *      4  | u32 pr_value  |
 *      8  +---------------+
 * </pre>
 */
public final class SctpPrinfo {
    public static final int SIZE = 8;

    public static final int PR_POLICY = 0;
    public static final int PR_VALUE = 4;

    private SctpPrinfo() {}

    public static int pr_policy(ByteBuffer b, int o) {
        return Fields.u16(b, o + PR_POLICY);
    }

    public static void pr_policy(ByteBuffer b, int o, int value) {
        b.putShort(o + PR_POLICY, (short) value);
    }

    public static int pr_value(ByteBuffer b, int o) {
        return b.getInt(o + PR_VALUE);
    }

    public static void pr_value(ByteBuffer b, int o, int value) {
        b.putInt(o + PR_VALUE, value);
    }
}
