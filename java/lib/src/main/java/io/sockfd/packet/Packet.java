package io.sockfd.packet;

import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A frame taken apart: the link layer, VLAN tags, ARP or IP with its extension headers, and TCP, UDP, ICMP or ICMPv6. Each
 * accessor gives the view of that layer, or null when the frame does not have it. The views belong to the packet and are
 * wrapped anew by the next {@link #wrap}; nothing is allocated.
 *
 * <p>Malformed frames are no exception here: the layers before the damage are there, and {@link #problem} says what is
 * wrong with the next.
 *
 * <p>What an ICMP error quotes is a packet of its own: wrap another {@code Packet} around the payload, {@link
 * LinkType#RAW}.
 */
public final class Packet {
    private static final int MOST_TAGS = 4;

    private final Ethernet ethernet = new Ethernet();
    private final LinuxSll sll = new LinuxSll();
    private final LinuxSll2 sll2 = new LinuxSll2();
    private final Vlan[] tags = {new Vlan(), new Vlan(), new Vlan(), new Vlan()};
    private final Arp arp = new Arp();
    private final Ipv4 ipv4 = new Ipv4();
    private final Ipv6 ipv6 = new Ipv6();
    private final Ipv6Extension hopByHop = new Ipv6Extension();
    private final Ipv6Extension destinationOptions = new Ipv6Extension();
    private final Ipv6Routing routing = new Ipv6Routing();
    private final Ipv6Fragment fragment = new Ipv6Fragment();
    private final Icmp icmp = new Icmp();
    private final Icmp6 icmp6 = new Icmp6();
    private final Udp udp = new Udp();
    private final Tcp tcp = new Tcp();

    /** Null while the frame does not have it. */
    private @Nullable Header<?> link;

    private @Nullable Header<?> network;
    private @Nullable Header<?> transport;
    private boolean hasHopByHop;
    private boolean hasDestinationOptions;
    private boolean hasRouting;
    private boolean hasFragment;
    private int vlans;

    private ByteBuffer b = ByteBuffer.allocate(0);
    private int offset;
    private int limit;
    private int etherType;
    private int protocol;
    private int payloadOffset;
    private int payloadLimit;
    private boolean truncated;
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
     * Takes the frame from {@code offset} to {@code limit} apart.
     *
     * @throws IndexOutOfBoundsException when they are outside of the buffer
     * @return this
     */
    public Packet wrap(ByteBuffer buffer, int offset, int limit, int linkType) {
        Objects.checkFromToIndex(offset, limit, buffer.limit());
        b = buffer;
        this.offset = offset;
        this.limit = limit;
        link = null;
        network = null;
        transport = null;
        hasHopByHop = false;
        hasDestinationOptions = false;
        hasRouting = false;
        hasFragment = false;
        vlans = 0;
        etherType = -1;
        protocol = -1;
        payloadOffset = offset;
        payloadLimit = limit;
        truncated = false;
        problem = null;
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
            case LinkType.RAW -> version();
            case LinkType.IPV4 -> network(Linux.ETH_P_IP);
            case LinkType.IPV6 -> network(Linux.ETH_P_IPV6);
            default -> problem = "the link type " + linkType + " is not known";
        }
        return this;
    }

    private boolean enter(Header<?> header) {
        problem = header.inspect(b, payloadOffset, payloadLimit);
        if (problem == null) {
            payloadOffset = header.payloadOffset();
            payloadLimit = header.payloadLimit();
        }
        return problem == null;
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
        switch (etherType) {
            case Linux.ETH_P_ARP, Linux.ETH_P_RARP -> network = enter(arp) ? arp : null;
            case Linux.ETH_P_IP -> {
                if (enter(ipv4)) {
                    network = ipv4;
                    truncated = ipv4.isTruncated();
                    protocol = ipv4.protocol();
                    transport(ipv4.fragmentOffset() != 0);
                }
            }
            case Linux.ETH_P_IPV6 -> {
                if (enter(ipv6)) {
                    network = ipv6;
                    truncated = ipv6.isTruncated();
                    protocol = ipv6.nextHeader();
                    if (extensions()) {
                        transport(hasFragment && fragment.fragmentOffset() != 0);
                    }
                }
            }
            default -> {
                // the payload of another protocol
            }
        }
    }

    /** Every extension header has at least 8 bytes: this ends. A view that fails the second time lost its first header. */
    private boolean extensions() {
        while (true) {
            switch (protocol) {
                case Linux.IPPROTO_HOPOPTS -> {
                    hasHopByHop = enter(hopByHop);
                    if (!hasHopByHop) {
                        return false;
                    }
                    protocol = hopByHop.nextHeader();
                }
                case Linux.IPPROTO_DSTOPTS -> {
                    hasDestinationOptions = enter(destinationOptions);
                    if (!hasDestinationOptions) {
                        return false;
                    }
                    protocol = destinationOptions.nextHeader();
                }
                case Linux.IPPROTO_ROUTING -> {
                    hasRouting = enter(routing);
                    if (!hasRouting) {
                        return false;
                    }
                    protocol = routing.nextHeader();
                }
                case Linux.IPPROTO_FRAGMENT -> {
                    hasFragment = enter(fragment);
                    if (!hasFragment) {
                        return false;
                    }
                    protocol = fragment.nextHeader();
                    if (fragment.fragmentOffset() != 0) {
                        return true;
                    }
                }
                default -> {
                    return true;
                }
            }
        }
    }

    private void transport(boolean laterFragment) {
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
            return;
        }
        int end = payloadLimit;
        if (!enter(header)) {
            return;
        }
        transport = header;
        if (header == udp && udp.isTruncated() && !truncated && !isFragment()) {
            problem = "UDP says it has " + udp.length() + " bytes, and IP carries " + (end - udp.offset());
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
        return hasHopByHop ? hopByHop : null;
    }

    /** The destination options of IPv6; the last header of them when there are two. */
    public @Nullable Ipv6Extension destinationOptions() {
        return hasDestinationOptions ? destinationOptions : null;
    }

    /** The routing header of IPv6. */
    public @Nullable Ipv6Routing routing() {
        return hasRouting ? routing : null;
    }

    /** The fragment header of IPv6. */
    public @Nullable Ipv6Fragment fragment() {
        return hasFragment ? fragment : null;
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
        return network == ipv4 ? ipv4.isFragment() : hasFragment && fragment.isFragment();
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
        if (h != null && (status == ChecksumStatus.BAD || status == ChecksumStatus.GOOD)) {
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

    int length() {
        return limit - offset;
    }
}
