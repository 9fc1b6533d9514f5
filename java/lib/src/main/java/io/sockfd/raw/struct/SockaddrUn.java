package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A UNIX domain address. Its length is part of it: 2 is unnamed; a first byte of 0 is abstract. See
 * <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>.
 *
 * <pre>
 *         +--------------------+
 *      0  | u16     sun_family |  AF_UNIX
 *      2  | u8[108] sun_path   |  a path may fill it without a final 0
 *    110  +--------------------+
 * </pre>
 */
public final class SockaddrUn {
    public static final int SIZE = 110;

    public static final int SUN_FAMILY = 0;
    public static final int SUN_PATH = 2;
    public static final int SUN_PATH_BYTES = 108;

    private SockaddrUn() {}

    public static int sun_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + SUN_FAMILY);
    }

    public static void sun_family(ByteBuffer b, int o, int value) {
        b.putShort(o + SUN_FAMILY, (short) value);
    }

    /** A copy. */
    public static byte[] sun_path(ByteBuffer b, int o) {
        return Fields.bytes(b, o + SUN_PATH, SUN_PATH_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void sun_path(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + SUN_PATH, SUN_PATH_BYTES, value);
    }
}
