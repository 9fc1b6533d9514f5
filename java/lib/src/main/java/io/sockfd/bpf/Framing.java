package io.sockfd.bpf;

import io.sockfd.packet.LinkType;

/** What the first byte of a packet belongs to, for {@link FilterExpression}. */
public enum Framing {
    /** Ethernet frames with VLAN tags in them, as in files: LINKTYPE_ETHERNET. */
    ETHERNET(12, 14),
    /**
     * Ethernet frames as a socket of PACKET and RAW gets them: the kernel has taken the outermost VLAN tag out, and the
     * filter asks for it. Only sockets of ETH_P_ALL are told of that tag; for those of one protocol it is cleared.
     * Without {@code vlan}, {@code inbound} and {@code outbound} in the expression the program is that of {@link
     * #ETHERNET}.
     */
    PACKET_RAW(12, 14),
    /** What a socket of PACKET and DGRAM gets: it begins with the network header, and the kernel knows its protocol. */
    PACKET_DGRAM(-1, 0),
    /** What a socket of PACKET and RAW gets where there is no link header, as on TUN interfaces: IPv4 or IPv6 at once. */
    PACKET_IP(-1, 0),
    /** IPv4 or IPv6 without anything before it: raw sockets, LINKTYPE_RAW. */
    RAW_IP(-1, 0),
    /** IPv4 without anything before it: LINKTYPE_IPV4. */
    IPV4(-1, 0),
    /** IPv6 without anything before it: LINKTYPE_IPV6. */
    IPV6(-1, 0),
    /** BSD's loopback: the address family in 4 bytes, in the order of the machine that wrote it: LINKTYPE_NULL. */
    NULL(-1, 4),
    /** The same in network byte order: LINKTYPE_LOOP. */
    LOOP(-1, 4),
    /** What libpcap writes for a capture of all interfaces: LINKTYPE_LINUX_SLL. */
    LINUX_SLL(14, 16),
    /** The newer form of it: LINKTYPE_LINUX_SLL2. */
    LINUX_SLL2(0, 20);

    /** Where the Ethernet type is, -1 for nowhere. */
    final int etherType;

    /** Where the network header begins. */
    final int network;

    Framing(int etherType, int network) {
        this.etherType = etherType;
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
            default ->
                throw new BpfException("there is no filter for packets of link type " + LinkType.name(linkType)
                        + ": those of EN10MB, RAW, IPV4, IPV6, NULL, LOOP, LINUX_SLL and LINUX_SLL2 can be filtered");
        };
    }

    boolean isEthernet() {
        return this == ETHERNET || this == PACKET_RAW;
    }

    boolean isLoopback() {
        return this == NULL || this == LOOP;
    }

    /** Whether the kernel runs the program, and tells which way the packet goes. */
    boolean isSocket() {
        return this == PACKET_RAW || this == PACKET_DGRAM || this == PACKET_IP;
    }
}
