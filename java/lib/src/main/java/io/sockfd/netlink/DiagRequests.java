package io.sockfd.netlink;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.InetDiagReqV2;
import io.sockfd.raw.struct.InetDiagSockid;
import io.sockfd.raw.struct.NetlinkDiagReq;
import io.sockfd.raw.struct.PacketDiagReq;
import io.sockfd.raw.struct.UnixDiagReq;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The requests of sock_diag(7). */
final class DiagRequests {
    static final int ID_SIZE = InetDiagSockid.SIZE;

    private static final String CALL = "SOCK_DIAG_BY_FAMILY";
    private static final int LARGEST_U8 = 255;
    private static final int UNIX_SHOW = Linux.UDIAG_SHOW_NAME
            | Linux.UDIAG_SHOW_VFS
            | Linux.UDIAG_SHOW_PEER
            | Linux.UDIAG_SHOW_ICONS
            | Linux.UDIAG_SHOW_RQLEN
            | Linux.UDIAG_SHOW_MEMINFO
            | Linux.UDIAG_SHOW_UID;
    private static final int PACKET_SHOW = Linux.PACKET_SHOW_INFO
            | Linux.PACKET_SHOW_MCLIST
            | Linux.PACKET_SHOW_RING_CFG
            | Linux.PACKET_SHOW_FANOUT
            | Linux.PACKET_SHOW_MEMINFO
            | Linux.PACKET_SHOW_FILTER;
    private static final int NETLINK_SHOW =
            Linux.NDIAG_SHOW_MEMINFO | Linux.NDIAG_SHOW_GROUPS | Linux.NDIAG_SHOW_RING_CFG | Linux.NDIAG_SHOW_FLAGS;

    private DiagRequests() {}

    /** Where its struct inet_diag_sockid begins in the request. */
    static int inet(NetlinkRequest request, InetQuery query) {
        if (request.call().equals("netlink")) {
            request.describe(CALL, "Internet sockets");
        }
        int at = request.struct(InetDiagReqV2.SIZE);
        int protocol = query.protocol();
        ByteBuffer b = request.buffer();
        InetDiagReqV2.sdiag_family(b, at, query.family());
        InetDiagReqV2.sdiag_protocol(b, at, Math.min(protocol, LARGEST_U8));
        InetDiagReqV2.idiag_ext(b, at, query.extensions());
        InetDiagReqV2.idiag_states(b, at, query.states());
        int id = at + InetDiagReqV2.ID;
        InetDiagSockid.idiag_sport(b, id, query.localPort());
        InetDiagSockid.idiag_dport(b, id, query.remotePort());
        InetDiagSockid.idiag_cookie(b, id, 0, Linux.INET_DIAG_NOCOOKIE);
        InetDiagSockid.idiag_cookie(b, id, 1, Linux.INET_DIAG_NOCOOKIE);
        if (protocol > LARGEST_U8) {
            request.u32(Linux.INET_DIAG_REQ_PROTOCOL, protocol);
        }
        return id;
    }

    static void exact(NetlinkRequest request, InetQuery query, InetSocketAddress local, InetSocketAddress remote) {
        byte[] src = local.getAddress().getAddress();
        byte[] dst = remote.getAddress().getAddress();
        if (src.length != dst.length) {
            throw new IllegalArgumentException(local + " and " + remote + " are of different families");
        }
        int id = inet(request, query.ports(local.getPort(), remote.getPort()));
        request.describe(CALL, local + " " + remote);
        InetDiagSockid.idiag_src(request.buffer(), id, src);
        InetDiagSockid.idiag_dst(request.buffer(), id, dst);
    }

    /** The kernel looks for the token where others have the first half of the cookie. */
    static void mptcp(NetlinkRequest request, int token) {
        int id = inet(request, InetQuery.of(Linux.AF_INET, Linux.IPPROTO_MPTCP));
        request.describe(CALL, "MPTCP token " + Integer.toUnsignedString(token));
        InetDiagSockid.idiag_cookie(request.buffer(), id, 0, token);
    }

    static void unix(NetlinkRequest request, int states) {
        int at = request.describe(CALL, "UNIX sockets").struct(UnixDiagReq.SIZE);
        ByteBuffer b = request.buffer();
        UnixDiagReq.sdiag_family(b, at, Linux.AF_UNIX);
        UnixDiagReq.udiag_states(b, at, states);
        UnixDiagReq.udiag_show(b, at, UNIX_SHOW);
        UnixDiagReq.udiag_cookie(b, at, 0, -1);
        UnixDiagReq.udiag_cookie(b, at, 1, -1);
    }

    static void packet(NetlinkRequest request) {
        int at = request.describe(CALL, "packet sockets").struct(PacketDiagReq.SIZE);
        ByteBuffer b = request.buffer();
        PacketDiagReq.sdiag_family(b, at, Linux.AF_PACKET);
        PacketDiagReq.pdiag_show(b, at, PACKET_SHOW);
        PacketDiagReq.pdiag_cookie(b, at, 0, -1);
        PacketDiagReq.pdiag_cookie(b, at, 1, -1);
    }

    static void netlink(NetlinkRequest request, int protocol) {
        int at = request.describe(CALL, "netlink sockets").struct(NetlinkDiagReq.SIZE);
        ByteBuffer b = request.buffer();
        NetlinkDiagReq.sdiag_family(b, at, Linux.AF_NETLINK);
        NetlinkDiagReq.sdiag_protocol(b, at, protocol);
        NetlinkDiagReq.ndiag_show(b, at, NETLINK_SHOW);
        NetlinkDiagReq.ndiag_cookie(b, at, 0, -1);
        NetlinkDiagReq.ndiag_cookie(b, at, 1, -1);
    }
}
