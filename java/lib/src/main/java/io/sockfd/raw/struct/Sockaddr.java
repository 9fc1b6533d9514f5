package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The head that all addresses share, and the least room for one. See
 * <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>.
 *
 * <pre>
 *         +------------------+
 *      0  | u16    sa_family |  AF_*, or ARPHRD_* in an ifreq
 *      2  | u8[14] sa_data   |
 *     16  +------------------+
 * </pre>
 */
public final class Sockaddr {
    public static final int SIZE = 16;

    public static final int SA_FAMILY = 0;
    public static final int SA_DATA = 2;
    public static final int SA_DATA_BYTES = 14;

    private Sockaddr() {}

    public static int sa_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + SA_FAMILY);
    }

    public static void sa_family(ByteBuffer b, int o, int value) {
        b.putShort(o + SA_FAMILY, (short) value);
    }

    /** A copy. */
    public static byte[] sa_data(ByteBuffer b, int o) {
        return Fields.bytes(b, o + SA_DATA, SA_DATA_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void sa_data(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + SA_DATA, SA_DATA_BYTES, value);
    }
}
