package io.sockfd.packet;

import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The walk through a frame, and the views it leaves behind: what {@link Packet} shows. */
final class Frame {
    /** A tunnel in a tunnel in a tunnel: what is deeper stays a payload. */
    private static final int DEEPEST = 8;

    private final Cursor at = new Cursor();
    private final LinkLayer link = new LinkLayer();
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
    private @Nullable Header<?> network;

    private @Nullable Header<?> transport;

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
        int type = link.enter(at, linkType);
        if (type != LinkLayer.NONE) {
            network(type);
        }
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
        link.clear();
        network = null;
        transport = null;
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

    private void network(int type) {
        boolean found = link.pastTags(at, type);
        etherType = link.etherType;
        if (!found) {
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
        return link.header == link.ethernet ? link.ethernet : null;
    }

    @Nullable
    LinuxSll linuxSll() {
        return link.header == link.sll ? link.sll : null;
    }

    @Nullable
    LinuxSll2 linuxSll2() {
        return link.header == link.sll2 ? link.sll2 : null;
    }

    @Nullable
    Llc llc() {
        return link.hasLlc ? link.llc : null;
    }

    int vlans() {
        return link.vlans;
    }

    Vlan vlan(int index) {
        return link.vlan(index);
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

    /** The header of TCP, UDP, ICMP or ICMPv6; null for none of them. */
    @Nullable
    Header<?> transportHeader() {
        return transport;
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

    /** Whether the transport's checksum is left to the network device. */
    boolean isChecksumOffloaded() {
        return offloaded;
    }

    boolean isFragment() {
        return network == ipv4 ? ipv4.isFragment() : extensions.isFragment();
    }

    @Nullable
    String problem() {
        return at.problem;
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
