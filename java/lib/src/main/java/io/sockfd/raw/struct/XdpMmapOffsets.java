package io.sockfd.raw.struct;

/**
 * XDP_MMAP_OFFSETS. See {@code linux/if_xdp.h}.
 *
 * <pre>
 *         +---------------------------+
 *      0  | struct xdp_ring_offset rx |
 *     32  | struct xdp_ring_offset tx |
 *     64  | struct xdp_ring_offset fr |  fill
 *     96  | struct xdp_ring_offset cr |  completion
 *    128  +---------------------------+
 * </pre>
 */
public final class XdpMmapOffsets {
    public static final int SIZE = 128;

    public static final int RX = 0;
    public static final int TX = 32;
    public static final int FR = 64;
    public static final int CR = 96;

    private XdpMmapOffsets() {}
}
