package io.sockfd.packet;

import io.sockfd.raw.Linux;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What carries packets in packets: MPLS and PPPoE between link and IP, the others over IP. What they carry is for {@link Frame}
 * to walk.
 */
final class Tunnels {
    private static final int MOST_LABELS = 8;

    static final int ETH_P_MPLS = 0x8847;
    private static final int ETH_P_MPLS_UPSTREAM = 0x8848;
    private static final int ETH_P_PPPOE_DISCOVERY = 0x8863;
    static final int ETH_P_PPPOE_SESSION = 0x8864;
    static final int ETH_P_BRIDGED = 0x6558;
    private static final int NONE = -1;

    private final Mpls[] mpls = new Mpls[MOST_LABELS];
    final Pppoe pppoe = new Pppoe();
    final Gre gre = new Gre();
    final Vxlan vxlan = new Vxlan();
    final Geneve geneve = new Geneve();

    int labels;
    boolean hasPppoe;
    /** The header of the tunnel over IP, null for none and for IP in IP. */
    @Nullable
    Header<?> carrier;

    /** What a tunnel over IP carries begins with a header of this link type, or is of this EtherType; -1 for not so. */
    int innerLink = NONE;

    int innerType = NONE;

    Tunnels() {
        for (int i = 0; i < MOST_LABELS; i++) {
            mpls[i] = new Mpls();
        }
    }

    void clear() {
        labels = 0;
        hasPppoe = false;
        carrier = null;
        innerLink = NONE;
        innerType = NONE;
    }

    boolean carriesPacket() {
        return innerLink != NONE || innerType != NONE;
    }

    Mpls label(int index) {
        return mpls[Objects.checkIndex(index, labels)];
    }

    /** Whether the type is of something between link and IP. */
    static boolean isShim(int etherType) {
        return switch (etherType) {
            case ETH_P_MPLS, ETH_P_MPLS_UPSTREAM, ETH_P_PPPOE_DISCOVERY, ETH_P_PPPOE_SESSION -> true;
            default -> false;
        };
    }

    /** Goes past it; the EtherType of what it carries, or -1. */
    int shim(Cursor p, int etherType) {
        if (etherType == ETH_P_MPLS || etherType == ETH_P_MPLS_UPSTREAM) {
            return labels(p);
        }
        hasPppoe = p.enter(pppoe);
        return hasPppoe ? pppoe.etherType() : NONE;
    }

    /** MPLS does not say what it carries: it is told from the first four bits, RFC 4928. */
    private int labels(Cursor p) {
        do {
            if (labels == MOST_LABELS || !p.enter(mpls[labels])) {
                return NONE;
            }
            labels++;
        } while (!mpls[labels - 1].isBottom());
        if (p.offset >= p.limit) {
            p.problem = "what MPLS carries is cut off: there are no bytes";
            return NONE;
        }
        return switch (Bytes.u8(p.b, p.offset) >> 4) {
            case 4 -> Linux.ETH_P_IP;
            case 6 -> Linux.ETH_P_IPV6;
            default -> NONE;
        };
    }

    void overIp(Cursor p, int protocol) {
        switch (protocol) {
            case Linux.IPPROTO_IPIP -> inside(NONE, Linux.ETH_P_IP);
            case Linux.IPPROTO_IPV6 -> inside(NONE, Linux.ETH_P_IPV6);
            case Linux.IPPROTO_GRE -> {
                if (p.enter(gre)) {
                    carrier = gre;
                    carried(gre.protocolType());
                }
            }
            default -> {
                // no tunnel that is known
            }
        }
    }

    /** A wrong guess by the port is no damage: what does not fit is a payload. */
    void overUdp(Cursor p, int port) {
        Header<?> header = switch (port) {
            case Vxlan.PORT, Vxlan.LINUX_PORT -> vxlan;
            case Geneve.PORT -> geneve;
            default -> null;
        };
        if (header == null || p.limit - p.offset < Vxlan.SIZE) {
            return;
        }
        if (!p.enter(header)) {
            p.problem = null;
            return;
        }
        carrier = header;
        if (header == vxlan) {
            inside(LinkType.EN10MB, NONE);
        } else if (!geneve.isControl()) {
            carried(geneve.protocolType());
        }
    }

    private void carried(int type) {
        switch (type) {
            case ETH_P_BRIDGED -> inside(LinkType.EN10MB, NONE);
            case Linux.ETH_P_IP, Linux.ETH_P_IPV6, Linux.ETH_P_ARP, ETH_P_MPLS -> inside(NONE, type);
            default -> {
                // a protocol that is not known here
            }
        }
    }

    private void inside(int linkType, int etherType) {
        innerLink = linkType;
        innerType = etherType;
    }

    void describeShims(StringBuilder out) {
        if (labels > 0) {
            out.append("MPLS ");
            for (int i = 0; i < labels; i++) {
                mpls[i].describe(out);
            }
            out.append(' ');
        }
        if (hasPppoe) {
            pppoe.describe(out);
            out.append(' ');
        }
    }

    void describeCarrier(StringBuilder out) {
        if (carrier == gre) {
            gre.describe(out);
        } else if (carrier == vxlan) {
            vxlan.describe(out);
        } else if (carrier == geneve) {
            geneve.describe(out);
        }
    }
}
