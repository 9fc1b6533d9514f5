package io.sockfd.address;

import io.sockfd.raw.Linux;

/** C's names of the families that messages speak of. */
final class Families {
    private Families() {}

    static String name(int family) {
        return switch (family) {
            case Linux.AF_UNSPEC -> "AF_UNSPEC";
            case Linux.AF_UNIX -> "AF_UNIX";
            case Linux.AF_INET -> "AF_INET";
            case Linux.AF_INET6 -> "AF_INET6";
            case Linux.AF_NETLINK -> "AF_NETLINK";
            case Linux.AF_PACKET -> "AF_PACKET";
            case Linux.AF_CAN -> "AF_CAN";
            case Linux.AF_TIPC -> "AF_TIPC";
            case Linux.AF_BLUETOOTH -> "AF_BLUETOOTH";
            case Linux.AF_ALG -> "AF_ALG";
            case Linux.AF_VSOCK -> "AF_VSOCK";
            case Linux.AF_QIPCRTR -> "AF_QIPCRTR";
            case Linux.AF_SMC -> "AF_SMC";
            case Linux.AF_XDP -> "AF_XDP";
            default -> "family " + family;
        };
    }
}
