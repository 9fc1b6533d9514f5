package io.sockfd.option;

import static io.sockfd.Codecs.INT;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of AF_XDP sockets: SOL_XDP. The socket itself needs CAP_NET_RAW.
 *
 * <pre>{@code
 * try (Socket xdp = Socket.open(Domain.XDP, SocketType.RAW)) {
 *     xdp.setOption(XdpOptions.XDP_RX_RING, 2048); // frames
 *     System.out.println(xdp.getOption(XdpOptions.XDP_STATISTICS));
 * }
 * }</pre>
 *
 * @see <a href="https://docs.kernel.org/networking/af_xdp.html">AF_XDP, in the kernel's documentation</a>
 */
public final class XdpOptions {
    private static final Level LEVEL = new Level(Linux.SOL_XDP);

    /** Where in the mapped rings producer, consumer, descriptors and flags are. Read only. */
    public static final Option<XdpMmapOffsets> XDP_MMAP_OFFSETS =
            LEVEL.r("XDP_MMAP_OFFSETS", Linux.XDP_MMAP_OFFSETS, XdpMmapOffsets.CODEC);

    /** XDP_OPTIONS_ZEROCOPY or 0. Read only, Linux 5.3. */
    public static final Option<Integer> XDP_OPTIONS = LEVEL.r("XDP_OPTIONS", Linux.XDP_OPTIONS, INT);

    /** Make the receive ring with this many entries, a power of two. Set only. */
    public static final Option<Integer> XDP_RX_RING = LEVEL.w("XDP_RX_RING", Linux.XDP_RX_RING, INT);

    /** What was dropped and why. Read only. */
    public static final Option<XdpStatistics> XDP_STATISTICS =
            LEVEL.r("XDP_STATISTICS", Linux.XDP_STATISTICS, XdpStatistics.CODEC);

    /** Make the transmit ring with this many entries, a power of two. Set only. */
    public static final Option<Integer> XDP_TX_RING = LEVEL.w("XDP_TX_RING", Linux.XDP_TX_RING, INT);

    /** Make the completion ring with this many entries, a power of two. Set only. */
    public static final Option<Integer> XDP_UMEM_COMPLETION_RING =
            LEVEL.w("XDP_UMEM_COMPLETION_RING", Linux.XDP_UMEM_COMPLETION_RING, INT);

    /** Make the fill ring with this many entries, a power of two. Set only. */
    public static final Option<Integer> XDP_UMEM_FILL_RING =
            LEVEL.w("XDP_UMEM_FILL_RING", Linux.XDP_UMEM_FILL_RING, INT);

    /** Register the memory of the packets. Set only; EBUSY when there is one. */
    public static final Option<XdpUmemReg> XDP_UMEM_REG = LEVEL.w("XDP_UMEM_REG", Linux.XDP_UMEM_REG, XdpUmemReg.CODEC);

    private XdpOptions() {}
}
