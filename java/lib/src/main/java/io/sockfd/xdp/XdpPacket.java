package io.sockfd.xdp;

import io.sockfd.address.HardwareAddress;
import io.sockfd.capture.CapturedPacket;
import io.sockfd.packet.Ethernet;
import io.sockfd.packet.LinkType;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * A frame where the kernel or the network card has put it, good until the next one is asked for; {@link #keep} makes it last
 * longer, and {@link XdpTransmitRing#forward} sends it on. The same object each time.
 *
 * <p>The kernel says less about it than of a packet socket's: the time is when this process took it, a VLAN tag is there when
 * it is in the frame, and of a checksum nothing is known: frames of this host that a driver was to complete have none.
 */
public final class XdpPacket implements CapturedPacket {
    /** In an Ethernet header, behind the address of who is to have it. */
    private static final int SENDER = 6;

    private static final int SENDER_BYTES = 6;

    private static final int NONE = -1;
    private static final int ETHERTYPE = 12;
    private static final int ETHERNET = 14;

    private final Xsk socket;
    private final Umem umem;
    private int chunk = NONE;
    private int offset;
    private int length;
    private long time;

    XdpPacket(Xsk socket) {
        this.socket = socket;
        this.umem = socket.umem;
    }

    void become(int chunk, int offset, int length, long time) {
        this.chunk = chunk;
        this.offset = offset;
        this.length = length;
        this.time = time;
        ByteBuffer ignored = umem.view(chunk).clear().position(offset).limit(offset + length);
    }

    /** The chunk when it is still this packet's, to go back to the fill ring; it is not from now on. -1 when it was kept. */
    int takeBack() {
        int mine = chunk;
        chunk = NONE;
        return mine;
    }

    /** The chunk, which is to be sent from now on. */
    int giveAway() throws ClosedChannelException {
        check();
        return takeBack();
    }

    boolean isOf(Umem other) {
        return umem.equals(other);
    }

    private void check() throws ClosedChannelException {
        if (!socket.isOpen()) {
            throw new ClosedChannelException();
        } else if (chunk == NONE || !umem.isOf(socket.member, chunk, Umem.HANDED_OUT)) {
            throw new IllegalStateException("this packet was kept, or sent on, before: ask for the next");
        }
    }

    /**
     * Keeps it beyond the next one, until {@link Umem#release} or {@link XdpTransmitRing#forward(long)}. The receive ring takes
     * another chunk of the Umem in its place, as long as one is free.
     *
     * @return the lease, for {@link Umem#data}
     * @throws ClosedChannelException when the socket is closed
     * @throws IllegalStateException when it was kept or sent on before, none was received yet, or another thread is reading
     */
    public long keep() throws ClosedChannelException {
        TurnGuard.Entry entry = socket.member.receiving.enter();
        if (entry == TurnGuard.Entry.REFUSED) {
            if (!socket.isOpen()) {
                throw new ClosedChannelException();
            }
            throw new IllegalStateException("another thread is reading: a packet is its reader's");
        }
        try {
            check();
            return umem.keep(takeBack(), offset, length);
        } finally {
            socket.member.receiving.leave(entry == TurnGuard.Entry.OWNED);
        }
    }

    /**
     * The chunk, with the frame between position and limit. Who sends it on may move them: back, to put a header before it,
     * within the head room.
     */
    @Override
    public ByteBuffer data() {
        if (chunk == NONE) {
            throw new IllegalStateException("this packet was kept, or sent on, before: ask for the next");
        }
        return umem.view(chunk);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int capturedLength() {
        return length;
    }

    /** When this process took it. */
    @Override
    public long timestampNanos() {
        return time;
    }

    @Override
    public int status() {
        return 0;
    }

    @Override
    public int vlanTci() {
        return ABSENT;
    }

    @Override
    public int vlanTpid() {
        return 0;
    }

    @Override
    public int ifindex() {
        return socket.ifindex;
    }

    /** The queue that it came to. */
    public int queue() {
        return socket.queue;
    }

    /** The EtherType of the frame, {@code ETH_P_8021Q} for one with a tag. */
    @Override
    public int protocol() {
        return length < ETHERNET ? 0 : Short.toUnsignedInt(data().getShort(offset + ETHERTYPE));
    }

    /** By the frame's destination; whether that is this host's the kernel does not say: {@code PACKET_HOST}. */
    @Override
    public int packetType() {
        ByteBuffer data = data();
        if (length < ETHERNET || (data.get(offset) & 1) == 0) {
            return Linux.PACKET_HOST;
        }
        boolean all = data.getInt(offset) == -1 && data.getShort(offset + Integer.BYTES) == -1;
        return all ? Linux.PACKET_BROADCAST : Linux.PACKET_MULTICAST;
    }

    @Override
    public HardwareAddress sender() {
        ByteBuffer frame = data();
        byte[] address = new byte[frame.remaining() < Ethernet.SIZE ? 0 : SENDER_BYTES];
        frame.get(frame.position() + SENDER, address);
        return HardwareAddress.of(address);
    }

    @Override
    public int hardwareType() {
        return Linux.ARPHRD_ETHER;
    }

    @Override
    public int linkType() {
        return LinkType.ofHardware(Linux.ARPHRD_ETHER);
    }

    @Override
    public boolean isCooked() {
        return false;
    }
}
