package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Where an IPv6 datagram arrived, or is to leave: IPV6_PKTINFO. See
 * <a href="https://man7.org/linux/man-pages/man7/ipv6.7.html">ipv6(7)</a>.
 *
 * <pre>
 *         +---------------------+
 *      0  | u8[16] ipi6_addr    |
 *     16  | u32    ipi6_ifindex |
 *     20  +---------------------+
 * </pre>
 */
public final class In6Pktinfo {
    public static final int SIZE = 20;

    public static final int IPI6_ADDR = 0;
    public static final int IPI6_ADDR_BYTES = 16;
    public static final int IPI6_IFINDEX = 16;

    private In6Pktinfo() {}

    /** A copy. */
    public static byte[] ipi6_addr(ByteBuffer b, int o) {
        return Fields.bytes(b, o + IPI6_ADDR, IPI6_ADDR_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void ipi6_addr(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + IPI6_ADDR, IPI6_ADDR_BYTES, value);
    }

    public static int ipi6_ifindex(ByteBuffer b, int o) {
        return b.getInt(o + IPI6_IFINDEX);
    }

    public static void ipi6_ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + IPI6_IFINDEX, value);
    }
}
