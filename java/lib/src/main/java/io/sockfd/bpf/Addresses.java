package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Value;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** {@code host} and {@code net} of all families, {@code broadcast} and {@code multicast}. */
final class Addresses {
    static final int NETMASK_UNKNOWN = -1;

    private static final int IP_SOURCE = 12;
    private static final int IP_DESTINATION = 16;
    private static final int IP6_SOURCE = 8;
    private static final int IP6_DESTINATION = 24;
    private static final int ARP_SENDER = 14;
    private static final int ARP_TARGET = 24;
    private static final int ETHERNET_SOURCE = 6;
    private static final int MULTICAST_4 = 224;
    private static final int MULTICAST_6 = 255;
    private static final int DECNET = 0x6003;
    private static final byte[] EVERYBODY = {-1, -1, -1, -1, -1, -1};

    private final Link link;
    private final LinkTypes types;

    Addresses(Link link, LinkTypes types) {
        this.link = link;
        this.types = types;
    }

    /** An IPv4 address, or all that have these bits of it. */
    Condition ip(Qualifiers q, int address, int mask) {
        String protocol = q.protocol();
        if (protocol == null) {
            Condition ip = over(q, ETH_P_IP, IP_SOURCE, IP_DESTINATION, address, mask);
            return link.isLabelled()
                    ? ip
                    : ip.or(over(q, ETH_P_ARP, ARP_SENDER, ARP_TARGET, address, mask))
                            .or(over(q, ETH_P_RARP, ARP_SENDER, ARP_TARGET, address, mask));
        } else if (q.isLink()) {
            throw new BpfException("an Ethernet address is missing, such as 02:00:00:00:00:01");
        }
        return switch (protocol) {
            case "ip" -> over(q, ETH_P_IP, IP_SOURCE, IP_DESTINATION, address, mask);
            case "arp" -> over(q, ETH_P_ARP, ARP_SENDER, ARP_TARGET, address, mask);
            case "rarp" -> over(q, ETH_P_RARP, ARP_SENDER, ARP_TARGET, address, mask);
            default -> throw new BpfException(protocol + " has no " + q.kind() + " with an IPv4 address");
        };
    }

    private Condition over(Qualifiers q, int type, int source, int destination, int address, int mask) {
        q.requirePlainDirection();
        IntFunction<Condition> field = offset ->
                types.carries(type).and(link.network(offset, BPF_W).masked(mask).is(address));
        return Ports.directed(q, field, source, destination);
    }

    /** An IPv6 address, or all that have so many bits of it. */
    Condition ip6(Qualifiers q, byte[] address, int bits) {
        if (q.isLink()) {
            throw new BpfException("an Ethernet address is missing, such as 02:00:00:00:00:01");
        } else if (q.protocol() != null && !q.protocol().equals("ip6")) {
            throw new BpfException(q.protocol() + " has no " + q.kind() + " with an IPv6 address");
        }
        q.requirePlainDirection();
        ByteBuffer words = ByteBuffer.wrap(address);
        IntFunction<Condition> field = offset -> {
            Condition all = types.carries(ETH_P_IPV6);
            for (int at = 0; at < 16; at += 4) {
                int left = Math.max(0, Math.min(32, bits - at * 8));
                if (left > 0) {
                    Value word = link.network(offset + at, BPF_W).masked(-1 << (32 - left));
                    all = all.and(word.is(words.getInt(at)));
                }
            }
            return all;
        };
        return Ports.directed(q, field, IP6_SOURCE, IP6_DESTINATION);
    }

    /** {@code ether host}. */
    Condition ethernet(Qualifiers q, byte[] address) {
        if (!q.isLink() || (q.type() != null && !q.type().equals("host"))) {
            throw new BpfException("an Ethernet address goes with ether host, ether src and ether dst");
        } else if (!link.isEthernet()) {
            throw new BpfException("ether host is not supported on this link type, " + link.framing());
        }
        q.requirePlainDirection();
        ByteBuffer bytes = ByteBuffer.wrap(address);
        IntFunction<Condition> field = offset -> link.linkHeader(offset + 2, BPF_W)
                .is(bytes.getInt(2))
                .and(link.linkHeader(offset, BPF_H).is(bytes.getShort(0) & 0xffff));
        return link.hasFrame().and(Ports.directed(q, field, ETHERNET_SOURCE, 0));
    }

    /** {@code decnet host}: an area and a node in one number, which the packet has with its bytes swapped. */
    Condition decnet(Qualifiers q, int address) {
        q.requirePlainDirection();
        int swapped = (address & 0xff) << 8 | (address >>> 8 & 0xff);
        IntFunction<Condition> side = at -> {
            int shortAt = at == 0 ? 1 : 3; // behind the flags; long packets have addresses of eight bytes
            int longAt = at == 0 ? 7 : 15;
            return decnet(BPF_B, 0x07, 0x02, shortAt, swapped)
                    .or(decnet(BPF_H, 0xff07, 0x8102, shortAt + 1, swapped))
                    .or(decnet(BPF_B, 0x07, 0x06, longAt, swapped))
                    .or(decnet(BPF_H, 0xff07, 0x8106, longAt + 1, swapped));
        };
        return types.carries(DECNET).and(Ports.directed(q, side, 1, 0));
    }

    /** The flags, with a byte of padding before them or not, and the address. */
    private Condition decnet(int size, int mask, int flags, int at, int address) {
        return link.network(2, size)
                .masked(mask)
                .is(flags)
                .and(link.network(2 + at, BPF_H).is(address));
    }

    /**
     * {@code broadcast} and {@code multicast}.
     *
     * @param netmask of the interface, -1 where it is not known
     */
    Condition cast(@Nullable String protocol, boolean multicast, int netmask) {
        if (protocol == null || FilterWords.LINK.contains(protocol)) {
            if (!link.isEthernet()) {
                throw new BpfException((multicast ? "multicast" : "broadcast")
                        + " of the link is not supported on this link type, " + link.framing());
            }
            return multicast
                    ? link.hasFrame().and(link.linkHeader(0, BPF_B).test(BPF_JSET, 1))
                    : ethernet(new Qualifiers("ether", "dst", "host"), EVERYBODY);
        } else if (multicast && protocol.equals("ip")) {
            return types.carries(ETH_P_IP)
                    .and(link.network(IP_DESTINATION, BPF_B).test(BPF_JGE, MULTICAST_4));
        } else if (multicast && protocol.equals("ip6")) {
            return types.carries(ETH_P_IPV6)
                    .and(link.network(IP6_DESTINATION, BPF_B).is(MULTICAST_6));
        } else if (protocol.equals("ip")) {
            return ipBroadcast(netmask);
        }
        throw new BpfException("there is no " + protocol
                + (multicast ? " multicast: ether, ip and ip6 have it" : " broadcast: ether and ip have it"));
    }

    private Condition ipBroadcast(int netmask) {
        if (netmask == NETMASK_UNKNOWN) {
            throw new BpfException("ip broadcast needs the netmask of the interface, which is not known here");
        }
        Value host = link.network(IP_DESTINATION, BPF_W).masked(~netmask);
        Condition address = host.is(0).or(host.is(~netmask));
        return types.carries(ETH_P_IP).and(address);
    }
}
