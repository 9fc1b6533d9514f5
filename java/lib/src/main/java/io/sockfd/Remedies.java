package io.sockfd;

import static io.sockfd.RemedyRow.ANY;
import static io.sockfd.RemedyRow.BIND;
import static io.sockfd.RemedyRow.CONNECT;
import static io.sockfd.RemedyRow.EPOLL;
import static io.sockfd.RemedyRow.MAP;
import static io.sockfd.RemedyRow.OPTION;
import static io.sockfd.RemedyRow.RECEIVE;
import static io.sockfd.RemedyRow.SEND;
import static io.sockfd.RemedyRow.SEND_OR_CONNECT;
import static io.sockfd.RemedyRow.SOCKET;
import static io.sockfd.RemedyRow.always;
import static io.sockfd.RemedyRow.row;

import io.sockfd.raw.Linux;
import java.nio.channels.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to do about a failure, as a table: error, calls, condition, words. The first row that fits counts. A row is there
 * only where its words are true: its condition looks at the family, the privileges of this process and the state. Better no
 * words than wrong ones.
 */
final class Remedies {
    private static final int PACKET_IFINDEX = 4; // sll_ifindex

    private static final Map<Integer, List<RemedyRow>> ROWS = rows();

    private Remedies() {}

    /** The words, or nothing. */
    static String of(Situation s) {
        if (s.timedOut) {
            return s.call.equals("connect") && s.errno == Linux.EINPROGRESS
                    ? "the timeout passed first; the attempt goes on until close"
                    : "the timeout passed first";
        }
        for (RemedyRow row : ROWS.getOrDefault(s.errno, List.of())) {
            if (row.fits(s)) {
                return row.words().apply(s);
            }
        }
        return "";
    }

    private static Map<Integer, List<RemedyRow>> rows() {
        Map<Integer, List<RemedyRow>> rows = new HashMap<>();
        rows.put(Linux.EADDRINUSE, AddressRemedies.addressInUse());
        rows.put(Linux.EADDRNOTAVAIL, AddressRemedies.addressNotAvailable());
        rows.put(Linux.EACCES, RightsRemedies.accessDenied());
        rows.put(Linux.EPERM, RightsRemedies.notPermitted());
        rows.put(Linux.EINVAL, ArgumentRemedies.invalid());
        rows.put(
                Linux.ENOSPC,
                List.of(always(EPOLL, "the user watches too many descriptors (fs.epoll.max_user_watches)")));
        rows.put(Linux.EEXIST, List.of(always(EPOLL, "it is in this Epoll already: modify its Registration")));
        rows.put(
                Linux.ELOOP,
                List.of(always(EPOLL, "Epolls would watch each other in a circle, or are nested too deep")));
        rows.put(Linux.ECONNREFUSED, AddressRemedies.refused());
        rows.put(Linux.ENOENT, ArgumentRemedies.noEntry());
        rows.put(Linux.EMSGSIZE, ArgumentRemedies.tooLong());
        rows.put(Linux.ENETUNREACH, AddressRemedies.unreachable());
        rows.put(
                Linux.EAFNOSUPPORT,
                List.of(
                        row(SOCKET, s -> s.domain() == Linux.AF_INET6, "this kernel has no IPv6 (ipv6.disable=1)"),
                        always(SOCKET, "this kernel has no such address family"),
                        row(SEND_OR_CONNECT, AddressRemedies::isBoundToIpv4, "the socket is bound to an IPv4 address"),
                        row(ANY, AddressRemedies::isOfAnotherFamily, AddressRemedies::families)));
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
                                s -> AddressRemedies.isMembership(s),
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
                                s -> AddressRemedies.isMembership(s),
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

    private static String noBuffers(Situation s) {
        return "the interface's queue or the kernel's memory is full: send again later, or slower";
    }
}
