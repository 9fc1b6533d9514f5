package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Value;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** {@code port} and {@code portrange}. */
final class Ports {
    static final int IP_FRAGMENT = 6;
    static final int IP_PROTOCOL = 9;
    static final int IP6_NEXT = 6;
    static final int IP6_HEADER = 40;
    private static final int OFFSET_BITS = 0x1fff;
    private static final int MOST = 0xffff;

    private static final Map<String, Integer> PROTOCOLS =
            Map.of("tcp", IPPROTO_TCP, "udp", IPPROTO_UDP, "sctp", IPPROTO_SCTP);
    private static final List<Integer> ALL = List.of(IPPROTO_SCTP, IPPROTO_TCP, IPPROTO_UDP);

    private final Link link;
    private final LinkTypes types;

    Ports(Link link, LinkTypes types) {
        this.link = link;
        this.types = types;
    }

    /** A port, or all from the first to the last. */
    Condition numbers(Qualifiers q, int first, int last) {
        if (q.protocol() != null && !PROTOCOLS.containsKey(q.protocol())) {
            throw new BpfException(q.protocol() + " has no ports: tcp, udp and sctp do");
        }
        for (int port : new int[] {first, last}) {
            if (port < 0 || port > MOST) {
                throw new BpfException("a port is at most 65535: " + Integer.toUnsignedString(port));
            }
        }
        q.requirePlainDirection();
        Condition ip6 = over6(q, Math.min(first, last), Math.max(first, last));
        return ip6.or(over4(q, Math.min(first, last), Math.max(first, last)));
    }

    /** A port or a range by the name of the service, which may be of one protocol only. */
    Condition named(Qualifiers q, String name) {
        boolean range = "portrange".equals(q.type());
        int hyphen = range ? name.indexOf('-') : -1;
        String begin = hyphen < 0 ? name : name.substring(0, hyphen);
        FilterNames.Service first = FilterNames.service(begin, name);
        FilterNames.Service last = hyphen < 0 ? first : FilterNames.service(name.substring(hyphen + 1), name);
        String of = first.protocol().equals(last.protocol()) ? first.protocol() : "";
        String wanted = q.protocol();
        if (range && hyphen < 0) {
            throw new BpfException("portrange takes FIRST-LAST, or a number: " + name);
        } else if (wanted != null && !range && !of.isEmpty() && !wanted.equals(of)) {
            throw new BpfException(name + " is a port of " + of + ", not of " + wanted);
        }
        String protocol = wanted == null && !of.isEmpty() ? of : wanted;
        return numbers(new Qualifiers(protocol, q.direction(), q.type()), first.port(), last.port());
    }

    private static List<Integer> protocols(Qualifiers q) {
        return q.protocol() == null ? ALL : List.of(PROTOCOLS.getOrDefault(q.protocol(), -1));
    }

    Condition over4(Qualifiers q, int first, int last) {
        IntFunction<Condition> field = offset -> between(link.transport(offset, BPF_H), first, last);
        Condition protocol = any(link.network(IP_PROTOCOL, BPF_B), protocols(q));
        return types.carries(ETH_P_IP).and(protocol).and(hasTransport()).and(directed(q, field, 0, 2));
    }

    Condition over6(Qualifiers q, int first, int last) {
        IntFunction<Condition> field = offset -> between(link.network(IP6_HEADER + offset, BPF_H), first, last);
        Condition protocol = any(link.network(IP6_NEXT, BPF_B), protocols(q));
        return types.carries(ETH_P_IPV6).and(protocol).and(directed(q, field, 0, 2));
    }

    /** No later fragment of an IPv4 packet, so that its transport header is there. */
    Condition hasTransport() {
        return link.network(IP_FRAGMENT, BPF_H).test(BPF_JSET, OFFSET_BITS).not();
    }

    /** The field of the source, of the destination, of one of them or of both. */
    static Condition directed(Qualifiers q, IntFunction<Condition> field, int source, int destination) {
        if (q.direction() == null) {
            return field.apply(source).or(field.apply(destination));
        }
        return switch (q.direction()) {
            case "src" -> field.apply(source);
            case "dst" -> field.apply(destination);
            case "src and dst" -> field.apply(source).and(field.apply(destination));
            default -> field.apply(source).or(field.apply(destination));
        };
    }

    private static Condition any(Value field, List<Integer> numbers) {
        return numbers.stream().map(field::is).reduce(Condition::or).orElseThrow();
    }

    private static Condition between(Value field, int first, int last) {
        return first == last
                ? field.is(first)
                : field.test(BPF_JGE, first).and(field.test(BPF_JGT, last).not());
    }
}
