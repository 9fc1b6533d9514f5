package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A multicast group and one sender: IP_ADD_SOURCE_MEMBERSHIP. See
 * <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>.
 *
 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
 *
 * <pre>
 *         +---------------------+
 *      0  | be32 imr_multiaddr  |
 *      4  | be32 imr_interface  |  address of the interface
 *      8  | be32 imr_sourceaddr |
 *     12  +---------------------+
 * </pre>
 */
public final class IpMreqSource {
    public static final int SIZE = 12;

    public static final int IMR_MULTIADDR = 0;
    public static final int IMR_INTERFACE = 4;
    public static final int IMR_SOURCEADDR = 8;

    private IpMreqSource() {}

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

    public static int imr_sourceaddr(ByteBuffer b, int o) {
        return Fields.be32(b, o + IMR_SOURCEADDR);
    }

    public static void imr_sourceaddr(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + IMR_SOURCEADDR, value);
    }
}
