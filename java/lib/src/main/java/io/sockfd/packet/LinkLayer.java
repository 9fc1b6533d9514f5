package io.sockfd.packet;

import io.sockfd.raw.Linux;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The first headers of a frame: the one that its link type says, VLAN tags, and LLC. They end with an EtherType. */
final class LinkLayer {
    /** No EtherType: the walk ends here, for damage or for want of one. */
    static final int NONE = -1;

    private static final int MOST_TAGS = 4;

    final Ethernet ethernet = new Ethernet();
    final LinuxSll sll = new LinuxSll();
    final LinuxSll2 sll2 = new LinuxSll2();
    final Llc llc = new Llc();
    private final Vlan[] tags = {new Vlan(), new Vlan(), new Vlan(), new Vlan()};

    /** Null while the frame has none that is shown. */
    @Nullable
    Header<?> header;

    boolean hasLlc;
    int vlans;
    /** The last one that was found. */
    int etherType = NONE;

    void clear() {
        header = null;
        hasLlc = false;
        vlans = 0;
        etherType = NONE;
    }

    Vlan vlan(int index) {
        return tags[Objects.checkIndex(index, vlans)];
    }

    /** Goes past the header of a link type; the EtherType of what it carries, or {@link #NONE}. */
    int enter(Cursor p, int linkType) {
        switch (linkType) {
            case LinkType.EN10MB -> {
                return enter(p, ethernet) ? ethernet.etherType() : NONE;
            }
            case LinkType.LINUX_SLL -> {
                return enter(p, sll) ? sll.protocol() : NONE;
            }
            case LinkType.LINUX_SLL2 -> {
                return enter(p, sll2) ? sll2.protocol() : NONE;
            }
            case LinkType.NULL, LinkType.LOOP -> {
                return loopback(p, linkType);
            }
            case LinkType.PPP, LinkType.PPP_HDLC -> {
                return ppp(p, 2);
            }
            case LinkType.PPP_ETHER -> {
                return ppp(p, Pppoe.SIZE);
            }
            case LinkType.C_HDLC -> {
                return hdlc(p);
            }
            case LinkType.RAW -> {
                return version(p);
            }
            case LinkType.IPV4 -> {
                return Linux.ETH_P_IP;
            }
            case LinkType.IPV6 -> {
                return Linux.ETH_P_IPV6;
            }
            default -> {
                p.problem = "the link type " + LinkType.name(linkType) + " is not known";
                return NONE;
            }
        }
    }

    private boolean enter(Cursor p, Header<?> first) {
        boolean whole = p.enter(first);
        header = whole ? first : null;
        return whole;
    }

    /** The protocol of PPP comes behind so many bytes. */
    private static int ppp(Cursor p, int before) {
        if (p.limit - p.offset < before + 2) {
            p.problem = "PPP is cut off: it takes " + (before + 2) + " bytes, and there are " + (p.limit - p.offset);
            return NONE;
        }
        int type = Pppoe.etherType(Bytes.u16(p.b, p.offset + before));
        p.offset += before + 2;
        return type;
    }

    private static int hdlc(Cursor p) {
        if (p.limit - p.offset < Integer.BYTES) {
            p.problem = "HDLC is cut off: it takes 4 bytes, and there are " + (p.limit - p.offset);
            return NONE;
        }
        p.offset += Integer.BYTES;
        return Bytes.u16(p.b, p.offset - 2);
    }

    private static int loopback(Cursor p, int linkType) {
        if (p.limit - p.offset < Integer.BYTES) {
            p.problem =
                    LinkType.name(linkType) + " is cut off: it takes 4 bytes, and there are " + (p.limit - p.offset);
            return NONE;
        }
        int family = Bytes.i32(p.b, p.offset);
        // the numbers are small: what is large was written by a machine of the other order
        family = family >>> 16 != 0 ? Integer.reverseBytes(family) : family;
        p.offset += Integer.BYTES;
        return switch (family) {
            case Linux.AF_INET -> Linux.ETH_P_IP;
            case Linux.AF_INET6, 24, 28, 30 -> Linux.ETH_P_IPV6; // NetBSD and OpenBSD, FreeBSD, Darwin
            default -> {
                p.problem = "the address family " + family + " is not known";
                yield NONE;
            }
        };
    }

    private static int version(Cursor p) {
        if (p.limit == p.offset) {
            p.problem = "there are no bytes";
            return NONE;
        }
        int version = Bytes.u8(p.b, p.offset) >> 4;
        return switch (version) {
            case 4 -> Linux.ETH_P_IP;
            case 6 -> Linux.ETH_P_IPV6;
            default -> {
                p.problem = "IP has version " + version;
                yield NONE;
            }
        };
    }

    /** Goes past tags and LLC from the first EtherType on; whether {@link #etherType} is of what comes now. */
    boolean pastTags(Cursor p, int type) {
        etherType = type;
        while (Ethernet.isTag(etherType) && vlans < MOST_TAGS) {
            if (!p.enter(tags[vlans])) {
                return false;
            }
            etherType = tags[vlans++].etherType();
        }
        return !isLlc() || pastLlc(p);
    }

    /** An 802.3 frame has its length where others have the type; a cooked capture has a number for LLC. */
    private boolean isLlc() {
        return header == ethernet
                ? etherType >= Llc.SIZE && etherType <= Llc.MOST
                : header != null && etherType == Linux.ETH_P_802_2;
    }

    /** Whether a type was found behind LLC. */
    private boolean pastLlc(Cursor p) {
        if (header == ethernet && etherType < p.limit - p.offset) {
            p.limit = p.offset + etherType; // the rest is padding
            p.cut = 0;
        }
        hasLlc = p.enter(llc);
        if (!hasLlc || !llc.isSnap() || llc.organization() != 0) {
            return false;
        }
        etherType = llc.type();
        return true;
    }
}
