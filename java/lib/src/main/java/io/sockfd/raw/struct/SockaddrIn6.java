package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * An IPv6 address and port. See <a href="https://man7.org/linux/man-pages/man7/ipv6.7.html">ipv6(7)</a>.
 *
 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
 *
 * <pre>
 *         +----------------------+
 *      0  | u16    sin6_family   |  AF_INET6
 *      2  | be16   sin6_port     |
 *      4  | be32   sin6_flowinfo |  traffic class and flow label
 *      8  | u8[16] sin6_addr     |
 *     24  | u32    sin6_scope_id |  interface index of a link-local address, host order
 *     28  +----------------------+
 * </pre>
 */
public final class SockaddrIn6 {
    public static final int SIZE = 28;

    public static final int SIN6_FAMILY = 0;
    public static final int SIN6_PORT = 2;
    public static final int SIN6_FLOWINFO = 4;
    public static final int SIN6_ADDR = 8;
    public static final int SIN6_ADDR_BYTES = 16;
    public static final int SIN6_SCOPE_ID = 24;

    private SockaddrIn6() {}

    public static int sin6_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + SIN6_FAMILY);
    }

    public static void sin6_family(ByteBuffer b, int o, int value) {
        b.putShort(o + SIN6_FAMILY, (short) value);
    }

    public static int sin6_port(ByteBuffer b, int o) {
        return Fields.be16(b, o + SIN6_PORT);
    }

    public static void sin6_port(ByteBuffer b, int o, int value) {
        Fields.be16(b, o + SIN6_PORT, value);
    }

    public static int sin6_flowinfo(ByteBuffer b, int o) {
        return Fields.be32(b, o + SIN6_FLOWINFO);
    }

    public static void sin6_flowinfo(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + SIN6_FLOWINFO, value);
    }

    /** A copy. */
    public static byte[] sin6_addr(ByteBuffer b, int o) {
        return Fields.bytes(b, o + SIN6_ADDR, SIN6_ADDR_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void sin6_addr(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + SIN6_ADDR, SIN6_ADDR_BYTES, value);
    }

    public static int sin6_scope_id(ByteBuffer b, int o) {
        return b.getInt(o + SIN6_SCOPE_ID);
    }

    public static void sin6_scope_id(ByteBuffer b, int o, int value) {
        b.putInt(o + SIN6_SCOPE_ID, value);
    }
}
