package io.sockfd;

import io.sockfd.raw.Linux;
import java.util.Map;

/** C's names of the numbers that open value types print. */
final class Names {
    private static final Map<Integer, String> DOMAINS = Map.ofEntries(
            Map.entry(Linux.AF_UNSPEC, "AF_UNSPEC"),
            Map.entry(Linux.AF_UNIX, "AF_UNIX"),
            Map.entry(Linux.AF_INET, "AF_INET"),
            Map.entry(Linux.AF_INET6, "AF_INET6"),
            Map.entry(Linux.AF_NETLINK, "AF_NETLINK"),
            Map.entry(Linux.AF_PACKET, "AF_PACKET"),
            Map.entry(Linux.AF_VSOCK, "AF_VSOCK"),
            Map.entry(Linux.AF_CAN, "AF_CAN"),
            Map.entry(Linux.AF_BLUETOOTH, "AF_BLUETOOTH"),
            Map.entry(Linux.AF_TIPC, "AF_TIPC"),
            Map.entry(Linux.AF_ALG, "AF_ALG"),
            Map.entry(Linux.AF_XDP, "AF_XDP"),
            Map.entry(Linux.AF_QIPCRTR, "AF_QIPCRTR"),
            Map.entry(Linux.AF_RDS, "AF_RDS"),
            Map.entry(Linux.AF_SMC, "AF_SMC"),
            Map.entry(Linux.AF_KCM, "AF_KCM"));

    private static final Map<Integer, String> TYPES = Map.of(
            Linux.SOCK_STREAM, "SOCK_STREAM",
            Linux.SOCK_DGRAM, "SOCK_DGRAM",
            Linux.SOCK_RAW, "SOCK_RAW",
            Linux.SOCK_RDM, "SOCK_RDM",
            Linux.SOCK_SEQPACKET, "SOCK_SEQPACKET",
            Linux.SOCK_DCCP, "SOCK_DCCP");

    private Names() {}

    static String domain(int value) {
        return DOMAINS.getOrDefault(value, "AF_" + value);
    }

    static String type(int value) {
        return TYPES.getOrDefault(value, "SOCK_" + value);
    }
}
