package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * An IPv4 address and port. See <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>.
 *
 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
 *
 * <pre>
 *         +------------------+
 *      0  | u16   sin_family |  AF_INET
 *      2  | be16  sin_port   |
 *      4  | be32  sin_addr   |  127.0.0.1 is 0x7f000001
 *      8  | u8[8] sin_zero   |  unused
 *     16  +------------------+
 * </pre>
 */
public final class SockaddrIn {
    public static final int SIZE = 16;

    public static final int SIN_FAMILY = 0;
    public static final int SIN_PORT = 2;
    public static final int SIN_ADDR = 4;
    public static final int SIN_ZERO = 8;
    public static final int SIN_ZERO_BYTES = 8;

    private SockaddrIn() {}

    public static int sin_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + SIN_FAMILY);
    }

    public static void sin_family(ByteBuffer b, int o, int value) {
        b.putShort(o + SIN_FAMILY, (short) value);
    }

    public static int sin_port(ByteBuffer b, int o) {
        return Fields.be16(b, o + SIN_PORT);
    }

    public static void sin_port(ByteBuffer b, int o, int value) {
        Fields.be16(b, o + SIN_PORT, value);
    }

    public static int sin_addr(ByteBuffer b, int o) {
        return Fields.be32(b, o + SIN_ADDR);
    }

    public static void sin_addr(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + SIN_ADDR, value);
    }

    /** A copy. */
    public static byte[] sin_zero(ByteBuffer b, int o) {
        return Fields.bytes(b, o + SIN_ZERO, SIN_ZERO_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void sin_zero(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + SIN_ZERO, SIN_ZERO_BYTES, value);
    }
}
