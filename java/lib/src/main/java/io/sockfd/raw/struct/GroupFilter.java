package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The senders a group is filtered by: MCAST_MSFILTER. See {@code netinet/in.h}.
 *
 * <pre>
 *         +-----------------------------------------+
 *      0  | u32                        gf_interface |  interface index
 *      8  | struct sockaddr_storage    gf_group     |
 *    136  | u32                        gf_fmode     |  MCAST_INCLUDE, MCAST_EXCLUDE
 *    140  | u32                        gf_numsrc    |
 *    144  | struct sockaddr_storage[1] gf_slist     |  one counted in SIZE
 *    272  +-----------------------------------------+
 * </pre>
 */
public final class GroupFilter {
    public static final int SIZE = 272;

    public static final int GF_INTERFACE = 0;
    public static final int GF_GROUP = 8;
    public static final int GF_FMODE = 136;
    public static final int GF_NUMSRC = 140;
    public static final int GF_SLIST = 144;

    private GroupFilter() {}

    public static int gf_interface(ByteBuffer b, int o) {
        return b.getInt(o + GF_INTERFACE);
    }

    public static void gf_interface(ByteBuffer b, int o, int value) {
        b.putInt(o + GF_INTERFACE, value);
    }

    public static int gf_fmode(ByteBuffer b, int o) {
        return b.getInt(o + GF_FMODE);
    }

    public static void gf_fmode(ByteBuffer b, int o, int value) {
        b.putInt(o + GF_FMODE, value);
    }

    public static int gf_numsrc(ByteBuffer b, int o) {
        return b.getInt(o + GF_NUMSRC);
    }

    public static void gf_numsrc(ByteBuffer b, int o, int value) {
        b.putInt(o + GF_NUMSRC, value);
    }
}
