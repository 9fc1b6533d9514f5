package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.INT;
import static io.sockfd.Codecs.INTS;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of netlink sockets: SOL_NETLINK.
 *
 * <pre>{@code
 * try (Socket netlink = Socket.netlink(NETLINK_ROUTE)) {
 *     netlink.setOption(NetlinkOptions.NETLINK_EXT_ACK, true); // errors come with a text
 *     netlink.setOption(NetlinkOptions.NETLINK_ADD_MEMBERSHIP, RTNLGRP_LINK);
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>, section "Socket options"
 */
public final class NetlinkOptions {
    private static final Level LEVEL = new Level(Linux.SOL_NETLINK);

    /** Join a multicast group by its number, from 1 on. Set only; EINVAL for one that the protocol does not have. */
    public static final Option<Integer> NETLINK_ADD_MEMBERSHIP =
            LEVEL.w("NETLINK_ADD_MEMBERSHIP", Linux.NETLINK_ADD_MEMBERSHIP, INT);

    /** A sender of a broadcast hears of receivers that missed it. */
    public static final Option<Boolean> NETLINK_BROADCAST_ERROR =
            LEVEL.rw("NETLINK_BROADCAST_ERROR", Linux.NETLINK_BROADCAST_ERROR, BOOL);

    /** Acknowledgements carry only the header of the request. Linux 4.3. */
    public static final Option<Boolean> NETLINK_CAP_ACK = LEVEL.rw("NETLINK_CAP_ACK", Linux.NETLINK_CAP_ACK, BOOL);

    /** Leave a multicast group. Set only. */
    public static final Option<Integer> NETLINK_DROP_MEMBERSHIP =
            LEVEL.w("NETLINK_DROP_MEMBERSHIP", Linux.NETLINK_DROP_MEMBERSHIP, INT);

    /** Errors come with a text and the attribute that caused them. Linux 4.12. */
    public static final Option<Boolean> NETLINK_EXT_ACK = LEVEL.rw("NETLINK_EXT_ACK", Linux.NETLINK_EXT_ACK, BOOL);

    /** Requests for dumps are checked strictly and filter. Linux 4.20. */
    public static final Option<Boolean> NETLINK_GET_STRICT_CHK =
            LEVEL.rw("NETLINK_GET_STRICT_CHK", Linux.NETLINK_GET_STRICT_CHK, BOOL);

    /** Receive from all network namespaces that have an id here. Linux 4.2. */
    public static final Option<Boolean> NETLINK_LISTEN_ALL_NSID = LEVEL.rw(
                    "NETLINK_LISTEN_ALL_NSID", Linux.NETLINK_LISTEN_ALL_NSID, BOOL)
            .needs("CAP_NET_BROADCAST");

    /** The joined groups as a bit mask, group 1 in bit 0. Read only, Linux 4.2. */
    public static final Option<int[]> NETLINK_LIST_MEMBERSHIPS =
            LEVEL.r("NETLINK_LIST_MEMBERSHIPS", Linux.NETLINK_LIST_MEMBERSHIPS, INTS);

    /** Do not report lost messages with ENOBUFS. */
    public static final Option<Boolean> NETLINK_NO_ENOBUFS =
            LEVEL.rw("NETLINK_NO_ENOBUFS", Linux.NETLINK_NO_ENOBUFS, BOOL);

    /** Receive the group of a message (NETLINK_PKTINFO). */
    public static final Option<Boolean> NETLINK_PKTINFO = LEVEL.rw("NETLINK_PKTINFO", Linux.NETLINK_PKTINFO, BOOL);

    private NetlinkOptions() {}
}
