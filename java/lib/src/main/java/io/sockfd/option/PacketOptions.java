package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.INT;
import static io.sockfd.Codecs.U32;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of packet sockets: SOL_PACKET. The socket itself needs CAP_NET_RAW.
 *
 * <pre>{@code
 * try (Socket packets = Socket.packet(SocketType.RAW, ETH_P_ALL)) {
 *     packets.setOption(PacketOptions.PACKET_ADD_MEMBERSHIP, PacketMreq.promiscuous(ifindex));
 *     System.out.println(packets.getOption(PacketOptions.PACKET_STATISTICS).drops() + " dropped");
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>, section "Socket options"
 */
public final class PacketOptions {
    private static final Level LEVEL = new Level(Linux.SOL_PACKET);

    /** Take more than the own address: multicast, promiscuous … Set only; ended by closing too. */
    public static final Option<PacketMreq> PACKET_ADD_MEMBERSHIP =
            LEVEL.w("PACKET_ADD_MEMBERSHIP", Linux.PACKET_ADD_MEMBERSHIP, PacketMreq.CODEC);

    /** Receive lengths, status and VLAN tag (PACKET_AUXDATA). */
    public static final Option<Boolean> PACKET_AUXDATA = LEVEL.rw("PACKET_AUXDATA", Linux.PACKET_AUXDATA, BOOL);

    /** With a ring, longer packets than this come through recv as well, in bytes. */
    public static final Option<Integer> PACKET_COPY_THRESH =
            LEVEL.rw("PACKET_COPY_THRESH", Linux.PACKET_COPY_THRESH, INT);

    /** Take PACKET_ADD_MEMBERSHIP back. Set only; one that was never added is no error. */
    public static final Option<PacketMreq> PACKET_DROP_MEMBERSHIP =
            LEVEL.w("PACKET_DROP_MEMBERSHIP", Linux.PACKET_DROP_MEMBERSHIP, PacketMreq.CODEC);

    /**
     * Join a group of sockets that share the packets. Set after bind, else EINVAL. Gives id and type, 0 without a
     * group.
     */
    public static final Option<FanoutArgs> PACKET_FANOUT =
            LEVEL.rw("PACKET_FANOUT", Linux.PACKET_FANOUT, FanoutArgs.CODEC);

    /**
     * The program of PACKET_FANOUT_CBPF. Set only; for PACKET_FANOUT_EBPF make {@code Option.of(…, INT)} with the
     * descriptor. Linux 4.3.
     */
    public static final Option<FilterProgram> PACKET_FANOUT_DATA =
            LEVEL.w("PACKET_FANOUT_DATA", Linux.PACKET_FANOUT_DATA, FilterProgram.CODEC);

    /** The length of the ring's header in bytes, for the version in the request (TPACKET_V1 …). Read only. */
    public static final Option<Integer> PACKET_HDRLEN =
            LEVEL.r("PACKET_HDRLEN", Linux.PACKET_HDRLEN, HeaderLength.CODEC);

    /** Do not show what this host sends. Linux 4.20. */
    public static final Option<Boolean> PACKET_IGNORE_OUTGOING =
            LEVEL.rw("PACKET_IGNORE_OUTGOING", Linux.PACKET_IGNORE_OUTGOING, BOOL);

    /** Skip a malformed packet in the TX ring instead of stopping. EBUSY once there is a ring. */
    public static final Option<Boolean> PACKET_LOSS = LEVEL.rw("PACKET_LOSS", Linux.PACKET_LOSS, BOOL);

    /** The address names the device where the packet came in, not the bond or bridge above it. */
    public static final Option<Boolean> PACKET_ORIGDEV = LEVEL.rw("PACKET_ORIGDEV", Linux.PACKET_ORIGDEV, BOOL);

    /** Send to the driver without traffic control. Linux 3.14. */
    public static final Option<Boolean> PACKET_QDISC_BYPASS =
            LEVEL.rw("PACKET_QDISC_BYPASS", Linux.PACKET_QDISC_BYPASS, BOOL);

    /** Room before each packet of the ring, in bytes. EBUSY once there is a ring. */
    public static final Option<Long> PACKET_RESERVE = LEVEL.rw("PACKET_RESERVE", Linux.PACKET_RESERVE, U32);

    /** What fanout moved to other sockets. Read only, Linux 4.2; EINVAL without PACKET_FANOUT_FLAG_ROLLOVER. */
    public static final Option<TpacketRolloverStats> PACKET_ROLLOVER_STATS =
            LEVEL.r("PACKET_ROLLOVER_STATS", Linux.PACKET_ROLLOVER_STATS, TpacketRolloverStats.CODEC);

    /** Make the receive ring, then mmap it; all zero removes it. Set only. */
    public static final Option<TpacketReq> PACKET_RX_RING =
            LEVEL.w("PACKET_RX_RING", Linux.PACKET_RX_RING, TpacketReq.CODEC);

    /** Packets seen and dropped since the last time: reading resets them. Read only. */
    public static final Option<TpacketStats> PACKET_STATISTICS =
            LEVEL.r("PACKET_STATISTICS", Linux.PACKET_STATISTICS, TpacketStats.CODEC);

    /** Which time the ring shows: SOF_TIMESTAMPING_ … Linux 2.6.36. */
    public static final Option<Integer> PACKET_TIMESTAMP = LEVEL.rw("PACKET_TIMESTAMP", Linux.PACKET_TIMESTAMP, INT);

    /** The TX ring says where each packet's data begins. EBUSY once there is a ring. */
    public static final Option<Boolean> PACKET_TX_HAS_OFF =
            LEVEL.rw("PACKET_TX_HAS_OFF", Linux.PACKET_TX_HAS_OFF, BOOL);

    /** Make the transmit ring, then mmap it; all zero removes it. Set only. */
    public static final Option<TpacketReq> PACKET_TX_RING =
            LEVEL.w("PACKET_TX_RING", Linux.PACKET_TX_RING, TpacketReq.CODEC);

    /** The layout of the rings: TPACKET_V1, V2, V3. EBUSY once there is a ring. */
    public static final Option<Integer> PACKET_VERSION = LEVEL.rw("PACKET_VERSION", Linux.PACKET_VERSION, INT);

    /** A struct virtio_net_hdr before each packet. SOCK_RAW; EINVAL on others. */
    public static final Option<Boolean> PACKET_VNET_HDR = LEVEL.rw("PACKET_VNET_HDR", Linux.PACKET_VNET_HDR, BOOL);

    /** The size of that header, 10 or 12 bytes, 0 for none. SOCK_RAW, Linux 6.6. */
    public static final Option<Integer> PACKET_VNET_HDR_SZ =
            LEVEL.rw("PACKET_VNET_HDR_SZ", Linux.PACKET_VNET_HDR_SZ, INT);

    private PacketOptions() {}
}
