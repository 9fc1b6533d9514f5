package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Always;
import io.sockfd.bpf.Condition.Value;
import java.util.List;
import java.util.stream.Stream;

/** The conditions by which a link layer tells what it carries. */
final class LinkTypes {
    /** The largest number in place of a type that is a length. */
    static final int LONGEST = 1500;

    static final int SAP_ISO = 0xfe;
    static final int SAP_IP = 0x06;
    static final int SAP_NETBEUI = 0xf0;
    static final int SAP_IPX = 0xe0;
    static final int SAP_STP = 0x42;
    static final int ATALK = 0x809b;
    static final int AARP = 0x80f3;
    private static final int IPX = 0x8137;
    private static final int SNAP = 0xaaaa0300;
    private static final int COOKED_802_3 = 1;
    private static final int COOKED_802_2 = 4;
    /** AF_INET6 of Linux, of NetBSD and OpenBSD, of FreeBSD, of Darwin. */
    private static final List<Integer> FAMILIES_6 = List.of(AF_INET6, 24, 28, 30);

    private final Link link;

    LinkTypes(Link link) {
        this.link = link;
    }

    /** That the link carries this: an Ethernet type, or a service access point of LLC up to 1500. */
    Condition carries(int type) {
        return switch (link.types()) {
            case ETHERNET ->
                overEthernet(type, link.type().test(BPF_JGT, LONGEST).not());
            case COOKED -> cooked(type);
            case NUMBER -> link.type().is(type);
            case HDLC -> link.type().is(type == SAP_ISO ? SAP_ISO << 8 | SAP_ISO : type);
            case PPP -> link.type().is(ppp(type));
            case FAMILY -> family(type == ETH_P_IP ? List.of(AF_INET) : type == ETH_P_IPV6 ? FAMILIES_6 : List.of());
            case IP_VERSION -> version(type);
            case IPV4 -> new Always(type == ETH_P_IP);
            case IPV6 -> new Always(type == ETH_P_IPV6);
            case LABEL -> label(type);
            case SOCKET -> new Value.Extended(Extension.PROTO).is(type);
        };
    }

    private Condition overEthernet(int type, Condition isLength) {
        return switch (type) {
            case SAP_ISO, SAP_IP, SAP_NETBEUI ->
                isLength.and(link.payload(0, BPF_H).is(type << 8 | type));
            case SAP_IPX ->
                link.type()
                        .is(IPX)
                        .or(isLength.and(snap(0, IPX)
                                .or(link.payload(0, BPF_B).is(SAP_IPX))
                                .or(link.payload(0, BPF_H).is(0xffff))));
            case ATALK -> link.type().is(ATALK).or(isLength.and(snap(0x080007, ATALK)));
            case AARP -> link.type().is(AARP).or(isLength.and(snap(0, AARP)));
            default ->
                type <= LONGEST && type >= 0
                        ? isLength.and(link.payload(0, BPF_B).is(type))
                        : link.type().is(type);
        };
    }

    private Condition cooked(int type) {
        Condition llc = link.type().is(COOKED_802_2);
        return switch (type) {
            case SAP_ISO, SAP_IP, SAP_NETBEUI -> overEthernet(type, llc);
            case SAP_IPX ->
                link.type()
                        .is(IPX)
                        .or(link.type().is(COOKED_802_3))
                        .or(llc.and(link.payload(0, BPF_B).is(SAP_IPX).or(snap(0, IPX))));
            default -> overEthernet(type, llc);
        };
    }

    private Condition snap(int organization, int type) {
        Condition protocol = link.payload(4, BPF_W).is(organization << 16 | type);
        return protocol.and(link.payload(0, BPF_W).is(SNAP | organization >>> 16));
    }

    private static int ppp(int type) {
        return switch (type) {
            case ETH_P_IP -> 0x21;
            case ETH_P_IPV6 -> 0x57;
            case 0x6003 -> 0x27;
            case ATALK -> 0x29;
            case 0x0600 -> 0x25;
            case SAP_ISO -> 0x23;
            case SAP_STP -> 0x31;
            case SAP_IPX -> 0x2b;
            default -> type;
        };
    }

    /** In either byte order: what was written on another machine is not told apart. */
    private static Condition family(List<Integer> families) {
        Value word = Value.at(0, BPF_W);
        return families.stream()
                .flatMap(family -> Stream.of(word.is(family), word.is(Integer.reverseBytes(family))))
                .reduce(new Always(false), Condition::or);
    }

    private Condition version(int type) {
        int version = type == ETH_P_IP ? 0x40 : type == ETH_P_IPV6 ? 0x60 : 0;
        return version == 0
                ? new Always(false)
                : link.network(0, BPF_B).masked(0xf0).is(version);
    }

    private Condition label(int type) {
        if (type != ETH_P_IP && type != ETH_P_IPV6) {
            throw new BpfException("behind mpls only ip and ip6 can be told");
        }
        return link.network(-2, BPF_B).masked(1).is(1).and(version(type));
    }

    /** Asks for LLC, or for a field of it. */
    Condition llc() {
        if (!link.isEthernet()) {
            throw new BpfException("llc is not supported on this link type, " + link.framing());
        }
        return link.type()
                .test(BPF_JGT, LONGEST)
                .not()
                .and(link.payload(0, BPF_H).is(0xffff).not());
    }

    /** LLC with this kind of frame. */
    Condition llc(String kind) {
        Value control = link.payload(2, BPF_B);
        int unnumbered = switch (kind) {
            case "ui" -> 0x03;
            case "ua" -> 0x63;
            case "disc" -> 0x43;
            case "dm" -> 0x0f;
            case "sabme" -> 0x6f;
            case "test" -> 0xe3;
            case "xid" -> 0xaf;
            case "frmr" -> 0x87;
            default -> -1;
        };
        if (unnumbered >= 0) {
            return llc().and(control.masked(0xef).is(unnumbered));
        }
        return switch (kind) {
            case "i" -> llc().and(control.test(BPF_JSET, 1).not());
            case "s" -> llc().and(control.masked(3).is(1));
            case "u" -> llc().and(control.masked(3).is(3));
            case "rr" -> llc().and(control.masked(0xf).is(1));
            case "rnr" -> llc().and(control.masked(0xf).is(5));
            case "rej" -> llc().and(control.masked(0xf).is(9));
            default ->
                throw new BpfException("llc knows i, s, u, rr, rnr, rej, ui, ua, disc, dm, sabme, test, xid and frmr,"
                        + " and not " + kind);
        };
    }
}
