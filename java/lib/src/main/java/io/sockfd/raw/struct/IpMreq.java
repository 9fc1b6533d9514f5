package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A multicast group: IP_ADD_MEMBERSHIP. See <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>.
 *
 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
 *
 * <pre>
 *         +--------------------+
 *      0  | be32 imr_multiaddr |
 *      4  | be32 imr_interface |  address of the interface
 *      8  +--------------------+
 * </pre>
 */
public final class IpMreq {
    public static final int SIZE = 8;

    public static final int IMR_MULTIADDR = 0;
    public static final int IMR_INTERFACE = 4;

    private IpMreq() {}

    public static int imr_multiaddr(ByteBuffer b, int o) {
        return Fields.be32(b, o + IMR_MULTIADDR);
    }

    public static void imr_multiaddr(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + IMR_MULTIADDR, value);
    }

    public static int imr_interface(ByteBuffer b, int o) {
        return Fields.be32(b, o + IMR_INTERFACE);
    }

    public static void imr_interface(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + IMR_INTERFACE, value);
    }
}
