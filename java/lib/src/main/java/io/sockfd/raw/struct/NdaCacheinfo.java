package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The age of a neighbour: NDA_CACHEINFO. See
 * <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>.
 *
 * <pre>
 *         +-------------------+
 *      0  | u32 ndm_confirmed |  1/100 s ago
 *      4  | u32 ndm_used      |  1/100 s ago
 *      8  | u32 ndm_updated   |  1/100 s ago
 *     12  | u32 ndm_refcnt    |
 *     16  +-------------------+
 * </pre>
 */
public final class NdaCacheinfo {
    public static final int SIZE = 16;

    public static final int NDM_CONFIRMED = 0;
    public static final int NDM_USED = 4;
    public static final int NDM_UPDATED = 8;
    public static final int NDM_REFCNT = 12;

    private NdaCacheinfo() {}

    public static long ndm_confirmed(ByteBuffer b, int o) {
        return Fields.u32(b, o + NDM_CONFIRMED);
    }

    public static long ndm_used(ByteBuffer b, int o) {
        return Fields.u32(b, o + NDM_USED);
    }

    public static long ndm_updated(ByteBuffer b, int o) {
        return Fields.u32(b, o + NDM_UPDATED);
    }

    public static long ndm_refcnt(ByteBuffer b, int o) {
        return Fields.u32(b, o + NDM_REFCNT);
    }
}
