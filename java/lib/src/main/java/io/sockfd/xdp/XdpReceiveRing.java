package io.sockfd.xdp;

import io.sockfd.internal.wait.Nanos;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an AF_XDP socket receives, read where it is: no copy, no allocation, and no system call as long as frames are there. It
 * reads like a {@link io.sockfd.capture.ReceiveRing}.
 *
 * <p>One thread at a time. Frames are taken out of the ring in turns of up to 64; the thread that has read the first of a turn
 * reads the others, and another one may go on after the last, or when that thread has ended.
 */
public final class XdpReceiveRing {
    private static final int AT_ONCE = 64;

    private final Xsk socket;
    private final Umem umem;
    private final Umem.Member member;
    private final XskRing ring;
    private final XskRing fill;
    private final XdpPacket packet;
    private final int chunkBits;
    private final int budget; // chunks that the kernel shall have
    private final int[] fresh;
    private final int[] turn = new int[3 * AT_ONCE]; // chunk, offset and length of each frame of this turn
    private final long clock; // CLOCK_REALTIME less System.nanoTime
    private int withKernel;
    private int at; // the next frame in turn
    private int left; // frames of this turn
    private long time;
    int touched; // not private, so that reading ahead is not optimized away

    XdpReceiveRing(Xsk socket, XskRing ring, int budget) {
        this.socket = socket;
        this.umem = socket.umem;
        this.member = socket.member;
        this.ring = ring;
        this.fill = socket.rings.fill();
        this.budget = budget;
        packet = new XdpPacket(socket);
        chunkBits = Integer.numberOfTrailingZeros(umem.chunkSize());
        fresh = new int[umem.atOnce()];
        withKernel = budget;
        Instant now = Instant.now();
        clock = now.getEpochSecond() * 1_000_000_000 + now.getNano() - System.nanoTime();
    }

    /**
     * The next frame; waits for it.
     *
     * @throws ClosedChannelException after a close of the socket; AsynchronousCloseException when it came during the wait, and
     *     ClosedByInterruptException when the thread was interrupted, which closes
     * @throws io.sockfd.ErrnoException ENETDOWN when the interface is gone
     * @throws IllegalStateException when another thread is reading, or has a turn and lives
     */
    public XdpPacket next() throws IOException {
        XdpPacket next;
        do {
            next = next(null);
        } while (next == null);
        return next;
    }

    /**
     * As {@link #next()}, for so long.
     *
     * @param timeout zero does not wait, null waits for ever
     * @return null when the time was over first
     */
    public @Nullable XdpPacket next(@Nullable Duration timeout) throws IOException {
        enter();
        boolean more = false;
        try {
            putBack();
            XdpPacket next = left > 0 || turn(timeout) ? take() : null;
            more = left > 0;
            return next;
        } finally {
            member.receiving.leave(more);
        }
    }

    private void enter() throws ClosedChannelException {
        if (member.receiving.enter() == TurnGuard.Entry.REFUSED) {
            checkOpen();
            throw new IllegalStateException("another thread is reading, or has read some frames of a turn of up to "
                    + AT_ONCE + ": let it read the others, or end");
        } else if (!socket.isOpen()) { // a close after this cannot take the chunks back before leave
            member.receiving.leave(false);
            throw new ClosedChannelException();
        }
    }

    /** How many frames are there that were not read, for the thread that reads. */
    public int available() throws IOException {
        checkOpen();
        return left + ring.available(); // indexes, in a page that is there after close, too: no guard
    }

    private void checkOpen() throws ClosedChannelException {
        if (!socket.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** The chunk of the packet before goes to the fill ring, unless it was kept or sent. */
    private void putBack() {
        int chunk = packet.takeBack();
        if (chunk >= 0) {
            umem.states[chunk] = Umem.RECEIVING;
            fill.write((long) chunk << chunkBits);
            withKernel++;
        }
    }

    private boolean turn(@Nullable Duration timeout) throws IOException {
        giveChunks(0);
        takeTurn();
        if (left == 0) {
            waitFor(timeout);
        }
        if (left > 0) {
            time = clock + System.nanoTime();
        }
        return left > 0;
    }

    private void waitFor(@Nullable Duration timeout) throws IOException {
        boolean forever = timeout == null;
        long deadline = timeout == null ? 0 : Nanos.deadline(Math.max(0, Nanos.saturated(timeout)));
        while (left == 0 && socket.await(Linux.POLLIN, deadline, forever)) {
            takeTurn();
        }
    }

    /**
     * Takes frames out of the ring, and touches what their reader will: one after the other each waits for memory that is in
     * no cache; here they wait together.
     */
    private void takeTurn() throws IOException {
        int count = Math.min(AT_ONCE, ring.available());
        int mask = umem.chunkSize() - 1;
        int seen = 0;
        for (int i = 0; i < count; i++) {
            int descriptor = ring.nextDescriptor();
            long address = ring.address(descriptor);
            int length = ring.length(descriptor);
            int offset = (int) address & mask;
            long chunk = address >>> chunkBits;
            if (chunk >= umem.chunks()
                    || length < 0
                    || length > mask + 1 - offset
                    || !umem.isOf(member, (int) chunk, Umem.RECEIVING)) {
                checkOpen(); // the ring is gone
                throw new AssertionError(
                        "the kernel gave " + length + " bytes at " + address + ", which it did not have");
            }
            umem.states[(int) chunk] = Umem.HANDED_OUT;
            turn[3 * i] = (int) chunk;
            turn[3 * i + 1] = offset;
            turn[3 * i + 2] = length;
            seen += umem.touch((int) chunk, (int) address);
        }
        touched = seen;
        ring.release();
        withKernel -= count;
        at = 0;
        left = count;
    }

    /**
     * Gives the kernel the chunks that were read, and others in place of those that were kept or sent. The fill ring has room for
     * the budget and no more.
     *
     * @param handedOut chunks that will come back
     */
    private void giveChunks(int handedOut) throws IOException {
        int missing = budget - withKernel - handedOut;
        while (missing > 0) {
            int taken = umem.take(member, Umem.RECEIVING, fresh, Math.min(missing, fresh.length));
            for (int i = 0; i < taken; i++) {
                fill.write((long) fresh[i] << chunkBits);
            }
            withKernel += taken;
            missing = taken == 0 ? 0 : missing - taken;
        }
        if (!fill.isTold()) {
            fill.submit();
            if (fill.needsWakeUp()) {
                socket.kickReceive();
            }
        }
    }

    private XdpPacket take() throws IOException {
        left--;
        packet.become(turn[at], turn[at + 1], turn[at + 2], time);
        at += 3;
        if (left == 0) {
            giveChunks(1); // the reader may stay away for long
        }
        return packet;
    }
}
