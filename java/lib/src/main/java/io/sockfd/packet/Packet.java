package io.sockfd.packet;

import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.util.Objects;
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
    private static final int MOST_TAGS = 4;

    private final Ethernet ethernet = new Ethernet();
    private final LinuxSll sll = new LinuxSll();
    private final LinuxSll2 sll2 = new LinuxSll2();
    private final Vlan[] tags = {new Vlan(), new Vlan(), new Vlan(), new Vlan()};
    private final Llc llc = new Llc();
    private final Arp arp = new Arp();
    private final Ipv4 ipv4 = new Ipv4();
    private final Ipv6 ipv6 = new Ipv6();
    private final Extensions extensions = new Extensions();
    private final Icmp icmp = new Icmp();
    private final Icmp6 icmp6 = new Icmp6();
    private final Udp udp = new Udp();
    private final Tcp tcp = new Tcp();
    private final Tunnels tunnels = new Tunnels();
    private final Applications applications = new Applications();

    /** Null while the frame does not have it. */
    private @Nullable Header<?> link;

    private @Nullable Header<?> network;
    private @Nullable Header<?> transport;
    private boolean hasLlc;
    private int vlans;

    private ByteBuffer b = ByteBuffer.allocate(0);
    private int offset;
    private int limit;
    /** Bytes after the limit that were on the wire. */
    private int cutOff;

    private int etherType;
    private int protocol;
    private int payloadOffset;
    private int payloadLimit;
    /** Bytes after payloadLimit that were on the wire. */
    private int payloadCut;

    private boolean laterFragment;
    private boolean truncated;
    private boolean offloaded;
    private @Nullable String problem;

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
        begin(frame, frame.position(), frame.limit(), cut(frame, lengthOnWire));
        link(linkType);
        return this;
    }

    /**
     * Takes the frame from {@code offset} to {@code limit} apart.
     *
     * @throws IndexOutOfBoundsException when they are outside of the buffer
     * @return this
     */
    public Packet wrap(ByteBuffer buffer, int offset, int limit, int linkType) {
        begin(buffer, offset, limit, 0);
        link(linkType);
        return this;
    }

    /**
     * Takes a packet without a link header apart, as {@link #wrap(ByteBuffer, int, long)}.
     *
     * @param etherType of what it is, an {@code ETH_P_} number
     * @return this
     */
    public Packet wrapNetwork(ByteBuffer packet, int etherType, long lengthOnWire) {
        begin(packet, packet.position(), packet.limit(), cut(packet, lengthOnWire));
        network(etherType);
        return this;
    }

    /**
     * Says whether the checksum of the transport is still to be filled in, by the network card or whoever receives the
     * packet: {@code TP_STATUS_CSUMNOTREADY} of packet(7). Until the next {@link #wrap}.
     *
     * @return this
     */
    public Packet checksumOffloaded(boolean on) {
        offloaded = on;
        Packet inner = inner();
        if (inner != null) {
            inner.checksumOffloaded(on);
        }
        return this;
    }

    private static int cut(ByteBuffer frame, long lengthOnWire) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, lengthOnWire) - frame.remaining());
    }

    /** What a tunnel carries: a frame of a link type, or with -1 a packet of an EtherType. */
    void wrapInner(Packet outer, int linkType, int etherType) {
        begin(outer.b, outer.payloadOffset, outer.payloadLimit, outer.payloadCut);
        if (linkType >= 0) {
            link(linkType);
        } else {
            network(etherType);
        }
    }

    private void begin(ByteBuffer buffer, int offset, int limit, int cut) {
        Objects.checkFromToIndex(offset, limit, buffer.limit());
        b = buffer;
        this.offset = offset;
        this.limit = limit;
        cutOff = cut;
        link = null;
        network = null;
        transport = null;
        hasLlc = false;
        vlans = 0;
        extensions.clear();
        tunnels.clear();
        applications.clear();
        etherType = -1;
        protocol = -1;
        payloadOffset = offset;
        payloadLimit = limit;
        payloadCut = cut;
        laterFragment = false;
        truncated = false;
        offloaded = false;
        problem = null;
    }

    private void link(int linkType) {
        switch (linkType) {
            case LinkType.EN10MB -> {
                if (enter(ethernet)) {
                    link = ethernet;
                    network(ethernet.etherType());
                }
            }
            case LinkType.LINUX_SLL -> {
                if (enter(sll)) {
                    link = sll;
                    network(sll.protocol());
                }
            }
            case LinkType.LINUX_SLL2 -> {
                if (enter(sll2)) {
                    link = sll2;
                    network(sll2.protocol());
                }
            }
            case LinkType.NULL, LinkType.LOOP -> loopback(linkType);
            case LinkType.PPP, LinkType.PPP_HDLC -> ppp(2);
            case LinkType.PPP_ETHER -> ppp(Pppoe.SIZE);
            case LinkType.C_HDLC -> hdlc();
            case LinkType.RAW -> version();
            case LinkType.IPV4 -> network(Linux.ETH_P_IP);
            case LinkType.IPV6 -> network(Linux.ETH_P_IPV6);
            default -> problem = "the link type " + LinkType.name(linkType) + " is not known";
        }
    }

    /** Goes into a header: the payload is what it carries then. */
    boolean enter(Header<?> header) {
        problem = header.inspect(b, payloadOffset, payloadLimit, payloadCut);
        if (problem == null) {
            payloadOffset = header.payloadOffset();
            payloadLimit = header.payloadLimit();
            payloadCut = header.payloadCut();
        }
        return problem == null;
    }

    /** The protocol of PPP comes behind so many bytes. */
    private void ppp(int before) {
        if (limit - offset < before + 2) {
            problem = "PPP is cut off: it takes " + (before + 2) + " bytes, and there are " + (limit - offset);
            return;
        }
        int type = Pppoe.etherType(Bytes.u16(b, offset + before));
        payloadOffset += before + 2;
        if (type >= 0) {
            network(type);
        }
    }

    private void hdlc() {
        if (limit - offset < Integer.BYTES) {
            problem = "HDLC is cut off: it takes 4 bytes, and there are " + (limit - offset);
            return;
        }
        payloadOffset += Integer.BYTES;
        network(Bytes.u16(b, offset + 2));
    }

    private void loopback(int linkType) {
        if (limit - offset < Integer.BYTES) {
            problem = LinkType.name(linkType) + " is cut off: it takes 4 bytes, and there are " + (limit - offset);
            return;
        }
        int family = Bytes.i32(b, offset);
        // the numbers are small: what is large was written by a machine of the other order
        family = family >>> 16 != 0 ? Integer.reverseBytes(family) : family;
        payloadOffset += Integer.BYTES;
        switch (family) {
            case Linux.AF_INET -> network(Linux.ETH_P_IP);
            case Linux.AF_INET6, 24, 28, 30 -> network(Linux.ETH_P_IPV6); // NetBSD and OpenBSD, FreeBSD, Darwin
            default -> problem = "the address family " + family + " is not known";
        }
    }

    private void version() {
        if (limit == offset) {
            problem = "there are no bytes";
            return;
        }
        int version = Bytes.u8(b, offset) >> 4;
        switch (version) {
            case 4 -> network(Linux.ETH_P_IP);
            case 6 -> network(Linux.ETH_P_IPV6);
            default -> problem = "IP has version " + version;
        }
    }

    private void network(int type) {
        etherType = type;
        while (Ethernet.isTag(etherType) && vlans < MOST_TAGS) {
            if (!enter(tags[vlans])) {
                return;
            }
            etherType = tags[vlans++].etherType();
        }
        if (isLlc() && !enterLlc()) {
            return;
        }
        if (Tunnels.isShim(etherType)) {
            int carried = tunnels.shim(this, etherType);
            if (carried < 0) {
                return;
            }
            etherType = carried;
        }
        switch (etherType) {
            case Linux.ETH_P_ARP, Linux.ETH_P_RARP -> network = enter(arp) ? arp : null;
            case Linux.ETH_P_IP -> {
                if (enter(ipv4)) {
                    network = ipv4;
                    truncated = payloadCut > 0;
                    laterFragment = ipv4.fragmentOffset() != 0;
                    protocol = ipv4.protocol();
                    if (laterFragment || extensions(false)) {
                        transport();
                    }
                }
            }
            case Linux.ETH_P_IPV6 -> {
                if (enter(ipv6)) {
                    network = ipv6;
                    truncated = payloadCut > 0;
                    protocol = ipv6.nextHeader();
                    if (extensions(true)) {
                        laterFragment = extensions.hasFragment && extensions.fragment.fragmentOffset() != 0;
                        transport();
                    }
                }
            }
            default -> {
                // the payload of another protocol
            }
        }
    }

    /** An 802.3 frame has its length where others have the type; a cooked capture has a number for LLC. */
    private boolean isLlc() {
        return link == ethernet
                ? etherType >= Llc.SIZE && etherType <= Llc.MOST
                : link != null && etherType == Linux.ETH_P_802_2;
    }

    /** Whether a type was found behind LLC. */
    private boolean enterLlc() {
        if (link == ethernet && etherType < payloadLimit - payloadOffset) {
            payloadLimit = payloadOffset + etherType; // the rest is padding
            payloadCut = 0;
        }
        hasLlc = enter(llc);
        if (!hasLlc || !llc.isSnap() || llc.organization() != 0) {
            return false;
        }
        etherType = llc.type();
        return true;
    }

    private boolean extensions(boolean ip6) {
        boolean whole = extensions.walk(this, protocol, ip6);
        protocol = extensions.protocol;
        return whole;
    }

    private void transport() {
        if (laterFragment) {
            return;
        }
        Header<?> header = switch (protocol) {
            case Linux.IPPROTO_TCP -> tcp;
            case Linux.IPPROTO_UDP -> udp;
            case Linux.IPPROTO_ICMP -> network == ipv4 ? icmp : null;
            case Linux.IPPROTO_ICMPV6 -> network == ipv6 ? icmp6 : null;
            default -> null;
        };
        if (header == null) {
            tunnels.overIp(this, protocol);
            if (network == ipv4) {
                applications.overIp(ipv4, protocol, payloadOffset, payloadLimit, payloadCut);
            }
            return;
        }
        int end = payloadLimit;
        if (!enter(header)) {
            return;
        }
        transport = header;
        if (header == udp && udp.isTruncated() && !truncated && !isFragment()) {
            problem = "UDP says it has " + udp.length() + " bytes, and IP carries " + (end - udp.offset());
        } else if (header == udp) {
            tunnels.overUdp(this, udp.destinationPort());
            applications.overUdp(udp, udp.sourcePort(), udp.destinationPort());
        }
    }

    /** The Ethernet header. */
    public @Nullable Ethernet ethernet() {
        return link == ethernet ? ethernet : null;
    }

    /** The header of a cooked capture. */
    public @Nullable LinuxSll linuxSll() {
        return link == sll ? sll : null;
    }

    /** The header of a cooked capture, version 2. */
    public @Nullable LinuxSll2 linuxSll2() {
        return link == sll2 ? sll2 : null;
    }

    /** The header of IEEE 802.2 in an 802.3 frame. */
    public @Nullable Llc llc() {
        return hasLlc ? llc : null;
    }

    /** How many VLAN tags there are, at most 4 of them views. */
    public int vlans() {
        return vlans;
    }

    /**
     * A VLAN tag, 0 the outermost.
     *
     * @throws IndexOutOfBoundsException when there are not so many
     */
    public Vlan vlan(int index) {
        return tags[Objects.checkIndex(index, vlans)];
    }

    /** ARP, and RARP, which looks the same. */
    public @Nullable Arp arp() {
        return network == arp ? arp : null;
    }

    public @Nullable Ipv4 ipv4() {
        return network == ipv4 ? ipv4 : null;
    }

    public @Nullable Ipv6 ipv6() {
        return network == ipv6 ? ipv6 : null;
    }

    /** The hop-by-hop options of IPv6. */
    public @Nullable Ipv6Extension hopByHop() {
        return extensions.hasHopByHop ? extensions.hopByHop : null;
    }

    /** The destination options of IPv6; the last header of them when there are two. */
    public @Nullable Ipv6Extension destinationOptions() {
        return extensions.hasDestinationOptions ? extensions.destinationOptions : null;
    }

    /** The routing header of IPv6. */
    public @Nullable Ipv6Routing routing() {
        return extensions.hasRouting ? extensions.routing : null;
    }

    /** The fragment header of IPv6. */
    public @Nullable Ipv6Fragment fragment() {
        return extensions.hasFragment ? extensions.fragment : null;
    }

    /** The authentication header, of IPv4 or IPv6. */
    public @Nullable Ah ah() {
        return extensions.hasAh ? extensions.ah : null;
    }

    public @Nullable Icmp icmp() {
        return transport == icmp ? icmp : null;
    }

    public @Nullable Icmp6 icmp6() {
        return transport == icmp6 ? icmp6 : null;
    }

    public @Nullable Udp udp() {
        return transport == udp ? udp : null;
    }

    public @Nullable Tcp tcp() {
        return transport == tcp ? tcp : null;
    }

    /** How many labels of MPLS there are, at most 8 of them views. */
    public int mplsLabels() {
        return tunnels.labels;
    }

    /**
     * A label of MPLS, 0 the outermost.
     *
     * @throws IndexOutOfBoundsException when there are not so many
     */
    public Mpls mpls(int index) {
        return tunnels.label(index);
    }

    /** PPP over Ethernet; what IP it carries is this packet's. */
    public @Nullable Pppoe pppoe() {
        return tunnels.hasPppoe ? tunnels.pppoe : null;
    }

    public @Nullable Gre gre() {
        return tunnels.carrier == tunnels.gre ? tunnels.gre : null;
    }

    public @Nullable Vxlan vxlan() {
        return tunnels.carrier == tunnels.vxlan ? tunnels.vxlan : null;
    }

    public @Nullable Geneve geneve() {
        return tunnels.carrier == tunnels.geneve ? tunnels.geneve : null;
    }

    /** The message of DNS that UDP carries from or to port 53 or 5353; the payload is the whole of it. */
    public @Nullable Dns dns() {
        return applications.dns();
    }

    /** The message of DHCP that UDP carries from or to port 67 or 68; the payload is the whole of it. */
    public @Nullable Dhcp dhcp() {
        return applications.dhcp();
    }

    /** The message of DHCPv6 that UDP carries from or to port 546 or 547; the payload is the whole of it. */
    public @Nullable Dhcp6 dhcp6() {
        return applications.dhcp6();
    }

    /** The message of IGMP; the payload is the whole of it. */
    public @Nullable Igmp igmp() {
        return applications.igmp();
    }

    Applications applications() {
        return applications;
    }

    /**
     * What IP in IP, GRE, VXLAN or Geneve carries, as deep as 8 tunnels in each other; null without. It is this packet's, and
     * wrapped anew with it.
     */
    public @Nullable Packet inner() {
        return tunnels.inner();
    }

    /** The {@code ETH_P_} number of what follows link layer and tags; -1 when it was not reached. */
    public int etherType() {
        return etherType;
    }

    /** The {@code IPPROTO_} number of what IP carries, after the extension headers; -1 when there is no IP. */
    public int protocol() {
        return protocol;
    }

    /** Where what the innermost layer carries begins. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** Where what the innermost layer carries ends. */
    public int payloadLimit() {
        return payloadLimit;
    }

    /** A new buffer over what the innermost layer carries; it shares the bytes. */
    public ByteBuffer payload() {
        return b.slice(payloadOffset, payloadLimit - payloadOffset);
    }

    /** Whether the capture has fewer bytes than IP says. */
    public boolean isTruncated() {
        return truncated;
    }

    /** Whether this is a part of an IP packet: the transport's header is in the first fragment only. */
    public boolean isFragment() {
        return network == ipv4 ? ipv4.isFragment() : extensions.isFragment();
    }

    /** Why the layers end where they do, when they should not; null for a sound packet. */
    public @Nullable String problem() {
        return problem;
    }

    /** Of the header checksum of IPv4. */
    public ChecksumStatus networkChecksum() {
        return network != ipv4
                ? ChecksumStatus.ABSENT
                : ipv4.isHeaderChecksumValid() ? ChecksumStatus.GOOD : ChecksumStatus.BAD;
    }

    /** Of the checksum of TCP, UDP, ICMP or ICMPv6. */
    public ChecksumStatus transportChecksum() {
        Header<?> h = transport;
        if (h == null || (h == udp && udp.checksum() == 0 && network == ipv4)) {
            return ChecksumStatus.ABSENT;
        } else if (offloaded) {
            return ChecksumStatus.OFFLOADED;
        } else if (truncated || isFragment() || (h == udp && udp.isTruncated())) {
            return ChecksumStatus.UNVERIFIABLE;
        } else if (h == udp && udp.checksum() == 0) {
            return ChecksumStatus.BAD; // over IPv6 there must be one, and a right sum is sent as 0xffff
        }
        long sum = Transport.sum(h, ipv4(), ipv6(), routing(), h.payloadLimit());
        return Checksum.finish(sum) == 0 ? ChecksumStatus.GOOD : ChecksumStatus.BAD;
    }

    /**
     * Writes the checksums anew, after fields were changed. That of a fragment or of a packet that is not all here stays as
     * it is, and so does that of a UDP datagram without one.
     *
     * @return this
     */
    public Packet fillChecksums() {
        if (network == ipv4) {
            ipv4.fillHeaderChecksum();
        }
        ChecksumStatus status = transportChecksum();
        Header<?> h = transport;
        boolean here = !truncated && !isFragment() && !(h == udp && udp.isTruncated());
        if (h != null && here && status != ChecksumStatus.ABSENT) {
            Transport.fill(h, ipv4(), ipv6(), routing(), h.payloadLimit());
        }
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
        PacketText.describe(this, out);
    }

    /** Bytes on the wire. */
    int length() {
        return limit - offset + cutOff;
    }

    /** Bytes of payload on the wire. */
    int payloadLength() {
        return payloadLimit - payloadOffset + payloadCut;
    }

    ByteBuffer buffer() {
        return b;
    }

    void problem(@Nullable String problem) {
        this.problem = problem;
    }

    /** Whether this is a fragment without the transport's header. */
    boolean isLaterFragment() {
        return laterFragment;
    }

    Extensions extensions() {
        return extensions;
    }

    Tunnels tunnels() {
        return tunnels;
    }
}
