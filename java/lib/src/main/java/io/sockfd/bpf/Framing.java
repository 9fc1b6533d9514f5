package io.sockfd.bpf;

/** What the first byte of a packet belongs to, for {@link FilterExpression}. */
public enum Framing {
    /** Ethernet frames with VLAN tags in them, as in files: LINKTYPE_ETHERNET. */
    ETHERNET(12, 14),
    /**
     * Ethernet frames as a socket of PACKET and RAW gets them: the kernel has taken the outermost VLAN tag out, and the
     * filter asks for it. Only sockets of ETH_P_ALL are told of that tag; for those of one protocol it is cleared.
     * Without {@code vlan} in the expression the program is that of {@link #ETHERNET}.
     */
    PACKET_RAW(12, 14),
    /** What a socket of PACKET and DGRAM gets: it begins with the network header, and the kernel knows its protocol. */
    PACKET_DGRAM(-1, 0),
    /** IPv4 or IPv6 without anything before it: TUN interfaces, raw sockets, LINKTYPE_RAW. */
    RAW_IP(-1, 0),
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

    boolean isEthernet() {
        return this == ETHERNET || this == PACKET_RAW;
    }
}
