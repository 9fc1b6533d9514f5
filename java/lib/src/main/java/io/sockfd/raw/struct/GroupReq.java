package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A multicast group of either family: MCAST_JOIN_GROUP. See {@code netinet/in.h}.
 *
 * <pre>
 *         +--------------------------------------+
 *      0  | u32                     gr_interface |  interface index
 *      8  | struct sockaddr_storage gr_group     |
 *    136  +--------------------------------------+
 * </pre>
 */
public final class GroupReq {
    public static final int SIZE = 136;

    public static final int GR_INTERFACE = 0;
    public static final int GR_GROUP = 8;

    private GroupReq() {}

    public static int gr_interface(ByteBuffer b, int o) {
        return b.getInt(o + GR_INTERFACE);
    }

    public static void gr_interface(ByteBuffer b, int o, int value) {
        b.putInt(o + GR_INTERFACE, value);
    }
}
