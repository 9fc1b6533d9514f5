package io.sockfd.uring;

import io.sockfd.Descriptor;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;

/**
 * Waits until a descriptor is ready; {@link #result} then tells the events that are there.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
 */
public final class Poll extends Operation {
    private int events;
    private int multishot;

    Poll(Core core, Descriptor descriptor) {
        super(core, descriptor);
    }

    /**
     * Hands it to the kernel, with the next {@link Ring#await}; it completes once.
     *
     * @param wanted {@code POLLIN}, {@code POLLOUT}, {@code POLLPRI}, {@code POLLRDHUP} …; {@code POLLERR} and {@code POLLHUP}
     *     come unasked
     * @throws IllegalStateException when it is in flight
     * @throws ClosedChannelException when the ring or the descriptor is closed
     */
    public void start(int wanted) throws IOException {
        start(wanted, 0);
    }

    /** As {@link #start(int)}; it completes whenever something becomes ready, until it is cancelled. */
    public void startMultishot(int wanted) throws IOException {
        start(wanted, Linux.IORING_POLL_ADD_MULTI);
    }

    private void start(int wanted, int flags) throws IOException {
        checkIdle();
        events = wanted;
        multishot = flags;
        if (flags == 0) {
            begin();
        } else {
            beginMultishot();
        }
    }

    @Override
    String name() {
        return "poll";
    }

    @Override
    void write(ByteBuffer sqes, int at, int fd, long token) {
        write(sqes, at, 0, fd, events, multishot, token);
    }

    /** Writes one for these events. */
    static void write(ByteBuffer sqes, int at, int flags, int fd, int events, int multishot, long token) {
        boolean big = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN; // the halves of poll32_events are swapped there
        int mask = big ? Integer.rotateLeft(events, Short.SIZE) : events;
        Submission.write(sqes, at, Linux.IORING_OP_POLL_ADD, flags, 0, fd, 0, 0, multishot, mask, token, 0);
    }

    @Override
    void completed(int result, int flags, boolean done) {}
}
