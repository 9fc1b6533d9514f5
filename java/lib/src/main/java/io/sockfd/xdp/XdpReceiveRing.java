package io.sockfd.xdp;

import io.sockfd.internal.wait.Nanos;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an AF_XDP socket receives, read where it is: no copy, no allocation, and no system call as long as frames are there. It
 * reads like a {@link io.sockfd.capture.ReceiveRing}.
 *
 * <p>One thread at a time. Frames are taken out of the ring in turns, of an eighth of it, 64 to 256; the thread that has read
 * the first of a turn reads the others, and another one may go on after the last, or when that thread has ended.
 *
 * <p>What a descriptor of the ring says is not compared with the chunks that the kernel was given, which would cost as much as
 * reading the frame: another process that has the socket too may write there what it likes. A frame outside of the Umem is an
 * exception, and one within it is some bytes of the Umem; the kernel checks what it gets in the fill ring for itself.
 */
public final class XdpReceiveRing {
    private static final int LEAST_TURN = 64;
    private static final int MOST_TURN = 256;
    private static final int TURNS = 8; // the kernel has the chunks of all but one

    private final Xsk socket;
    private final Umem umem;
    private final Umem.Member member;
    private final TurnGuard guard;
    private final XskRing ring;
    private final XskRing fill;
    private final XdpPacket packet;
    private final XdpFrames frames;
    private final long chunkMask;
    private final int budget; // chunks that the kernel shall have, and those of the turn that are not read
    private final int[] fresh;
    private final long[] turn; // descriptors
    private final long[] back;
    private final int most; // frames of a turn
    private int count; // of the turn
    private int next; // the frame of the turn that comes next
    private int last; // the one before which next(Duration) has nothing else to do

    XdpReceiveRing(Xsk socket, XskRing ring, int budget) {
        this.socket = socket;
        this.umem = socket.umem;
        this.member = socket.member;
        this.guard = member.receiving;
        this.ring = ring;
        this.fill = socket.rings.fill();
        this.budget = budget;
        most = Math.max(LEAST_TURN, Math.min(MOST_TURN, budget / TURNS));
        turn = new long[XskRing.DESCRIPTOR * (most + 1)]; // the last is no frame
        back = new long[most];
        packet = new XdpPacket(socket, turn);
        frames = new XdpFrames(umem, turn, packet);
        chunkMask = -umem.chunkSize();
        fresh = new int[umem.atOnce()];
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
        if (next < last && guard.isOwner() && socket.isOpen()) {
            packet.become(next++);
            return packet;
        }
        return nextOfTurns(timeout);
    }

    /** The first or last of its turn. */
    private @Nullable XdpPacket nextOfTurns(@Nullable Duration timeout) throws IOException {
        enter();
        boolean more = false;
        try {
            if (next == count && !turn(timeout)) {
                return null;
            }
            if (next == count - 1) {
                putBack(next); // the reader may stay away for long
                giveChunks(1);
            }
            packet.become(next++);
            more = next < count;
            return packet;
        } finally {
            guard.leave(more);
        }
    }

    /**
     * The next frames together, all of a turn: less work for each than {@link #next(Duration)}. They are this thread's
     * until it asks for others or ends, and the ring is, too.
     *
     * @param timeout zero does not wait, null waits for ever
     * @return the same object each time; null when the time was over first
     * @throws IOException as {@link #next()}
     * @throws IllegalStateException when another thread is reading, or has a turn and lives
     */
    public @Nullable XdpFrames nextFrames(@Nullable Duration timeout) throws IOException {
        enter();
        boolean some = false;
        try {
            some = next < count || turn(timeout);
            frames.become(next, count);
            next = count;
            return some ? frames : null;
        } finally {
            guard.leave(some);
        }
    }

    private void enter() throws ClosedChannelException {
        if (guard.enter() == TurnGuard.Entry.REFUSED) {
            checkOpen();
            throw new IllegalStateException("another thread is reading, or has read some frames of a turn of up to "
                    + most + ": let it read the others, or end");
        } else if (!socket.isOpen()) { // a close after this cannot take the chunks back before leave
            guard.leave(false);
            throw new ClosedChannelException();
        }
    }

    /** How many frames are there that were not read, for the thread that reads. */
    public int available() throws IOException {
        checkOpen();
        return count - next + ring.available(); // indexes, in a page that is there after close, too: no guard
    }

    private void checkOpen() throws ClosedChannelException {
        if (!socket.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** Takes frames out of the ring, when those before were read; false when the time is over. */
    private boolean turn(@Nullable Duration timeout) throws IOException {
        putBack(count);
        giveChunks(0);
        takeTurn();
        if (count == 0) {
            waitFor(timeout);
        }
        return count > 0;
    }

    private void waitFor(@Nullable Duration timeout) throws IOException {
        boolean forever = timeout == null;
        long deadline = timeout == null ? 0 : Nanos.deadline(Math.max(0, Nanos.saturated(timeout)));
        int before = 0;
        while (count == 0 && socket.await(Linux.POLLIN, deadline, forever)) {
            takeTurn();
            // poll(2) goes by indexes that another process may have written, and there are none to be believed
            if (count == 0 && !socket.rest(before++, deadline, forever)) {
                return;
            }
        }
    }

    private void takeTurn() throws IOException {
        int there = Math.min(most, ring.available());
        ring.read(turn, there);
        VarHandle.acquireFence();
        if (!socket.isOpen()) { // or the ring may be gone, and what was read zeros
            throw new AsynchronousCloseException();
        }
        ring.release();
        count = there;
        last = there - 1;
    }

    /** The chunks of the turn's first frames go to the fill ring, unless they were kept or sent; the others become the first. */
    private void putBack(int read) {
        int given = packet.anyTaken() ? others(read) : all(read);
        fill.write(back, given);
        count -= read;
        System.arraycopy(turn, XskRing.DESCRIPTOR * read, turn, 0, XskRing.DESCRIPTOR * count);
        next = 0;
        last = 0;
        packet.none(count == 0);
    }

    private int all(int read) {
        for (int i = 0; i < read; i++) {
            back[i] = XskRing.address(turn, i) & chunkMask;
        }
        return read;
    }

    private int others(int read) {
        int given = 0;
        for (int i = 0; i < read; i++) {
            long address = XskRing.address(turn, i);
            if (address >= 0) {
                back[given++] = address & chunkMask;
            }
        }
        return given;
    }

    /**
     * Gives the kernel the chunks that were read, and others in place of those that were kept or sent. The fill ring has room for
     * the budget and no more.
     *
     * @param handedOut chunks that will come back
     */
    private void giveChunks(int handedOut) throws IOException {
        int missing = budget - (fill.index() - ring.index()) - handedOut; // both began with nothing
        while (missing > 0) {
            int taken = umem.take(member, Umem.RECEIVING, fresh, Math.min(missing, fresh.length));
            for (int i = 0; i < taken; i++) {
                fill.write(fresh[i] * -chunkMask);
            }
            missing = taken == 0 ? 0 : missing - taken;
        }
        if (!fill.isTold()) {
            fill.submit();
            if (fill.needsWakeUp()) {
                socket.kickReceive();
            }
        }
    }
}
