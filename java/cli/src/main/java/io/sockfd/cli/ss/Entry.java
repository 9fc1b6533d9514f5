package io.sockfd.cli.ss;

import io.sockfd.netlink.InetSocketView;
import io.sockfd.netlink.NetlinkSocketView;
import io.sockfd.netlink.PacketSocketView;
import io.sockfd.netlink.SocketView;
import io.sockfd.netlink.UnixSocketView;
import io.sockfd.option.MemInfo;
import io.sockfd.raw.Linux;
import org.jspecify.annotations.Nullable;

/**
 * A socket, of whatever family.
 *
 * @param netid its kind as ss(8) calls it
 * @param family AF_INET, AF_UNIX …
 * @param state TCP_LISTEN …
 * @param interfaceIndex that it is bound to; 0 for none
 * @param uid -1 when not told
 * @param inode 0 for a connection without a descriptor
 * @param view what sock_diag told; null when /proc told it
 */
record Entry(
        String netid,
        int family,
        int state,
        long receiveQueue,
        long sendQueue,
        Endpoint local,
        Endpoint peer,
        int interfaceIndex,
        long uid,
        long inode,
        @Nullable SocketView view) {

    static Entry of(String netid, InetSocketView s) {
        return new Entry(
                netid,
                s.family(),
                s.state(),
                s.receiveQueue(),
                s.sendQueue(),
                Endpoint.internet(s.localAddress(), s.localPort()),
                Endpoint.internet(s.remoteAddress(), s.remotePort()),
                s.interfaceIndex(),
                s.uid(),
                s.inode(),
                s);
    }

    static Entry of(UnixSocketView s) {
        String netid = switch (s.type()) {
            case Linux.SOCK_STREAM -> "u_str";
            case Linux.SOCK_DGRAM -> "u_dgr";
            case Linux.SOCK_SEQPACKET -> "u_seq";
            default -> "u_" + s.type();
        };
        return new Entry(
                netid,
                Linux.AF_UNIX,
                s.state(),
                Math.max(0, s.receiveQueue()),
                Math.max(0, s.sendQueue()),
                Endpoint.unix(Names.unix(s.address()), s.inode()),
                Endpoint.unix(null, Math.max(0, s.peerInode())),
                0,
                s.uid(),
                s.inode(),
                s);
    }

    static Entry of(PacketSocketView s) {
        MemInfo memory = s.memory();
        int index = Math.max(0, s.interfaceIndex());
        return new Entry(
                s.type() == Linux.SOCK_RAW ? "p_raw" : "p_dgr",
                Linux.AF_PACKET,
                Linux.TCP_CLOSE,
                memory == null ? 0 : memory.rmemAlloc(),
                0,
                Endpoint.link(s.protocol(), index),
                Endpoint.NONE,
                index,
                s.uid(),
                s.inode(),
                s);
    }

    static Entry of(NetlinkSocketView s) {
        MemInfo memory = s.memory();
        boolean connected = s.state() == Linux.NETLINK_CONNECTED;
        return new Entry(
                "nl",
                Linux.AF_NETLINK,
                Linux.TCP_CLOSE,
                memory == null ? 0 : memory.rmemAlloc(),
                memory == null ? 0 : memory.wmemAlloc(),
                Endpoint.link(s.protocol(), s.portId()),
                connected ? Endpoint.link(s.peerGroup(), s.peerPortId()) : Endpoint.NONE,
                0,
                -1,
                s.inode(),
                s);
    }

    boolean isInternet() {
        return local.address() != null;
    }
}
