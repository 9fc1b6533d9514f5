package io.sockfd.packet;

/** Types of frames that are not looked into, by number and where it is known by name. */
final class EtherTypes {
    private EtherTypes() {}

    static String name(int type) {
        String known = switch (type) {
            case 0x0800 -> "IPv4";
            case 0x0806 -> "ARP";
            case 0x0842 -> "Wake-on-LAN";
            case 0x22f3 -> "TRILL";
            case 0x6558 -> "Ethernet";
            case 0x8035 -> "RARP";
            case 0x809b -> "AppleTalk";
            case 0x8137 -> "IPX";
            case 0x86dd -> "IPv6";
            case 0x8808 -> "Pause";
            case 0x8809 -> "Slow protocols";
            case 0x880b -> "PPP";
            case 0x8847, 0x8848 -> "MPLS";
            case 0x8863, 0x8864 -> "PPPoE";
            case 0x888e -> "EAPOL";
            case 0x8892 -> "PROFINET";
            case 0x88a2 -> "AoE";
            case 0x88a4 -> "EtherCAT";
            case 0x88b5, 0x88b6 -> "experimental";
            case 0x88cc -> "LLDP";
            case 0x88e5 -> "MACsec";
            case 0x88f7 -> "PTP";
            case 0x8902 -> "CFM";
            case 0x8906 -> "FCoE";
            case 0x9000 -> "Loopback";
            default -> "";
        };
        String hex = Integer.toHexString(type);
        return "ethertype " + (known.isEmpty() ? "" : known + " ") + "0x" + "0".repeat(4 - hex.length()) + hex;
    }
}
