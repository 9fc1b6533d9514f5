package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A receive queue of an interface, for AF_XDP. See {@code linux/if_xdp.h}.
 *
 * <pre>
 *         +-------------------------+
 *      0  | u16 sxdp_family         |  AF_XDP
 *      2  | u16 sxdp_flags          |  XDP_COPY, XDP_ZEROCOPY, XDP_SHARED_UMEM, XDP_USE_NEED_WAKEUP
 *      4  | u32 sxdp_ifindex        |
 *      8  | u32 sxdp_queue_id       |
 *     12  | u32 sxdp_shared_umem_fd |  with XDP_SHARED_UMEM
 *     16  +-------------------------+
 * </pre>
 */
public final class SockaddrXdp {
    public static final int SIZE = 16;

    public static final int SXDP_FAMILY = 0;
    public static final int SXDP_FLAGS = 2;
    public static final int SXDP_IFINDEX = 4;
    public static final int SXDP_QUEUE_ID = 8;
    public static final int SXDP_SHARED_UMEM_FD = 12;

    private SockaddrXdp() {}

    public static int sxdp_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + SXDP_FAMILY);
    }

    public static void sxdp_family(ByteBuffer b, int o, int value) {
        b.putShort(o + SXDP_FAMILY, (short) value);
    }

    public static int sxdp_flags(ByteBuffer b, int o) {
        return Fields.u16(b, o + SXDP_FLAGS);
    }

    public static void sxdp_flags(ByteBuffer b, int o, int value) {
        b.putShort(o + SXDP_FLAGS, (short) value);
    }

    public static int sxdp_ifindex(ByteBuffer b, int o) {
        return b.getInt(o + SXDP_IFINDEX);
    }

    public static void sxdp_ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + SXDP_IFINDEX, value);
    }

    public static int sxdp_queue_id(ByteBuffer b, int o) {
        return b.getInt(o + SXDP_QUEUE_ID);
    }

    public static void sxdp_queue_id(ByteBuffer b, int o, int value) {
        b.putInt(o + SXDP_QUEUE_ID, value);
    }

    public static int sxdp_shared_umem_fd(ByteBuffer b, int o) {
        return b.getInt(o + SXDP_SHARED_UMEM_FD);
    }

    public static void sxdp_shared_umem_fd(ByteBuffer b, int o, int value) {
        b.putInt(o + SXDP_SHARED_UMEM_FD, value);
    }
}
