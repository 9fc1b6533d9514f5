package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Always;
import io.sockfd.bpf.Condition.Compare;
import io.sockfd.bpf.Condition.Not;
import io.sockfd.bpf.Condition.Value.Constant;
import io.sockfd.bpf.Condition.Value.Load;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The primitives of pcap-filter(7) as conditions on the headers. */
final class Primitives {
    /** What comes before an address, a port or a number; null where it was not said. */
    record Qualifiers(@Nullable String protocol, @Nullable String direction, String type) {}

    /** Protocols over IP, with where they are looked for. */
    private record Transport(int number, boolean ip, boolean ip6) {}

    private static final Map<String, Transport> TRANSPORTS = Map.ofEntries(
            Map.entry("tcp", new Transport(IPPROTO_TCP, true, true)),
            Map.entry("udp", new Transport(IPPROTO_UDP, true, true)),
            Map.entry("sctp", new Transport(IPPROTO_SCTP, true, true)),
            Map.entry("ah", new Transport(IPPROTO_AH, true, true)),
            Map.entry("esp", new Transport(IPPROTO_ESP, true, true)),
            Map.entry("pim", new Transport(IPPROTO_PIM, true, true)),
            Map.entry("icmp", new Transport(IPPROTO_ICMP, true, false)),
            Map.entry("igmp", new Transport(IPPROTO_IGMP, true, false)),
            Map.entry("vrrp", new Transport(112, true, false)),
            Map.entry("icmp6", new Transport(IPPROTO_ICMPV6, false, true)));

    private static final Map<String, Integer> NETWORKS =
            Map.of("ip", ETH_P_IP, "ip6", ETH_P_IPV6, "arp", ETH_P_ARP, "rarp", ETH_P_RARP);

    private static final List<Integer> WITH_PORTS = List.of(IPPROTO_TCP, IPPROTO_UDP, IPPROTO_SCTP);

    private static final int ETHERNET_SOURCE = 6;
    private static final int MULTICAST_4 = 224;
    private static final int MULTICAST_6 = 255;

    private final Headers headers;

    Primitives(Headers headers) {
        this.headers = headers;
    }

    static boolean isProtocol(String word) {
        return word.equals("ether") || NETWORKS.containsKey(word) || TRANSPORTS.containsKey(word);
    }

    /** A protocol by its name alone. */
    Condition protocol(String name) {
        Integer network = NETWORKS.get(name);
        if (network != null) {
            return headers.etherType(network);
        }
        Transport transport = TRANSPORTS.get(name);
        if (transport == null) {
            throw new BpfException(name + " alone says nothing: add host, src, dst, proto, broadcast or multicast");
        } else if (!transport.ip) {
            return headers.ip6Protocol(transport.number);
        }
        Condition ip = headers.ipProtocol(transport.number);
        return transport.ip6 ? headers.ip6Protocol(transport.number).or(ip) : ip;
    }

    /** {@code proto}: an Ethernet type or a protocol over IP by its number. */
    Condition protocol(@Nullable String of, int number) {
        if (of == null) {
            return headers.ipProtocol(number).or(headers.ip6Protocol(number));
        }
        return switch (of) {
            case "ip" -> headers.ipProtocol(number);
            case "ip6" -> headers.ip6Protocol(number);
            case "ether" -> {
                if (number <= 1500) {
                    throw new BpfException(
                            "ether proto " + number + ": up to 1500 it is a length; only types are known here");
                }
                yield headers.etherType(number);
            }
            default -> throw new BpfException(of + " has no proto");
        };
    }

    /** A protocol's number by its name, -1 for one that is not known. */
    static int number(@Nullable String of, String name) {
        if ("ether".equals(of)) {
            return NETWORKS.getOrDefault(name, -1);
        }
        Transport transport = TRANSPORTS.get(name);
        return transport == null ? -1 : transport.number;
    }

    /** {@code host} and {@code net}: 4 or 16 bytes, of which so many bits from the left count. */
    Condition address(Qualifiers q, byte[] address, int bits) {
        return address.length == 4 ? address4(q, ByteBuffer.wrap(address).getInt(), bits) : address6(q, address, bits);
    }

    private Condition address4(Qualifiers q, int address, int bits) {
        int mask = bits == 0 ? 0 : -1 << (32 - bits);
        IntFunction<Condition> field =
                offset -> headers.network(offset, BPF_W).masked(mask).is(address);
        Condition ip = headers.ip().and(directed(q, field, Headers.IP_SOURCE, Headers.IP_DESTINATION));
        Condition arp = directed(q, field, Headers.ARP_SENDER, Headers.ARP_TARGET);
        if (q.protocol == null) {
            return ip.or(headers.etherType(ETH_P_ARP)
                    .or(headers.etherType(ETH_P_RARP))
                    .and(arp));
        }
        return switch (q.protocol) {
            case "ip" -> ip;
            case "arp", "rarp" -> protocol(q.protocol).and(arp);
            default -> throw new BpfException(q.protocol + " has no IPv4 address");
        };
    }

    private Condition address6(Qualifiers q, byte[] address, int bits) {
        if (q.protocol != null && !q.protocol.equals("ip6")) {
            throw new BpfException(q.protocol + " has no IPv6 address");
        }
        ByteBuffer words = ByteBuffer.wrap(address);
        IntFunction<Condition> field = offset -> {
            Condition all = new Always(true);
            for (int at = 0; at < 16 && at * 8 < bits; at += 4) {
                int left = bits - at * 8;
                int mask = left >= 32 ? -1 : -1 << (32 - left);
                all = all.and(headers.network(offset + at, BPF_W).masked(mask).is(words.getInt(at)));
            }
            return all;
        };
        return headers.ip6().and(directed(q, field, Headers.IP6_SOURCE, Headers.IP6_DESTINATION));
    }

    /** {@code ether host}. */
    Condition ethernet(Qualifiers q, byte[] address) {
        ByteBuffer bytes = ByteBuffer.wrap(address);
        IntFunction<Condition> field = offset -> headers.ethernet(offset + 2, BPF_W)
                .is(bytes.getInt(2))
                .and(headers.ethernet(offset, BPF_H).is(bytes.getShort(0) & 0xffff));
        return directed(q, field, ETHERNET_SOURCE, 0);
    }

    private static Condition directed(Qualifiers q, IntFunction<Condition> field, int source, int destination) {
        if (q.direction == null) {
            return field.apply(source).or(field.apply(destination));
        }
        return switch (q.direction) {
            case "src" -> field.apply(source);
            case "dst" -> field.apply(destination);
            case "src and dst" -> field.apply(source).and(field.apply(destination));
            default -> field.apply(source).or(field.apply(destination));
        };
    }

    /** {@code port} and {@code portrange}. */
    Condition port(Qualifiers q, int first, int last) {
        List<Integer> protocols = WITH_PORTS;
        if (q.protocol != null) {
            Transport transport = TRANSPORTS.get(q.protocol);
            if (transport == null || !WITH_PORTS.contains(transport.number)) {
                throw new BpfException(q.protocol + " has no ports: tcp, udp and sctp do");
            }
            protocols = List.of(transport.number);
        }
        Condition over4 = any(headers.network(Headers.IP_PROTOCOL, BPF_B), protocols);
        Condition over6 = any(headers.network(Headers.IP6_NEXT, BPF_B), protocols);
        IntFunction<Condition> field4 = offset -> between(headers.transport(offset, BPF_H), first, last);
        IntFunction<Condition> field6 =
                offset -> between(headers.network(Headers.IP6_HEADER + offset, BPF_H), first, last);
        Condition ip = headers.ip().and(over4).and(headers.hasTransport()).and(directed(q, field4, 0, 2));
        Condition ip6 = headers.ip6().and(over6).and(directed(q, field6, 0, 2));
        return ip6.or(ip);
    }

    private static Condition any(Load field, List<Integer> numbers) {
        return numbers.stream().map(field::is).reduce(Condition::or).orElseThrow();
    }

    private static Condition between(Load field, int first, int last) {
        return first == last
                ? field.is(first)
                : new Compare(field, BPF_JGE, new Constant(first))
                        .and(new Not(new Compare(field, BPF_JGT, new Constant(last))));
    }

    /** {@code broadcast} and {@code multicast}, of Ethernet, IPv4 or IPv6. */
    Condition cast(@Nullable String protocol, String kind) {
        boolean multicast = kind.equals("multicast");
        if (protocol == null || protocol.equals("ether")) {
            return multicast
                    ? new Compare(headers.ethernet(0, BPF_B), BPF_JSET, new Constant(1))
                    : ethernet(new Qualifiers("ether", "dst", "host"), new byte[] {-1, -1, -1, -1, -1, -1});
        } else if (multicast && protocol.equals("ip")) {
            Load first = headers.network(Headers.IP_DESTINATION, BPF_B);
            return headers.ip().and(new Compare(first, BPF_JGE, new Constant(MULTICAST_4)));
        } else if (multicast && protocol.equals("ip6")) {
            return headers.ip6()
                    .and(headers.network(Headers.IP6_DESTINATION, BPF_B).is(MULTICAST_6));
        }
        throw new BpfException(protocol + " " + kind + " cannot be told from a packet alone");
    }

    /** What {@code name[offset:size]} reads from, with what has to hold before it is read. */
    record Field(Condition guard, int base, int ipHeader) {}

    /** The header by this name; {@code ether} is whatever comes first. */
    Field header(String name) {
        if (name.equals("ether")) {
            return new Field(new Always(true), 0, -1);
        }
        int network = headers.networkOffset();
        Integer type = NETWORKS.get(name);
        if (type != null) {
            return new Field(headers.etherType(type), network, -1);
        } else if (name.equals("icmp6")) {
            Condition next = headers.network(Headers.IP6_NEXT, BPF_B).is(IPPROTO_ICMPV6);
            return new Field(headers.ip6().and(next), network + Headers.IP6_HEADER, -1);
        }
        Transport transport = TRANSPORTS.get(name);
        if (transport == null) {
            throw new BpfException("there is no header " + name);
        }
        return new Field(headers.ipProtocol(transport.number).and(headers.hasTransport()), network, network);
    }
}
