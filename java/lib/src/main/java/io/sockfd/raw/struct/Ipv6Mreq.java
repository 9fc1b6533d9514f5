package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A multicast group: IPV6_JOIN_GROUP. See <a href="https://man7.org/linux/man-pages/man7/ipv6.7.html">ipv6(7)</a>.
 *
 * <pre>
 *         +-------------------------+
 *      0  | u8[16] ipv6mr_multiaddr |
 *     16  | u32    ipv6mr_interface |  interface index
 *     20  +-------------------------+
 * </pre>
 */
public final class Ipv6Mreq {
    public static final int SIZE = 20;

    public static final int IPV6MR_MULTIADDR = 0;
    public static final int IPV6MR_MULTIADDR_BYTES = 16;
    public static final int IPV6MR_INTERFACE = 16;

    private Ipv6Mreq() {}

    /** A copy. */
    public static byte[] ipv6mr_multiaddr(ByteBuffer b, int o) {
        return Fields.bytes(b, o + IPV6MR_MULTIADDR, IPV6MR_MULTIADDR_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void ipv6mr_multiaddr(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + IPV6MR_MULTIADDR, IPV6MR_MULTIADDR_BYTES, value);
    }

    public static int ipv6mr_interface(ByteBuffer b, int o) {
        return b.getInt(o + IPV6MR_INTERFACE);
    }

    public static void ipv6mr_interface(ByteBuffer b, int o, int value) {
        b.putInt(o + IPV6MR_INTERFACE, value);
    }
}
