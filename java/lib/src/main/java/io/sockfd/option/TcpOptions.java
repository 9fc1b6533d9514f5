package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.INT;
import static io.sockfd.Codecs.U32;
import static io.sockfd.Codecs.bytes;
import static io.sockfd.Codecs.range;
import static io.sockfd.Codecs.string;
import static io.sockfd.option.Sizes.FASTOPEN_KEYS;
import static io.sockfd.option.Sizes.NAME;
import static io.sockfd.option.Sizes.SAVED_SYN;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of TCP: IPPROTO_TCP.
 *
 * <pre>{@code
 * socket.setOption(TcpOptions.TCP_NODELAY, true).setOption(TcpOptions.TCP_USER_TIMEOUT, 5000L); // milliseconds
 * System.out.println(socket.getOption(TcpOptions.TCP_INFO).rttMicros() + " us");
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7)</a>, section "Socket options"
 */
public final class TcpOptions {
    private static final Level LEVEL = new Level(Linux.IPPROTO_TCP);
    private static final int FIN_TIMEOUT_MAX = 120;

    /** Add a key of the TCP Authentication Option (RFC 5925) for a peer. Set only, Linux 6.7. */
    public static final Option<TcpAoAdd> TCP_AO_ADD_KEY =
            LEVEL.w("TCP_AO_ADD_KEY", Linux.TCP_AO_ADD_KEY, TcpAoAdd.CODEC);

    /** Delete a key of the TCP Authentication Option. Set only, Linux 6.7. */
    public static final Option<TcpAoDel> TCP_AO_DEL_KEY =
            LEVEL.w("TCP_AO_DEL_KEY", Linux.TCP_AO_DEL_KEY, TcpAoDel.CODEC);

    /**
     * The keys of the TCP Authentication Option; all of them, or those that match the request's one element. Read
     * only, Linux 6.7; ENOENT without any.
     */
    public static final Option<TcpAoKey[]> TCP_AO_GET_KEYS =
            LEVEL.r("TCP_AO_GET_KEYS", Linux.TCP_AO_GET_KEYS, TcpAoKey.ARRAY);

    /** Which keys of the TCP Authentication Option are in use, and counters. Linux 6.7; ENOENT without any key. */
    public static final Option<TcpAoInfo> TCP_AO_INFO = LEVEL.rw("TCP_AO_INFO", Linux.TCP_AO_INFO, TcpAoInfo.CODEC);

    /** The state of the TCP Authentication Option, for checkpoint and restore. Only in repair mode, Linux 6.7. */
    public static final Option<TcpAoRepair> TCP_AO_REPAIR =
            LEVEL.rw("TCP_AO_REPAIR", Linux.TCP_AO_REPAIR, TcpAoRepair.CODEC).needs("CAP_NET_ADMIN");

    /** What the congestion control tells of itself; empty for most. Read only, Linux 4.1. */
    public static final Option<TcpCcInfo> TCP_CC_INFO = LEVEL.r("TCP_CC_INFO", Linux.TCP_CC_INFO, TcpCcInfo.CODEC);

    /**
     * The congestion control by name; ENOENT for one that is not there, EPERM for one that is not in
     * tcp_allowed_congestion_control.
     */
    public static final Option<String> TCP_CONGESTION = LEVEL.rw("TCP_CONGESTION", Linux.TCP_CONGESTION, string(NAME));

    /** Send no partial segments until it is cleared, for 200 ms at most. */
    public static final Option<Boolean> TCP_CORK = LEVEL.rw("TCP_CORK", Linux.TCP_CORK, BOOL);

    /** Accept only when data came, for this many seconds; rounded up to when the SYN-ACK is sent again, 255 times at most. */
    public static final Option<Integer> TCP_DEFER_ACCEPT =
            LEVEL.rw("TCP_DEFER_ACCEPT", Linux.TCP_DEFER_ACCEPT, range(0, Integer.MAX_VALUE));

    /** The longest an ACK is delayed, in microseconds up to 200000, rounded up to the kernel's ticks. Linux 6.15. */
    public static final Option<Integer> TCP_DELACK_MAX_US = LEVEL.rw("TCP_DELACK_MAX_US", Linux.TCP_DELACK_MAX_US, INT);

    /**
     * A listener takes data with the SYN, from this many half-open connections at most, and no more than
     * net.core.somaxconn; 0 is off. RFC 7413, Linux 3.7.
     */
    public static final Option<Integer> TCP_FASTOPEN = LEVEL.rw("TCP_FASTOPEN", Linux.TCP_FASTOPEN, INT);

    /** Connect returns at once and the first write goes with the SYN. Linux 4.11. */
    public static final Option<Boolean> TCP_FASTOPEN_CONNECT =
            LEVEL.rw("TCP_FASTOPEN_CONNECT", Linux.TCP_FASTOPEN_CONNECT, BOOL);

    /** The key of the cookies, 16 bytes, or two keys, 32: the primary and the backup. Linux 4.15. */
    public static final Option<byte[]> TCP_FASTOPEN_KEY =
            LEVEL.rw("TCP_FASTOPEN_KEY", Linux.TCP_FASTOPEN_KEY, bytes(FASTOPEN_KEYS));

    /** Fast open without a cookie. Linux 4.15. */
    public static final Option<Boolean> TCP_FASTOPEN_NO_COOKIE =
            LEVEL.rw("TCP_FASTOPEN_NO_COOKIE", Linux.TCP_FASTOPEN_NO_COOKIE, BOOL);

    /** The state of the connection. Read only. */
    public static final Option<TcpInfo> TCP_INFO = LEVEL.r("TCP_INFO", Linux.TCP_INFO, TcpInfo.CODEC);

    /** Receive how many bytes wait (TCP_CM_INQ). Linux 4.18. */
    public static final Option<Boolean> TCP_INQ = LEVEL.rw("TCP_INQ", Linux.TCP_INQ, BOOL);

    /**
     * Whether the connection is an MPTCP one, false after a fall back to TCP. Read only, Linux 5.16 for MPTCP, 6.9 for
     * TCP.
     */
    public static final Option<Boolean> TCP_IS_MPTCP = LEVEL.r("TCP_IS_MPTCP", Linux.TCP_IS_MPTCP, BOOL);

    /** Keepalive probes without an answer before the connection ends, 1 to 127. */
    public static final Option<Integer> TCP_KEEPCNT = LEVEL.rw("TCP_KEEPCNT", Linux.TCP_KEEPCNT, INT);

    /** Idle seconds before the first keepalive probe, 1 to 32767. */
    public static final Option<Integer> TCP_KEEPIDLE = LEVEL.rw("TCP_KEEPIDLE", Linux.TCP_KEEPIDLE, INT);

    /** Seconds between keepalive probes, 1 to 32767. */
    public static final Option<Integer> TCP_KEEPINTVL = LEVEL.rw("TCP_KEEPINTVL", Linux.TCP_KEEPINTVL, INT);

    /** Seconds in FIN_WAIT2 after a close, up to 120; -1 is none, 0 is the system's default, which is read then. */
    public static final Option<Integer> TCP_LINGER2 =
            LEVEL.rw("TCP_LINGER2", Linux.TCP_LINGER2, range(-1, FIN_TIMEOUT_MAX));

    /** The largest segment in bytes, 88 to 32767. Before the connection gives what was set, or 536; then what is used. */
    public static final Option<Integer> TCP_MAXSEG = LEVEL.rw("TCP_MAXSEG", Linux.TCP_MAXSEG, INT);

    /** The key of the TCP MD5 signature (RFC 2385) for a peer; an empty key removes it. Set only. */
    public static final Option<TcpMd5sig> TCP_MD5SIG = LEVEL.w("TCP_MD5SIG", Linux.TCP_MD5SIG, TcpMd5sig.CODEC);

    /** TCP_MD5SIG with a prefix length and an interface. Set only, Linux 4.13. */
    public static final Option<TcpMd5sig> TCP_MD5SIG_EXT =
            LEVEL.w("TCP_MD5SIG_EXT", Linux.TCP_MD5SIG_EXT, TcpMd5sig.EXT_CODEC);

    /** Send small segments at once (no Nagle). */
    public static final Option<Boolean> TCP_NODELAY = LEVEL.rw("TCP_NODELAY", Linux.TCP_NODELAY, BOOL);

    /** Writable only while fewer than this many bytes are unsent; 4294967295 is off. Linux 3.12. */
    public static final Option<Long> TCP_NOTSENT_LOWAT = LEVEL.rw("TCP_NOTSENT_LOWAT", Linux.TCP_NOTSENT_LOWAT, U32);

    /** The sequence number of the queue chosen with TCP_REPAIR_QUEUE. EINVAL outside of repair mode. */
    public static final Option<Long> TCP_QUEUE_SEQ =
            LEVEL.rw("TCP_QUEUE_SEQ", Linux.TCP_QUEUE_SEQ, U32).needs("CAP_NET_ADMIN");

    /** ACK at once. The kernel goes back to delayed ACKs by itself. */
    public static final Option<Boolean> TCP_QUICKACK = LEVEL.rw("TCP_QUICKACK", Linux.TCP_QUICKACK, BOOL);

    /** Repair mode for checkpoint and restore: TCP_REPAIR_ON, OFF, OFF_NO_WP, which is read as OFF. Linux 3.5. */
    public static final Option<Integer> TCP_REPAIR =
            LEVEL.rw("TCP_REPAIR", Linux.TCP_REPAIR, INT).needs("CAP_NET_ADMIN");

    /**
     * The options that the handshake had agreed on. Set only, in repair mode; EINVAL outside, EPERM unless
     * established.
     */
    public static final Option<TcpRepairOpt[]> TCP_REPAIR_OPTIONS = LEVEL.w(
                    "TCP_REPAIR_OPTIONS", Linux.TCP_REPAIR_OPTIONS, TcpRepairOpt.ARRAY)
            .needs("CAP_NET_ADMIN");

    /** Which queue is repaired: TCP_NO_QUEUE, TCP_RECV_QUEUE, TCP_SEND_QUEUE. EINVAL outside of repair mode. */
    public static final Option<Integer> TCP_REPAIR_QUEUE =
            LEVEL.rw("TCP_REPAIR_QUEUE", Linux.TCP_REPAIR_QUEUE, INT).needs("CAP_NET_ADMIN");

    /** The windows, in repair mode. Linux 4.8; EPERM outside of it. */
    public static final Option<TcpRepairWindow> TCP_REPAIR_WINDOW = LEVEL.rw(
                    "TCP_REPAIR_WINDOW", Linux.TCP_REPAIR_WINDOW, TcpRepairWindow.CODEC)
            .needs("CAP_NET_ADMIN");

    /** The largest retransmission timeout in milliseconds, 1000 to 120000, rounded up to the kernel's ticks. Linux 6.15. */
    public static final Option<Integer> TCP_RTO_MAX_MS = LEVEL.rw("TCP_RTO_MAX_MS", Linux.TCP_RTO_MAX_MS, INT);

    /** The least retransmission timeout in microseconds, at most 200000, rounded up to the kernel's ticks. Linux 6.15. */
    public static final Option<Integer> TCP_RTO_MIN_US = LEVEL.rw("TCP_RTO_MIN_US", Linux.TCP_RTO_MIN_US, INT);

    /**
     * The SYN's headers on an accepted connection; reading drops them, then it is empty. Read only, after
     * TCP_SAVE_SYN.
     */
    public static final Option<byte[]> TCP_SAVED_SYN = LEVEL.r("TCP_SAVED_SYN", Linux.TCP_SAVED_SYN, bytes(SAVED_SYN));

    /** A listener keeps the headers of SYNs: 1 from IP on, 2 from the link layer on. Linux 4.2. */
    public static final Option<Integer> TCP_SAVE_SYN = LEVEL.rw("TCP_SAVE_SYN", Linux.TCP_SAVE_SYN, INT);

    /** How often a SYN is sent again, 1 to 127. */
    public static final Option<Integer> TCP_SYNCNT = LEVEL.rw("TCP_SYNCNT", Linux.TCP_SYNCNT, INT);

    /** Without effect since Linux 4.11, and always read as false. */
    public static final Option<Boolean> TCP_THIN_DUPACK = LEVEL.rw("TCP_THIN_DUPACK", Linux.TCP_THIN_DUPACK, BOOL);

    /** Timeouts of a connection with little in flight do not double. */
    public static final Option<Boolean> TCP_THIN_LINEAR_TIMEOUTS =
            LEVEL.rw("TCP_THIN_LINEAR_TIMEOUTS", Linux.TCP_THIN_LINEAR_TIMEOUTS, BOOL);

    /**
     * The clock of the timestamps option, in milliseconds (or, since 6.7, microseconds in repair). Set only in repair
     * mode, else EPERM.
     */
    public static final Option<Long> TCP_TIMESTAMP =
            LEVEL.rw("TCP_TIMESTAMP", Linux.TCP_TIMESTAMP, U32).needs("CAP_NET_ADMIN");

    /** Delay all that is sent by this many microseconds, for tests; needs fq. Linux 5.3. */
    public static final Option<Integer> TCP_TX_DELAY = LEVEL.rw("TCP_TX_DELAY", Linux.TCP_TX_DELAY, INT);

    /**
     * The protocol on top, for instance "tls" (which needs an established connection: ENOTCONN); ENOENT when its
     * module is not there.
     */
    public static final Option<String> TCP_ULP = LEVEL.rw("TCP_ULP", Linux.TCP_ULP, string(NAME));

    /** Milliseconds that data may stay unacknowledged before ETIMEDOUT; 0 is the system's default. RFC 5482. */
    public static final Option<Long> TCP_USER_TIMEOUT = LEVEL.rw("TCP_USER_TIMEOUT", Linux.TCP_USER_TIMEOUT, U32);

    /** The largest window to offer, in bytes; less than half of the least SO_RCVBUF becomes that. 0 only before the connection. */
    public static final Option<Integer> TCP_WINDOW_CLAMP =
            LEVEL.rw("TCP_WINDOW_CLAMP", Linux.TCP_WINDOW_CLAMP, range(0, Integer.MAX_VALUE));

    /** Map received pages into memory that mmap made from this socket. Read only, with a request. Linux 4.18. */
    public static final Option<TcpZerocopyReceive> TCP_ZEROCOPY_RECEIVE =
            LEVEL.r("TCP_ZEROCOPY_RECEIVE", Linux.TCP_ZEROCOPY_RECEIVE, TcpZerocopyReceive.CODEC);

    private TcpOptions() {}
}
