package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The multicast group of a netlink message: NETLINK_PKTINFO. See
 * <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>.
 *
 * <pre>
 *         +-----------+
 *      0  | u32 group |
 *      4  +-----------+
 * </pre>
 */
public final class NlPktinfo {
    public static final int SIZE = 4;

    public static final int GROUP = 0;

    private NlPktinfo() {}

    public static int group(ByteBuffer b, int o) {
        return b.getInt(o + GROUP);
    }
}
