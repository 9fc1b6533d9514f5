package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.U32;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of TIPC whose value is plain: SOL_TIPC. The ones without a value take any number.
 *
 * <pre>{@code
 * try (Socket tipc = Socket.open(Domain.TIPC, SocketType.RDM)) {
 *     tipc.setOption(TipcOptions.TIPC_IMPORTANCE, (long) TIPC_HIGH_IMPORTANCE);
 * }
 * }</pre>
 *
 * @see <a href="https://tipc.io/programming.html">TIPC programmer's guide</a>
 */
public final class TipcOptions {
    private static final Level LEVEL = new Level(Linux.SOL_TIPC);

    /** The longest that connect may take, in milliseconds. */
    public static final Option<Long> TIPC_CONN_TIMEOUT = LEVEL.rw("TIPC_CONN_TIMEOUT", Linux.TIPC_CONN_TIMEOUT, U32);

    /** Drop what cannot be delivered, rather than send it back. */
    public static final Option<Boolean> TIPC_DEST_DROPPABLE =
            LEVEL.rw("TIPC_DEST_DROPPABLE", Linux.TIPC_DEST_DROPPABLE, BOOL);

    /** Leave the group. Set only, without a value. */
    public static final Option<Long> TIPC_GROUP_LEAVE = LEVEL.w("TIPC_GROUP_LEAVE", Linux.TIPC_GROUP_LEAVE, U32);

    /** How readily messages are dropped: TIPC_LOW_IMPORTANCE to TIPC_CRITICAL_IMPORTANCE. */
    public static final Option<Long> TIPC_IMPORTANCE = LEVEL.rw("TIPC_IMPORTANCE", Linux.TIPC_IMPORTANCE, U32);

    /** Send multicast by broadcast. Set only, without a value. */
    public static final Option<Long> TIPC_MCAST_BROADCAST =
            LEVEL.w("TIPC_MCAST_BROADCAST", Linux.TIPC_MCAST_BROADCAST, U32);

    /** Send multicast by copies. Set only, without a value. */
    public static final Option<Long> TIPC_MCAST_REPLICAST =
            LEVEL.w("TIPC_MCAST_REPLICAST", Linux.TIPC_MCAST_REPLICAST, U32);

    /** Send small messages at once (no Nagle). Set only, Linux 5.5. */
    public static final Option<Boolean> TIPC_NODELAY = LEVEL.w("TIPC_NODELAY", Linux.TIPC_NODELAY, BOOL);

    /** Always 0. Read only. */
    public static final Option<Long> TIPC_NODE_RECVQ_DEPTH =
            LEVEL.r("TIPC_NODE_RECVQ_DEPTH", Linux.TIPC_NODE_RECVQ_DEPTH, U32);

    /** Messages that wait. Read only. */
    public static final Option<Long> TIPC_SOCK_RECVQ_DEPTH =
            LEVEL.r("TIPC_SOCK_RECVQ_DEPTH", Linux.TIPC_SOCK_RECVQ_DEPTH, U32);

    /** Bytes that wait. Read only, Linux 5.1. */
    public static final Option<Long> TIPC_SOCK_RECVQ_USED =
            LEVEL.r("TIPC_SOCK_RECVQ_USED", Linux.TIPC_SOCK_RECVQ_USED, U32);

    /** Drop sent messages under congestion. */
    public static final Option<Boolean> TIPC_SRC_DROPPABLE =
            LEVEL.rw("TIPC_SRC_DROPPABLE", Linux.TIPC_SRC_DROPPABLE, BOOL);

    private TipcOptions() {}
}
