package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The head of a routing attribute; its payload follows at SIZE. See
 * <a href="https://man7.org/linux/man-pages/man3/rtnetlink.3.html">rtnetlink(3)</a>.
 *
 * <pre>
 *         +--------------+
 *      0  | u16 rta_len  |  bytes, this head included
 *      2  | u16 rta_type |
 *      4  +--------------+
 * </pre>
 */
public final class Rtattr {
    public static final int SIZE = 4;

    public static final int RTA_LEN = 0;
    public static final int RTA_TYPE = 2;

    private Rtattr() {}

    public static int rta_len(ByteBuffer b, int o) {
        return Fields.u16(b, o + RTA_LEN);
    }

    public static void rta_len(ByteBuffer b, int o, int value) {
        b.putShort(o + RTA_LEN, (short) value);
    }

    public static int rta_type(ByteBuffer b, int o) {
        return Fields.u16(b, o + RTA_TYPE);
    }

    public static void rta_type(ByteBuffer b, int o, int value) {
        b.putShort(o + RTA_TYPE, (short) value);
    }
}
