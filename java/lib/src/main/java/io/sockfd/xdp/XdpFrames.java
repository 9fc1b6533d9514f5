package io.sockfd.xdp;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Frames that were received together, where the kernel or the network card has put them, good until the ring is asked for
 * others. What is asked of each is read from the ring's descriptors; there is no view and no object for a frame.
 *
 * <pre>{@code
 * XdpFrames frames = xdp.receiveRing().nextFrames(null);
 * ByteBuffer bytes = frames.data();
 * for (int i = 0; i < frames.count(); i++) {
 *     int source = bytes.getInt(frames.position(i) + 26); // of IPv4 behind Ethernet
 * }
 * }</pre>
 */
public final class XdpFrames {
    private final long[] turn;
    private final XdpPacket packet;
    private final ByteBuffer data;
    private int from;
    private int count;

    XdpFrames(Umem umem, long[] turn, XdpPacket packet) {
        this.turn = turn;
        this.packet = packet;
        data = umem.all();
    }

    void become(int first, int end) {
        from = first;
        count = end - first;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /**
     * Where a frame begins in {@link #data}: the ring's word, which the buffer's own bounds check, as they do the length.
     *
     * @param index from 0 to {@link #count} less one; not of a frame that was kept or sent on
     */
    public int position(int index) {
        return (int) XskRing.address(turn, from + index);
    }

    /**
     * The bytes of a frame.
     *
     * @param index as of {@link #position}
     */
    public int length(int index) {
        return XskRing.length(turn, from + index);
    }

    /** The Umem, in network byte order: the frames are at their positions. The same buffer each time. */
    public ByteBuffer data() {
        return data;
    }

    /**
     * A frame as a packet, to be taken apart, kept or sent on. The same object each time.
     *
     * @param index as of {@link #position}
     * @throws IndexOutOfBoundsException when there is no such frame
     */
    public XdpPacket packet(int index) {
        packet.become(from + Objects.checkIndex(index, count));
        return packet;
    }
}
