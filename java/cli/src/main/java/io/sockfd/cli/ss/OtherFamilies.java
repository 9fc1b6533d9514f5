package io.sockfd.cli.ss;

import io.sockfd.netlink.Attributes;
import io.sockfd.netlink.MalformedMessageException;
import io.sockfd.netlink.Netlink;
import io.sockfd.netlink.NetlinkException;
import io.sockfd.netlink.NetlinkMessage;
import io.sockfd.netlink.NetlinkRequest;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.VsockDiagMsg;
import io.sockfd.raw.struct.VsockDiagReq;
import io.sockfd.raw.struct.XdpDiagMsg;
import io.sockfd.raw.struct.XdpDiagReq;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * AF_VSOCK, AF_XDP and AF_TIPC by sock_diag(7). A kernel without the part (CONFIG_VSOCKETS_DIAG, CONFIG_XDP_SOCKETS_DIAG,
 * CONFIG_TIPC_DIAG) answers ENOENT: then there is nothing to list, as ss(8) does it.
 */
final class OtherFamilies {
    private static final String CALL = "SOCK_DIAG_BY_FAMILY";
    private static final int TIPC_STATES = 4;
    private static final int TIPC_REQUEST = 8;
    private static final long U32 = 0xffffffffL;

    private final Netlink netlink;

    OtherFamilies(Netlink netlink) {
        this.netlink = netlink;
    }

    /** Makes a row of a message; null when it tells none. */
    private interface Reader {
        @Nullable
        Entry read(NetlinkMessage message) throws MalformedMessageException;
    }

    List<Entry> vsock() throws IOException {
        NetlinkRequest request = netlink.dump(Linux.SOCK_DIAG_BY_FAMILY, 0).describe(CALL, "vsock sockets");
        int at = request.struct(VsockDiagReq.SIZE);
        VsockDiagReq.sdiag_family(request.buffer(), at, Linux.AF_VSOCK);
        VsockDiagReq.vdiag_states(request.buffer(), at, States.ALL);
        return list(OtherFamilies::vsock);
    }

    List<Entry> xdp() throws IOException {
        NetlinkRequest request = netlink.dump(Linux.SOCK_DIAG_BY_FAMILY, 0).describe(CALL, "XDP sockets");
        int at = request.struct(XdpDiagReq.SIZE);
        XdpDiagReq.sdiag_family(request.buffer(), at, Linux.AF_XDP);
        XdpDiagReq.xdiag_show(request.buffer(), at, Linux.XDP_SHOW_INFO | Linux.XDP_SHOW_MEMINFO);
        return list(OtherFamilies::xdp);
    }

    /** A request of struct tipc_sock_diag_req: the family, and the states. */
    List<Entry> tipc() throws IOException {
        NetlinkRequest request = netlink.dump(Linux.SOCK_DIAG_BY_FAMILY, 0).describe(CALL, "TIPC sockets");
        int at = request.struct(TIPC_REQUEST);
        request.buffer().put(at, (byte) Linux.AF_TIPC);
        request.buffer().putInt(at + TIPC_STATES, -1);
        return list(OtherFamilies::tipc);
    }

    private List<Entry> list(Reader reader) throws IOException {
        List<Entry> found = new ArrayList<>();
        try {
            netlink.send();
            while (netlink.next()) {
                Entry entry = reader.read(netlink.message());
                if (entry != null) {
                    found.add(entry);
                }
            }
        } catch (NetlinkException e) {
            int errno = e.errno().value();
            // EINVAL: Linux 6.18 of a family that it does not have at all
            if (errno != Linux.ENOENT && errno != Linux.EINVAL) {
                throw e;
            }
        }
        return found;
    }

    static Entry vsock(NetlinkMessage message) throws MalformedMessageException {
        int at = message.atLeast(VsockDiagMsg.SIZE);
        ByteBuffer b = message.buffer();
        String netid = switch (VsockDiagMsg.vdiag_type(b, at)) {
            case Linux.SOCK_STREAM -> "v_str";
            case Linux.SOCK_DGRAM -> "v_dgr";
            case Linux.SOCK_SEQPACKET -> "v_seq";
            default -> "v_" + VsockDiagMsg.vdiag_type(b, at);
        };
        return new Entry(
                netid,
                Linux.AF_VSOCK,
                VsockDiagMsg.vdiag_state(b, at),
                0,
                0,
                vsockEnd(VsockDiagMsg.vdiag_src_cid(b, at), VsockDiagMsg.vdiag_src_port(b, at)),
                vsockEnd(VsockDiagMsg.vdiag_dst_cid(b, at), VsockDiagMsg.vdiag_dst_port(b, at)),
                0,
                -1,
                VsockDiagMsg.vdiag_ino(b, at) & U32,
                null);
    }

    private static Endpoint vsockEnd(int cid, int port) {
        return Endpoint.named(cid == Linux.VMADDR_CID_ANY ? "*" : Integer.toUnsignedString(cid), port & U32);
    }

    static @Nullable Entry xdp(NetlinkMessage message) throws MalformedMessageException {
        int at = message.atLeast(XdpDiagMsg.SIZE);
        long inode = XdpDiagMsg.xdiag_ino(message.buffer(), at) & U32;
        long index = 0;
        long queue = U32;
        long uid = -1;
        Attributes attributes = message.attributes(XdpDiagMsg.SIZE);
        while (attributes.next()) {
            if (attributes.type() == Linux.XDP_DIAG_INFO) {
                int info = attributes.atLeast(2 * Integer.BYTES); // struct xdp_diag_info
                index = attributes.buffer().getInt(info) & U32;
                queue = attributes.buffer().getInt(info + Integer.BYTES) & U32;
            } else if (attributes.type() == Linux.XDP_DIAG_UID) {
                uid = attributes.u32();
            }
        }
        Endpoint local = Endpoint.link((int) queue, index);
        return new Entry(
                "xdp", Linux.AF_XDP, Linux.TCP_CLOSE, 0, 0, local, Endpoint.NONE, (int) index, uid, inode, null);
    }

    static @Nullable Entry tipc(NetlinkMessage message) throws MalformedMessageException {
        Attributes outer = message.attributes(0);
        while (outer.next()) {
            if (outer.type() == Linux.TIPC_NLA_SOCK) {
                return tipc(outer.nested());
            }
        }
        return null;
    }

    private static Entry tipc(Attributes a) throws MalformedMessageException {
        Endpoint peer = Endpoint.NONE;
        long type = 0;
        long node = 0;
        long port = 0;
        long state = Linux.TCP_CLOSE;
        long received = 0;
        long sent = 0;
        long inode = 0;
        long uid = -1;
        while (a.next()) {
            switch (a.type()) {
                case Linux.TIPC_NLA_SOCK_ADDR -> node = a.u32();
                case Linux.TIPC_NLA_SOCK_REF -> port = a.u32();
                case Linux.TIPC_NLA_SOCK_TYPE -> type = a.u32();
                case Linux.TIPC_NLA_SOCK_INO -> inode = a.u32();
                case Linux.TIPC_NLA_SOCK_UID -> uid = a.u32();
                case Linux.TIPC_NLA_SOCK_TIPC_STATE -> state = a.u32();
                case Linux.TIPC_NLA_SOCK_CON -> peer = tipcPeer(a.nested());
                case Linux.TIPC_NLA_SOCK_STAT -> {
                    Attributes stat = a.nested();
                    while (stat.next()) {
                        if (stat.type() == Linux.TIPC_NLA_SOCK_STAT_RCVQ) {
                            received = stat.u32();
                        } else if (stat.type() == Linux.TIPC_NLA_SOCK_STAT_SENDQ) {
                            sent = stat.u32();
                        }
                    }
                }
                default -> {}
            }
        }
        Endpoint local = tipcEnd(node, port);
        String netid = switch ((int) type) {
            case Linux.SOCK_STREAM -> "ti_st";
            case Linux.SOCK_DGRAM -> "ti_dg";
            case Linux.SOCK_RDM -> "ti_rd";
            case Linux.SOCK_SEQPACKET -> "ti_sq";
            default -> "ti_" + type;
        };
        return new Entry(netid, Linux.AF_TIPC, (int) state, received, sent, local, peer, 0, uid, inode, null);
    }

    private static Endpoint tipcPeer(Attributes a) throws MalformedMessageException {
        long node = 0;
        long port = 0;
        while (a.next()) {
            if (a.type() == Linux.TIPC_NLA_CON_NODE) {
                node = a.u32();
            } else if (a.type() == Linux.TIPC_NLA_CON_SOCK) {
                port = a.u32();
            }
        }
        return tipcEnd(node, port);
    }

    private static Endpoint tipcEnd(long node, long port) {
        return Endpoint.named(String.format(Locale.ROOT, "%x", node), port);
    }
}
