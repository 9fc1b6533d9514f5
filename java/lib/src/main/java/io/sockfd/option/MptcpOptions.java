package io.sockfd.option;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of Multipath TCP: SOL_MPTCP; most of TCP's and IP's work on such a socket too. Those of SOL_SOCKET that
 * mean nothing for a stream (SO_BROADCAST, SO_DONTROUTE, SO_NOFCS, SO_NO_CHECK, SO_RXQ_OVFL, SO_SELECT_ERR_QUEUE,
 * SO_WIFI_STATUS) it takes and ignores, as a connection does TCP_DEFER_ACCEPT; 0 seconds or probes of
 * TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT it takes as the default.
 *
 * <pre>{@code
 * try (Socket mptcp = Socket.open(Domain.INET, SocketType.STREAM, Protocol.MPTCP)) {
 *     mptcp.connect(address);
 *     System.out.println(mptcp.getOption(MptcpOptions.MPTCP_INFO).subflows() + " subflows beside the first");
 * }
 * }</pre>
 *
 * @see <a href="https://docs.kernel.org/networking/mptcp.html">MPTCP, in the kernel's documentation</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8684">RFC 8684</a>
 */
public final class MptcpOptions {
    private static final Level LEVEL = new Level(Linux.SOL_MPTCP);

    /** MPTCP_INFO, MPTCP_TCPINFO and MPTCP_SUBFLOW_ADDRS of the same moment. Read only, Linux 6.5. */
    public static final Option<MptcpFullInfo> MPTCP_FULL_INFO =
            LEVEL.r("MPTCP_FULL_INFO", Linux.MPTCP_FULL_INFO, MptcpFullInfo.CODEC);

    /** The state of the connection. Read only, Linux 5.16. */
    public static final Option<MptcpInfo> MPTCP_INFO = LEVEL.r("MPTCP_INFO", Linux.MPTCP_INFO, MptcpInfo.CODEC);

    /** The addresses of the subflows. Read only, Linux 5.16. */
    public static final Option<MptcpSubflowAddrs> MPTCP_SUBFLOW_ADDRS =
            LEVEL.r("MPTCP_SUBFLOW_ADDRS", Linux.MPTCP_SUBFLOW_ADDRS, MptcpSubflowAddrs.CODEC);

    /** The TCP_INFO of each subflow. Read only, Linux 5.16. */
    public static final Option<MptcpTcpInfo> MPTCP_TCPINFO =
            LEVEL.r("MPTCP_TCPINFO", Linux.MPTCP_TCPINFO, MptcpTcpInfo.CODEC);

    private MptcpOptions() {}
}
