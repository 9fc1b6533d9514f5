package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A multicast group and one sender: MCAST_JOIN_SOURCE_GROUP. See {@code netinet/in.h}.
 *
 * <pre>
 *         +---------------------------------------+
 *      0  | u32                     gsr_interface |  interface index
 *      8  | struct sockaddr_storage gsr_group     |
 *    136  | struct sockaddr_storage gsr_source    |
 *    264  +---------------------------------------+
 * </pre>
 */
public final class GroupSourceReq {
    public static final int SIZE = 264;

    public static final int GSR_INTERFACE = 0;
    public static final int GSR_GROUP = 8;
    public static final int GSR_SOURCE = 136;

    private GroupSourceReq() {}

    public static int gsr_interface(ByteBuffer b, int o) {
        return b.getInt(o + GSR_INTERFACE);
    }

    public static void gsr_interface(ByteBuffer b, int o, int value) {
        b.putInt(o + GSR_INTERFACE, value);
    }
}
