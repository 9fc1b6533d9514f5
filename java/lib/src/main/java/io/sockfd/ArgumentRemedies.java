package io.sockfd;

import static io.sockfd.RemedyRow.BIND;
import static io.sockfd.RemedyRow.OPTION;
import static io.sockfd.RemedyRow.RECEIVE;
import static io.sockfd.RemedyRow.SEND;
import static io.sockfd.RemedyRow.SEND_OR_CONNECT;
import static io.sockfd.RemedyRow.path;
import static io.sockfd.RemedyRow.row;

import io.sockfd.raw.Linux;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/** What to do where a call asked for what cannot be: something invalid, too long, or not there. */
final class ArgumentRemedies {
    private static final int UDP_MAX_SEGMENTS = 128;

    private ArgumentRemedies() {}

    static List<RemedyRow> invalid() {
        return List.of(
                row(
                        Set.of("bind", "connect", "send", "sendto", "sendmsg", "sendmmsg"),
                        AddressRemedies::isOfAnotherFamily,
                        AddressRemedies::families),
                row(
                        Set.of("bind", "connect", "sendto", "sendmsg", "sendmmsg"),
                        Situation::isLinkLocalWithoutScope,
                        "a link-local address needs its interface, as in fe80::1%eth0"),
                row(
                        Set.of("accept4"),
                        s -> s.option(Linux.SOL_SOCKET, Linux.SO_ACCEPTCONN) == 0,
                        "the socket does not listen"),
                row(BIND, s -> s.isIp() && s.local().port() > 0, s -> "the socket is bound already, to " + s.local()),
                row(
                        BIND,
                        s -> s.domain() == Linux.AF_UNIX && s.local().length() > Short.BYTES,
                        s -> "the socket is bound already, to " + s.local()),
                row(
                        Set.of("sendto", "sendmsg", "sendmmsg"),
                        s -> s.isIp()
                                && s.isType(SocketType.DGRAM)
                                && s.address().port() == 0,
                        "nothing can be sent to port 0"),
                row(
                        RECEIVE,
                        s -> s.domain() == Linux.AF_UNIX
                                && s.isType(SocketType.STREAM)
                                && s.peer().isEmpty(),
                        "the socket is not connected"),
                row(
                        SEND,
                        s -> s.isIp() && s.isType(SocketType.DGRAM) && s.segments() > UDP_MAX_SEGMENTS,
                        s -> "UDP_SEGMENT makes " + s.segments() + " segments of it: at most " + UDP_MAX_SEGMENTS
                                + " go in one send, and 64 before Linux 6.9"));
    }

    static List<RemedyRow> noEntry() {
        return List.of(
                path(
                        SEND_OR_CONNECT,
                        p -> !Files.exists(p),
                        p -> "there is no such path" + (p.isAbsolute() ? "" : " in " + RightsRemedies.directory(p))),
                path(
                        BIND,
                        p -> !Files.isDirectory(RightsRemedies.directory(p)),
                        p -> RightsRemedies.directory(p) + " is no directory"),
                row(
                        OPTION,
                        s -> s.option().equals("TCP_CONGESTION"),
                        s -> "the kernel has " + Situation.sysctl("net.ipv4.tcp_available_congestion_control")
                                + "; others are modules (modprobe tcp_NAME)"),
                row(
                        OPTION,
                        s -> s.option().equals("TCP_ULP"),
                        s -> "the kernel has " + Situation.sysctl("net.ipv4.tcp_available_ulp")
                                + "; others are modules (modprobe tls)"),
                row(OPTION, s -> s.option().startsWith("SO_DETACH"), "there is nothing attached"));
    }

    static List<RemedyRow> tooLong() {
        return List.of(
                row(
                        SEND,
                        s -> s.domain() == Linux.AF_UNIX,
                        s -> "a message must fit into SO_SNDBUF (" + s.option(Linux.SOL_SOCKET, Linux.SO_SNDBUF)
                                + " bytes, with the kernel's own)"),
                row(SEND, s -> s.domain() == Linux.AF_PACKET, "longer than the interface's MTU"),
                row(SEND, ArgumentRemedies::mayNotFragment, ArgumentRemedies::pathMtu),
                row(
                        SEND,
                        s -> s.isIp() && s.isType(SocketType.DGRAM) && s.inet4() != null,
                        "a datagram has at most 65507 bytes over IPv4"),
                row(
                        SEND,
                        s -> s.isIp() && s.isType(SocketType.DGRAM) && !s.isText(),
                        "a datagram has at most 65527 bytes over IPv6"));
    }

    private static boolean mayNotFragment(Situation s) {
        int discover = s.inet4() != null
                ? s.option(Linux.SOL_IP, Linux.IP_MTU_DISCOVER)
                : s.option(Linux.SOL_IPV6, Linux.IPV6_MTU_DISCOVER);
        return s.isIp()
                && (discover == Linux.IP_PMTUDISC_DO
                        || discover == Linux.IP_PMTUDISC_PROBE
                        || s.option(Linux.SOL_IPV6, Linux.IPV6_DONTFRAG) > 0);
    }

    private static String pathMtu(Situation s) {
        int mtu = s.inet4() != null ? s.option(Linux.SOL_IP, Linux.IP_MTU) : s.option(Linux.SOL_IPV6, Linux.IPV6_MTU);
        return "longer than the MTU on the way" + (mtu > 0 ? " (" + mtu + " with the headers)" : "")
                + ", and the socket may not fragment";
    }
}
