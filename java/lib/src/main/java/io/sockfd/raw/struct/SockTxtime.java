package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * SO_TXTIME. See {@code linux/net_tstamp.h}.
 *
 * <pre>
 *         +-------------+
 *      0  | s32 clockid |  CLOCK_*
 *      4  | u32 flags   |  SOF_TXTIME_*
 *      8  +-------------+
 * </pre>
 */
public final class SockTxtime {
    public static final int SIZE = 8;

    public static final int CLOCKID = 0;
    public static final int FLAGS = 4;

    private SockTxtime() {}

    public static int clockid(ByteBuffer b, int o) {
        return b.getInt(o + CLOCKID);
    }

    public static void clockid(ByteBuffer b, int o, int value) {
        b.putInt(o + CLOCKID, value);
    }

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putInt(o + FLAGS, value);
    }
}
