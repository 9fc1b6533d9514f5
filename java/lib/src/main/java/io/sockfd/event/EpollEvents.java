package io.sockfd.event;

import io.sockfd.internal.wait.InterruptAlarm;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollEvent;
import io.sockfd.raw.struct.Timespec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where {@link Epoll#await} puts what is ready. Made once and used again and again, by one thread at a time:
 *
 * <pre>{@code
 * int count = epoll.await(events);
 * for (int i = 0; i < count; i++) {
 *     Registration ready = events.registration(i);
 *     if (ready != null && (events.events(i) & EPOLLIN) != 0) {
 *         serve(ready.attachment());
 *     }
 * }
 * }</pre>
 *
 * <p>A registration that ended after its event was fetched, because an earlier event's handler closed the descriptor for
 * instance, reads as null: an event never reaches the successor of the descriptor that it was meant for.
 */
public final class EpollEvents {
    /** What epoll_wait(2) takes at most: {@code INT_MAX / sizeof(struct epoll_event)}, and a limit of sense below it. */
    private static final int MOST = 1 << 20;

    private static final Libc LIBC = Libc.getOrRefusing();

    /** The kernel, or a container's filter, has refused epoll_pwait2(2). */
    private static volatile boolean refused;

    private final ByteBuffer memory;
    private final long address;
    private final int timespec;
    private final @Nullable Registration[] registrations;
    private final int[] masks;
    private int count;
    private @Nullable InterruptAlarm alarm;

    /**
     * Room for events.
     *
     * @param capacity how many one {@link Epoll#await} can bring; the kernel takes turns where more are ready
     * @throws IllegalArgumentException when it is not from 1 to 1,048,576
     */
    public EpollEvents(int capacity) {
        if (capacity < 1 || capacity > MOST) {
            throw new IllegalArgumentException("capacity " + capacity + ": from 1 to " + MOST + ", please");
        }
        timespec = (capacity * EpollEvent.SIZE + 7) & -8;
        memory = Memory.allocate(timespec + Timespec.SIZE);
        address = Memory.address(memory);
        registrations = new Registration[capacity];
        masks = new int[capacity];
    }

    public int capacity() {
        return masks.length;
    }

    /** How many the last {@link Epoll#await} brought. */
    public int count() {
        return count;
    }

    /**
     * Whose event this is.
     *
     * @param index from 0 to {@link #count} - 1
     * @return null when the registration has ended since the event was fetched
     */
    public @Nullable Registration registration(int index) {
        Registration registration = registrations[check(index)];
        return registration != null && registration.isValid() ? registration : null;
    }

    /** What was attached to the registration; null also when that has ended, see {@link #registration}. */
    public @Nullable Object attachment(int index) {
        Registration registration = registration(index);
        return registration == null ? null : registration.attachment();
    }

    /** {@code EPOLLIN}, {@code EPOLLOUT}, {@code EPOLLRDHUP}, {@code EPOLLPRI}, {@code EPOLLERR}, {@code EPOLLHUP} … */
    public int events(int index) {
        return masks[check(index)];
    }

    /** Whether the event has one of these bits. */
    public boolean has(int index, int mask) {
        return (events(index) & mask) != 0;
    }

    /** Whether it is time to read, if only the end of the stream or the error. */
    public boolean isReadable(int index) {
        return has(index, Linux.EPOLLIN | Linux.EPOLLRDHUP | Linux.EPOLLHUP | Linux.EPOLLERR);
    }

    /** Whether it is time to write, if only to learn the error. */
    public boolean isWritable(int index) {
        return has(index, Linux.EPOLLOUT | Linux.EPOLLHUP | Linux.EPOLLERR);
    }

    private int check(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("event " + index + " of " + count);
        }
        return index;
    }

    /** Waits as long at most, and fetches: what epoll_wait(2) gives. */
    int fetch(int epfd, long nanos) {
        return nanos > 0 ? waitFor(epfd, nanos) : LIBC.epoll_wait(epfd, address, capacity(), (int) nanos);
    }

    /** epoll_pwait2(2), Linux 5.11 and glibc 2.35, until it is refused; else whole milliseconds, rounded up. */
    private int waitFor(int epfd, long nanos) {
        if (!refused) {
            int fetched = LIBC.epoll_pwait2(epfd, address, capacity(), timespec(nanos), 0);
            if (fetched != -Linux.ENOSYS && fetched != -Linux.EPERM) {
                return fetched;
            }
            refused = true;
        }
        long millis = Math.min(Integer.MAX_VALUE, (nanos - 1) / 1_000_000 + 1);
        return LIBC.epoll_wait(epfd, address, capacity(), (int) millis);
    }

    /** The address of a struct timespec with this value. */
    private long timespec(long nanos) {
        Timespec.tv_sec(memory, timespec, nanos / 1_000_000_000);
        Timespec.tv_nsec(memory, timespec, nanos % 1_000_000_000);
        return address + timespec;
    }

    /**
     * Forgets what the last {@link Epoll#await} brought: until then, or until the next one begins, those registrations stay
     * reachable, and their descriptors with them.
     */
    public void clear() {
        Arrays.fill(registrations, 0, count, null);
        count = 0;
    }

    /** What wakes an {@link Epoll#awaitOrInterrupt}; made once, as long as nobody is interrupted. */
    InterruptAlarm alarm(InterruptAlarm.Wake wakeUp, AtomicInteger interrupted) {
        InterruptAlarm existing = alarm;
        if (existing == null || !existing.isFor(interrupted)) {
            existing = new InterruptAlarm(wakeUp, interrupted);
            alarm = existing;
        }
        return existing;
    }

    /** Whether the thread that waits with this was interrupted, and nothing but that woke it. */
    boolean isAlarmed() {
        return alarm != null && !alarm.isOpen();
    }

    /** Keeps what belongs to valid registrations; true when a wake-up was among it. */
    boolean accept(int fetched, RegistrationTable table) {
        boolean woken = false;
        int kept = 0;
        for (int i = 0; i < fetched; i++) {
            int offset = i * EpollEvent.SIZE;
            long token = EpollEvent.data(memory, offset);
            if (token == RegistrationTable.WAKE_UP) {
                woken = true;
                continue;
            }
            Registration registration = table.find(token);
            if (registration != null) {
                registrations[kept] = registration;
                masks[kept++] = EpollEvent.events(memory, offset);
            }
        }
        count = kept;
        return woken;
    }
}
