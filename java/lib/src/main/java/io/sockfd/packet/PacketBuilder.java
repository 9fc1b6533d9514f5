package io.sockfd.packet;

import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a packet header by header, from the outside in. Each method takes what sets the header's fields; the numbers that
 * say what comes next are filled in by the header that comes next, unless they were set, and lengths and checksums by
 * {@link #build}.
 *
 * <pre>{@code
 * ByteBuffer request = new PacketBuilder()
 *         .ipv4(ip -> ip.source("10.0.0.1").destination("10.0.0.2"))
 *         .icmp(m -> m.echoRequest(7, 1))
 *         .payload("hello".getBytes(US_ASCII))
 *         .build();
 * }</pre>
 *
 * To send what is wrong on purpose, change it afterwards: {@code new Packet().wrap(built, RAW).tcp().checksum(0xbad)}.
 *
 * <p>After {@link #build} the next header begins the next packet. A builder over a buffer of the caller's writes that over
 * the one before and makes no other; a builder without gives each packet a buffer of its own.
 */
public final class PacketBuilder {
    private static final int OWN_BUFFER = 65_536 + 64;
    private static final int UNSET = -1;

    private final ByteBuffer b;
    private final int begin;
    private final int limit;
    private final boolean owned;
    private final List<Header<?>> layers = new ArrayList<>();
    private int end;
    private boolean built;

    /** Each packet in a heap buffer of its own, of any length that IP can have. */
    public PacketBuilder() {
        this(ByteBuffer.allocate(OWN_BUFFER), true);
    }

    /** Into the buffer, from its position to its limit, which stay as they are. */
    public PacketBuilder(ByteBuffer buffer) {
        this(buffer, false);
    }

    private PacketBuilder(ByteBuffer buffer, boolean owned) {
        this.owned = owned;
        b = buffer;
        begin = buffer.position();
        limit = buffer.limit();
        end = begin;
    }

    public PacketBuilder ethernet(Consumer<Ethernet> fields) {
        return add(new Ethernet(), Tunnels.ETH_P_BRIDGED, UNSET, fields);
    }

    public PacketBuilder linuxSll(Consumer<LinuxSll> fields) {
        return add(new LinuxSll(), UNSET, UNSET, fields);
    }

    public PacketBuilder linuxSll2(Consumer<LinuxSll2> fields) {
        return add(new LinuxSll2(), UNSET, UNSET, fields);
    }

    /** A tag; outside of another one it is announced as 802.1Q too, unless the type {@code ETH_P_8021AD} was set. */
    public PacketBuilder vlan(Consumer<Vlan> fields) {
        return add(new Vlan(), Linux.ETH_P_8021Q, UNSET, fields);
    }

    /** IEEE 802.2 in an 802.3 frame, whose length {@link #build} fills; {@code llc(l -> l.snap(0))} with SNAP. */
    public PacketBuilder llc(Consumer<Llc> fields) {
        return add(new Llc(), UNSET, UNSET, fields);
    }

    /** A label; the last one before IP gets the mark of the bottom. */
    public PacketBuilder mpls(Consumer<Mpls> fields) {
        return add(new Mpls(), Tunnels.ETH_P_MPLS, UNSET, fields);
    }

    /** A session of PPP over Ethernet; what IP follows is announced with PPP's number. */
    public PacketBuilder pppoe(Consumer<Pppoe> fields) {
        return add(new Pppoe(), Tunnels.ETH_P_PPPOE_SESSION, UNSET, h -> fields.accept(h.protocol(0)));
    }

    /** Carries IP, MPLS or, when an Ethernet header follows, Ethernet. */
    public PacketBuilder gre(Consumer<Gre> fields) {
        return add(new Gre(), UNSET, Linux.IPPROTO_GRE, fields);
    }

    /** After UDP, whose destination port is to be {@link Vxlan#PORT}. */
    public PacketBuilder vxlan(Consumer<Vxlan> fields) {
        return add(new Vxlan(), UNSET, UNSET, fields);
    }

    /** After UDP, whose destination port is to be {@link Geneve#PORT}. */
    public PacketBuilder geneve(Consumer<Geneve> fields) {
        return add(new Geneve(), UNSET, UNSET, fields);
    }

    public PacketBuilder ah(Consumer<Ah> fields) {
        return add(new Ah(), UNSET, Linux.IPPROTO_AH, fields);
    }

    public PacketBuilder arp(Consumer<Arp> fields) {
        return add(new Arp(), Linux.ETH_P_ARP, UNSET, fields);
    }

    public PacketBuilder ipv4(Consumer<Ipv4> fields) {
        return add(new Ipv4(), Linux.ETH_P_IP, Linux.IPPROTO_IPIP, fields);
    }

    public PacketBuilder ipv6(Consumer<Ipv6> fields) {
        return add(new Ipv6(), Linux.ETH_P_IPV6, Linux.IPPROTO_IPV6, fields);
    }

    public PacketBuilder hopByHop(Consumer<Ipv6Extension> fields) {
        return add(new Ipv6Extension(), UNSET, Linux.IPPROTO_HOPOPTS, fields);
    }

    public PacketBuilder destinationOptions(Consumer<Ipv6Extension> fields) {
        return add(new Ipv6Extension(), UNSET, Linux.IPPROTO_DSTOPTS, fields);
    }

    public PacketBuilder routing(Consumer<Ipv6Routing> fields) {
        return add(new Ipv6Routing(), UNSET, Linux.IPPROTO_ROUTING, fields);
    }

    public PacketBuilder fragment(Consumer<Ipv6Fragment> fields) {
        return add(new Ipv6Fragment(), UNSET, Linux.IPPROTO_FRAGMENT, fields);
    }

    public PacketBuilder icmp(Consumer<Icmp> fields) {
        return add(new Icmp(), UNSET, Linux.IPPROTO_ICMP, fields);
    }

    public PacketBuilder icmp6(Consumer<Icmp6> fields) {
        return add(new Icmp6(), UNSET, Linux.IPPROTO_ICMPV6, fields);
    }

    public PacketBuilder udp(Consumer<Udp> fields) {
        return add(new Udp(), UNSET, Linux.IPPROTO_UDP, fields);
    }

    public PacketBuilder tcp(Consumer<Tcp> fields) {
        return add(new Tcp(), UNSET, Linux.IPPROTO_TCP, fields);
    }

    /** Bytes after the last header, or after the payload before. */
    public PacketBuilder payload(byte... bytes) {
        return payload(ByteBuffer.wrap(bytes));
    }

    /** The bytes between position and limit, which stay as they are. */
    public PacketBuilder payload(ByteBuffer bytes) {
        again();
        if (bytes.remaining() > limit - end) {
            throw new IllegalArgumentException(
                    "the payload takes " + bytes.remaining() + " bytes, and there are " + (limit - end));
        }
        b.put(end, bytes, bytes.position(), bytes.remaining());
        end += bytes.remaining();
        return this;
    }

    private <T extends Header<T>> PacketBuilder add(T header, int etherType, int protocol, Consumer<T> fields) {
        again();
        header.compose(b, end, limit);
        if (!layers.isEmpty()) {
            announce(layers.get(layers.size() - 1), etherType, protocol);
        }
        fields.accept(header);
        layers.add(header);
        end = header.payloadOffset();
        return this;
    }

    private void again() {
        if (built) {
            layers.clear();
            end = begin;
            built = false;
        }
    }

    /** Tells a header what comes next, unless it was told already. */
    private static void announce(Header<?> h, int etherType, int protocol) {
        if (etherType != UNSET) {
            if (h instanceof Ethernet x && x.etherType() == 0) {
                x.etherType(etherType);
            } else if (h instanceof Vlan x && x.etherType() == 0) {
                x.etherType(etherType);
            } else if (h instanceof LinuxSll x && x.protocol() == 0) {
                x.protocol(etherType);
            } else if (h instanceof LinuxSll2 x && x.protocol() == 0) {
                x.protocol(etherType);
            } else if (h instanceof Llc x && x.isSnap() && x.type() == 0) {
                x.snap(etherType);
            } else if (h instanceof Gre x && x.protocolType() == 0) {
                x.protocolType(etherType);
            } else if (h instanceof Geneve x && x.protocolType() == 0) {
                x.protocolType(etherType);
            } else if (h instanceof Mpls x) {
                x.bottom(etherType != Tunnels.ETH_P_MPLS);
            } else if (h instanceof Pppoe x && x.protocol() == 0) {
                x.protocol(Pppoe.pppNumber(etherType));
            }
        }
        if (protocol != UNSET) {
            if (h instanceof Ipv4 x && x.protocol() == 0) {
                x.protocol(protocol);
            } else if (h instanceof Ipv6 x && x.nextHeader() == Linux.IPPROTO_NONE) {
                x.nextHeader(protocol);
            } else if (h instanceof Ipv6Extension x && x.nextHeader() == Linux.IPPROTO_NONE) {
                x.nextHeader(protocol);
            } else if (h instanceof Ipv6Routing x && x.nextHeader() == Linux.IPPROTO_NONE) {
                x.nextHeader(protocol);
            } else if (h instanceof Ipv6Fragment x && x.nextHeader() == Linux.IPPROTO_NONE) {
                x.nextHeader(protocol);
            } else if (h instanceof Ah x && x.nextHeader() == Linux.IPPROTO_NONE) {
                x.nextHeader(protocol);
            }
        }
    }

    /**
     * Fills lengths and checksums. The checksum of a transport in a fragment covers bytes of others, and is left as it was
     * set.
     *
     * @return the packet from position 0 to the limit: a view of the caller's buffer, or a new one
     * @throws IllegalArgumentException when IP's length field does not hold the length
     */
    public ByteBuffer build() {
        built = true;
        for (int i = 0; i < layers.size(); i++) {
            Header<?> h = layers.get(i);
            if (h instanceof Llc && i > 0) {
                announceLength(layers.get(i - 1), end - h.offset);
            }
            if (h instanceof Ipv4 || h instanceof Ipv6) {
                requireLength(h);
            }
            h.fillLength(end);
        }
        // from the inside out: an outer transport's checksum covers the inner ones
        for (int i = layers.size() - 1; i >= 0; i--) {
            fillChecksum(i);
        }
        ByteBuffer packet = b.slice(begin, end - begin).order(b.order());
        return owned ? ByteBuffer.allocate(end - begin).put(packet).flip() : packet;
    }

    /** An 802.3 frame has its length where others have the type, behind tags too. */
    private static void announceLength(Header<?> h, int bytes) {
        if (h instanceof Ethernet frame && frame.etherType() == 0) {
            frame.etherType(bytes);
        } else if (h instanceof Vlan tag && tag.etherType() == 0) {
            tag.etherType(bytes);
        }
    }

    private void requireLength(Header<?> h) {
        int bytes = h instanceof Ipv4 ? end - h.offset : end - h.payloadOffset();
        if (bytes > 0xffff) {
            throw new IllegalArgumentException(
                    h.name() + " cannot say that it has " + bytes + " bytes: 65535 is the most");
        }
    }

    private void fillChecksum(int layer) {
        Header<?> h = layers.get(layer);
        if (h instanceof Ipv4 ip) {
            ip.fillHeaderChecksum();
        } else if (h instanceof Tcp || h instanceof Udp || h instanceof Icmp || h instanceof Icmp6) {
            Ipv6Routing routing = null;
            Ipv4 ip4 = null;
            Ipv6 ip6 = null;
            for (int i = layer - 1; i >= 0 && ip4 == null && ip6 == null; i--) {
                Header<?> below = layers.get(i);
                if (isFragment(below)) {
                    return;
                }
                routing = below instanceof Ipv6Routing x ? x : routing;
                ip4 = below instanceof Ipv4 x ? x : null;
                ip6 = below instanceof Ipv6 x ? x : null;
            }
            Transport.fill(h, ip4, ip6, routing, end);
        }
    }

    private static boolean isFragment(Header<?> h) {
        return (h instanceof Ipv4 ip && ip.isFragment()) || (h instanceof Ipv6Fragment f && f.isFragment());
    }
}
