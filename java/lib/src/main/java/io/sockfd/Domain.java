package io.sockfd;

import io.sockfd.address.Addresses;
import io.sockfd.raw.Linux;

/**
 * The first argument of socket(2): an address family. Any number is a value of this type.
 *
 * @param value one of the {@code AF_} numbers
 * @see <a href="https://man7.org/linux/man-pages/man7/address_families.7.html">address_families(7)</a>
 */
public record Domain(int value) {
    /** UNIX sockets, unix(7). */
    public static final Domain UNIX = new Domain(Linux.AF_UNIX);

    /** IPv4, ip(7). */
    public static final Domain INET = new Domain(Linux.AF_INET);

    /** IPv6, and IPv4 through mapped addresses unless {@code IPV6_V6ONLY} is set, ipv6(7). */
    public static final Domain INET6 = new Domain(Linux.AF_INET6);

    /** The kernel's own interfaces, netlink(7). */
    public static final Domain NETLINK = new Domain(Linux.AF_NETLINK);

    /** Frames of a network device, packet(7). */
    public static final Domain PACKET = new Domain(Linux.AF_PACKET);

    /** Between a virtual machine and its host, vsock(7). */
    public static final Domain VSOCK = new Domain(Linux.AF_VSOCK);

    /** Controller area network. */
    public static final Domain CAN = new Domain(Linux.AF_CAN);

    /** Bluetooth. */
    public static final Domain BLUETOOTH = new Domain(Linux.AF_BLUETOOTH);

    /** Cluster domain sockets. */
    public static final Domain TIPC = new Domain(Linux.AF_TIPC);

    /** The kernel's cryptography. */
    public static final Domain ALG = new Domain(Linux.AF_ALG);

    /** Express data path. */
    public static final Domain XDP = new Domain(Linux.AF_XDP);

    /** Qualcomm IPC router. */
    public static final Domain QIPCRTR = new Domain(Linux.AF_QIPCRTR);

    /** C's name, for instance {@code AF_INET6}. */
    @Override
    public String toString() {
        return Addresses.familyName(value);
    }

    /** By hand: a record's own is made at run time, which costs 4 ms of a process's start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Domain that && that.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }
}
