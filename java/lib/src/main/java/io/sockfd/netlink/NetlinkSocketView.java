package io.sockfd.netlink;

import static io.sockfd.raw.Linux.NETLINK_DIAG_FLAGS;
import static io.sockfd.raw.Linux.NETLINK_DIAG_GROUPS;
import static io.sockfd.raw.Linux.NETLINK_DIAG_MEMINFO;

import io.sockfd.option.MemInfo;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.NetlinkDiagMsg;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A netlink socket, of a process or the kernel's own end of a protocol. */
public final class NetlinkSocketView extends SocketView {
    private static final int TYPES = NETLINK_DIAG_FLAGS + 1;

    /** A view of nothing, for {@link SocketDiag#next(NetlinkSocketView)}. */
    public NetlinkSocketView() {
        super(NetlinkDiagMsg.SIZE, TYPES);
    }

    @Override
    public NetlinkSocketView copy() {
        NetlinkSocketView copy = new NetlinkSocketView();
        copy.copyFrom(this);
        return copy;
    }

    @Override
    void check(int type, Attributes a) throws MalformedMessageException {
        int unused = a.atLeast(type == NETLINK_DIAG_FLAGS ? Integer.BYTES : 0);
    }

    /** SOCK_RAW or SOCK_DGRAM, which are the same here. */
    public int type() {
        return NetlinkDiagMsg.ndiag_type(buffer, at);
    }

    /** NETLINK_ROUTE … */
    public int protocol() {
        return NetlinkDiagMsg.ndiag_protocol(buffer, at);
    }

    /** NETLINK_UNCONNECTED or NETLINK_CONNECTED. */
    @Override
    public int state() {
        return NetlinkDiagMsg.ndiag_state(buffer, at);
    }

    @Override
    public String stateName() {
        return state() == Linux.NETLINK_CONNECTED ? "CONNECTED" : "UNCONNECTED";
    }

    /** Its port id, unsigned; 0 for the kernel's end. */
    public int portId() {
        return NetlinkDiagMsg.ndiag_portid(buffer, at);
    }

    /** The port id that it is connected to. */
    public int peerPortId() {
        return NetlinkDiagMsg.ndiag_dst_portid(buffer, at);
    }

    /** The group that it is connected to. */
    public int peerGroup() {
        return NetlinkDiagMsg.ndiag_dst_group(buffer, at);
    }

    /** The multicast groups that it has joined, from 1. */
    public BitSet groups() {
        byte[] mask = bytes(NETLINK_DIAG_GROUPS);
        BitSet groups = new BitSet();
        int offset = attributeOffset(NETLINK_DIAG_GROUPS);
        // words of the kernel's unsigned long
        for (int i = 0; mask != null && i + Long.BYTES <= mask.length; i += Long.BYTES) {
            long word = buffer.getLong(offset + i);
            for (int bit = 0; bit < Long.SIZE; bit++) {
                if ((word >>> bit & 1) != 0) {
                    groups.set(i * Byte.SIZE + bit + 1);
                }
            }
        }
        return groups;
    }

    /** {@code NDIAG_FLAG_} flags: its options; -1 when not told (Linux 4.11). */
    public long flags() {
        return u32(NETLINK_DIAG_FLAGS);
    }

    @Override
    public long inode() {
        return Integer.toUnsignedLong(NetlinkDiagMsg.ndiag_ino(buffer, at));
    }

    @Override
    public long cookie() {
        return cookieAt(at + NetlinkDiagMsg.NDIAG_COOKIE);
    }

    /** Always -1: the kernel does not tell. */
    @Override
    public long uid() {
        return -1;
    }

    @Override
    public @Nullable MemInfo memory() {
        return memory(NETLINK_DIAG_MEMINFO);
    }

    @Override
    public String toString() {
        return family() == Linux.AF_UNSPEC
                ? "NetlinkSocketView[none]"
                : "protocol " + protocol() + " port id " + Integer.toUnsignedString(portId()) + " inode " + inode();
    }
}
