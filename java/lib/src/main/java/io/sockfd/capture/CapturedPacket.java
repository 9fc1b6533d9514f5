package io.sockfd.capture;

import io.sockfd.address.HardwareAddress;
import io.sockfd.packet.LinkType;
import io.sockfd.packet.Packet;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;

/**
 * A packet as it was captured: a view of the memory where the kernel left it, good until the next one is asked for. The
 * objects are used again and again; what shall stay must be copied.
 *
 * <p>A VLAN tag that the kernel or the network card took out of the frame is put back, so that the bytes are those of the
 * wire. Sockets of SOCK_DGRAM have no link header, and no tag in the bytes.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>
 */
public interface CapturedPacket {
    /** What {@link #vlanTci} and {@link #timestampNanos} give where there is nothing. */
    int ABSENT = -1;

    /**
     * The bytes, between position and limit, in network byte order. The same buffer each time: who moves its position
     * moves it for the next reader of this packet.
     */
    ByteBuffer data();

    /** Bytes on the wire, which may be more than were kept. */
    int length();

    /** Bytes that were kept, at most {@link #length}. */
    int capturedLength();

    /** Whether less was kept than was on the wire. */
    default boolean truncated() {
        return capturedLength() < length();
    }

    /** When it came or went, in nanoseconds since 1970 (CLOCK_REALTIME, or the network card's clock). */
    long timestampNanos();

    /** The bits of {@code TP_STATUS_*}. */
    int status();

    /** The VLAN tag's control information (PCP, DEI, VID; IEEE 802.1Q) that was put back, or {@link #ABSENT}. */
    int vlanTci();

    /** The EtherType of that tag, {@code ETH_P_8021Q} or {@code ETH_P_8021AD}; 0 without a tag. */
    int vlanTpid();

    /** The interface. */
    int ifindex();

    /** {@code ETH_P_*} in host order, behind the VLAN tag. */
    int protocol();

    /** {@code PACKET_HOST}, {@code PACKET_BROADCAST}, {@code PACKET_MULTICAST}, {@code PACKET_OTHERHOST} or {@code PACKET_OUTGOING}. */
    int packetType();

    /** The address of the interface that sent it, also when the bytes are without link header; of no bytes when it has none. */
    HardwareAddress sender();

    /** {@code ARPHRD_*}: what kind of link header the bytes begin with. */
    int hardwareType();

    /**
     * What the bytes begin with, a number of {@link LinkType}; {@link LinkType#NONE} from a socket without link headers,
     * where it is the network header of {@link #protocol}, and for link headers that are not understood.
     */
    int linkType();

    /** Whether they begin with the network header: the socket is of SOCK_DGRAM. */
    boolean isCooked();

    /**
     * Whether the transport's checksum is not filled in yet (TP_STATUS_CSUMNOTREADY): of what this host sends, and of what
     * came from another namespace of it.
     */
    default boolean checksumNotReady() {
        return (status() & Linux.TP_STATUS_CSUMNOTREADY) != 0;
    }

    /**
     * Takes the packet apart: its bytes with their link type, the length it had on the wire, and the mark of a checksum
     * that is not ready, which is {@link io.sockfd.packet.ChecksumStatus#OFFLOADED} then.
     *
     * @param views that are wrapped around the bytes, and good as long as those
     * @return {@code views}
     */
    default Packet into(Packet views) {
        Packet wrapped =
                isCooked() ? views.wrapNetwork(data(), protocol(), length()) : views.wrap(data(), linkType(), length());
        return wrapped.checksumOffloaded(checksumNotReady());
    }

    /** Whether this host sent it. */
    default boolean outgoing() {
        return packetType() == Linux.PACKET_OUTGOING;
    }

    /** Whether packets were dropped before this one (TP_STATUS_LOSING), since the statistics were read last. */
    default boolean losing() {
        return (status() & Linux.TP_STATUS_LOSING) != 0;
    }
}
