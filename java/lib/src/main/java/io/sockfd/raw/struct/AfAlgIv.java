package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The ancillary message ALG_SET_IV; the bytes follow at SIZE. See {@code linux/if_alg.h}.
 *
 * <pre>
 *         +-----------+
 *      0  | u32 ivlen |  bytes
 *      4  +-----------+
 * </pre>
 */
public final class AfAlgIv {
    public static final int SIZE = 4;

    public static final int IVLEN = 0;

    private AfAlgIv() {}

    public static int ivlen(ByteBuffer b, int o) {
        return b.getInt(o + IVLEN);
    }

    public static void ivlen(ByteBuffer b, int o, int value) {
        b.putInt(o + IVLEN, value);
    }
}
