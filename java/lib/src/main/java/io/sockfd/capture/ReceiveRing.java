package io.sockfd.capture;

import io.sockfd.SocketType;
import io.sockfd.internal.memory.Mapping;
import io.sockfd.option.PacketOptions;
import io.sockfd.raw.Linux;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A ring of blocks (TPACKET_V3) that the kernel fills with packets and that are read where they are: no system call and no
 * copy for a packet, and no allocation.
 *
 * <pre>{@code
 * try (PacketSocket socket = PacketSocket.on("eth0"); ReceiveRing ring = ReceiveRing.open(socket, RingSize.RECEIVE)) {
 *     while (true) {
 *         CapturedPacket packet = ring.next();
 *         ByteBuffer bytes = packet.data();
 *     }
 * }
 * }</pre>
 *
 * <p>A packet is good until the next is asked for, and as long its block cannot be filled again: who keeps packets for long
 * makes the kernel drop others ({@link PacketSocket#statistics}). One thread at a time reads; {@link #close} may come from
 * any, ends a wait, and lets a reader finish the packet that it has.
 *
 * @see <a href="https://docs.kernel.org/networking/packet_mmap.html">packet mmap, in the kernel's documentation</a>
 */
public final class ReceiveRing implements Closeable {
    private final PacketSocket owner;
    private final Mapping mapping;
    private final RingBlock[] blocks;
    private RingBlock block;
    private int index;
    private boolean open; // the block is ours and not given back

    private ReceiveRing(PacketSocket owner, RingSize size) throws IOException {
        this.owner = owner;
        owner.socket()
                .setOption(PacketOptions.PACKET_VERSION, Linux.TPACKET_V3)
                .setOption(PacketOptions.PACKET_RESERVE, (long) VlanTag.SIZE)
                .setOption(PacketOptions.PACKET_RX_RING, size.request());
        mapping = owner.map(size);
        boolean cooked = owner.socket().type().equals(SocketType.DGRAM);
        blocks = new RingBlock[size.blockCount()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new RingBlock(mapping.slice(i * size.blockSize(), size.blockSize()), cooked);
        }
        block = blocks[0];
    }

    /**
     * Receives through memory shared with the kernel from now on; {@link PacketSocket#next} gives nothing any more. A socket
     * has one ring, to be read by one thread; closing either closes both.
     *
     * @throws IOException ENOMEM when the kernel has not enough memory, EINVAL for blocks that are no multiple of this
     *     machine's pages
     * @throws IllegalStateException when the socket has a ring
     */
    public static ReceiveRing open(PacketSocket socket, RingSize size) throws IOException {
        synchronized (socket) {
            socket.checkNoRing();
            ReceiveRing ring = new ReceiveRing(socket, size);
            socket.showCounters();
            return ring;
        }
    }

    /**
     * The next packet; waits for it.
     *
     * @throws ClosedChannelException after {@link #close}; AsynchronousCloseException when it came during the wait, and
     *     ClosedByInterruptException when the thread was interrupted, which closes
     * @throws io.sockfd.ErrnoException ENETDOWN when the interface went down; reading may go on
     * @throws IllegalStateException when another thread is reading
     */
    public CapturedPacket next() throws IOException {
        CapturedPacket packet;
        do {
            packet = next(null);
        } while (packet == null);
        return packet;
    }

    /**
     * As {@link #next()}, for so long.
     *
     * @param timeout zero does not wait, null waits for ever
     * @return null when the time was over first
     */
    public @Nullable CapturedPacket next(@Nullable Duration timeout) throws IOException {
        if (mapping.isClosed()) {
            mapping.leave();
            throw new ClosedChannelException();
        }
        if (!block.hasNext() && !nextBlock(timeout)) {
            return null;
        }
        return block.next();
    }

    private boolean nextBlock(@Nullable Duration timeout) throws IOException {
        mapping.enter();
        boolean found = false;
        try {
            found = openNext();
            if (!found) {
                Deadline deadline = new Deadline(owner.socket(), timeout);
                while (!found && !deadline.over() && deadline.await(Linux.POLLIN)) {
                    found = openNext();
                }
            }
            return found;
        } catch (ClosedChannelException e) {
            close();
            throw e;
        } finally {
            if (!found) {
                mapping.leave();
            }
        }
    }

    /** Gives the block back that was read, and opens the next if the kernel is done with it; blocks may be empty. */
    private boolean openNext() {
        while (true) {
            if (open) {
                open = false;
                block.giveBack();
                index = index + 1 == blocks.length ? 0 : index + 1;
                block = blocks[index];
            }
            if (!block.isOurs()) {
                return false;
            }
            open = true;
            block.open();
            if (block.hasNext()) {
                return true;
            }
        }
    }

    /** The socket, which is closed together with this. */
    public PacketSocket socket() {
        return owner;
    }

    /** Whether {@link #close} was not called yet. */
    public boolean isOpen() {
        return !mapping.isClosed();
    }

    /** Closes the ring and its socket. The memory goes when the thread that has a packet asks for another one. */
    @Override
    public void close() throws IOException {
        owner.close();
    }
}
