package io.sockfd.xdp;

import io.sockfd.Errors;
import io.sockfd.internal.wait.Nanos;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an AF_XDP socket sends: frames that are filled in place, or that were received and go on without a copy. It reads like a
 * {@link io.sockfd.capture.TransmitRing}. One thread at a time; nothing is allocated for a frame.
 */
public final class XdpTransmitRing {
    private static final int NONE = -1;

    private final Xsk socket;
    private final Umem umem;
    private final Umem.Member member;
    private final XskRing ring;
    private final XskRing completion;
    private final int chunkBits;
    private final int[] spare; // free chunks of this ring's
    private int spares;
    private int given = NONE; // the chunk that the caller fills
    private int pending; // committed, and not completed
    private int unannounced; // committed since the kernel was called
    private long dropped;

    XdpTransmitRing(Xsk socket, XskRing ring) {
        this.socket = socket;
        this.umem = socket.umem;
        this.member = socket.member;
        this.ring = ring;
        this.completion = socket.rings.completion();
        chunkBits = Integer.numberOfTrailingZeros(umem.chunkSize());
        spare = new int[2 * umem.atOnce()];
    }

    /** Bytes that a frame may have: a chunk. The interface's MTU may be less. */
    public int capacity() {
        return umem.chunkSize();
    }

    /** Frames in the ring. */
    public int frameCount() {
        return ring.size();
    }

    /**
     * A chunk to be filled, from position 0 on; waits until one is free. {@link #commit} must follow.
     *
     * @throws IOException as {@link #next(Duration)}
     */
    public ByteBuffer next() throws IOException {
        ByteBuffer frame;
        do {
            frame = next(null);
        } while (frame == null);
        return frame;
    }

    /**
     * As {@link #next()}, for so long.
     *
     * @param timeout zero does not wait, null waits for ever
     * @return network byte order; null when the time was over first
     * @throws ClosedChannelException after a close of the socket; its subclasses when it came during the wait
     * @throws io.sockfd.ErrnoException as {@link #flush}
     * @throws IllegalStateException when another thread is sending
     */
    public @Nullable ByteBuffer next(@Nullable Duration timeout) throws IOException {
        boolean outermost = enter();
        try {
            if (given == NONE && !(isRoom() && takeSpare()) && !waitForOne(timeout)) {
                return null;
            }
            return umem.view(given).clear();
        } finally {
            member.transmitting.leave(outermost);
        }
    }

    /**
     * The frame that {@link #next} gave is complete up to the buffer's position. It is sent when half of the ring is full, or
     * by {@link #flush} or {@link #drain}.
     *
     * @throws IllegalStateException when next() gave none
     * @throws IllegalArgumentException for a frame without a byte
     */
    public void commit() throws IOException {
        boolean outermost = enter();
        try {
            int chunk = given;
            if (chunk == NONE) {
                throw new IllegalStateException("there is no frame to commit: call next() and fill what it gives");
            }
            int length = umem.view(chunk).position();
            if (length == 0) {
                throw new IllegalArgumentException("a frame without a byte: fill what next() gave up to its position");
            }
            given = NONE;
            send(chunk, 0, length);
        } finally {
            member.transmitting.leave(outermost);
        }
    }

    /**
     * Puts a copy of a frame into the ring, and waits for room if there is none.
     *
     * @param frame between position and limit; the position moves over it
     * @throws IllegalArgumentException when it is longer than {@link #capacity}, or empty
     */
    public void send(ByteBuffer frame) throws IOException {
        if (frame.remaining() > capacity()) {
            throw new IllegalArgumentException(
                    "a frame of " + frame.remaining() + " bytes: a chunk of the Umem has " + capacity());
        }
        next().put(frame);
        commit();
    }

    /**
     * Sends a packet that was received with the same Umem, without a copy: what is between position and limit of its data. It
     * is not the caller's any more. Waits for room if there is none.
     *
     * @param packet of this thread's receive ring
     * @throws IllegalStateException when it was kept or sent on before
     * @throws IllegalArgumentException when it is another Umem's, nothing is between position and limit, or they are not within
     *     its chunk
     */
    public void forward(XdpPacket packet) throws IOException {
        if (!packet.isOf(umem)) {
            throw new IllegalArgumentException("this packet is in another Umem: send(packet.data()) copies it");
        }
        boolean outermost = enter();
        try {
            ByteBuffer data = packet.data();
            int offset = data.position() - packet.chunkAddress();
            int length = data.remaining();
            check(offset, length);
            waitForRoom();
            int chunk = packet.giveAway();
            umem.move(member, chunk, Umem.FILLING);
            send(chunk, offset, length);
        } finally {
            member.transmitting.leave(outermost);
        }
    }

    /**
     * Sends a packet that was kept, without a copy, and ends the lease. Waits for room if there is none.
     *
     * @param lease of a packet with the same Umem
     * @throws IllegalStateException when it was given back or sent before
     */
    public void forward(long lease) throws IOException {
        boolean outermost = enter();
        try {
            waitForRoom();
            int chunk = umem.claim(member, lease);
            send(chunk, umem.offset(chunk), umem.length(chunk));
        } finally {
            member.transmitting.leave(outermost);
        }
    }

    /**
     * Makes the kernel send what was committed, without waiting. What the interface has no room for is sent by a later call.
     *
     * @throws io.sockfd.ErrnoException ENETDOWN when the interface is down, ENXIO when it is gone; EMSGSIZE for a frame that is
     *     longer than the interface takes, which stays in front of the others: close the socket
     */
    public void flush() throws IOException {
        boolean outermost = enter();
        try {
            announce();
        } finally {
            member.transmitting.leave(outermost);
        }
    }

    /**
     * Sends what was committed and waits until the interface has taken all of it.
     *
     * @param timeout null waits for ever
     * @return false when the time was over first
     * @throws IOException as {@link #flush}
     */
    public boolean drain(@Nullable Duration timeout) throws IOException {
        boolean outermost = enter();
        try {
            announce();
            int ignored = reap();
            boolean forever = timeout == null;
            long deadline = timeout == null ? 0 : deadline(timeout);
            for (int rests = 0; pending > 0; rests++) {
                if (!socket.rest(rests, deadline, forever)) {
                    return false;
                }
                announce();
                ignored = reap();
            }
            return true;
        } finally {
            member.transmitting.leave(outermost);
        }
    }

    /** How many frames the interface's queue had no room for: the kernel dropped them, and says so once for each. */
    public long dropped() {
        return dropped;
    }

    // ---- room ----------------------------------------------------------------------------------------------------

    private boolean enter() throws ClosedChannelException {
        if (!socket.isOpen()) {
            throw new ClosedChannelException();
        }
        boolean outermost = member.transmitting.enter();
        if (!socket.isOpen()) { // a close after this cannot take the chunks back before leave
            member.transmitting.leave(outermost);
            throw new ClosedChannelException();
        }
        return outermost;
    }

    private static long deadline(Duration timeout) {
        return Nanos.deadline(Math.max(0, Nanos.saturated(timeout)));
    }

    private void check(int offset, int length) {
        if (length <= 0) {
            throw new IllegalArgumentException("nothing is between the packet's position and limit");
        } else if (offset < 0 || offset + length > umem.chunkSize()) {
            throw new IllegalArgumentException("the packet's position and limit are not within the frame's chunk, which"
                    + " begins " + offset + " bytes before the position and has " + umem.chunkSize());
        }
    }

    private boolean isRoom() {
        if (pending < ring.size()) {
            return true;
        }
        return reap() > 0 && pending < ring.size();
    }

    private boolean takeSpare() {
        if (spares == 0) {
            int ignored = reap();
        }
        if (spares == 0) {
            spares = umem.take(member, Umem.FILLING, spare, umem.atOnce());
        }
        given = spares == 0 ? NONE : spare[--spares];
        return given != NONE;
    }

    private boolean waitForOne(@Nullable Duration timeout) throws IOException {
        announce();
        boolean forever = timeout == null;
        long deadline = timeout == null ? 0 : deadline(timeout);
        for (int rests = 0; !(isRoom() && takeSpare()); rests++) {
            if (!socket.rest(rests, deadline, forever)) {
                return false;
            }
            announce();
        }
        return true;
    }

    private void waitForRoom() throws IOException {
        if (!isRoom()) {
            announce();
            for (int rests = 0; !isRoom(); rests++) {
                boolean ignored = socket.rest(rests, 0, true);
                announce();
            }
        }
    }

    /** What was sent is this ring's again, or anybody's when it has enough. */
    private int reap() {
        int done = completion.available();
        for (int i = 0; i < done; i++) {
            int chunk = (int) (completion.read() >>> chunkBits);
            if (chunk >= umem.chunks() || !umem.isOf(member, chunk, Umem.SENDING)) {
                if (!socket.isOpen()) {
                    return i; // the ring is gone
                }
                throw new AssertionError("the kernel has sent chunk " + chunk + ", which it did not have");
            }
            umem.states[chunk] = Umem.FILLING;
            if (spares == spare.length) {
                umem.giveBack(spare, spares, umem.atOnce());
                spares -= umem.atOnce();
            }
            spare[spares++] = chunk;
            pending--;
        }
        completion.release();
        return done;
    }

    // ---- the kernel ----------------------------------------------------------------------------------------------

    private void send(int chunk, int offset, int length) throws IOException {
        umem.states[chunk] = Umem.SENDING;
        ring.describe(((long) chunk << chunkBits) + offset, length);
        pending++;
        unannounced++;
        if (unannounced >= ring.size() / 2) {
            announce();
        }
    }

    /** Calls the kernel until it has taken everything, or has no room: it takes some at a time. */
    private void announce() throws IOException {
        ring.submit();
        unannounced = 0;
        int left = ring.untaken();
        while (left > 0 && ring.needsWakeUp()) {
            int result = socket.kickTransmit();
            int before = left;
            int reaped = 0;
            left = ring.untaken();
            if (result == -Linux.EBUSY) {
                dropped++;
            } else if (result == -Linux.EAGAIN || result == -Linux.ENOBUFS || result == -Linux.EINTR) {
                reaped = reap(); // it needs room in the completion ring, too
            } else {
                Errors.check(result, "sendto", socket);
            }
            if (left >= before && reaped == 0) {
                return; // the next call goes on
            }
        }
    }
}
