package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * SO_TIMESTAMPING. See {@code linux/net_tstamp.h}.
 *
 * <pre>
 *         +--------------+
 *      0  | s32 flags    |  SOF_TIMESTAMPING_*
 *      4  | s32 bind_phc |  with SOF_TIMESTAMPING_BIND_PHC
 *      8  +--------------+
 * </pre>
 */
public final class SoTimestamping {
    public static final int SIZE = 8;

    public static final int FLAGS = 0;
    public static final int BIND_PHC = 4;

    private SoTimestamping() {}

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putInt(o + FLAGS, value);
    }

    public static int bind_phc(ByteBuffer b, int o) {
        return b.getInt(o + BIND_PHC);
    }

    public static void bind_phc(ByteBuffer b, int o, int value) {
        b.putInt(o + BIND_PHC, value);
    }
}
