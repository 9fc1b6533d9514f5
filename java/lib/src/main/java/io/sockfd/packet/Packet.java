package io.sockfd.packet;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A frame taken apart: the link layer, VLAN tags, MPLS labels or PPPoE, ARP or IP with its extension headers, and TCP, UDP,
 * ICMP or ICMPv6. Each accessor gives the view of that layer, or null when the frame does not have it. The views belong to
 * the packet and are wrapped anew by the next {@link #wrap}; nothing is allocated, but once the packet for what is inside of
 * a tunnel.
 *
 * <p>What a tunnel carries (IP in IP, GRE, VXLAN, Geneve) is {@link #inner}.
 *
 * <p>Malformed frames are no exception here: the layers before the damage are there, and {@link #problem} says what is
 * wrong with the next.
 *
 * <p>What an ICMP error quotes is a packet of its own: wrap another {@code Packet} around the payload, {@link
 * LinkType#RAW}.
 *
 * <pre>{@code
 * Packet view = new Packet(); // once
 * view.wrap(frame, LinkType.EN10MB);
 * if (view.udp() != null) {
 *     System.out.println(view.udp().sourcePort() + " > " + view.udp().destinationPort());
 * }
 * }</pre>
 */
public final class Packet {
    private final Frame frame;
    /** Of what a tunnel carries; made when it is asked for first. */
    private @Nullable Packet inside;

    public Packet() {
        this(new Frame());
    }

    private Packet(Frame frame) {
        this.frame = frame;
    }

    /**
     * Takes the frame between the buffer's position and its limit apart.
     *
     * @param linkType what it begins with, a number of {@link LinkType}
     * @return this
     */
    public Packet wrap(ByteBuffer frame, int linkType) {
        return wrap(frame, frame.position(), frame.limit(), linkType);
    }

    /**
     * As {@link #wrap(ByteBuffer, int)}, of a frame of which the capture may have kept the beginning only: lengths that a
     * header does not say, of ARP for one, are those of the wire.
     *
     * @param lengthOnWire bytes that the frame had; what is less than there are counts as that many
     * @return this
     */
    public Packet wrap(ByteBuffer frame, int linkType, long lengthOnWire) {
        this.frame.wrap(frame, frame.position(), frame.limit(), cut(frame, lengthOnWire), linkType);
        return this;
    }

    /**
     * Takes the frame from {@code offset} to {@code limit} apart.
     *
     * @throws IndexOutOfBoundsException when they are outside of the buffer
     * @return this
     */
    public Packet wrap(ByteBuffer buffer, int offset, int limit, int linkType) {
        frame.wrap(buffer, offset, limit, 0, linkType);
        return this;
    }

    /**
     * Takes a packet without a link header apart, as {@link #wrap(ByteBuffer, int, long)}.
     *
     * @param etherType of what it is, an {@code ETH_P_} number
     * @return this
     */
    public Packet wrapNetwork(ByteBuffer packet, int etherType, long lengthOnWire) {
        frame.wrapNetwork(packet, packet.position(), packet.limit(), cut(packet, lengthOnWire), etherType);
        return this;
    }

    /**
     * Says whether the checksum of the transport is still to be filled in, by the network card or whoever receives the
     * packet: {@code TP_STATUS_CSUMNOTREADY} of packet(7). Until the next {@link #wrap}.
     *
     * @return this
     */
    public Packet checksumOffloaded(boolean on) {
        frame.checksumOffloaded(on);
        return this;
    }

    private static int cut(ByteBuffer frame, long lengthOnWire) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, lengthOnWire) - frame.remaining());
    }

    /** The Ethernet header. */
    public @Nullable Ethernet ethernet() {
        return frame.ethernet();
    }

    /** The header of a cooked capture. */
    public @Nullable LinuxSll linuxSll() {
        return frame.linuxSll();
    }

    /** The header of a cooked capture, version 2. */
    public @Nullable LinuxSll2 linuxSll2() {
        return frame.linuxSll2();
    }

    /** The header of IEEE 802.2 in an 802.3 frame. */
    public @Nullable Llc llc() {
        return frame.llc();
    }

    /** How many VLAN tags there are, at most 4 of them views. */
    public int vlans() {
        return frame.vlans();
    }

    /**
     * A VLAN tag, 0 the outermost.
     *
     * @throws IndexOutOfBoundsException when there are not so many
     */
    public Vlan vlan(int index) {
        return frame.vlan(index);
    }

    /** ARP, and RARP, which looks the same. */
    public @Nullable Arp arp() {
        return frame.arp();
    }

    public @Nullable Ipv4 ipv4() {
        return frame.ipv4();
    }

    public @Nullable Ipv6 ipv6() {
        return frame.ipv6();
    }

    /** The hop-by-hop options of IPv6. */
    public @Nullable Ipv6Extension hopByHop() {
        return frame.hopByHop();
    }

    /** The destination options of IPv6; the last header of them when there are two. */
    public @Nullable Ipv6Extension destinationOptions() {
        return frame.destinationOptions();
    }

    /** The routing header of IPv6. */
    public @Nullable Ipv6Routing routing() {
        return frame.routing();
    }

    /** The fragment header of IPv6. */
    public @Nullable Ipv6Fragment fragment() {
        return frame.fragment();
    }

    /** The authentication header, of IPv4 or IPv6. */
    public @Nullable Ah ah() {
        return frame.ah();
    }

    public @Nullable Icmp icmp() {
        return frame.icmp();
    }

    public @Nullable Icmp6 icmp6() {
        return frame.icmp6();
    }

    public @Nullable Udp udp() {
        return frame.udp();
    }

    public @Nullable Tcp tcp() {
        return frame.tcp();
    }

    /** How many labels of MPLS there are, at most 8 of them views. */
    public int mplsLabels() {
        return frame.mplsLabels();
    }

    /**
     * A label of MPLS, 0 the outermost.
     *
     * @throws IndexOutOfBoundsException when there are not so many
     */
    public Mpls mpls(int index) {
        return frame.mpls(index);
    }

    /** PPP over Ethernet; what IP it carries is this packet's. */
    public @Nullable Pppoe pppoe() {
        return frame.pppoe();
    }

    public @Nullable Gre gre() {
        return frame.gre();
    }

    public @Nullable Vxlan vxlan() {
        return frame.vxlan();
    }

    public @Nullable Geneve geneve() {
        return frame.geneve();
    }

    /** The message of DNS that UDP carries from or to port 53 or 5353; the payload is the whole of it. */
    public @Nullable Dns dns() {
        return frame.dns();
    }

    /** The message of DHCP that UDP carries from or to port 67 or 68; the payload is the whole of it. */
    public @Nullable Dhcp dhcp() {
        return frame.dhcp();
    }

    /** The message of DHCPv6 that UDP carries from or to port 546 or 547; the payload is the whole of it. */
    public @Nullable Dhcp6 dhcp6() {
        return frame.dhcp6();
    }

    /** The message of IGMP; the payload is the whole of it. */
    public @Nullable Igmp igmp() {
        return frame.igmp();
    }

    /**
     * What IP in IP, GRE, VXLAN or Geneve carries, as deep as 8 tunnels in each other; null without. It is this packet's, and
     * wrapped anew with it.
     */
    public @Nullable Packet inner() {
        Frame inner = frame.inner();
        if (inner != null && inside == null) {
            inside = new Packet(inner); // always of the same frame
        }
        return inner == null ? null : inside;
    }

    /** The {@code ETH_P_} number of what follows link layer and tags; -1 when it was not reached. */
    public int etherType() {
        return frame.etherType();
    }

    /** The {@code IPPROTO_} number of what IP carries, after the extension headers; -1 when there is no IP. */
    public int protocol() {
        return frame.protocol();
    }

    /** Where what the innermost layer carries begins. */
    public int payloadOffset() {
        return frame.payloadOffset();
    }

    /** Where what the innermost layer carries ends. */
    public int payloadLimit() {
        return frame.payloadLimit();
    }

    /** A new buffer over what the innermost layer carries; it shares the bytes. */
    public ByteBuffer payload() {
        return frame.payload();
    }

    /** Whether the capture has fewer bytes than IP says. */
    public boolean isTruncated() {
        return frame.isTruncated();
    }

    /** Whether this is a part of an IP packet: the transport's header is in the first fragment only. */
    public boolean isFragment() {
        return frame.isFragment();
    }

    /** Why the layers end where they do, when they should not; null for a sound packet. */
    public @Nullable String problem() {
        return frame.problem();
    }

    /** Of the header checksum of IPv4. */
    public ChecksumStatus networkChecksum() {
        return FrameChecksums.network(frame);
    }

    /** Of the checksum of TCP, UDP, ICMP or ICMPv6. */
    public ChecksumStatus transportChecksum() {
        return FrameChecksums.transport(frame);
    }

    /**
     * Writes the checksums anew, after fields were changed. That of a fragment or of a packet that is not all here stays as
     * it is, and so does that of a UDP datagram without one.
     *
     * @return this
     */
    public Packet fillChecksums() {
        FrameChecksums.fill(frame);
        return this;
    }

    /** One line, as tcpdump prints it, without the time. It moves the cursors of the options. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(96);
        describe(out);
        return out.toString();
    }

    /** Appends what {@link #toString} gives. */
    public void describe(StringBuilder out) {
        PacketText.describe(frame, out);
    }
}
