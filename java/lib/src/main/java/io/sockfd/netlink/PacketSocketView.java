package io.sockfd.netlink;

import static io.sockfd.raw.Linux.PACKET_DIAG_FANOUT;
import static io.sockfd.raw.Linux.PACKET_DIAG_FILTER;
import static io.sockfd.raw.Linux.PACKET_DIAG_INFO;
import static io.sockfd.raw.Linux.PACKET_DIAG_MEMINFO;
import static io.sockfd.raw.Linux.PACKET_DIAG_RX_RING;
import static io.sockfd.raw.Linux.PACKET_DIAG_TX_RING;
import static io.sockfd.raw.Linux.PACKET_DIAG_UID;

import io.sockfd.option.MemInfo;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.PacketDiagInfo;
import io.sockfd.raw.struct.PacketDiagMsg;
import io.sockfd.raw.struct.PacketDiagRing;
import io.sockfd.raw.struct.SockFilter;
import org.jspecify.annotations.Nullable;

/** A packet socket. */
public final class PacketSocketView extends SocketView {
    private static final int TYPES = PACKET_DIAG_FILTER + 1;

    /** A view of nothing, for {@link SocketDiag#next(PacketSocketView)}. */
    public PacketSocketView() {
        super(PacketDiagMsg.SIZE, TYPES);
    }

    @Override
    public PacketSocketView copy() {
        PacketSocketView copy = new PacketSocketView();
        copy.copyFrom(this);
        return copy;
    }

    @Override
    void check(int type, Attributes a) throws MalformedMessageException {
        int least = switch (type) {
            case PACKET_DIAG_FANOUT, PACKET_DIAG_UID -> Integer.BYTES;
            case PACKET_DIAG_INFO -> PacketDiagInfo.SIZE;
            case PACKET_DIAG_RX_RING, PACKET_DIAG_TX_RING -> PacketDiagRing.SIZE;
            default -> 0;
        };
        int unused = a.atLeast(least);
    }

    /** SOCK_RAW or SOCK_DGRAM. */
    public int type() {
        return PacketDiagMsg.pdiag_type(buffer, at);
    }

    /** An {@code ETH_P_} number in host order; 0 receives nothing. */
    public int protocol() {
        return PacketDiagMsg.pdiag_num(buffer, at);
    }

    /** Always TCP_CLOSE: nothing connects here. */
    @Override
    public int state() {
        return Linux.TCP_CLOSE;
    }

    @Override
    public long inode() {
        return Integer.toUnsignedLong(PacketDiagMsg.pdiag_ino(buffer, at));
    }

    @Override
    public long cookie() {
        return cookieAt(at + PacketDiagMsg.PDIAG_COOKIE);
    }

    @Override
    public long uid() {
        return u32(PACKET_DIAG_UID);
    }

    /** The interface that it is bound to; 0 for all, -1 when not told. */
    public int interfaceIndex() {
        return (int) u32(PACKET_DIAG_INFO, PacketDiagInfo.PDI_INDEX);
    }

    /** A TPACKET_V number; -1 when not told. */
    public int version() {
        return (int) u32(PACKET_DIAG_INFO, PacketDiagInfo.PDI_VERSION);
    }

    /** {@code PDI_} flags: PDI_RUNNING, PDI_AUXDATA …; -1 when not told. */
    public int flags() {
        return (int) u32(PACKET_DIAG_INFO, PacketDiagInfo.PDI_FLAGS);
    }

    /** The fanout group in the lower 16 bits, its mode above; -1 for none. */
    public long fanout() {
        return u32(PACKET_DIAG_FANOUT);
    }

    /** Instructions of its filter; 0 for none. */
    public int filterLength() {
        return attributeLength(PACKET_DIAG_FILTER) / SockFilter.SIZE;
    }

    /** The ring that it receives into, for {@link PacketDiagRing} in {@link #buffer}; -1 for none. */
    public int receiveRingOffset() {
        return attributeOffset(PACKET_DIAG_RX_RING);
    }

    /** The ring that it sends from, for {@link PacketDiagRing} in {@link #buffer}; -1 for none. */
    public int sendRingOffset() {
        return attributeOffset(PACKET_DIAG_TX_RING);
    }

    @Override
    public @Nullable MemInfo memory() {
        return memory(PACKET_DIAG_MEMINFO);
    }

    @Override
    public String toString() {
        return family() == Linux.AF_UNSPEC
                ? "PacketSocketView[none]"
                : "protocol 0x" + Integer.toHexString(protocol()) + " interface " + interfaceIndex() + " inode "
                        + inode();
    }
}
