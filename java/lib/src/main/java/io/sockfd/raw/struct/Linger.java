package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * SO_LINGER. See <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>.
 *
 * <pre>
 *         +--------------+
 *      0  | s32 l_onoff  |
 *      4  | s32 l_linger |  seconds
 *      8  +--------------+
 * </pre>
 */
public final class Linger {
    public static final int SIZE = 8;

    public static final int L_ONOFF = 0;
    public static final int L_LINGER = 4;

    private Linger() {}

    public static int l_onoff(ByteBuffer b, int o) {
        return b.getInt(o + L_ONOFF);
    }

    public static void l_onoff(ByteBuffer b, int o, int value) {
        b.putInt(o + L_ONOFF, value);
    }

    public static int l_linger(ByteBuffer b, int o) {
        return b.getInt(o + L_LINGER);
    }

    public static void l_linger(ByteBuffer b, int o, int value) {
        b.putInt(o + L_LINGER, value);
    }
}
