package io.sockfd.capture;

import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Message;
import io.sockfd.internal.memory.Mapping;
import io.sockfd.internal.wait.Meanwhile;
import io.sockfd.option.PacketOptions;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Tpacket2Hdr;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A ring of frames (TPACKET_V2) that are filled in place and sent many at a time: a system call for half a ring of frames.
 *
 * <pre>{@code
 * try (PacketSocket socket = PacketSocket.on("eth0", 0); TransmitRing ring = TransmitRing.open(socket, RingSize.TRANSMIT)) {
 *     ring.next().put(frame);
 *     ring.commit();
 *     ring.drain(null);
 * }
 * }</pre>
 *
 * <p>One thread at a time sends; {@link #close} may come from any and ends a wait. Nothing is allocated for a frame.
 *
 * @see <a href="https://docs.kernel.org/networking/packet_mmap.html">packet mmap, in the kernel's documentation</a>
 */
public final class TransmitRing implements Closeable {
    private static final Duration PAUSE = Duration.ofNanos(50_000);

    private final PacketSocket owner;
    private final Mapping mapping;
    private final TransmitFrame[] frames;
    private final Message nothing = new Message(0, 0); // the frames are in the ring
    private int next; // to be filled
    private int oldest; // not known to be sent
    private int pending; // from oldest to next
    private int unannounced; // committed since the kernel was called
    private boolean given; // the caller is filling a frame

    private TransmitRing(PacketSocket owner, RingSize size) throws IOException {
        this.owner = owner;
        owner.socket()
                .setOption(PacketOptions.PACKET_VERSION, Linux.TPACKET_V2)
                .setOption(PacketOptions.PACKET_TX_RING, size.request());
        mapping = owner.map(size);
        int perBlock = size.framesPerBlock();
        frames = new TransmitFrame[perBlock * size.blockCount()];
        for (int i = 0; i < frames.length; i++) {
            int at = i / perBlock * size.blockSize() + i % perBlock * size.frameSize();
            frames[i] = new TransmitFrame(mapping.slice(at, size.frameSize()));
        }
    }

    /**
     * Sends through memory shared with the kernel; otherwise as {@link ReceiveRing#open}. Bind the socket to an interface
     * first.
     *
     * @throws IOException as {@link ReceiveRing#open}
     * @throws IllegalStateException when the socket has a ring, or is not bound to an interface
     */
    public static TransmitRing open(PacketSocket socket, RingSize size) throws IOException {
        synchronized (socket) {
            socket.checkNoRing();
            int ignored = socket.boundTo();
            return new TransmitRing(socket, size);
        }
    }

    /** Bytes that a frame may have: the frame size without {@value Tpacket2Hdr#SIZE}. The interface's MTU may be less. */
    public int capacity() {
        return frames[0].data.capacity();
    }

    /** Frames in the ring. */
    public int frameCount() {
        return frames.length;
    }

    /** A frame to be filled, from position 0 on; waits until one is free. {@link #commit} must follow. */
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
     * @return null when the time was over first
     * @throws ClosedChannelException after {@link #close}; its subclasses when it came during the wait
     * @throws IOException a frame that was committed before was refused, see {@link #flush}
     * @throws IllegalStateException when another thread is sending
     */
    public @Nullable ByteBuffer next(@Nullable Duration timeout) throws IOException {
        mapping.enter();
        given = false;
        try {
            TransmitFrame frame = frames[next];
            if (frame.isFree() || waitFor(frame, timeout)) {
                given = true;
                return frame.data.clear();
            }
            return null;
        } catch (ClosedChannelException e) {
            close();
            throw Meanwhile.closed(owner.socket(), e);
        } finally {
            if (!given) {
                mapping.leave();
            }
        }
    }

    /**
     * The frame that {@link #next} gave is complete up to the buffer's position. It is sent when half of the ring is full,
     * or by {@link #flush} or {@link #drain}.
     *
     * @throws IllegalStateException when next() gave none
     */
    public void commit() throws IOException {
        if (!given) {
            throw new IllegalStateException("there is no frame to commit: call next() and fill what it gives");
        }
        given = false;
        try {
            if (mapping.isClosed()) {
                throw new ClosedChannelException();
            }
            frames[next].request();
            next = after(next);
            pending++;
            unannounced++;
            if (unannounced >= frames.length / 2) {
                flush();
            }
        } finally {
            mapping.leave();
        }
    }

    /**
     * Puts a copy of a frame into the ring, and waits for room if there is none.
     *
     * @param frame between position and limit; the position moves over it
     * @throws IllegalArgumentException when it is longer than {@link #capacity}
     */
    public void send(ByteBuffer frame) throws IOException {
        if (frame.remaining() > capacity()) {
            throw new IllegalArgumentException("a frame of " + frame.remaining() + " bytes: this ring takes "
                    + capacity() + ", see RingSize.withFrameSize");
        }
        ByteBuffer slot = next();
        try {
            slot.put(frame);
        } catch (RuntimeException | Error e) { // its arena is closed, or another thread moved its limit
            given = false;
            mapping.leave();
            throw e;
        }
        commit();
    }

    /**
     * Makes the kernel send what was committed, without waiting. What the interface has no room for is sent by a later
     * call.
     *
     * @throws io.sockfd.ErrnoException when a frame was refused, for instance EMSGSIZE, EINVAL when shorter than a link
     *     header: it is left out of the ring, and those behind it will be sent; or for all frames: ENETDOWN, ENXIO
     */
    public void flush() throws IOException {
        boolean entered = mapping.enter();
        try {
            announce();
        } catch (ClosedChannelException e) {
            throw Meanwhile.closed(owner.socket(), e);
        } finally {
            if (entered) {
                mapping.leave();
            }
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
        boolean entered = mapping.enter();
        try {
            announce();
            forgetSent();
            Deadline deadline = new Deadline(owner.socket(), timeout);
            while (pending > 0) {
                if (deadline.over()) {
                    return false;
                }
                pause(frames[oldest]);
                forgetSent();
            }
            return true;
        } catch (ClosedChannelException e) {
            close();
            throw Meanwhile.closed(owner.socket(), e);
        } finally {
            if (entered) {
                mapping.leave();
            }
        }
    }

    private boolean waitFor(TransmitFrame frame, @Nullable Duration timeout) throws IOException {
        announce();
        Deadline deadline = new Deadline(owner.socket(), timeout);
        while (!frame.isFree()) {
            if (deadline.over()) {
                return false;
            }
            pause(frame);
        }
        return true;
    }

    /**
     * POLLOUT of a packet socket also means that its send buffer has room, and comes when no frame is free: so this waits a
     * little for errors, close and interrupts, which are the end of it.
     */
    private void pause(TransmitFrame frame) throws IOException {
        boolean ignored = new Deadline(owner.socket(), PAUSE).await(0);
        if (!frame.isFree()) {
            announce();
        }
    }

    /** One sendmsg(2) for all frames that are waiting. */
    private void announce() throws IOException {
        forgetSent();
        if (pending == 0) {
            unannounced = 0;
            return;
        }
        try {
            long ignored = owner.socket().sendMessage(nothing, Linux.MSG_DONTWAIT);
            unannounced = 0;
        } catch (IOException e) {
            if (Errors.errnoOf(e).filter(Errno.ENOBUFS::equals).isEmpty()) {
                leaveOutRefused();
                throw e;
            }
        }
    }

    private void forgetSent() {
        while (pending > 0 && frames[oldest].isFree()) {
            oldest = after(oldest);
            pending--;
        }
    }

    /** The kernel stays at a frame that it refused: the ones behind it move up. */
    private void leaveOutRefused() {
        int at = oldest;
        for (int i = 0; i < pending; i++, at = after(at)) {
            if (frames[at].isRefused()) {
                for (int rest = pending - i - 1; rest > 0; rest--, at = after(at)) {
                    frames[at].become(frames[after(at)]);
                }
                frames[at].free();
                next = at;
                pending--;
                return;
            }
        }
    }

    private int after(int index) {
        return index + 1 == frames.length ? 0 : index + 1;
    }

    /** The socket, which is closed together with this. */
    public PacketSocket socket() {
        return owner;
    }

    /** Whether {@link #close} was not called yet. */
    public boolean isOpen() {
        return !mapping.isClosed();
    }

    /** Closes the ring and its socket. What was committed and not flushed is not sent. */
    @Override
    public void close() throws IOException {
        owner.close();
    }
}
