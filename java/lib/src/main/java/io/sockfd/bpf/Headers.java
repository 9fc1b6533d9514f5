package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Always;
import io.sockfd.bpf.Condition.Compare;
import io.sockfd.bpf.Condition.Not;
import io.sockfd.bpf.Condition.Value.Constant;
import io.sockfd.bpf.Condition.Value.Extended;
import io.sockfd.bpf.Condition.Value.Load;
import java.util.List;
import java.util.stream.Stream;

/** Where the headers of a packet are, and the conditions on their fields. */
final class Headers {
    static final int IP_PROTOCOL = 9;
    static final int IP_SOURCE = 12;
    static final int IP_DESTINATION = 16;
    static final int IP6_NEXT = 6;
    static final int IP6_SOURCE = 8;
    static final int IP6_DESTINATION = 24;
    static final int IP6_HEADER = 40;
    static final int ARP_SENDER = 14;
    static final int ARP_TARGET = 24;
    private static final int IP_FRAGMENT = 6;
    private static final int OFFSET_BITS = 0x1fff;
    private static final int VLAN_BYTES = 4;
    private static final int SLL2_PACKET_TYPE = 10;
    /** AF_INET6 of Linux, of NetBSD and OpenBSD, of FreeBSD, of Darwin. */
    private static final List<Integer> FAMILIES_6 = List.of(AF_INET6, 24, 28, 30);

    private static final int VLAN_ID = 0xfff;
    /** The types of tags that libpcap takes too; the last is older than IEEE 802.1ad. */
    private static final List<Integer> TAGS = List.of(ETH_P_8021Q, ETH_P_8021AD, 0x9100);

    private final Framing link;
    /** The kernel has taken the next tag out of the packet. */
    private boolean tagOutside;
    /** The bytes of the tags that the conditions have gone past. */
    private int tags;

    Headers(Framing link, boolean tagOutside) {
        this.link = link;
        this.tagOutside = tagOutside;
    }

    private static Load at(int offset, int size) {
        return new Load(new Constant(offset), 0, -1, size);
    }

    /** Where the network header begins. */
    int networkOffset() {
        return link.network + tags;
    }

    /** Bytes of the network header. */
    Load network(int offset, int size) {
        return at(networkOffset() + offset, size);
    }

    /** Bytes behind the IPv4 header, however long that is. */
    Load transport(int offset, int size) {
        return new Load(new Constant(offset), networkOffset(), networkOffset(), size);
    }

    /** Bytes of the Ethernet header. */
    Load ethernet(int offset, int size) {
        if (!link.isEthernet()) {
            throw new BpfException("packets of " + link + " have no Ethernet header");
        }
        return at(offset, size);
    }

    Condition etherType(int type) {
        if (link == Framing.PACKET_DGRAM) {
            return new Extended(Extension.PROTO).is(type);
        }
        return switch (link) {
            case IPV4 -> new Always(type == ETH_P_IP);
            case IPV6 -> new Always(type == ETH_P_IPV6);
            case RAW_IP, PACKET_IP -> {
                int version = type == ETH_P_IP ? 0x40 : type == ETH_P_IPV6 ? 0x60 : -1;
                yield version < 0
                        ? new Always(false)
                        : at(0, BPF_B).masked(0xf0).is(version);
            }
            case NULL, LOOP ->
                family(type == ETH_P_IP ? List.of(AF_INET) : type == ETH_P_IPV6 ? FAMILIES_6 : List.of());
            default -> at(link.etherType + tags, BPF_H).is(type);
        };
    }

    /** In either byte order: what was written on another machine is not told apart. */
    private static Condition family(List<Integer> families) {
        Load word = at(0, BPF_W);
        return families.stream()
                .flatMap(family -> Stream.of(word.is(family), word.is(Integer.reverseBytes(family))))
                .reduce(new Always(false), Condition::or);
    }

    /** A packet that this machine sent, or the one that wrote the file. */
    Condition outgoing() {
        if (link.isSocket()) {
            return new Extended(Extension.TYPE).is(PACKET_OUTGOING);
        }
        return switch (link) {
            case LINUX_SLL -> at(0, BPF_H).is(PACKET_OUTGOING);
            case LINUX_SLL2 -> at(SLL2_PACKET_TYPE, BPF_B).is(PACKET_OUTGOING);
            default ->
                throw new BpfException("packets of " + link + " do not say which way they went: inbound and outbound"
                        + " are for live captures and for files of LINUX_SLL and LINUX_SLL2");
        };
    }

    Condition ip() {
        return etherType(ETH_P_IP);
    }

    Condition ip6() {
        return etherType(ETH_P_IPV6);
    }

    Condition ipProtocol(int number) {
        return ip().and(network(IP_PROTOCOL, BPF_B).is(number));
    }

    /** Directly behind the fixed header, or behind a fragment header there; no other extension header is looked into. */
    Condition ip6Protocol(int number) {
        Condition fragment = network(IP6_NEXT, BPF_B)
                .is(IPPROTO_FRAGMENT)
                .and(network(IP6_HEADER, BPF_B).is(number));
        return ip6().and(network(IP6_NEXT, BPF_B).is(number).or(fragment));
    }

    /** No later fragment of an IPv4 packet, so that its transport header is there. */
    Condition hasTransport() {
        return new Not(new Compare(network(IP_FRAGMENT, BPF_H), BPF_JSET, new Constant(OFFSET_BITS)));
    }

    /**
     * A VLAN tag; what follows looks behind it.
     *
     * @param id of the VLAN, -1 for any
     */
    Condition vlan(int id) {
        if (tagOutside) {
            tagOutside = false;
            Condition there = new Extended(Extension.VLAN_AVAIL).is(1);
            return id < 0
                    ? there
                    : there.and(new Extended(Extension.VLAN_TCI).masked(VLAN_ID).is(id));
        }
        Load type = ethernet(link.etherType + tags, BPF_H);
        Condition there = TAGS.stream().map(type::is).reduce(Condition::or).orElseThrow();
        Condition right = at(networkOffset(), BPF_H).masked(VLAN_ID).is(id);
        tags += VLAN_BYTES;
        return id < 0 ? there : there.and(right);
    }
}
