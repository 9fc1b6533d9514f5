package io.sockfd;

import io.sockfd.raw.Linux;
import java.nio.channels.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a failure, as a table: error, calls, condition, words. The first row that fits counts. A row is there
 * only where its words are true: its condition looks at the family, the privileges of this process and the state. Better no
 * words than wrong ones.
 */
final class Remedies {
    private static final Set<String> ANY = Set.of();
    private static final Set<String> SEND = Set.of("send", "sendto", "sendmsg", "sendmmsg", "write");
    private static final Set<String> RECEIVE = Set.of("recv", "recvfrom", "recvmsg", "recvmmsg", "read");
    private static final Set<String> SEND_OR_CONNECT =
            Set.of("send", "sendto", "sendmsg", "sendmmsg", "write", "connect");
    private static final Set<String> OPTION = Set.of("setsockopt", "getsockopt");
    private static final Set<String> SOCKET = Set.of("socket");
    private static final Set<String> BPF = Set.of("bpf");
    private static final Set<String> MAP = Set.of("mmap");
    private static final Set<String> BIND = Set.of("bind");
    private static final Set<String> CONNECT = Set.of("connect");
    private static final Set<String> EPOLL = Set.of("epoll_ctl");
    private static final Set<String> NAMESPACE = Set.of("setns", "unshare");

    private static final int UDP_MAX_SEGMENTS = 128;
    private static final int PACKET_IFINDEX = 4; // sll_ifindex
    private static final String IPV6_OFF =
            "no interface has an IPv6 address (net.ipv6.conf.all.disable_ipv6, ip -6 address)";

    private record Row(Set<String> calls, Predicate<Situation> when, Function<Situation, String> words) {}

    private static final Map<Integer, List<Row>> ROWS = rows();

    private Remedies() {}

    /** The words, or nothing. */
    static String of(Situation s) {
        if (s.timedOut) {
            return s.call.equals("connect") && s.errno == Linux.EINPROGRESS
                    ? "the timeout passed first; the attempt goes on until close"
                    : "the timeout passed first";
        }
        for (Row row : ROWS.getOrDefault(s.errno, List.of())) {
            if ((row.calls.isEmpty() || row.calls.contains(s.call)) && row.when.test(s)) {
                return row.words.apply(s);
            }
        }
        return "";
    }

    private static Row row(Set<String> calls, Predicate<Situation> when, String words) {
        return new Row(calls, when, s -> words);
    }

    private static Row row(Set<String> calls, Predicate<Situation> when, Function<Situation, String> words) {
        return new Row(calls, when, words);
    }

    /** About a UNIX path. */
    private static Row path(Set<String> calls, Predicate<Path> when, Function<Path, String> words) {
        return new Row(
                calls,
                s -> {
                    Path path = s.path();
                    return path != null && when.test(path);
                },
                s -> {
                    Path path = s.path();
                    return path == null ? "" : words.apply(path);
                });
    }

    private static Row always(Set<String> calls, String words) {
        return row(calls, s -> true, words);
    }

    private static Map<Integer, List<Row>> rows() {
        Map<Integer, List<Row>> rows = new HashMap<>();
        rows.put(Linux.EADDRINUSE, addressInUse());
        rows.put(Linux.EADDRNOTAVAIL, addressNotAvailable());
        rows.put(Linux.EACCES, accessDenied());
        rows.put(Linux.EPERM, notPermitted());
        rows.put(Linux.EINVAL, invalid());
        rows.put(
                Linux.ENOSPC,
                List.of(always(EPOLL, "the user watches too many descriptors (fs.epoll.max_user_watches)")));
        rows.put(Linux.EEXIST, List.of(always(EPOLL, "it is in this Epoll already: modify its Registration")));
        rows.put(
                Linux.ELOOP,
                List.of(always(EPOLL, "Epolls would watch each other in a circle, or are nested too deep")));
        rows.put(Linux.ECONNREFUSED, refused());
        rows.put(Linux.ENOENT, noEntry());
        rows.put(Linux.EMSGSIZE, tooLong());
        rows.put(Linux.ENETUNREACH, unreachable());
        rows.put(
                Linux.EAFNOSUPPORT,
                List.of(
                        row(SOCKET, s -> s.domain() == Linux.AF_INET6, "this kernel has no IPv6 (ipv6.disable=1)"),
                        always(SOCKET, "this kernel has no such address family"),
                        row(SEND_OR_CONNECT, Remedies::isBoundToIpv4, "the socket is bound to an IPv4 address"),
                        row(ANY, Remedies::isOfAnotherFamily, Remedies::families)));
        rows.put(
                Linux.EPROTONOSUPPORT,
                List.of(always(SOCKET, "this kernel has no such protocol for this family and type")));
        rows.put(Linux.ESOCKTNOSUPPORT, List.of(always(SOCKET, "the family has no sockets of this type")));
        rows.put(
                Linux.EAGAIN,
                List.of(
                        always(MAP, "it would lock more memory than this process may (ulimit -l)"),
                        row(
                                CONNECT,
                                s -> s.domain() == Linux.AF_UNIX && s.isType(SocketType.DGRAM),
                                "the receiver's queue is full"),
                        row(CONNECT, s -> s.domain() == Linux.AF_UNIX, "the listener's backlog is full")));
        rows.put(
                Linux.ETIMEDOUT,
                List.of(
                        always(CONNECT, "nothing answered: the host is down, or a firewall drops what is sent there"),
                        row(
                                ANY,
                                s -> s.isType(SocketType.STREAM) && s.isIp() && !s.isText(),
                                "the peer answers no more")));
        rows.put(
                Linux.EMFILE,
                List.of(row(
                        ANY,
                        s -> !OPTION.contains(s.call),
                        s -> "the process has too many open files (ulimit -n is " + Situation.descriptorLimit()
                                + ")")));
        rows.put(
                Linux.ENOSYS,
                List.of(always(ANY, "this kernel is too old for the call, or a filter of the container refuses it")));
        rows.put(Linux.ENFILE, List.of(always(ANY, "the system has too many open files (fs.file-max)")));
        rows.put(
                Linux.ETOOMANYREFS,
                List.of(row(
                        SEND,
                        s -> s.domain() == Linux.AF_UNIX,
                        s -> "too many descriptors are on their way between this user's sockets (at most ulimit -n, "
                                + Situation.descriptorLimit() + "): let them be received first")));
        rows.put(
                Linux.EPIPE,
                List.of(
                        row(
                                SEND,
                                s -> !s.isText() && s.isType(SocketType.STREAM) && s.isIp() && !s.isConnected(),
                                "the socket was never connected, or its connection failed"),
                        always(ANY, "the connection was closed, here or by the peer")));
        rows.put(
                Linux.ECONNRESET,
                List.of(row(
                        ANY,
                        s -> s.isType(SocketType.STREAM) || s.isType(SocketType.SEQPACKET),
                        "the peer closed with data unread, or was ended")));
        rows.put(Linux.ENOTCONN, List.of(row(ANY, s -> s.socket() != null, "the socket is not connected")));
        rows.put(
                Linux.EISCONN,
                List.of(
                        row(
                                CONNECT,
                                s -> s.option(Linux.SOL_SOCKET, Linux.SO_ACCEPTCONN) > 0,
                                "the socket listens, and a listener cannot connect"),
                        row(CONNECT, s -> !s.peer().isEmpty(), "the socket is connected already"),
                        row(SEND, s -> !s.address().isEmpty(), "the socket is connected: send without an address")));
        rows.put(
                Linux.EDESTADDRREQ,
                List.of(row(
                        SEND,
                        s -> s.address().isEmpty() && s.socket() != null,
                        "the socket is not connected: connect it, or send to an address")));
        rows.put(
                Linux.EPROTOTYPE,
                List.of(row(
                        SEND_OR_CONNECT,
                        s -> s.domain() == Linux.AF_UNIX,
                        "the socket with this name is of another type")));
        rows.put(
                Linux.ENXIO,
                List.of(
                        row(
                                SEND,
                                s -> s.domain() == Linux.AF_PACKET
                                        && s.address().isEmpty()
                                        && s.local().buffer().getInt(PACKET_IFINDEX) == 0,
                                "the packet socket is bound to no interface: bind it, or send to a PacketAddress"),
                        row(
                                SEND,
                                s -> s.domain() == Linux.AF_PACKET
                                        && !s.address().isEmpty(),
                                "no interface has this index")));
        rows.put(
                Linux.ENODEV,
                List.of(
                        row(BIND, s -> s.domain() == Linux.AF_PACKET, "no interface has this index"),
                        row(OPTION, s -> s.option().equals("SO_BINDTODEVICE"), "there is no interface of this name"),
                        row(
                                OPTION,
                                s -> isMembership(s),
                                "no interface has this index, or none was given and there is no route to the group")));
        rows.put(
                Linux.ENETDOWN,
                List.of(row(ANY, s -> s.domain() == Linux.AF_PACKET, "the interface is down: ip link set NAME up")));
        rows.put(
                Linux.EHOSTUNREACH,
                List.of(row(
                        SEND_OR_CONNECT,
                        s -> s.isIp() && !s.isText(),
                        "there is a way, but nobody answers for this address, or a router or a rule says so")));
        rows.put(
                Linux.ENOPROTOOPT,
                List.of(row(OPTION, s -> !s.isText(), "this kind of socket, or this kernel, has no such option")));
        rows.put(
                Linux.EOPNOTSUPP,
                List.of(
                        row(
                                Set.of("listen", "accept4"),
                                s -> s.socket() != null
                                        && !s.isType(SocketType.STREAM)
                                        && !s.isType(SocketType.SEQPACKET),
                                "only stream and seqpacket sockets have connections to accept"),
                        always(Set.of("socketpair"), "of this domain there are no pairs: UNIX sockets have them")));
        rows.put(
                Linux.ENOBUFS,
                List.of(
                        row(
                                RECEIVE,
                                s -> s.domain() == Linux.AF_NETLINK,
                                "messages were lost: enlarge SO_RCVBUF, ask anew"),
                        row(
                                OPTION,
                                s -> isMembership(s),
                                s -> "at most " + Situation.sysctl("net.ipv4.igmp_max_memberships")
                                        + " groups (net.ipv4.igmp_max_memberships)"),
                        row(SEND, s -> s.isIp() && !s.isText(), Remedies::noBuffers)));
        rows.put(
                Linux.ENOMEM,
                List.of(row(
                        Set.of("setsockopt"),
                        s -> s.option().startsWith("SO_ATTACH"),
                        s -> "net.core.optmem_max (" + Situation.sysctl("net.core.optmem_max")
                                + " bytes) bounds the options of a socket")));
        rows.put(
                Linux.EIO,
                List.of(row(
                        RECEIVE,
                        s -> s.option(Linux.SOL_TLS, Linux.TLS_RX) >= 0,
                        "the next record is no application data but an alert or a handshake message: receive a Message,"
                                + " ControlReader.tlsRecordType tells which")));
        rows.put(
                Linux.EBADMSG,
                List.of(row(
                        RECEIVE,
                        s -> s.option(Linux.SOL_TLS, Linux.TLS_RX) >= 0,
                        "a record that the keys of TLS_RX do not open: key, IV or sequence number is another one")));
        rows.put(
                Linux.ECANCELED,
                List.of(row(
                        Set.of("read"),
                        s -> s.isText() || s.contextIs(Channel.class), // a timerfd: no other says so
                        "the clock was set, see TimerFd.cancelOnSet")));
        return rows;
    }

    // ---- addresses -----------------------------------------------------------------------------------------------

    private static List<Row> addressInUse() {
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

    private static List<Row> addressNotAvailable() {
        return List.of(
                row(
                        OPTION,
                        s -> s.isText() || (isMembership(s) && s.option().contains("SOURCE")),
                        "the source was joined or left already, or the group was not joined on this interface"),
                row(OPTION, Remedies::isMembership, "the group was not joined so, or there is no such interface"),
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

    private static boolean isOfAnotherFamily(Situation s) {
        int family = s.address().family();
        return s.socket() != null && family != Linux.AF_UNSPEC && family != s.domain();
    }

    private static String families(Situation s) {
        return "the address is of " + new Domain(s.address().family()) + ", the socket of " + new Domain(s.domain())
                + ": Sockaddr.set(address, domain) makes the socket's form";
    }

    private static List<Row> unreachable() {
        return List.of(
                row(
                        SEND_OR_CONNECT,
                        s -> Situation.isMapped(s.destination()) && s.option(Linux.SOL_IPV6, Linux.IPV6_V6ONLY) > 0,
                        "the socket has IPV6_V6ONLY, which keeps it from IPv4"),
                row(SEND_OR_CONNECT, Remedies::isBoundToIpv4, "the socket is bound to an IPv4 address"),
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

    private static boolean isBoundToIpv4(Situation s) {
        return s.destination().family() == Linux.AF_INET6
                && !Situation.isMapped(s.destination())
                && Situation.isMapped(s.local());
    }

    private static List<Row> refused() {
        return List.of(
                path(CONNECT, Remedies::isFile, p -> "this file is no socket"),
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

    // ---- privileges ----------------------------------------------------------------------------------------------

    private static List<Row> accessDenied() {
        return List.of(
                row(
                        BIND,
                        Remedies::isPrivilegedPort,
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

    private static Path directory(Path path) {
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

    private static List<Row> notPermitted() {
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

    // ---- what was asked for --------------------------------------------------------------------------------------

    private static List<Row> invalid() {
        return List.of(
                row(
                        Set.of("bind", "connect", "send", "sendto", "sendmsg", "sendmmsg"),
                        Remedies::isOfAnotherFamily,
                        Remedies::families),
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

    private static List<Row> noEntry() {
        return List.of(
                path(
                        SEND_OR_CONNECT,
                        p -> !Files.exists(p),
                        p -> "there is no such path" + (p.isAbsolute() ? "" : " in " + directory(p))),
                path(BIND, p -> !Files.isDirectory(directory(p)), p -> directory(p) + " is no directory"),
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

    private static List<Row> tooLong() {
        return List.of(
                row(
                        SEND,
                        s -> s.domain() == Linux.AF_UNIX,
                        s -> "a message must fit into SO_SNDBUF (" + s.option(Linux.SOL_SOCKET, Linux.SO_SNDBUF)
                                + " bytes, with the kernel's own)"),
                row(SEND, s -> s.domain() == Linux.AF_PACKET, "longer than the interface's MTU"),
                row(SEND, Remedies::mayNotFragment, Remedies::pathMtu),
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

    private static String noBuffers(Situation s) {
        return "the interface's queue or the kernel's memory is full: send again later, or slower";
    }

    private static boolean isMembership(Situation s) {
        String name = s.option();
        return name.contains("MEMBERSHIP")
                || name.startsWith("MCAST_")
                || name.endsWith("_GROUP")
                || name.endsWith("ANYCAST");
    }
}
