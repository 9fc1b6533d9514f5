package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Room for an address of any family. See <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>.
 *
 * <pre>
 *         +---------------+
 *      0  | u16 ss_family |  AF_*
 *    128  +---------------+
 * </pre>
 */
public final class SockaddrStorage {
    public static final int SIZE = 128;

    public static final int SS_FAMILY = 0;

    private SockaddrStorage() {}

    public static int ss_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + SS_FAMILY);
    }

    public static void ss_family(ByteBuffer b, int o, int value) {
        b.putShort(o + SS_FAMILY, (short) value);
    }
}
