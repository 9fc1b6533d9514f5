package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Set;
import io.sockfd.bpf.Condition.Value;
import io.sockfd.bpf.Condition.Value.Constant;
import io.sockfd.bpf.Condition.Value.Extended;
import io.sockfd.bpf.Condition.Value.Load;
import io.sockfd.bpf.Condition.Value.Variable;
import java.util.List;
import java.util.function.Function;

/** VLAN tags, MPLS, PPPoE, Geneve and VXLAN: what comes after them in the text looks behind them in the packet. */
final class Encapsulations {
    /** For any tag, label, session or network. */
    static final int ANY = -1;

    private static final int VLAN_MOST = 0xfff;
    private static final int LABEL_MOST = 0xf_ffff;
    private static final int SESSION_MOST = 0xffff;
    private static final int NETWORK_MOST = 0xff_ffff;
    private static final int MPLS = 0x8847;
    private static final int PPP_MPLS = 0x281;
    private static final int PPPOE_DISCOVERY = 0x8863;
    private static final int PPPOE_SESSION = 0x8864;
    private static final int PPPOE_BYTES = 6;
    private static final int UDP_BYTES = 8;
    private static final int GENEVE_PORT = 6081;
    private static final int GENEVE_FRAME = 0x6558;
    private static final int VXLAN_PORT = 4789;
    private static final int VXLAN_BYTES = 8;
    private static final int MAC_BYTES = 12;
    /** The types of tags that libpcap takes too; the last is older than IEEE 802.1ad. */
    private static final List<Integer> TAGS = List.of(ETH_P_8021Q, ETH_P_8021AD, 0x9100);

    private final Link link;
    private final LinkTypes types;

    Encapsulations(Link link, LinkTypes types) {
        this.link = link;
        this.types = types;
    }

    private static void require(int number, int most, String what) {
        if (number != ANY && Integer.compareUnsigned(number, most) > 0) {
            throw new BpfException(what + " is a number up to " + most + ": " + Integer.toUnsignedString(number));
        }
    }

    private BpfException unsupported(String word) {
        return new BpfException(word + " is not supported on this link type, " + link.types());
    }

    /** {@code vlan}. */
    Condition vlan(int id) {
        if (link.isLabelled()) {
            throw new BpfException("there is no vlan behind mpls");
        } else if (!link.isEthernet()) {
            throw unsupported("vlan");
        }
        require(id, VLAN_MOST, "a VLAN");
        if (link.takeTagOutside()) {
            Condition there = new Extended(Extension.VLAN_AVAIL).is(1);
            return id == ANY
                    ? there
                    : there.and(
                            new Extended(Extension.VLAN_TCI).masked(VLAN_MOST).is(id));
        }
        Condition there =
                TAGS.stream().map(types::carries).reduce(Condition::or).orElseThrow();
        Condition right = link.payload(0, BPF_H).masked(VLAN_MOST).is(id);
        link.skipTag();
        return id == ANY ? there : there.and(right);
    }

    /** {@code mpls}. */
    Condition mpls(int label) {
        Condition there = switch (link.types()) {
            case LABEL -> link.network(-2, BPF_B).test(BPF_JSET, 1).not();
            case ETHERNET, HDLC -> types.carries(MPLS);
            case PPP -> {
                if (!link.isPlainPpp()) {
                    throw unsupported("mpls");
                }
                yield types.carries(PPP_MPLS);
            }
            default -> throw unsupported("mpls");
        };
        require(label, LABEL_MOST, "a label of MPLS");
        Condition right = link.network(0, BPF_W).masked(0xfffff000).is(label << 12);
        link.skipLabel();
        return label == ANY ? there : there.and(right);
    }

    /** {@code pppoed}. */
    Condition discovery() {
        return types.carries(PPPOE_DISCOVERY);
    }

    /** {@code pppoes}. */
    Condition session(int id) {
        require(id, SESSION_MOST, "a session of PPPoE");
        Condition there = types.carries(PPPOE_SESSION);
        Condition right = link.network(0, BPF_W).masked(0xffff).is(id);
        link.enterPpp(PPPOE_BYTES);
        return id == ANY ? there : there.and(right);
    }

    /** {@code geneve}; a frame or a packet is inside. */
    Condition geneve(int network) {
        require(network, NETWORK_MOST, "a network of Geneve");
        Set begin = link.set(new Constant(0));
        Variable base = new Variable(begin.variable());
        Function<Value, Condition> version = header ->
                new Load(index(header), constant(header), BPF_B).masked(0xc0).is(0);
        Condition there = overUdp(begin, GENEVE_PORT, network, version);
        Value options = new Load(base, 0, BPF_B).masked(0x3f).with(BPF_MUL, 4);
        Set header = link.set(options.with(BPF_ADD, UDP_BYTES).plus(base));
        Variable inner = new Variable(header.variable());
        Condition isFrame = new Load(base, 2, BPF_H).is(GENEVE_FRAME);
        Set type = link.set(inner.with(BPF_ADD, MAC_BYTES));
        Set payload = link.set(inner.with(BPF_ADD, MAC_BYTES + 2));
        Condition frame = isFrame.and(type).and(payload);
        Condition packet = new Set(type.variable(), base.with(BPF_ADD, 2)).and(new Set(payload.variable(), inner));
        link.enterTunnel(new Variable(type.variable()), inner, new Variable(payload.variable()));
        return there.and(header).and(frame.or(packet));
    }

    /** {@code vxlan}, which the libpcap of 2024 has; a frame is inside. */
    Condition vxlan(int network) {
        require(network, NETWORK_MOST, "a network of VXLAN");
        Set begin = link.set(new Constant(0));
        Function<Value, Condition> flags = header ->
                new Load(index(header), constant(header), BPF_B).masked(0x08).is(0x08);
        Condition there = overUdp(begin, VXLAN_PORT, network, flags);
        Set header = link.set(new Variable(begin.variable()).with(BPF_ADD, VXLAN_BYTES));
        link.enterFrame(new Variable(header.variable()));
        return there.and(header);
    }

    private static Value index(Value place) {
        return place instanceof Load load ? load.index() : place;
    }

    private static int constant(Value place) {
        return place instanceof Load load ? load.k() : 0;
    }

    /** UDP over IPv4 or IPv6 to this port, and the number of 24 bits behind the fourth byte of the header; sets where. */
    private Condition overUdp(Set begin, int port, int network, Function<Value, Condition> check) {
        Ports ports = new Ports(link, types);
        Load over4 = (Load) link.transport(UDP_BYTES, BPF_B);
        Load over6 = (Load) link.network(Ports.IP6_HEADER + UDP_BYTES, BPF_B);
        Qualifiers udp = new Qualifiers("udp", "dst", "port");
        return ports.over4(udp, port, port)
                .and(inner(begin, over4, network, check))
                .or(ports.over6(udp, port, port).and(inner(begin, over6, network, check)));
    }

    private static Condition inner(Set begin, Load at, int network, Function<Value, Condition> check) {
        Condition right = network == ANY
                ? new Condition.Always(true)
                : new Load(at.index(), at.k() + 4, BPF_W).masked(0xffffff00).is(network << 8);
        Value place = at.index() instanceof Constant
                ? new Constant(at.k())
                : at.index().with(BPF_ADD, at.k());
        return check.apply(at).and(right).and(new Set(begin.variable(), place));
    }
}
