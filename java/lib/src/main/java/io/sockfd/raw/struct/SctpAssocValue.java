package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A number for one association: SCTP_MAXSEG and others. See {@code linux/sctp.h}.
 *
 * <pre>
 *         +-----------------+
 *      0  | s32 assoc_id    |
 *      4  | u32 assoc_value |
 *      8  +-----------------+
 * </pre>
 */
public final class SctpAssocValue {
    public static final int SIZE = 8;

    public static final int ASSOC_ID = 0;
    public static final int ASSOC_VALUE = 4;

    private SctpAssocValue() {}

    public static int assoc_id(ByteBuffer b, int o) {
        return b.getInt(o + ASSOC_ID);
    }

    public static void assoc_id(ByteBuffer b, int o, int value) {
        b.putInt(o + ASSOC_ID, value);
    }

    public static int assoc_value(ByteBuffer b, int o) {
        return b.getInt(o + ASSOC_VALUE);
    }

    public static void assoc_value(ByteBuffer b, int o, int value) {
        b.putInt(o + ASSOC_VALUE, value);
    }
}
