package io.sockfd;

import static io.sockfd.RemedyRow.BIND;
import static io.sockfd.RemedyRow.BPF;
import static io.sockfd.RemedyRow.EPOLL;
import static io.sockfd.RemedyRow.NAMESPACE;
import static io.sockfd.RemedyRow.OPTION;
import static io.sockfd.RemedyRow.SEND_OR_CONNECT;
import static io.sockfd.RemedyRow.SOCKET;
import static io.sockfd.RemedyRow.always;
import static io.sockfd.RemedyRow.path;
import static io.sockfd.RemedyRow.row;

import io.sockfd.raw.Linux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to do where a right is lacking. */
final class RightsRemedies {
    private RightsRemedies() {}

    static List<RemedyRow> accessDenied() {
        return List.of(
                row(
                        BIND,
                        RightsRemedies::isPrivilegedPort,
                        s -> "ports below net.ipv4.ip_unprivileged_port_start ("
                                + Situation.sysctl("net.ipv4.ip_unprivileged_port_start")
                                + ") need CAP_NET_BIND_SERVICE"),
                path(
                        BIND,
                        p -> !Files.isWritable(directory(p)),
                        p -> "this user may not create files in " + directory(p)),
                path(
                        SEND_OR_CONNECT,
                        p -> !Files.isWritable(p),
                        p -> "this user may not write to the socket's file, or not pass a directory above it"),
                row(
                        SOCKET,
                        s -> s.isText() || isPing(s),
                        s -> "the group is outside of net.ipv4.ping_group_range ("
                                + Situation.sysctl("net.ipv4.ping_group_range") + ")"),
                row(
                        SEND_OR_CONNECT,
                        s -> s.option(Linux.SOL_SOCKET, Linux.SO_BROADCAST) == 0 && isBroadcast(s.inet4()),
                        "a broadcast address: set SO_BROADCAST first"));
    }

    private static boolean isPrivilegedPort(Situation s) {
        if (!s.isIp() || !s.lacks(Linux.CAP_NET_BIND_SERVICE)) {
            return false;
        }
        String start = Situation.sysctl("net.ipv4.ip_unprivileged_port_start");
        return s.isText()
                || (!start.isEmpty() && s.address().port() > 0 && s.address().port() < Integer.parseInt(start));
    }

    static Path directory(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path : parent;
    }

    private static boolean isPing(Situation s) {
        Situation.Birth birth = s.birth();
        return birth != null
                && s.isIp()
                && birth.type().equals(SocketType.DGRAM)
                && (birth.protocol().value() == Linux.IPPROTO_ICMP
                        || birth.protocol().value() == Linux.IPPROTO_ICMPV6);
    }

    private static boolean isBroadcast(byte @Nullable [] address) {
        return address != null && Broadcasts.isOne(address);
    }

    static List<RemedyRow> notPermitted() {
        return List.of(
                always(EPOLL, "it cannot be waited for: a regular file or a directory is always ready"),
                row(
                        SOCKET,
                        s -> (s.isText() || isRaw(s)) && s.lacks(Linux.CAP_NET_RAW),
                        "raw and packet sockets need CAP_NET_RAW"),
                always(Set.of("pidfd_open"), "a filter of the container refuses the call"),
                row(
                        NAMESPACE,
                        s -> Situation.lacks("CAP_SYS_ADMIN"),
                        "network namespaces are made and entered with CAP_SYS_ADMIN (root, or unshare -Ur)"),
                always(
                        NAMESPACE,
                        "a filter of the container refuses the call, or the namespace is of another user namespace, in"
                                + " which this process has no CAP_SYS_ADMIN"),
                row(
                        BPF,
                        s -> !s.isText() && s.lacks(Linux.CAP_BPF) && s.lacks(Linux.CAP_SYS_ADMIN),
                        s -> "bpf(2) needs CAP_BPF, or CAP_SYS_ADMIN; kernel.unprivileged_bpf_disabled is "
                                + Situation.sysctl("kernel.unprivileged_bpf_disabled")
                                + ", and socket filters, arrays and hashes are free where it is 0"),
                row(
                        BPF,
                        s -> !s.isText() && s.lacks(Linux.CAP_NET_ADMIN) && s.lacks(Linux.CAP_SYS_ADMIN),
                        "programs and maps of the network need CAP_NET_ADMIN beside CAP_BPF"),
                row(
                        BPF,
                        s -> !s.isText(),
                        "this process has the rights: they count in the first user namespace only, or a filter of system"
                                + " calls refuses bpf(2), or before Linux 5.11 it locks more memory than ulimit -l allows"),
                row(Set.of("timerfd_create"), s -> s.lacks(Linux.CAP_WAKE_ALARM), "alarm clocks need CAP_WAKE_ALARM"),
                row(
                        SEND_OR_CONNECT,
                        s -> !s.isText() && s.isIp(),
                        "a rule of this host refuses it: of its firewall, a control group or a security module"),
                row(
                        OPTION,
                        s -> s.option().equals("TCP_CONGESTION"),
                        s -> "without CAP_NET_ADMIN only "
                                + Situation.sysctl("net.ipv4.tcp_allowed_congestion_control")));
    }

    private static boolean isRaw(Situation s) {
        Situation.Birth birth = s.birth();
        return birth != null
                && (birth.domain().equals(Domain.PACKET)
                        || birth.domain().equals(Domain.XDP)
                        || (s.isIp() && birth.type().equals(SocketType.RAW)));
    }
}
