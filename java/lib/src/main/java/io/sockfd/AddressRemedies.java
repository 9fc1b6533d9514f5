package io.sockfd;

import static io.sockfd.RemedyRow.ANY;
import static io.sockfd.RemedyRow.BIND;
import static io.sockfd.RemedyRow.CONNECT;
import static io.sockfd.RemedyRow.OPTION;
import static io.sockfd.RemedyRow.SEND_OR_CONNECT;
import static io.sockfd.RemedyRow.path;
import static io.sockfd.RemedyRow.row;

import io.sockfd.raw.Linux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What to do where an address is in use, cannot be had, cannot be reached, or is of another family. */
final class AddressRemedies {
    private static final String IPV6_OFF =
            "no interface has an IPv6 address (net.ipv6.conf.all.disable_ipv6, ip -6 address)";

    private AddressRemedies() {}

    static List<RemedyRow> addressInUse() {
        return List.of(
                row(OPTION, s -> s.isText() || isMembership(s), "the group was joined already"),
                path(BIND, Situation::isBound, p -> "an open socket is bound to this path: take another one"),
                row(
                        BIND,
                        s -> s.domain() == Linux.AF_UNIX && (s.path() != null || s.isText()),
                        "the path is there already: remove it before bind if nobody listens there any more"),
                row(BIND, s -> s.domain() == Linux.AF_UNIX && s.isAbstract(), "another socket has this name"),
                row(
                        ANY,
                        s -> s.domain() == Linux.AF_NETLINK,
                        "another socket has this port id: 0 lets the kernel choose one"),
                row(
                        ANY,
                        s -> s.isIp() && (s.isText() || (s.isType(SocketType.STREAM) && !reusesAddress(s))),
                        "another socket has this address; set SO_REUSEADDR before bind if it is only in TIME_WAIT"),
                row(ANY, s -> s.isIp() && !OPTION.contains(s.call), "another socket has this address"));
    }

    private static boolean reusesAddress(Situation s) {
        return s.option(Linux.SOL_SOCKET, Linux.SO_REUSEADDR) > 0;
    }

    static List<RemedyRow> addressNotAvailable() {
        return List.of(
                row(
                        OPTION,
                        s -> s.isText() || (isMembership(s) && s.option().contains("SOURCE")),
                        "the source was joined or left already, or the group was not joined on this interface"),
                row(
                        OPTION,
                        AddressRemedies::isMembership,
                        "the group was not joined so, or there is no such interface"),
                row(
                        ANY,
                        s -> s.address().family() == Linux.AF_INET6
                                && !Situation.isMapped(s.address())
                                && Situation.isWithoutIpv6(),
                        IPV6_OFF),
                row(
                        CONNECT,
                        s -> s.isText() || s.inet4() != null,
                        s -> "no local port is left (net.ipv4.ip_local_port_range: "
                                + Situation.sysctl("net.ipv4.ip_local_port_range") + ")"),
                row(
                        CONNECT,
                        s -> s.address().family() == Linux.AF_INET6,
                        "no address of this host can be the source, or no local port is left"),
                row(BIND, Situation::isIp, "no interface of this host has this address"));
    }

    static boolean isOfAnotherFamily(Situation s) {
        int family = s.address().family();
        return s.socket() != null && family != Linux.AF_UNSPEC && family != s.domain();
    }

    static String families(Situation s) {
        return "the address is of " + new Domain(s.address().family()) + ", the socket of " + new Domain(s.domain())
                + ": Sockaddr.set(address, domain) makes the socket's form";
    }

    static List<RemedyRow> unreachable() {
        return List.of(
                row(
                        SEND_OR_CONNECT,
                        s -> Situation.isMapped(s.destination()) && s.option(Linux.SOL_IPV6, Linux.IPV6_V6ONLY) > 0,
                        "the socket has IPV6_V6ONLY, which keeps it from IPv4"),
                row(SEND_OR_CONNECT, AddressRemedies::isBoundToIpv4, "the socket is bound to an IPv4 address"),
                row(
                        SEND_OR_CONNECT,
                        s -> s.destination().family() == Linux.AF_INET6
                                && !Situation.isMapped(s.destination())
                                && Situation.isWithoutIpv6(),
                        IPV6_OFF),
                row(
                        SEND_OR_CONNECT,
                        s -> s.isIp() && !s.isText(),
                        "this network namespace has no route there (ip route get ADDRESS)"));
    }

    static boolean isBoundToIpv4(Situation s) {
        return s.destination().family() == Linux.AF_INET6
                && !Situation.isMapped(s.destination())
                && Situation.isMapped(s.local());
    }

    static List<RemedyRow> refused() {
        return List.of(
                path(CONNECT, AddressRemedies::isFile, p -> "this file is no socket"),
                row(
                        SEND_OR_CONNECT,
                        s -> s.path() != null,
                        "nobody listens on this path: its process has ended, or has not called listen yet"),
                row(SEND_OR_CONNECT, s -> s.domain() == Linux.AF_UNIX && s.isAbstract(), "nobody has this name"),
                row(
                        ANY,
                        s -> s.isIp() && s.isType(SocketType.DGRAM),
                        "nobody receives on that port, or a firewall rejects it"),
                row(CONNECT, Situation::isIp, "nobody listens there, or a firewall rejects it"),
                row(CONNECT, s -> s.domain() != Linux.AF_UNIX, "nobody listens there"));
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path) || Files.isDirectory(path);
    }

    static boolean isMembership(Situation s) {
        String name = s.option();
        return name.contains("MEMBERSHIP")
                || name.startsWith("MCAST_")
                || name.endsWith("_GROUP")
                || name.endsWith("ANYCAST");
    }
}
