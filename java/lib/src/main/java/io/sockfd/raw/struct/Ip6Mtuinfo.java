package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The path MTU of a destination: IPV6_PATHMTU. See
 * <a href="https://man7.org/linux/man-pages/man7/ipv6.7.html">ipv6(7)</a>.
 *
 * <pre>
 *         +-------------------------------+
 *      0  | struct sockaddr_in6 ip6m_addr |
 *     28  | u32                 ip6m_mtu  |  bytes
 *     32  +-------------------------------+
 * </pre>
 */
public final class Ip6Mtuinfo {
    public static final int SIZE = 32;

    public static final int IP6M_ADDR = 0;
    public static final int IP6M_MTU = 28;

    private Ip6Mtuinfo() {}

    public static int ip6m_mtu(ByteBuffer b, int o) {
        return b.getInt(o + IP6M_MTU);
    }
}
