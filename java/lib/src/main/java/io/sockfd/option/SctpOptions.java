package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.INT;
import static io.sockfd.Codecs.U32;

import io.sockfd.Option;
import io.sockfd.raw.Linux;
import java.net.InetSocketAddress;

/**
 * The options of SCTP: SOL_SCTP. For those with a struct that is not here, {@link io.sockfd.Option#bytes} and the
 * layouts of {@code io.sockfd.raw.struct}.
 *
 * <pre>{@code
 * try (Socket sctp = Socket.open(Domain.INET, SocketType.STREAM, Protocol.SCTP)) {
 *     sctp.setOption(SctpOptions.SCTP_INITMSG, new SctpInitmsg(8, 8, 0, 0)); // streams out and in
 *     sctp.connect(address);
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/sctp.7.html">sctp(7)</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6458">RFC 6458</a>
 */
public final class SctpOptions {
    private static final Level LEVEL = new Level(Linux.SOL_SCTP);

    /** The adaptation layer indication that is sent when an association begins. */
    public static final Option<Long> SCTP_ADAPTATION_LAYER =
            LEVEL.rw("SCTP_ADAPTATION_LAYER", Linux.SCTP_ADAPTATION_LAYER, U32);

    /** Close idle associations after this many seconds; 0 is off. SOCK_SEQPACKET only. */
    public static final Option<Integer> SCTP_AUTOCLOSE = LEVEL.rw("SCTP_AUTOCLOSE", Linux.SCTP_AUTOCLOSE, INT);

    /** Tell peers when addresses of this host come and go; the socket is bound to all. */
    public static final Option<Boolean> SCTP_AUTO_ASCONF = LEVEL.rw("SCTP_AUTO_ASCONF", Linux.SCTP_AUTO_ASCONF, BOOL);

    /** EMSGSIZE for messages that do not fit into one packet. */
    public static final Option<Boolean> SCTP_DISABLE_FRAGMENTS =
            LEVEL.rw("SCTP_DISABLE_FRAGMENTS", Linux.SCTP_DISABLE_FRAGMENTS, BOOL);

    /** Receive a kind of notification, or no longer. Linux 5.0; before, SCTP_EVENTS. */
    public static final Option<SctpEvent> SCTP_EVENT = LEVEL.rw("SCTP_EVENT", Linux.SCTP_EVENT, SctpEvent.CODEC);

    /** How parts of messages may be mixed on receive: 0, 1 or 2. */
    public static final Option<Integer> SCTP_FRAGMENT_INTERLEAVE =
            LEVEL.rw("SCTP_FRAGMENT_INTERLEAVE", Linux.SCTP_FRAGMENT_INTERLEAVE, INT);

    /** Associations of this socket. Read only. */
    public static final Option<Integer> SCTP_GET_ASSOC_NUMBER =
            LEVEL.r("SCTP_GET_ASSOC_NUMBER", Linux.SCTP_GET_ASSOC_NUMBER, INT);

    /** The addresses of this side of an association; association 0 is the socket itself. Read only, with a request. */
    public static final Option<SctpAddresses> SCTP_GET_LOCAL_ADDRS =
            LEVEL.r("SCTP_GET_LOCAL_ADDRS", Linux.SCTP_GET_LOCAL_ADDRS, SctpAddresses.CODEC);

    /** The addresses of the other side. Read only, with a request. */
    public static final Option<SctpAddresses> SCTP_GET_PEER_ADDRS =
            LEVEL.r("SCTP_GET_PEER_ADDRS", Linux.SCTP_GET_PEER_ADDRS, SctpAddresses.CODEC);

    /** What an association to come asks for: streams, attempts, timeout. */
    public static final Option<SctpInitmsg> SCTP_INITMSG =
            LEVEL.rw("SCTP_INITMSG", Linux.SCTP_INITMSG, SctpInitmsg.CODEC);

    /** IPv4 peers of an IPv6 socket show as mapped addresses. */
    public static final Option<Boolean> SCTP_I_WANT_MAPPED_V4_ADDR =
            LEVEL.rw("SCTP_I_WANT_MAPPED_V4_ADDR", Linux.SCTP_I_WANT_MAPPED_V4_ADDR, BOOL);

    /** Send small messages at once (no Nagle). */
    public static final Option<Boolean> SCTP_NODELAY = LEVEL.rw("SCTP_NODELAY", Linux.SCTP_NODELAY, BOOL);

    /** Bytes from which a message is delivered in parts. */
    public static final Option<Integer> SCTP_PARTIAL_DELIVERY_POINT =
            LEVEL.rw("SCTP_PARTIAL_DELIVERY_POINT", Linux.SCTP_PARTIAL_DELIVERY_POINT, INT);

    /** Receive what is known of the next message (SCTP_NXTINFO). Linux 3.17. */
    public static final Option<Boolean> SCTP_RECVNXTINFO = LEVEL.rw("SCTP_RECVNXTINFO", Linux.SCTP_RECVNXTINFO, BOOL);

    /** Receive where a message belongs (SCTP_RCVINFO). Linux 3.17. */
    public static final Option<Boolean> SCTP_RECVRCVINFO = LEVEL.rw("SCTP_RECVRCVINFO", Linux.SCTP_RECVRCVINFO, BOOL);

    /** Share the port, one-to-one sockets only. Linux 4.18. */
    public static final Option<Boolean> SCTP_REUSE_PORT = LEVEL.rw("SCTP_REUSE_PORT", Linux.SCTP_REUSE_PORT, BOOL);

    /** Binds to these addresses too, all with the socket's port or port 0. Set only; C's sctp_bindx(3). */
    public static final Option<InetSocketAddress[]> SCTP_SOCKOPT_BINDX_ADD =
            LEVEL.w("SCTP_SOCKOPT_BINDX_ADD", Linux.SCTP_SOCKOPT_BINDX_ADD, PackedAddresses.CODEC);

    /** Gives up some of the addresses that the socket is bound to; not all of them. Set only; C's sctp_bindx(3). */
    public static final Option<InetSocketAddress[]> SCTP_SOCKOPT_BINDX_REM =
            LEVEL.w("SCTP_SOCKOPT_BINDX_REM", Linux.SCTP_SOCKOPT_BINDX_REM, PackedAddresses.CODEC);

    /**
     * Begins to connect to a peer that has all of these addresses. Set only; C's sctp_connectx(3). The socket does not
     * block in the kernel, so that this throws EINPROGRESS; {@code poll(POLLOUT)} waits for the end and SO_ERROR says
     * which one it was.
     */
    public static final Option<InetSocketAddress[]> SCTP_SOCKOPT_CONNECTX =
            LEVEL.w("SCTP_SOCKOPT_CONNECTX", Linux.SCTP_SOCKOPT_CONNECTX, PackedAddresses.CODEC);

    private SctpOptions() {}
}
