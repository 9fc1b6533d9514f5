package io.sockfd.packet;

import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The walk through a frame, and the views it leaves behind: what {@link Packet} shows. */
final class Frame {
    private static final int MOST_TAGS = 4;
    /** A tunnel in a tunnel in a tunnel: what is deeper stays a payload. */
    private static final int DEEPEST = 8;

    private final Cursor at = new Cursor();
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
    private boolean laterFragment;
    private boolean truncated;
    private boolean offloaded;

    private int depth;
    /** Of what a tunnel carries; made when it is needed first. */
    private @Nullable Frame inside;

    /** A frame that begins with a header of a link type. */
    void wrap(ByteBuffer buffer, int offset, int limit, int cut, int linkType) {
        begin(buffer, offset, limit, cut);
        link(linkType);
    }

    /** A packet of an EtherType. */
    void wrapNetwork(ByteBuffer buffer, int offset, int limit, int cut, int etherType) {
        begin(buffer, offset, limit, cut);
        network(etherType);
    }

    void checksumOffloaded(boolean on) {
        offloaded = on;
        Frame inner = inner();
        if (inner != null) {
            inner.checksumOffloaded(on);
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
        at.begin(buffer, offset, limit, cut);
        laterFragment = false;
        truncated = false;
        offloaded = false;
    }

    private void link(int linkType) {
        switch (linkType) {
            case LinkType.EN10MB -> {
                if (at.enter(ethernet)) {
                    link = ethernet;
                    network(ethernet.etherType());
                }
            }
            case LinkType.LINUX_SLL -> {
                if (at.enter(sll)) {
                    link = sll;
                    network(sll.protocol());
                }
            }
            case LinkType.LINUX_SLL2 -> {
                if (at.enter(sll2)) {
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
            default -> at.problem = "the link type " + LinkType.name(linkType) + " is not known";
        }
    }

    /** The protocol of PPP comes behind so many bytes. */
    private void ppp(int before) {
        if (limit - offset < before + 2) {
            at.problem = "PPP is cut off: it takes " + (before + 2) + " bytes, and there are " + (limit - offset);
            return;
        }
        int type = Pppoe.etherType(Bytes.u16(b, offset + before));
        at.offset += before + 2;
        if (type >= 0) {
            network(type);
        }
    }

    private void hdlc() {
        if (limit - offset < Integer.BYTES) {
            at.problem = "HDLC is cut off: it takes 4 bytes, and there are " + (limit - offset);
            return;
        }
        at.offset += Integer.BYTES;
        network(Bytes.u16(b, offset + 2));
    }

    private void loopback(int linkType) {
        if (limit - offset < Integer.BYTES) {
            at.problem = LinkType.name(linkType) + " is cut off: it takes 4 bytes, and there are " + (limit - offset);
            return;
        }
        int family = Bytes.i32(b, offset);
        // the numbers are small: what is large was written by a machine of the other order
        family = family >>> 16 != 0 ? Integer.reverseBytes(family) : family;
        at.offset += Integer.BYTES;
        switch (family) {
            case Linux.AF_INET -> network(Linux.ETH_P_IP);
            case Linux.AF_INET6, 24, 28, 30 -> network(Linux.ETH_P_IPV6); // NetBSD and OpenBSD, FreeBSD, Darwin
            default -> at.problem = "the address family " + family + " is not known";
        }
    }

    private void version() {
        if (limit == offset) {
            at.problem = "there are no bytes";
            return;
        }
        int version = Bytes.u8(b, offset) >> 4;
        switch (version) {
            case 4 -> network(Linux.ETH_P_IP);
            case 6 -> network(Linux.ETH_P_IPV6);
            default -> at.problem = "IP has version " + version;
        }
    }

    private void network(int type) {
        etherType = type;
        while (Ethernet.isTag(etherType) && vlans < MOST_TAGS) {
            if (!at.enter(tags[vlans])) {
                return;
            }
            etherType = tags[vlans++].etherType();
        }
        if (isLlc() && !enterLlc()) {
            return;
        }
        if (Tunnels.isShim(etherType)) {
            int carried = tunnels.shim(at, etherType);
            if (carried < 0) {
                return;
            }
            etherType = carried;
        }
        switch (etherType) {
            case Linux.ETH_P_ARP, Linux.ETH_P_RARP -> network = at.enter(arp) ? arp : null;
            case Linux.ETH_P_IP -> {
                if (at.enter(ipv4)) {
                    network = ipv4;
                    truncated = at.cut > 0;
                    laterFragment = ipv4.fragmentOffset() != 0;
                    protocol = ipv4.protocol();
                    if (laterFragment || extensions(false)) {
                        transport();
                    }
                }
            }
            case Linux.ETH_P_IPV6 -> {
                if (at.enter(ipv6)) {
                    network = ipv6;
                    truncated = at.cut > 0;
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
        if (link == ethernet && etherType < at.limit - at.offset) {
            at.limit = at.offset + etherType; // the rest is padding
            at.cut = 0;
        }
        hasLlc = at.enter(llc);
        if (!hasLlc || !llc.isSnap() || llc.organization() != 0) {
            return false;
        }
        etherType = llc.type();
        return true;
    }

    private boolean extensions(boolean ip6) {
        boolean whole = extensions.walk(at, protocol, ip6);
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
            tunnels.overIp(at, protocol);
            inside();
            if (network == ipv4) {
                applications.overIp(ipv4, protocol, at.offset, at.limit, at.cut);
            }
            return;
        }
        int end = at.limit;
        if (!at.enter(header)) {
            return;
        }
        transport = header;
        if (header == udp && udp.isTruncated() && !truncated && !isFragment()) {
            at.problem = "UDP says it has " + udp.length() + " bytes, and IP carries " + (end - udp.offset());
        } else if (header == udp) {
            tunnels.overUdp(at, udp.destinationPort());
            inside();
            applications.overUdp(udp, udp.sourcePort(), udp.destinationPort());
        }
    }

    private void inside() {
        if (!tunnels.carriesPacket() || depth == DEEPEST) {
            return;
        }
        Frame frame = inside;
        if (frame == null) {
            frame = new Frame();
            frame.depth = depth + 1;
            inside = frame;
        }
        if (tunnels.innerLink >= 0) {
            frame.wrap(b, at.offset, at.limit, at.cut, tunnels.innerLink);
        } else {
            frame.wrapNetwork(b, at.offset, at.limit, at.cut, tunnels.innerType);
        }
    }

    @Nullable
    Frame inner() {
        return tunnels.carriesPacket() && depth < DEEPEST ? inside : null;
    }

    @Nullable
    Ethernet ethernet() {
        return link == ethernet ? ethernet : null;
    }

    @Nullable
    LinuxSll linuxSll() {
        return link == sll ? sll : null;
    }

    @Nullable
    LinuxSll2 linuxSll2() {
        return link == sll2 ? sll2 : null;
    }

    @Nullable
    Llc llc() {
        return hasLlc ? llc : null;
    }

    int vlans() {
        return vlans;
    }

    Vlan vlan(int index) {
        return tags[Objects.checkIndex(index, vlans)];
    }

    @Nullable
    Arp arp() {
        return network == arp ? arp : null;
    }

    @Nullable
    Ipv4 ipv4() {
        return network == ipv4 ? ipv4 : null;
    }

    @Nullable
    Ipv6 ipv6() {
        return network == ipv6 ? ipv6 : null;
    }

    @Nullable
    Ipv6Extension hopByHop() {
        return extensions.hasHopByHop ? extensions.hopByHop : null;
    }

    @Nullable
    Ipv6Extension destinationOptions() {
        return extensions.hasDestinationOptions ? extensions.destinationOptions : null;
    }

    @Nullable
    Ipv6Routing routing() {
        return extensions.hasRouting ? extensions.routing : null;
    }

    @Nullable
    Ipv6Fragment fragment() {
        return extensions.hasFragment ? extensions.fragment : null;
    }

    @Nullable
    Ah ah() {
        return extensions.hasAh ? extensions.ah : null;
    }

    @Nullable
    Icmp icmp() {
        return transport == icmp ? icmp : null;
    }

    @Nullable
    Icmp6 icmp6() {
        return transport == icmp6 ? icmp6 : null;
    }

    @Nullable
    Udp udp() {
        return transport == udp ? udp : null;
    }

    @Nullable
    Tcp tcp() {
        return transport == tcp ? tcp : null;
    }

    int mplsLabels() {
        return tunnels.labels;
    }

    Mpls mpls(int index) {
        return tunnels.label(index);
    }

    @Nullable
    Pppoe pppoe() {
        return tunnels.hasPppoe ? tunnels.pppoe : null;
    }

    @Nullable
    Gre gre() {
        return tunnels.carrier == tunnels.gre ? tunnels.gre : null;
    }

    @Nullable
    Vxlan vxlan() {
        return tunnels.carrier == tunnels.vxlan ? tunnels.vxlan : null;
    }

    @Nullable
    Geneve geneve() {
        return tunnels.carrier == tunnels.geneve ? tunnels.geneve : null;
    }

    @Nullable
    Dns dns() {
        return applications.dns();
    }

    @Nullable
    Dhcp dhcp() {
        return applications.dhcp();
    }

    @Nullable
    Dhcp6 dhcp6() {
        return applications.dhcp6();
    }

    @Nullable
    Igmp igmp() {
        return applications.igmp();
    }

    Applications applications() {
        return applications;
    }

    int etherType() {
        return etherType;
    }

    int protocol() {
        return protocol;
    }

    int payloadOffset() {
        return at.offset;
    }

    int payloadLimit() {
        return at.limit;
    }

    ByteBuffer payload() {
        return b.slice(at.offset, at.limit - at.offset);
    }

    boolean isTruncated() {
        return truncated;
    }

    boolean isFragment() {
        return network == ipv4 ? ipv4.isFragment() : extensions.isFragment();
    }

    @Nullable
    String problem() {
        return at.problem;
    }

    ChecksumStatus networkChecksum() {
        return network != ipv4
                ? ChecksumStatus.ABSENT
                : ipv4.isHeaderChecksumValid() ? ChecksumStatus.GOOD : ChecksumStatus.BAD;
    }

    ChecksumStatus transportChecksum() {
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

    void fillChecksums() {
        if (network == ipv4) {
            ipv4.fillHeaderChecksum();
        }
        ChecksumStatus status = transportChecksum();
        Header<?> h = transport;
        boolean here = !truncated && !isFragment() && !(h == udp && udp.isTruncated());
        if (h != null && here && status != ChecksumStatus.ABSENT) {
            Transport.fill(h, ipv4(), ipv6(), routing(), h.payloadLimit());
        }
    }

    /** Bytes on the wire. */
    int length() {
        return limit - offset + cutOff;
    }

    /** Bytes of payload on the wire. */
    int payloadLength() {
        return at.limit - at.offset + at.cut;
    }

    ByteBuffer buffer() {
        return b;
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
