package io.sockfd.xdp;

import io.sockfd.address.HardwareAddress;
import io.sockfd.capture.CapturedPacket;
import io.sockfd.packet.Ethernet;
import io.sockfd.packet.LinkType;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A frame where the kernel or the network card has put it, good until the next one is asked for; {@link #keep} makes it last
 * longer, and {@link XdpTransmitRing#forward} sends it on. The same object each time.
 *
 * <p>The kernel says less about it than of a packet socket's: the time is when this process asked for it, a VLAN tag is there when
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
    private final long[] turn; // the receive ring's
    private final ByteBuffer data;
    private int index; // in the turn
    private int positioned = NONE; // the index at which data is
    private boolean taken; // a chunk of this turn is not the ring's any more
    private long time;

    XdpPacket(Xsk socket, long[] turn) {
        this.socket = socket;
        this.umem = socket.umem;
        this.turn = turn;
        data = umem.all();
        none(true);
    }

    void become(int frame) {
        index = frame;
    }

    /**
     * None of the turn.
     *
     * @param over whether the turn is over
     */
    void none(boolean over) {
        if (over) {
            taken = false;
            time = ABSENT;
        }
        index = turn.length / XskRing.DESCRIPTOR - 1;
        turn[XskRing.DESCRIPTOR * index] = NONE;
        positioned = NONE;
    }

    boolean anyTaken() {
        return taken;
    }

    private int address() {
        return (int) XskRing.address(turn, index);
    }

    /** Where it is; its chunk is not this packet's from now on, nor will it go to the fill ring. */
    private int takeAway() {
        int mine = address();
        turn[XskRing.DESCRIPTOR * index] = NONE;
        positioned = NONE;
        taken = true;
        return mine;
    }

    /** Where its chunk begins. */
    int chunkAddress() {
        return address() & -umem.chunkSize();
    }

    /** The chunk, which is to be sent from now on. */
    int giveAway() throws ClosedChannelException {
        check();
        return umem.chunk(takeAway());
    }

    boolean isOf(Umem other) {
        return umem.equals(other);
    }

    private void check() throws ClosedChannelException {
        if (!socket.isOpen()) {
            throw new ClosedChannelException();
        } else if (!umem.has(address()) || !umem.isOf(socket.member, umem.chunk(address()), Umem.RECEIVING)) {
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
            return umem.keep(takeAway(), length());
        } finally {
            socket.member.receiving.leave(entry == TurnGuard.Entry.OWNED);
        }
    }

    /**
     * The Umem, with the frame between position and limit: the position is where in the Umem it begins, and the same buffer
     * serves for each packet of this ring. Who sends it on may move both within the frame's chunk: back, to put a header before
     * it, within the head room.
     */
    @Override
    public ByteBuffer data() {
        if (positioned != index) {
            position();
        }
        return data;
    }

    private void position() {
        int address = address();
        if (address == NONE) {
            throw new IllegalStateException("this packet was kept, or sent on, before: ask for the next");
        }
        int length = length();
        if ((address | length) < 0
                || length > data.capacity() - address) { // one who shares the socket wrote into its ring
            throw new IllegalStateException(
                    "the ring says " + length + " bytes at " + address + ", which is outside of the Umem");
        }
        ByteBuffer ignored = data.limit(address + length).position(address);
        positioned = index;
    }

    @Override
    public int length() {
        return XskRing.length(turn, index);
    }

    @Override
    public int capturedLength() {
        return length();
    }

    /** When this process was first asked for the time of one of those that it has taken out of the ring together. */
    @Override
    public long timestampNanos() {
        if (time == ABSENT) { // a clock costs more than reading many frames
            Instant now = Instant.now();
            time = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }
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
        return length() < ETHERNET ? 0 : Short.toUnsignedInt(data().getShort(address() + ETHERTYPE));
    }

    /** By the frame's destination; whether that is this host's the kernel does not say: {@code PACKET_HOST}. */
    @Override
    public int packetType() {
        ByteBuffer data = data();
        int address = address();
        if (length() < ETHERNET || (data.get(address) & 1) == 0) {
            return Linux.PACKET_HOST;
        }
        boolean all = data.getInt(address) == -1 && data.getShort(address + Integer.BYTES) == -1;
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
