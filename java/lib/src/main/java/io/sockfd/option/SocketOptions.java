package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.DURATION;
import static io.sockfd.Codecs.INT;
import static io.sockfd.Codecs.INTS;
import static io.sockfd.Codecs.LINGER;
import static io.sockfd.Codecs.U32;
import static io.sockfd.Codecs.U64;
import static io.sockfd.Codecs.bytes;
import static io.sockfd.Codecs.range;
import static io.sockfd.Codecs.string;
import static io.sockfd.option.Sizes.PEERSEC;
import static io.sockfd.option.Sizes.SOCKADDR_IN;

import io.sockfd.Codec;
import io.sockfd.Linger;
import io.sockfd.Option;
import io.sockfd.PidFd;
import io.sockfd.Ucred;
import io.sockfd.raw.Linux;
import java.time.Duration;

/**
 * The options of every socket: SOL_SOCKET. Where nothing is said, an option is an int that is 0 or 1 in C.
 *
 * <pre>{@code
 * socket.setOption(SocketOptions.SO_RCVBUF, 1 << 20).setOption(SocketOptions.SO_REUSEPORT, true);
 * System.out.println(socket.getOption(SocketOptions.SO_RCVBUF)); // the kernel doubles what it was given
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>, section "Socket options"
 */
public final class SocketOptions {
    private static final Level LEVEL = new Level(Linux.SOL_SOCKET);
    private static final Codec<Integer> SIZE = range(0, Integer.MAX_VALUE);

    /** Whether listen was called. Read only. */
    public static final Option<Boolean> SO_ACCEPTCONN = LEVEL.r("SO_ACCEPTCONN", Linux.SO_ACCEPTCONN, BOOL);

    /** Filter with an eBPF program of type SOCKET_FILTER, by its descriptor. Set only, Linux 3.19. */
    public static final Option<Integer> SO_ATTACH_BPF = LEVEL.w("SO_ATTACH_BPF", Linux.SO_ATTACH_BPF, INT);

    /**
     * Filter what is received with classic BPF. Set only; EINVAL for a program that the kernel's checker refuses; EPERM
     * on TCP without CAP_NET_ADMIN since about Linux 6.18.
     */
    public static final Option<FilterProgram> SO_ATTACH_FILTER =
            LEVEL.w("SO_ATTACH_FILTER", Linux.SO_ATTACH_FILTER, FilterProgram.CODEC);

    /** Choose the socket of an SO_REUSEPORT group with classic BPF, which returns its index. Set only, Linux 4.5. */
    public static final Option<FilterProgram> SO_ATTACH_REUSEPORT_CBPF =
            LEVEL.w("SO_ATTACH_REUSEPORT_CBPF", Linux.SO_ATTACH_REUSEPORT_CBPF, FilterProgram.CODEC);

    /** Choose the socket of an SO_REUSEPORT group with eBPF, by its descriptor. Set only, Linux 4.5. */
    public static final Option<Integer> SO_ATTACH_REUSEPORT_EBPF =
            LEVEL.w("SO_ATTACH_REUSEPORT_EBPF", Linux.SO_ATTACH_REUSEPORT_EBPF, INT);

    /**
     * Use only this interface, by name; the empty string ends that. EPERM without CAP_NET_RAW once it is bound to one,
     * and always before Linux 5.7.
     */
    public static final Option<String> SO_BINDTODEVICE =
            LEVEL.rw("SO_BINDTODEVICE", Linux.SO_BINDTODEVICE, string(Linux.IFNAMSIZ));

    /** Use only this interface, by index; 0 ends that. Linux 5.0. */
    public static final Option<Integer> SO_BINDTOIFINDEX = LEVEL.rw("SO_BINDTOIFINDEX", Linux.SO_BINDTOIFINDEX, INT);

    /** How many extensions classic BPF has here (SKF_AD_MAX). Read only, Linux 3.14. */
    public static final Option<Integer> SO_BPF_EXTENSIONS = LEVEL.r("SO_BPF_EXTENSIONS", Linux.SO_BPF_EXTENSIONS, INT);

    /** Whether datagrams may go to a broadcast address; else that gives EACCES. */
    public static final Option<Boolean> SO_BROADCAST = LEVEL.rw("SO_BROADCAST", Linux.SO_BROADCAST, BOOL);

    /** Without effect since Linux 2.4, and always read as false. */
    public static final Option<Boolean> SO_BSDCOMPAT = LEVEL.rw("SO_BSDCOMPAT", Linux.SO_BSDCOMPAT, BOOL);

    /**
     * Which buffers the kernel must not resize: SOCK_SNDBUF_LOCK, SOCK_RCVBUF_LOCK; setting a size locks it. Linux
     * 5.15.
     */
    public static final Option<Long> SO_BUF_LOCK = LEVEL.rw("SO_BUF_LOCK", Linux.SO_BUF_LOCK, U32);

    /** Microseconds to poll the device before sleeping in a receive; only raising needs the capability. Linux 3.11. */
    public static final Option<Integer> SO_BUSY_POLL =
            LEVEL.rw("SO_BUSY_POLL", Linux.SO_BUSY_POLL, INT).needs("CAP_NET_ADMIN");

    /** Packets per busy poll, 8 to 65535; only raising needs the capability. Set only, Linux 5.11. */
    public static final Option<Integer> SO_BUSY_POLL_BUDGET =
            LEVEL.w("SO_BUSY_POLL_BUDGET", Linux.SO_BUSY_POLL_BUDGET, INT).needs("CAP_NET_ADMIN");

    /** 1 tells the kernel that the path seems broken, so that it asks the neighbour again. Set only, Linux 4.6. */
    public static final Option<Integer> SO_CNX_ADVICE = LEVEL.w("SO_CNX_ADVICE", Linux.SO_CNX_ADVICE, INT);

    /** A number that no other socket has until the next boot. Read only, Linux 4.12. */
    public static final Option<Long> SO_COOKIE = LEVEL.r("SO_COOKIE", Linux.SO_COOKIE, U64);

    /** Debug records, where the kernel was built for them. */
    public static final Option<Boolean> SO_DEBUG =
            LEVEL.rw("SO_DEBUG", Linux.SO_DEBUG, BOOL).needs("CAP_NET_ADMIN");

    /** The same as SO_DETACH_FILTER. Set only; the value does not matter. */
    public static final Option<Integer> SO_DETACH_BPF = LEVEL.w("SO_DETACH_BPF", Linux.SO_DETACH_BPF, INT);

    /** Removes the filter. Set only; the value does not matter; ENOENT without one, EPERM after SO_LOCK_FILTER. */
    public static final Option<Integer> SO_DETACH_FILTER = LEVEL.w("SO_DETACH_FILTER", Linux.SO_DETACH_FILTER, INT);

    /** Removes the program of the SO_REUSEPORT group. Set only, Linux 5.3; ENOENT without one. */
    public static final Option<Integer> SO_DETACH_REUSEPORT_BPF =
            LEVEL.w("SO_DETACH_REUSEPORT_BPF", Linux.SO_DETACH_REUSEPORT_BPF, INT);

    /** Gives back the frags of a dma-buf that were received (SCM_DEVMEM_DMABUF). Set only, TCP, Linux 6.12. */
    public static final Option<DmabufToken[]> SO_DEVMEM_DONTNEED =
            LEVEL.w("SO_DEVMEM_DONTNEED", Linux.SO_DEVMEM_DONTNEED, DmabufToken.ARRAY);

    /** The address family, AF_ … Read only. */
    public static final Option<Integer> SO_DOMAIN = LEVEL.r("SO_DOMAIN", Linux.SO_DOMAIN, INT);

    /** Send only to hosts on this link, as MSG_DONTROUTE does. */
    public static final Option<Boolean> SO_DONTROUTE = LEVEL.rw("SO_DONTROUTE", Linux.SO_DONTROUTE, BOOL);

    /** The pending error's number, 0 for none; reading clears it. Read only. */
    public static final Option<Integer> SO_ERROR = LEVEL.r("SO_ERROR", Linux.SO_ERROR, INT);

    /** The classic BPF program, empty without one. Read only; the kernel counts instructions, not bytes. */
    public static final Option<FilterProgram> SO_GET_FILTER =
            LEVEL.r("SO_GET_FILTER", Linux.SO_GET_FILTER, FilterProgram.CODEC);

    /**
     * The CPU that handled the last packet, -1 for none; set it to prefer that CPU's packets in an SO_REUSEPORT group.
     */
    public static final Option<Integer> SO_INCOMING_CPU = LEVEL.rw("SO_INCOMING_CPU", Linux.SO_INCOMING_CPU, INT);

    /** The receive queue of the last packet, 0 for none. Read only, Linux 4.12. */
    public static final Option<Long> SO_INCOMING_NAPI_ID =
            LEVEL.r("SO_INCOMING_NAPI_ID", Linux.SO_INCOMING_NAPI_ID, U32);

    /** A control message says how many bytes wait. UNIX streams, Linux 6.17, whose get says ENOPROTOOPT. */
    public static final Option<Boolean> SO_INQ = LEVEL.rw("SO_INQ", Linux.SO_INQ, BOOL);

    /** Probe an idle connection; TCP_KEEPIDLE and its kin say how. */
    public static final Option<Boolean> SO_KEEPALIVE = LEVEL.rw("SO_KEEPALIVE", Linux.SO_KEEPALIVE, BOOL);

    /** What close does with data not yet sent; seconds, which the kernel does not keep where it is off. */
    public static final Option<Linger> SO_LINGER = LEVEL.rw("SO_LINGER", Linux.SO_LINGER, LINGER);

    /** Whether the filter is fixed. One way: clearing it gives EPERM. Linux 3.9. */
    public static final Option<Boolean> SO_LOCK_FILTER = LEVEL.rw("SO_LOCK_FILTER", Linux.SO_LOCK_FILTER, BOOL);

    /** The mark of sent packets for routing and netfilter; CAP_NET_RAW does too since Linux 5.17. */
    public static final Option<Long> SO_MARK =
            LEVEL.rw("SO_MARK", Linux.SO_MARK, U32).needs("CAP_NET_ADMIN");

    /** The most to send, in bytes a second; -1 (all bits set) is unlimited. Linux 3.13. */
    public static final Option<Long> SO_MAX_PACING_RATE = LEVEL.rw("SO_MAX_PACING_RATE", Linux.SO_MAX_PACING_RATE, U64);

    /** What the socket's buffers hold. Read only, Linux 4.12. */
    public static final Option<MemInfo> SO_MEMINFO = LEVEL.r("SO_MEMINFO", Linux.SO_MEMINFO, MemInfo.CODEC);

    /** The number of the network namespace. Read only, Linux 5.14; the kernel insists on 8 bytes. */
    public static final Option<Long> SO_NETNS_COOKIE = LEVEL.r("SO_NETNS_COOKIE", Linux.SO_NETNS_COOKIE, U64);

    /** The sender provides the frame check sequence. PACKET sockets on devices that can do it. */
    public static final Option<Boolean> SO_NOFCS = LEVEL.rw("SO_NOFCS", Linux.SO_NOFCS, BOOL);

    /** Send UDP over IPv4 without a checksum. */
    public static final Option<Boolean> SO_NO_CHECK = LEVEL.rw("SO_NO_CHECK", Linux.SO_NO_CHECK, BOOL);

    /** Urgent data stays in the stream. */
    public static final Option<Boolean> SO_OOBINLINE = LEVEL.rw("SO_OOBINLINE", Linux.SO_OOBINLINE, BOOL);

    /** Receive SCM_CREDENTIALS. UNIX and NETLINK; EOPNOTSUPP elsewhere since Linux 6.16. */
    public static final Option<Boolean> SO_PASSCRED = LEVEL.rw("SO_PASSCRED", Linux.SO_PASSCRED, BOOL);

    /** Receive SCM_PIDFD. UNIX, Linux 6.5. */
    public static final Option<Boolean> SO_PASSPIDFD = LEVEL.rw("SO_PASSPIDFD", Linux.SO_PASSPIDFD, BOOL);

    /** Whether the peer may send descriptors; true by default. UNIX, Linux 6.16. */
    public static final Option<Boolean> SO_PASSRIGHTS = LEVEL.rw("SO_PASSRIGHTS", Linux.SO_PASSRIGHTS, BOOL);

    /** Receive SCM_SECURITY. UNIX and NETLINK; EOPNOTSUPP elsewhere since Linux 6.16. */
    public static final Option<Boolean> SO_PASSSEC = LEVEL.rw("SO_PASSSEC", Linux.SO_PASSSEC, BOOL);

    /** Where MSG_PEEK reads, in bytes, moving on by itself; -1 (off) is the default. UNIX; UDP 4.8; TCP 6.9. */
    public static final Option<Integer> SO_PEEK_OFF = LEVEL.rw("SO_PEEK_OFF", Linux.SO_PEEK_OFF, INT);

    /** Who connected, as of then. Read only, UNIX; elsewhere pid 0 and ids -1, without an error. */
    public static final Option<Ucred> SO_PEERCRED = LEVEL.r("SO_PEERCRED", Linux.SO_PEERCRED, Credentials.CODEC);

    /** The supplementary groups of who connected. Read only, UNIX, Linux 4.13; ENODATA without a peer. */
    public static final Option<int[]> SO_PEERGROUPS = LEVEL.r("SO_PEERGROUPS", Linux.SO_PEERGROUPS, INTS);

    /**
     * The first 16 bytes of the peer's sockaddr, or as many as the request is long. Read only; getpeername is the
     * better way.
     */
    public static final Option<byte[]> SO_PEERNAME = LEVEL.r("SO_PEERNAME", Linux.SO_PEERNAME, bytes(SOCKADDR_IN));

    /** The process that connected; close it. Read only, UNIX, Linux 6.5; ENODATA without a peer. */
    public static final Option<PidFd> SO_PEERPIDFD = LEVEL.r("SO_PEERPIDFD", Linux.SO_PEERPIDFD, Credentials.PIDFD);

    /** The peer's security context. Read only; ENOPROTOOPT without a security module that has one. */
    public static final Option<String> SO_PEERSEC = LEVEL.r("SO_PEERSEC", Linux.SO_PEERSEC, string(PEERSEC));

    /** Poll the device rather than take interrupts; only switching on needs the capability. Linux 5.11. */
    public static final Option<Boolean> SO_PREFER_BUSY_POLL =
            LEVEL.rw("SO_PREFER_BUSY_POLL", Linux.SO_PREFER_BUSY_POLL, BOOL).needs("CAP_NET_ADMIN");

    /** The priority of sent packets, 0 to 6; 7 and more need CAP_NET_ADMIN or, since 5.17, CAP_NET_RAW. */
    public static final Option<Integer> SO_PRIORITY = LEVEL.rw("SO_PRIORITY", Linux.SO_PRIORITY, INT);

    /** The protocol, IPPROTO_ … Read only. */
    public static final Option<Integer> SO_PROTOCOL = LEVEL.r("SO_PROTOCOL", Linux.SO_PROTOCOL, INT);

    /**
     * Receive buffer in bytes. The kernel doubles what is set, at most net.core.rmem_max, and gives that; at least
     * 2304.
     */
    public static final Option<Integer> SO_RCVBUF = LEVEL.rw("SO_RCVBUF", Linux.SO_RCVBUF, SIZE);

    /** SO_RCVBUF beyond net.core.rmem_max, up to 2^30 - 1. Set only. */
    public static final Option<Integer> SO_RCVBUFFORCE =
            LEVEL.w("SO_RCVBUFFORCE", Linux.SO_RCVBUFFORCE, SIZE).needs("CAP_NET_ADMIN");

    /**
     * Bytes that make the socket readable, at least 1, and for which a receive of a stream waits, as recv(2) does; fewer come
     * at the end, with the timeout, or to a smaller buffer. TCP takes no more than half of net.ipv4.tcp_rmem's most. A {@link
     * io.sockfd.Socket} knows what was set by its own {@code setOption} or before it was made, and not what is set later on
     * another descriptor of the same socket.
     */
    public static final Option<Integer> SO_RCVLOWAT =
            LEVEL.rw("SO_RCVLOWAT", Linux.SO_RCVLOWAT, range(1, Integer.MAX_VALUE));

    /** Receive SCM_MARK (SO_MARK); CAP_NET_RAW does too. Linux 5.19. */
    public static final Option<Boolean> SO_RCVMARK =
            LEVEL.rw("SO_RCVMARK", Linux.SO_RCVMARK, BOOL).needs("CAP_NET_ADMIN");

    /** Receive the packet's priority (SO_PRIORITY). Linux 6.14. */
    public static final Option<Boolean> SO_RCVPRIORITY = LEVEL.rw("SO_RCVPRIORITY", Linux.SO_RCVPRIORITY, BOOL);

    /**
     * The longest a receive may block, then EAGAIN; zero is for ever. Sockets of this library have timeouts of their
     * own.
     */
    public static final Option<Duration> SO_RCVTIMEO = LEVEL.rw("SO_RCVTIMEO", Linux.SO_RCVTIMEO, DURATION);

    /** SO_RCVTIMEO with 64-bit time on every architecture. Linux 5.1. */
    public static final Option<Duration> SO_RCVTIMEO_NEW = LEVEL.rw("SO_RCVTIMEO_NEW", Linux.SO_RCVTIMEO_NEW, DURATION);

    /** Memory to set aside, in bytes, charged to the cgroup. Linux 5.16; EOPNOTSUPP outside of a memory cgroup. */
    public static final Option<Integer> SO_RESERVE_MEM = LEVEL.rw("SO_RESERVE_MEM", Linux.SO_RESERVE_MEM, INT);

    /** Bind although an old connection is in TIME_WAIT; with datagrams, share the address. */
    public static final Option<Boolean> SO_REUSEADDR = LEVEL.rw("SO_REUSEADDR", Linux.SO_REUSEADDR, BOOL);

    /** Share the address with other sockets of the same user that set this; the kernel spreads the load. Linux 3.9. */
    public static final Option<Boolean> SO_REUSEPORT = LEVEL.rw("SO_REUSEPORT", Linux.SO_REUSEPORT, BOOL);

    /** Receive the number of packets dropped so far (u32). */
    public static final Option<Boolean> SO_RXQ_OVFL = LEVEL.rw("SO_RXQ_OVFL", Linux.SO_RXQ_OVFL, BOOL);

    /** The error queue shows as POLLPRI too. Linux 3.10. */
    public static final Option<Boolean> SO_SELECT_ERR_QUEUE =
            LEVEL.rw("SO_SELECT_ERR_QUEUE", Linux.SO_SELECT_ERR_QUEUE, BOOL);

    /**
     * Send buffer in bytes. The kernel doubles what is set, at most net.core.wmem_max, and gives that; at least 4608.
     */
    public static final Option<Integer> SO_SNDBUF = LEVEL.rw("SO_SNDBUF", Linux.SO_SNDBUF, SIZE);

    /** SO_SNDBUF beyond net.core.wmem_max, up to 2^30 - 1. Set only. */
    public static final Option<Integer> SO_SNDBUFFORCE =
            LEVEL.w("SO_SNDBUFFORCE", Linux.SO_SNDBUFFORCE, SIZE).needs("CAP_NET_ADMIN");

    /** Always 1. Read only: a set gives ENOPROTOOPT. */
    public static final Option<Integer> SO_SNDLOWAT = LEVEL.r("SO_SNDLOWAT", Linux.SO_SNDLOWAT, INT);

    /** The longest a send may block, then EAGAIN, and a connect, then EINPROGRESS; zero is for ever. */
    public static final Option<Duration> SO_SNDTIMEO = LEVEL.rw("SO_SNDTIMEO", Linux.SO_SNDTIMEO, DURATION);

    /** SO_SNDTIMEO with 64-bit time on every architecture. Linux 5.1. */
    public static final Option<Duration> SO_SNDTIMEO_NEW = LEVEL.rw("SO_SNDTIMEO_NEW", Linux.SO_SNDTIMEO_NEW, DURATION);

    /** Receive the arrival time in microseconds (SCM_TIMESTAMP); turns the other two kinds off. */
    public static final Option<Boolean> SO_TIMESTAMP = LEVEL.rw("SO_TIMESTAMP", Linux.SO_TIMESTAMP, BOOL);

    /** Receive time stamps of the kinds in SOF_TIMESTAMPING_ …, of arrival and of departure. */
    public static final Option<SoTimestamping> SO_TIMESTAMPING =
            LEVEL.rw("SO_TIMESTAMPING", Linux.SO_TIMESTAMPING, SoTimestamping.CODEC);

    /** SO_TIMESTAMPING with 64-bit time on every architecture. Linux 5.1. */
    public static final Option<SoTimestamping> SO_TIMESTAMPING_NEW =
            LEVEL.rw("SO_TIMESTAMPING_NEW", Linux.SO_TIMESTAMPING_NEW, SoTimestamping.CODEC);

    /** Receive the arrival time in nanoseconds (SCM_TIMESTAMPNS). */
    public static final Option<Boolean> SO_TIMESTAMPNS = LEVEL.rw("SO_TIMESTAMPNS", Linux.SO_TIMESTAMPNS, BOOL);

    /** SO_TIMESTAMPNS with 64-bit time on every architecture. Linux 5.1. */
    public static final Option<Boolean> SO_TIMESTAMPNS_NEW =
            LEVEL.rw("SO_TIMESTAMPNS_NEW", Linux.SO_TIMESTAMPNS_NEW, BOOL);

    /** SO_TIMESTAMP with 64-bit time on every architecture. Linux 5.1. */
    public static final Option<Boolean> SO_TIMESTAMP_NEW = LEVEL.rw("SO_TIMESTAMP_NEW", Linux.SO_TIMESTAMP_NEW, BOOL);

    /**
     * 1 lets TCP choose another path after a timeout, 0 not, -1 as the system does (net.core.txrehash), which is read as
     * what that is. TCP, Linux 5.18.
     */
    public static final Option<Integer> SO_TXREHASH = LEVEL.rw("SO_TXREHASH", Linux.SO_TXREHASH, INT);

    /**
     * Send at the time of a control message (SCM_TXTIME); clocks other than CLOCK_MONOTONIC need the capability. Linux
     * 4.19.
     */
    public static final Option<SockTxtime> SO_TXTIME =
            LEVEL.rw("SO_TXTIME", Linux.SO_TXTIME, SockTxtime.CODEC).needs("CAP_NET_ADMIN");

    /** The type, SOCK_ … Read only. */
    public static final Option<Integer> SO_TYPE = LEVEL.r("SO_TYPE", Linux.SO_TYPE, INT);

    /** Receive whether a frame was acknowledged (SCM_WIFI_STATUS). Wireless devices. */
    public static final Option<Boolean> SO_WIFI_STATUS = LEVEL.rw("SO_WIFI_STATUS", Linux.SO_WIFI_STATUS, BOOL);

    /** MSG_ZEROCOPY sends from the caller's memory. TCP 4.14, UDP 5.0, VSOCK 6.7; EOPNOTSUPP elsewhere. */
    public static final Option<Boolean> SO_ZEROCOPY = LEVEL.rw("SO_ZEROCOPY", Linux.SO_ZEROCOPY, BOOL);

    private SocketOptions() {}
}
