package io.sockfd.event;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EFD_CLOEXEC;
import static io.sockfd.raw.Linux.EFD_NONBLOCK;
import static io.sockfd.raw.Linux.EFD_SEMAPHORE;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A counter in the kernel, for waking somebody who waits in poll or epoll: readable while it is not zero, writable while
 * one more fits.
 *
 * <p>The counter is unsigned: 0 to 2<sup>64</sup>-2, see {@link #MAX}. A {@code long} holds it as it is; from
 * 2<sup>63</sup> on it is negative in Java, for {@link Long#toUnsignedString} and {@link Long#compareUnsigned}. Only 0
 * never comes out of a read, and so says that there was nothing.
 *
 * <p>Waiting ends by {@link #close} from any thread ({@link java.nio.channels.AsynchronousCloseException}), by an
 * interrupt, which closes ({@link java.nio.channels.ClosedByInterruptException}), and by the timeout, which is no
 * exception. A virtual thread parks. No operation allocates.
 *
 * <pre>{@code
 * try (EventFd wake = EventFd.open(0)) {
 *     new Thread(() -> {
 *         try {
 *             wake.add(1);
 *         } catch (IOException e) {
 *             throw new UncheckedIOException(e);
 *         }
 *     }).start();
 *     System.out.println(wake.read()); // waits, then 1; the counter is 0 again
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</a>
 */
public final class EventFd extends EventSource {
    /** The most that the counter holds: 2<sup>64</sup>-2, which is -2 as a {@code long}. */
    public static final long MAX = -2;

    private static final int WAITS_BEFORE_PAUSES = 2;

    private EventFd(int fd) {
        super(fd);
    }

    /**
     * A counter whose {@link #read} takes all of it.
     *
     * @param initial unsigned
     * @throws IllegalArgumentException when {@code initial} is more than {@link #MAX}
     * @throws ErrnoException EMFILE, ENFILE
     */
    public static EventFd open(long initial) throws IOException {
        return create(initial, 0);
    }

    /**
     * A counter whose {@link #read} takes one: EFD_SEMAPHORE.
     *
     * @param initial unsigned
     * @throws IllegalArgumentException when {@code initial} is more than {@link #MAX}
     * @throws ErrnoException EMFILE, ENFILE
     */
    public static EventFd semaphore(long initial) throws IOException {
        return create(initial, EFD_SEMAPHORE);
    }

    /**
     * Takes ownership of an open eventfd, for instance one that was received from another process. It is made
     * O_NONBLOCK, for all who share it.
     *
     * @throws IllegalArgumentException when the number is negative
     * @throws ErrnoException EBADF
     */
    public static EventFd adopt(int fd) throws IOException {
        return new EventFd(fd < 0 ? fd : nonBlocking(fd));
    }

    /** The C function takes 32 bits of a counter that has 64. */
    private static EventFd create(long initial, int flags) throws IOException {
        checkFits(initial);
        boolean small = Long.compareUnsigned(initial, 0xffff_ffffL) <= 0;
        int fd = LIBC.eventfd(small ? (int) initial : 0, flags | EFD_CLOEXEC | EFD_NONBLOCK);
        EventFd created = new EventFd(Errors.check(fd, "eventfd", small ? initial : Long.toUnsignedString(initial)));
        if (small) {
            return created;
        }
        try {
            created.add(initial);
            return created;
        } catch (Throwable e) {
            created.close();
            throw e;
        }
    }

    /** As {@link #read(Duration)}, for ever. */
    public long read() throws IOException {
        return readCount(null);
    }

    /** As {@link #read(Duration)} without waiting; the form for an epoll loop. */
    public long tryRead() throws IOException {
        return readCount(Duration.ZERO);
    }

    /**
     * Waits until the counter is not zero, and takes it: all, or one of a {@link #semaphore}.
     *
     * @param timeout null for ever, zero not to wait
     * @return what the counter was, unsigned, and 1 from a semaphore; 0 when the time was over first
     * @throws java.nio.channels.ClosedChannelException after {@link #close}
     */
    public long read(@Nullable Duration timeout) throws IOException {
        return readCount(timeout);
    }

    /** As {@link #add(long, Duration)}, for ever. */
    public void add(long value) throws IOException {
        boolean ignored = add(value, true, null);
    }

    /** As {@link #add(long, Duration)} without waiting. */
    public boolean tryAdd(long value) throws IOException {
        return add(value, false, Duration.ZERO);
    }

    /**
     * Adds to the counter, and waits while it would pass {@link #MAX}. The kernel has no readiness for room for more than
     * one: a larger value is tried again with pauses, of 20 ms at the most.
     *
     * @param value unsigned; 0 changes nothing and wakes nobody
     * @param timeout null for ever, zero not to wait
     * @return false when the time was over first, and nothing was added
     * @throws IllegalArgumentException when {@code value} is more than {@link #MAX}
     * @throws java.nio.channels.ClosedChannelException after {@link #close}
     */
    public boolean add(long value, @Nullable Duration timeout) throws IOException {
        return add(value, !Duration.ZERO.equals(timeout), timeout);
    }

    private boolean add(long value, boolean waits, @Nullable Duration timeout) throws IOException {
        checkFits(value);
        int waited = 0;
        long deadline = 0;
        int fd = enter();
        try {
            while (true) {
                ByteBuffer memory = CallMemory.of(Long.BYTES).putLong(0, value);
                long result = LIBC.write(fd, Memory.address(memory), Long.BYTES);
                if (result > 0) {
                    return true;
                } else if (result == -EAGAIN) {
                    if (!waits) {
                        return false;
                    }
                    deadline = waited == 0 ? deadline(timeout) : deadline;
                    if (!awaitRoom(waited++, deadline)) {
                        return false;
                    }
                } else if (result != -EINTR) {
                    throw Errors.exception(result, "write", this);
                }
            }
        } finally {
            exit();
        }
    }

    /** POLLOUT says that one more fits, which may not be enough. */
    private boolean awaitRoom(int before, long deadline) throws IOException {
        return before < WAITS_BEFORE_PAUSES
                ? await(POLLOUT, deadline) != 0
                : pause(before - WAITS_BEFORE_PAUSES, deadline);
    }

    private static void checkFits(long value) {
        if (value == -1) {
            throw new IllegalArgumentException("2^64-1: an eventfd holds 2^64-2 at the most");
        }
    }
}
