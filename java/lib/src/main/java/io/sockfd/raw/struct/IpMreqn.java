package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A multicast group: IP_ADD_MEMBERSHIP, IP_MULTICAST_IF. See
 * <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>.
 *
 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
 *
 * <pre>
 *         +--------------------+
 *      0  | be32 imr_multiaddr |
 *      4  | be32 imr_address   |  address of the interface
 *      8  | s32  imr_ifindex   |  0: by address
 *     12  +--------------------+
 * </pre>
 */
public final class IpMreqn {
    public static final int SIZE = 12;

    public static final int IMR_MULTIADDR = 0;
    public static final int IMR_ADDRESS = 4;
    public static final int IMR_IFINDEX = 8;

    private IpMreqn() {}

    public static int imr_multiaddr(ByteBuffer b, int o) {
        return Fields.be32(b, o + IMR_MULTIADDR);
    }

    public static void imr_multiaddr(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + IMR_MULTIADDR, value);
    }

    public static int imr_address(ByteBuffer b, int o) {
        return Fields.be32(b, o + IMR_ADDRESS);
    }

    public static void imr_address(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + IMR_ADDRESS, value);
    }

    public static int imr_ifindex(ByteBuffer b, int o) {
        return b.getInt(o + IMR_IFINDEX);
    }

    public static void imr_ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + IMR_IFINDEX, value);
    }
}
