package io.sockfd.packet;

import io.sockfd.raw.Linux;

/**
 * What a captured frame begins with: {@code LINKTYPE_} numbers, as capture files have them. Any number is accepted; the
 * ones here are understood.
 *
 * @see <a href="https://www.tcpdump.org/linktypes.html">Link-layer header types</a>
 */
public final class LinkType {
    /** 4 bytes of the address family in the byte order of the machine that wrote it, then IP: BSD's loopback. */
    public static final int NULL = 0;
    /** {@link Ethernet}. */
    public static final int EN10MB = 1;
    /** PPP with its address and control bytes. */
    public static final int PPP = 9;
    /** PPP over a serial line, or Cisco's HDLC there. */
    public static final int PPP_HDLC = 50;
    /** PPP behind the header of PPPoE. */
    public static final int PPP_ETHER = 51;
    /** Cisco's HDLC: two bytes, an Ethernet type, then the packet. */
    public static final int C_HDLC = 104;
    /** IPv4 or IPv6, at once. */
    public static final int RAW = 101;
    /** As {@link #NULL}, in network byte order. */
    public static final int LOOP = 108;
    /** {@link LinuxSll}: of Linux's packet sockets of type SOCK_DGRAM. */
    public static final int LINUX_SLL = 113;
    /** IPv4, at once. */
    public static final int IPV4 = 228;
    /** IPv6, at once. */
    public static final int IPV6 = 229;
    /** {@link LinuxSll2}: with the interface. */
    public static final int LINUX_SLL2 = 276;

    /** There is no number: the bytes begin with a network header, or with a link header that is not known. */
    public static final int NONE = -1;

    private LinkType() {}

    /**
     * What frames of an interface begin with, as a packet socket with link headers gets them.
     *
     * @param hardwareType an {@code ARPHRD_} number, {@code sll_hatype} of packet(7)
     * @return {@link #NONE} for what is not understood here
     */
    public static int ofHardware(int hardwareType) {
        return switch (hardwareType) {
            case Linux.ARPHRD_ETHER, Linux.ARPHRD_LOOPBACK -> EN10MB;
            case Linux.ARPHRD_NONE, Linux.ARPHRD_RAWIP -> RAW;
            default -> NONE;
        };
    }

    /** The name without {@code LINKTYPE_}, or the number. */
    public static String name(int linkType) {
        return switch (linkType) {
            case NULL -> "NULL";
            case EN10MB -> "EN10MB";
            case RAW -> "RAW";
            case LOOP -> "LOOP";
            case LINUX_SLL -> "LINUX_SLL";
            case IPV4 -> "IPV4";
            case IPV6 -> "IPV6";
            case LINUX_SLL2 -> "LINUX_SLL2";
            case PPP -> "PPP";
            case PPP_HDLC -> "PPP_HDLC";
            case PPP_ETHER -> "PPP_ETHER";
            case C_HDLC -> "C_HDLC";
            case 105 -> "IEEE802_11";
            case 117 -> "PFLOG";
            case 127 -> "IEEE802_11_RADIOTAP";
            case 189 -> "USB_LINUX";
            case 195 -> "IEEE802_15_4_WITHFCS";
            case 220 -> "USB_LINUX_MMAPPED";
            case 227 -> "CAN_SOCKETCAN";
            case 253 -> "NETLINK";
            default -> Integer.toString(linkType);
        };
    }
}
