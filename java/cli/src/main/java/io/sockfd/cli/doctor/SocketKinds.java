package io.sockfd.cli.doctor;

import static io.sockfd.raw.Linux.*;

import io.sockfd.SocketType;
import io.sockfd.address.Addresses;
import java.util.List;

/** The kinds of sockets that Linux may have. */
final class SocketKinds {
    /** What {@code socket(2)} takes, with the names that C has for it. */
    record Kind(String name, int domain, int type, int protocol, String protocolName) {
        String family() {
            return Addresses.familyName(domain);
        }

        String typeName() {
            return new SocketType(type).toString();
        }
    }

    static final List<Kind> ALL = List.of(
            stream("TCP over IPv4", AF_INET, IPPROTO_TCP, "IPPROTO_TCP"),
            stream("TCP over IPv6", AF_INET6, IPPROTO_TCP, "IPPROTO_TCP"),
            dgram("UDP over IPv4", AF_INET, IPPROTO_UDP, "IPPROTO_UDP"),
            dgram("UDP over IPv6", AF_INET6, IPPROTO_UDP, "IPPROTO_UDP"),
            dgram("UDP-Lite over IPv4", AF_INET, IPPROTO_UDPLITE, "IPPROTO_UDPLITE"),
            dgram("UDP-Lite over IPv6", AF_INET6, IPPROTO_UDPLITE, "IPPROTO_UDPLITE"),
            dgram("ping over IPv4", AF_INET, IPPROTO_ICMP, "IPPROTO_ICMP"),
            dgram("ping over IPv6", AF_INET6, IPPROTO_ICMPV6, "IPPROTO_ICMPV6"),
            raw("raw ICMP", AF_INET, IPPROTO_ICMP, "IPPROTO_ICMP"),
            raw("raw ICMPv6", AF_INET6, IPPROTO_ICMPV6, "IPPROTO_ICMPV6"),
            raw("raw IPv4", AF_INET, IPPROTO_RAW, "IPPROTO_RAW"),
            raw("raw IPv6", AF_INET6, IPPROTO_RAW, "IPPROTO_RAW"),
            stream("SCTP, one to one", AF_INET, IPPROTO_SCTP, "IPPROTO_SCTP"),
            seqpacket("SCTP, one to many", AF_INET, IPPROTO_SCTP, "IPPROTO_SCTP"),
            stream("MPTCP over IPv4", AF_INET, IPPROTO_MPTCP, "IPPROTO_MPTCP"),
            stream("MPTCP over IPv6", AF_INET6, IPPROTO_MPTCP, "IPPROTO_MPTCP"),
            new Kind("DCCP", AF_INET, SOCK_DCCP, IPPROTO_DCCP, "IPPROTO_DCCP"),
            dgram("L2TP over IPv4", AF_INET, IPPROTO_L2TP, "IPPROTO_L2TP"),
            stream("UNIX stream", AF_UNIX, 0, "0"),
            dgram("UNIX datagram", AF_UNIX, 0, "0"),
            seqpacket("UNIX seqpacket", AF_UNIX, 0, "0"),
            raw("netlink route", AF_NETLINK, NETLINK_ROUTE, "NETLINK_ROUTE"),
            raw("netlink sock_diag", AF_NETLINK, NETLINK_SOCK_DIAG, "NETLINK_SOCK_DIAG"),
            raw("netlink uevent", AF_NETLINK, NETLINK_KOBJECT_UEVENT, "NETLINK_KOBJECT_UEVENT"),
            raw("netlink netfilter", AF_NETLINK, NETLINK_NETFILTER, "NETLINK_NETFILTER"),
            raw("netlink generic", AF_NETLINK, NETLINK_GENERIC, "NETLINK_GENERIC"),
            raw("netlink xfrm", AF_NETLINK, NETLINK_XFRM, "NETLINK_XFRM"),
            raw("netlink audit", AF_NETLINK, NETLINK_AUDIT, "NETLINK_AUDIT"),
            raw("netlink connector", AF_NETLINK, NETLINK_CONNECTOR, "NETLINK_CONNECTOR"),
            dgram("packet, cooked", AF_PACKET, 0, "0"),
            raw("packet, raw", AF_PACKET, 0, "0"),
            raw("XDP", AF_XDP, 0, "0"),
            stream("vsock stream", AF_VSOCK, 0, "0"),
            dgram("vsock datagram", AF_VSOCK, 0, "0"),
            seqpacket("vsock seqpacket", AF_VSOCK, 0, "0"),
            raw("CAN raw", AF_CAN, CAN_RAW, "CAN_RAW"),
            dgram("CAN broadcast manager", AF_CAN, CAN_BCM, "CAN_BCM"),
            dgram("CAN ISO-TP", AF_CAN, CAN_ISOTP, "CAN_ISOTP"),
            dgram("CAN J1939", AF_CAN, CAN_J1939, "CAN_J1939"),
            seqpacket("Bluetooth L2CAP", AF_BLUETOOTH, BTPROTO_L2CAP, "BTPROTO_L2CAP"),
            stream("Bluetooth RFCOMM", AF_BLUETOOTH, BTPROTO_RFCOMM, "BTPROTO_RFCOMM"),
            raw("Bluetooth HCI", AF_BLUETOOTH, BTPROTO_HCI, "BTPROTO_HCI"),
            seqpacket("Bluetooth SCO", AF_BLUETOOTH, BTPROTO_SCO, "BTPROTO_SCO"),
            stream("TIPC stream", AF_TIPC, 0, "0"),
            new Kind("TIPC reliable datagram", AF_TIPC, SOCK_RDM, 0, "0"),
            seqpacket("kernel crypto", AF_ALG, 0, "0"),
            dgram("Qualcomm IPC router", AF_QIPCRTR, 0, "0"),
            seqpacket("RDS", AF_RDS, 0, "0"),
            stream("SMC", AF_SMC, 0, "0"),
            dgram("KCM", AF_KCM, 0, "0"),
            stream("PPP over Ethernet", AF_PPPOX, 0, "0"),
            dgram("LLC", AF_LLC, 0, "0"),
            dgram("MCTP", AF_MCTP, 0, "0"),
            dgram("IEEE 802.15.4", AF_IEEE802154, 0, "0"),
            dgram("RxRPC", AF_RXRPC, AF_INET, "PF_INET"),
            seqpacket("X.25", AF_X25, 0, "0"),
            raw("NFC", AF_NFC, 0, "0"),
            dgram("Phonet", AF_PHONET, 0, "0"));

    private SocketKinds() {}

    private static Kind stream(String name, int domain, int protocol, String protocolName) {
        return new Kind(name, domain, SOCK_STREAM, protocol, protocolName);
    }

    private static Kind dgram(String name, int domain, int protocol, String protocolName) {
        return new Kind(name, domain, SOCK_DGRAM, protocol, protocolName);
    }

    private static Kind seqpacket(String name, int domain, int protocol, String protocolName) {
        return new Kind(name, domain, SOCK_SEQPACKET, protocol, protocolName);
    }

    private static Kind raw(String name, int domain, int protocol, String protocolName) {
        return new Kind(name, domain, SOCK_RAW, protocol, protocolName);
    }
}
