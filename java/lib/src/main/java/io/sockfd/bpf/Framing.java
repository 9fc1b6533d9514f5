package io.sockfd.bpf;

import io.sockfd.packet.LinkType;

/** What the first byte of a packet belongs to, for {@link FilterExpression}. */
public enum Framing {
    /** Ethernet frames with VLAN tags in them, as in files: LINKTYPE_ETHERNET. */
    ETHERNET(Types.ETHERNET, 12, 14),
    /**
     * Ethernet frames as a socket of PACKET and RAW gets them: the kernel has taken the outermost VLAN tag out, and the
     * filter asks for it. Only sockets of ETH_P_ALL are told of that tag; for those of one protocol it is cleared.
     * Without {@code vlan}, {@code inbound}, {@code outbound} and {@code ifindex} in the expression the program is that
     * of {@link #ETHERNET}.
     */
    PACKET_RAW(Types.ETHERNET, 12, 14),
    /** What a socket of PACKET and DGRAM gets: it begins with the network header, and the kernel knows its protocol. */
    PACKET_DGRAM(Types.SOCKET, 0, 0),
    /** What a socket of PACKET and RAW gets where there is no link header, as on TUN interfaces: IPv4 or IPv6 at once. */
    PACKET_IP(Types.IP_VERSION, 0, 0),
    /** IPv4 or IPv6 without anything before it: raw sockets, LINKTYPE_RAW. */
    RAW_IP(Types.IP_VERSION, 0, 0),
    /** IPv4 without anything before it: LINKTYPE_IPV4. */
    IPV4(Types.IPV4, 0, 0),
    /** IPv6 without anything before it: LINKTYPE_IPV6. */
    IPV6(Types.IPV6, 0, 0),
    /** BSD's loopback: the address family in 4 bytes, in the order of the machine that wrote it: LINKTYPE_NULL. */
    NULL(Types.FAMILY, 0, 4),
    /** The same in network byte order: LINKTYPE_LOOP. */
    LOOP(Types.FAMILY, 0, 4),
    /** What libpcap writes for a capture of all interfaces: LINKTYPE_LINUX_SLL. */
    LINUX_SLL(Types.COOKED, 14, 16),
    /** The newer form of it: LINKTYPE_LINUX_SLL2. */
    LINUX_SLL2(Types.NUMBER, 0, 20),
    /** PPP with its address and control bytes: LINKTYPE_PPP. */
    PPP(Types.PPP, 2, 4),
    /** PPP over a serial line, or Cisco's HDLC there: LINKTYPE_PPP_HDLC. */
    PPP_HDLC(Types.PPP, 2, 4),
    /** PPP behind the header of PPPoE: LINKTYPE_PPP_ETHER. */
    PPP_ETHER(Types.PPP, 6, 8),
    /** Cisco's HDLC: LINKTYPE_C_HDLC. */
    C_HDLC(Types.HDLC, 2, 4);

    /** How a packet tells of what network protocol it is. */
    enum Types {
        /** A type, or a length with LLC behind it. */
        ETHERNET,
        /** As Ethernet, with numbers of Linux for LLC and the like. */
        COOKED,
        /** A type, for all of them. */
        NUMBER,
        HDLC,
        PPP,
        /** An address family. */
        FAMILY,
        /** The version in the first byte of the network header. */
        IP_VERSION,
        IPV4,
        IPV6,
        /** By the last label of MPLS and the version behind it. */
        LABEL,
        /** The kernel knows. */
        SOCKET
    }

    final Types types;

    /** Where the type is. */
    final int type;

    /** Where the network header begins. */
    final int network;

    Framing(Types types, int type, int network) {
        this.types = types;
        this.type = type;
        this.network = network;
    }

    /**
     * Of the packets of a capture file.
     *
     * @param linkType a number of {@link LinkType}
     * @throws BpfException when filters do not know where the headers of such packets are
     */
    public static Framing ofFile(int linkType) {
        return switch (linkType) {
            case LinkType.EN10MB -> ETHERNET;
            case LinkType.RAW -> RAW_IP;
            case LinkType.IPV4 -> IPV4;
            case LinkType.IPV6 -> IPV6;
            case LinkType.NULL -> NULL;
            case LinkType.LOOP -> LOOP;
            case LinkType.LINUX_SLL -> LINUX_SLL;
            case LinkType.LINUX_SLL2 -> LINUX_SLL2;
            case LinkType.PPP -> PPP;
            case LinkType.PPP_HDLC -> PPP_HDLC;
            case LinkType.PPP_ETHER -> PPP_ETHER;
            case LinkType.C_HDLC -> C_HDLC;
            default ->
                throw new BpfException("there is no filter for packets of link type " + LinkType.name(linkType)
                        + ": those of EN10MB, RAW, IPV4, IPV6, NULL, LOOP, LINUX_SLL, LINUX_SLL2, PPP, PPP_HDLC,"
                        + " PPP_ETHER and C_HDLC can be filtered");
        };
    }

    /** Whether the kernel runs the program, and tells which way the packet goes. */
    boolean isSocket() {
        return this == PACKET_RAW || this == PACKET_DGRAM || this == PACKET_IP;
    }
}
