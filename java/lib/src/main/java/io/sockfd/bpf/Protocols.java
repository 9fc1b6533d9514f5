package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Always;
import io.sockfd.bpf.Condition.Set;
import io.sockfd.bpf.Condition.Value;
import io.sockfd.bpf.Condition.Value.Constant;
import io.sockfd.bpf.Condition.Value.Load;
import io.sockfd.bpf.Condition.Value.Variable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Protocols by their names and by {@code proto} and {@code protochain}. */
final class Protocols {
    /** How many headers {@code protochain} looks behind; libpcap's program loops, which the kernel refuses. */
    static final int LONGEST_CHAIN = 10;

    /** The Ethernet type of the configuration testing protocol. */
    private static final int LOOPBACK = 0x9000;

    /** Over IP, with where they are looked for: null is IPv4 and IPv6. */
    private record OverIp(int number, @Nullable String ip) {}

    private static final Map<String, OverIp> OVER_IP = Map.ofEntries(
            Map.entry("tcp", new OverIp(IPPROTO_TCP, null)),
            Map.entry("udp", new OverIp(IPPROTO_UDP, null)),
            Map.entry("sctp", new OverIp(IPPROTO_SCTP, null)),
            Map.entry("ah", new OverIp(IPPROTO_AH, null)),
            Map.entry("esp", new OverIp(IPPROTO_ESP, null)),
            Map.entry("pim", new OverIp(IPPROTO_PIM, null)),
            Map.entry("icmp", new OverIp(IPPROTO_ICMP, "ip")),
            Map.entry("igmp", new OverIp(IPPROTO_IGMP, "ip")),
            Map.entry("igrp", new OverIp(9, "ip")),
            Map.entry("vrrp", new OverIp(112, "ip")),
            Map.entry("carp", new OverIp(112, "ip")),
            Map.entry("icmp6", new OverIp(IPPROTO_ICMPV6, "ip6")));

    private static final Map<String, Integer> TYPES = Map.ofEntries(
            Map.entry("ip", ETH_P_IP),
            Map.entry("ip6", ETH_P_IPV6),
            Map.entry("arp", ETH_P_ARP),
            Map.entry("rarp", ETH_P_RARP),
            Map.entry("atalk", LinkTypes.ATALK),
            Map.entry("aarp", LinkTypes.AARP),
            Map.entry("decnet", 0x6003),
            Map.entry("lat", 0x6004),
            Map.entry("sca", 0x6007),
            Map.entry("moprc", 0x6002),
            Map.entry("mopdl", 0x6001),
            Map.entry("iso", LinkTypes.SAP_ISO),
            Map.entry("stp", LinkTypes.SAP_STP),
            Map.entry("ipx", LinkTypes.SAP_IPX),
            Map.entry("netbeui", LinkTypes.SAP_NETBEUI));

    private static final Map<String, Integer> ISO = Map.of("clnp", 0x81, "esis", 0x82, "isis", 0x83);

    /** The packets of IS-IS: IIH 15 to 17, LSP 18 and 20, CSNP 24 and 25, PSNP 26 and 27. */
    private static final Map<String, List<Integer>> ISIS = Map.of(
            "l1", List.of(26, 24, 18, 15, 17),
            "l2", List.of(27, 25, 20, 16, 17),
            "iih", List.of(17, 15, 16),
            "lsp", List.of(18, 20),
            "snp", List.of(27, 26, 24, 25),
            "csnp", List.of(24, 25),
            "psnp", List.of(26, 27));

    private final Link link;
    private final LinkTypes types;

    Protocols(Link link, LinkTypes types) {
        this.link = link;
        this.types = types;
    }

    /** A protocol by its name alone. */
    Condition named(String name) {
        Integer type = TYPES.get(name);
        OverIp overIp = OVER_IP.get(name);
        if (type != null) {
            return types.carries(type);
        } else if (overIp != null) {
            return numbered(overIp.ip, overIp.number);
        } else if (ISO.containsKey(name)) {
            return numbered("iso", ISO.getOrDefault(name, 0));
        } else if (ISIS.containsKey(name)) {
            return ISIS.getOrDefault(name, List.of()).stream()
                    .map(number -> numbered("isis", number))
                    .reduce(Condition::or)
                    .orElseThrow();
        } else if (name.equals("radio")) {
            throw new BpfException("radio is supported on radiotap only");
        }
        throw new BpfException(name + " alone says nothing: add host, src, dst, proto, broadcast or multicast");
    }

    /** {@code proto}. */
    Condition numbered(@Nullable String of, int number) {
        if (of == null) {
            return over4(number).or(over6(number));
        } else if (FilterWords.LINK.contains(of)) {
            return types.carries(number);
        }
        return switch (of) {
            case "ip" -> over4(number);
            case "ip6" -> over6(number);
            case "iso" -> types.carries(LinkTypes.SAP_ISO).and(iso(0).is(number));
            case "isis" -> numbered("iso", 0x83).and(iso(4).is(number));
            default -> throw new BpfException(of + " has no proto: ether, ip, ip6, iso and isis do");
        };
    }

    /** Bytes of a header of OSI, which follows LLC without SNAP. */
    private Value iso(int offset) {
        int llc = switch (link.types()) {
            case ETHERNET -> 3;
            case HDLC -> 1;
            default -> 0;
        };
        return link.payload(llc + offset, BPF_B);
    }

    private Condition over4(int number) {
        return types.carries(ETH_P_IP)
                .and(link.network(Ports.IP_PROTOCOL, BPF_B).is(number));
    }

    /** Directly behind the fixed header, or behind a fragment header there; no other extension header is looked into. */
    private Condition over6(int number) {
        Value next = link.network(Ports.IP6_NEXT, BPF_B);
        Condition fragment = next.is(IPPROTO_FRAGMENT)
                .and(link.network(Ports.IP6_HEADER, BPF_B).is(number));
        return types.carries(ETH_P_IPV6).and(next.is(number).or(fragment));
    }

    /** A protocol's number by its name. */
    static int number(Qualifiers q, String name) {
        String of = q.protocol();
        int number;
        if (q.isLink()) {
            number = name.equals("loopback") ? LOOPBACK : TYPES.getOrDefault(name, -1);
        } else if ("iso".equals(of)) {
            number = ISO.getOrDefault(name, -1);
        } else if (of == null || of.equals("ip") || of.equals("ip6")) {
            number = FilterNames.protocol(name);
        } else {
            throw new BpfException(of + " has no proto: ether, ip, ip6, iso and isis do");
        }
        if (number < 0) {
            throw new BpfException(
                    "no protocol of this name is known" + (of == null ? "" : " for " + of) + ": " + name);
        }
        return number;
    }

    /** {@code protochain}: the protocol behind extension headers and authentication headers. */
    Condition chain(@Nullable String of, int number) {
        if (of == null) {
            return chain("ip", number).or(chain("ip6", number));
        }
        Link.Place network = link.network();
        return switch (of) {
            case "ip" -> {
                Set next = link.set(link.network(Ports.IP_PROTOCOL, BPF_B));
                Set at = link.set(link.transport(new Constant(0)));
                yield types.carries(ETH_P_IP).and(next).and(at).and(link(number, next, at, network, false, 0));
            }
            case "ip6" -> {
                Set next = link.set(link.network(Ports.IP6_NEXT, BPF_B));
                Set at = link.set(network.from().plus(new Constant(Ports.IP6_HEADER)));
                yield types.carries(ETH_P_IPV6).and(next).and(at).and(link(number, next, at, network, true, 0));
            }
            default -> throw new BpfException(of + " has no protochain: ip and ip6 do");
        };
    }

    private Condition link(int number, Set next, Set at, Link.Place network, boolean extensions, int depth) {
        Value protocol = new Variable(next.variable());
        Variable index = new Variable(at.variable());
        Condition here = protocol.is(number);
        if (depth == LONGEST_CHAIN) {
            return here;
        }
        Set following = link.set(new Load(index, network.constant(), BPF_B));
        Value length = new Load(index, network.constant() + 1, BPF_B);
        Set behind = link.set(index.plus(length.with(BPF_ADD, 2).with(BPF_MUL, 4)));
        Condition step = protocol.is(IPPROTO_AH).and(following).and(behind);
        if (extensions) {
            Condition extension = List.of(IPPROTO_HOPOPTS, IPPROTO_DSTOPTS, IPPROTO_ROUTING, IPPROTO_FRAGMENT).stream()
                    .map(protocol::is)
                    .reduce(Condition::or)
                    .orElseThrow();
            Value units = length.with(BPF_ADD, 1).with(BPF_MUL, 8);
            step = extension
                    .and(following)
                    .and(new Set(behind.variable(), index.plus(units)))
                    .or(step);
        }
        return here.or(step.and(link(number, following, behind, network, extensions, depth + 1)));
    }

    /** What {@code name[offset:size]} reads from, with what has to hold before it is read. */
    record Field(Condition guard, Value index, int k) {}

    /** The header by this name; {@code ether} is whatever comes first. */
    Field field(String name, Value offset) {
        if (FilterWords.LINK.contains(name)) {
            return new Field(
                    new Always(true),
                    offset.plus(link.header().from()),
                    link.header().constant());
        }
        Link.Place network = link.network();
        OverIp overIp = OVER_IP.get(name);
        if (name.equals("icmp6")) {
            Condition next = link.network(Ports.IP6_NEXT, BPF_B).is(IPPROTO_ICMPV6);
            Condition guard = types.carries(ETH_P_IPV6).and(next);
            return new Field(guard, offset.plus(network.from()), network.constant() + Ports.IP6_HEADER);
        } else if (overIp != null && !List.of("ah", "esp").contains(name)) {
            Condition guard = named(name).and(new Ports(link, types).hasTransport());
            return new Field(types.carries(ETH_P_IP).and(guard), link.transport(offset), network.constant());
        } else if (TYPES.containsKey(name)
                && !List.of("iso", "stp", "ipx", "netbeui").contains(name)) {
            return new Field(named(name), offset.plus(network.from()), network.constant());
        } else if (name.equals("radio")) {
            throw new BpfException("radio is supported on radiotap only");
        }
        throw new BpfException("the bytes of " + name + " cannot be asked for");
    }
}
