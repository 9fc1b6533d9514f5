package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrXdp;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A receive queue of an interface, for AF_XDP. As text {@code xdp:eth0:QUEUE}, then {@code ?flags=N&umem=FD} where those
 * are not 0.
 *
 * @see <a href="https://docs.kernel.org/networking/af_xdp.html">AF_XDP</a>
 */
public final class XdpAddress extends LinuxAddress {
    private static final String FORM = "xdp:INTERFACE:QUEUE[?flags=N&umem=FD]";
    private static final long serialVersionUID = 1;

    private final int flags;
    private final int ifindex;
    private final int queueId;
    private final int sharedUmemFd;

    /**
     * A queue with a UMEM of its own.
     *
     * @param ifindex of the interface
     * @param queueId from 0, unsigned
     * @throws IllegalArgumentException when the index is negative
     */
    public XdpAddress(int ifindex, int queueId) {
        this(ifindex, queueId, 0, 0);
    }

    /**
     * Everything the struct has.
     *
     * @param ifindex of the interface
     * @param queueId from 0, unsigned
     * @param flags {@code XDP_COPY}, {@code XDP_ZEROCOPY}, {@code XDP_SHARED_UMEM}, {@code XDP_USE_NEED_WAKEUP}; 0 to 65535
     * @param sharedUmemFd the socket whose UMEM is shared, with {@code XDP_SHARED_UMEM}; else 0
     * @throws IllegalArgumentException when the index is negative or the flags are out of their range
     */
    public XdpAddress(int ifindex, int queueId, int flags, int sharedUmemFd) {
        this.ifindex = Range.ifindex(ifindex);
        this.queueId = queueId;
        this.flags = Range.u16(flags, "flags");
        this.sharedUmemFd = sharedUmemFd;
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form or names an interface that does not exist
     */
    public static XdpAddress parse(String text) {
        Notation n = new Notation(text, "xdp:", FORM);
        int ifindex = n.ifindex(n.until(':', "an interface"));
        int queue = n.u32(n.rest(), "a queue");
        int flags = (int) n.parameter("flags", Notation.U16);
        int umem = (int) n.parameter("umem", Notation.U32);
        n.finish();
        return new XdpAddress(ifindex, queue, flags, umem);
    }

    /** Of the interface. */
    public int ifindex() {
        return ifindex;
    }

    /** From 0, unsigned. */
    public int queueId() {
        return queueId;
    }

    /** {@code XDP_*}. */
    public int flags() {
        return flags;
    }

    /** With {@code XDP_SHARED_UMEM}, the descriptor of the socket that registered the UMEM. */
    public int sharedUmemFd() {
        return sharedUmemFd;
    }

    static @Nullable XdpAddress decode(ByteBuffer b, int length) {
        if (length < SockaddrXdp.SIZE || SockaddrXdp.sxdp_ifindex(b, 0) < 0) {
            return null;
        }
        return new XdpAddress(
                SockaddrXdp.sxdp_ifindex(b, 0),
                SockaddrXdp.sxdp_queue_id(b, 0),
                SockaddrXdp.sxdp_flags(b, 0),
                SockaddrXdp.sxdp_shared_umem_fd(b, 0));
    }

    @Override
    public int family() {
        return Linux.AF_XDP;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrXdp.sxdp_family(b, 0, Linux.AF_XDP);
        SockaddrXdp.sxdp_flags(b, 0, flags);
        SockaddrXdp.sxdp_ifindex(b, 0, ifindex);
        SockaddrXdp.sxdp_queue_id(b, 0, queueId);
        SockaddrXdp.sxdp_shared_umem_fd(b, 0, sharedUmemFd);
        return SockaddrXdp.SIZE;
    }

    @Override
    String text(InterfaceText names) {
        return "xdp:" + names.of(ifindex) + ":" + Integer.toUnsignedString(queueId)
                + new Parameters().hex("flags", flags).dec("umem", sharedUmemFd);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof XdpAddress that
                && ifindex == that.ifindex
                && queueId == that.queueId
                && flags == that.flags
                && sharedUmemFd == that.sharedUmemFd;
    }

    @Override
    public int hashCode() {
        return Objects.hash(ifindex, queueId, flags, sharedUmemFd);
    }
}
