package io.sockfd.event;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLL_CLOEXEC;
import static io.sockfd.raw.Linux.EPOLL_CTL_ADD;
import static io.sockfd.raw.Linux.POLLIN;

import io.sockfd.Descriptor;
import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.internal.jfr.Flight;
import io.sockfd.internal.jfr.WaitEvent;
import io.sockfd.internal.wait.InterruptAlarm;
import io.sockfd.internal.wait.Life;
import io.sockfd.internal.wait.Nanos;
import io.sockfd.internal.wait.VirtualThreads;
import io.sockfd.internal.wait.Wait;
import io.sockfd.internal.wait.WakeEvent;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Watches many descriptors at once: sockets, {@link Epoll}s, and all else that poll(2) knows.
 *
 * <pre>{@code
 * try (Epoll epoll = Epoll.open()) {
 *     epoll.add(listener, EPOLLIN, "listener");
 *     EpollEvents events = new EpollEvents(64);
 *     while (epoll.await(events) >= 0) {
 *         serve(events);
 *     }
 * }
 * }</pre>
 *
 * <p>A descriptor that is closed leaves by itself, duplicates of it in other processes or not, and no event of it is
 * delivered afterwards. Closing the Epoll, or interrupting a thread that waits in it, ends its waits; the descriptors in it
 * stay open. On a virtual thread {@link #await} parks.
 *
 * <p>All methods may be called from any thread. Several threads may await at once, each with its own {@link EpollEvents};
 * the kernel gives a level-triggered event to each of them that comes by, an edge-triggered one to one of them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 */
public final class Epoll extends Descriptor {
    private static final long OTHERS_TURN_NS = 20_000;

    private static final Libc LIBC = Libc.getOrRefusing();

    private final WakeUp wakeUp;

    private final RegistrationTable table = new RegistrationTable();
    private final Members members;
    /**
     * How often a wake-up was taken, doubled, and in the lowest bit whether the eventfd has one since. The bit is set after
     * the write and for the same count only: whoever finds it set may leave the writing to others, and no wake-up is lost
     * when another's write fails.
     */
    private final AtomicInteger wakeUps = new AtomicInteger();
    /** Threads in {@link #awaitOrInterrupt} that were interrupted and have not come back: the wake-up is theirs. */
    private final AtomicInteger interrupted = new AtomicInteger();

    private Epoll(int epfd, WakeUp wakeUp, ByteBuffer event) {
        super(epfd, true, wakeUp);
        this.wakeUp = wakeUp;
        members = new Members(this, table, event);
    }

    /**
     * A new one, close-on-exec. It takes two descriptors: its own and an eventfd that wakes its waiters.
     *
     * @throws ErrnoException EMFILE, ENFILE
     */
    public static Epoll open() throws IOException {
        // all memory first, while there is nothing to close
        ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
        ByteBuffer counter = Memory.allocate(WakeUp.COUNTER_SIZE);
        int epfd = Errors.check(LIBC.epoll_create1(EPOLL_CLOEXEC), "epoll_create1", "a new Epoll");
        int wakefd = -1;
        try {
            wakefd = Errors.check(
                    LIBC.eventfd(0, Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK), "eventfd", "the wake-up of a new Epoll");
            EpollEvent.events(event, 0, EPOLLIN);
            EpollEvent.data(event, 0, RegistrationTable.WAKE_UP);
            int result = LIBC.epoll_ctl(epfd, EPOLL_CTL_ADD, wakefd, Memory.address(event));
            Errors.check(result, "epoll_ctl", "the wake-up of a new Epoll");
            return new Epoll(epfd, new WakeUp(wakefd, counter), event);
        } catch (Throwable e) {
            LIBC.close(epfd);
            if (wakefd >= 0) {
                LIBC.close(wakefd);
            }
            throw e;
        }
    }

    /**
     * Watches a descriptor.
     *
     * @param events {@code EPOLLIN}, {@code EPOLLOUT}, {@code EPOLLRDHUP}, {@code EPOLLPRI}, with {@code EPOLLET} (tell
     *     changes, not states), {@code EPOLLONESHOT} (once, until {@link Registration#modify}), {@code EPOLLEXCLUSIVE}
     *     (wake one of several Epolls), {@code EPOLLWAKEUP}; {@code EPOLLERR} and {@code EPOLLHUP} come unasked
     * @param attachment for the user, see {@link EpollEvents#attachment}
     * @throws ClosedChannelException when either is closed
     * @throws ErrnoException EEXIST when it is in already, EPERM when it cannot be watched (a regular file), ELOOP when
     *     Epolls would watch each other in a circle or are nested more than five deep, ENOSPC at the limit of
     *     /proc/sys/fs/epoll/max_user_watches, EINVAL for events that cannot be combined
     */
    public Registration add(Descriptor descriptor, int events, @Nullable Object attachment) throws IOException {
        return members.add(descriptor, events, attachment);
    }

    /** How many descriptors are in it. */
    public int size() {
        return table.size();
    }

    /** Called by whoever takes out the last one; it must not throw. */
    void whenEmpty(Runnable told) {
        table.whenEmpty(told);
    }

    /** All that is in it at the moment. */
    public List<Registration> registrations() {
        return table.all();
    }

    /** Waits until something is ready, as {@link #await(EpollEvents, long)} without a limit. */
    public int await(EpollEvents into) throws IOException {
        return await(into, -1);
    }

    /**
     * Waits until something is ready.
     *
     * @param timeoutNanos in nanoseconds; 0 looks and does not wait, negative waits for ever. Where
     *     epoll_pwait2(2) is not to be had, as before Linux 5.11 or under an old container's filter, it is
     *     rounded up to milliseconds
     * @return how many events {@code into} has now; 0 when the time was over or {@link #wakeUp} was called
     * @throws ClosedChannelException after {@link #close}
     * @throws java.nio.channels.AsynchronousCloseException when another thread closes meanwhile
     * @throws java.nio.channels.ClosedByInterruptException when this thread is interrupted, which closes
     * @see <a href="https://man7.org/linux/man-pages/man2/epoll_wait.2.html">epoll_pwait2(2)</a>
     */
    public int await(EpollEvents into, long timeoutNanos) throws IOException {
        into.clear();
        int epfd = enter();
        try {
            if (timeoutNanos == 0) {
                fetch(epfd, into, 0);
                return into.count();
            }
            WaitEvent event = Flight.look() ? WaitEvent.start() : null;
            long deadline = timeoutNanos < 0 ? Nanos.FOREVER : Nanos.deadline(timeoutNanos);
            if (VirtualThreads.isCurrent()) {
                parkUntilReady(epfd, into, deadline);
            } else {
                waitUntilReady(epfd, into, deadline);
            }
            if (event != null) {
                event.record(epfd, into.count());
            }
            return into.count();
        } finally {
            exit();
        }
    }

    /**
     * As {@link #await(EpollEvents, long)}, but an interrupt of this thread only ends the wait, as it does with a {@link
     * java.nio.channels.Selector}: nothing is closed, and the thread's interrupt status stays set. A thread that is
     * interrupted already looks and does not wait.
     *
     * @return how many events {@code into} has now; 0 when the time was over, {@link #wakeUp} was called, or this thread is
     *     interrupted
     * @throws ClosedChannelException after {@link #close}
     * @throws java.nio.channels.AsynchronousCloseException when another thread closes meanwhile
     */
    public int awaitOrInterrupt(EpollEvents into, long timeoutNanos) throws IOException {
        into.clear();
        int epfd = enter();
        try {
            if (timeoutNanos == 0 || Thread.currentThread().isInterrupted()) {
                fetch(epfd, into, 0);
                return into.count();
            }
            InterruptAlarm alarm = into.alarm(this::wakeUp, interrupted);
            alarm.set();
            try {
                waitOpen(epfd, into, timeoutNanos < 0 ? Nanos.FOREVER : Nanos.deadline(timeoutNanos));
            } finally {
                alarm.off();
            }
            if (!isOpen()) {
                throw new AsynchronousCloseException();
            }
            return into.count();
        } finally {
            exit();
        }
    }

    private void waitOpen(int epfd, EpollEvents into, long deadline) throws IOException {
        boolean virtual = VirtualThreads.isCurrent();
        while (isOpen()) {
            long left = deadline == Nanos.FOREVER ? -1 : Math.max(0, deadline - System.nanoTime());
            if (fetch(epfd, into, virtual ? 0 : left) || left == 0) {
                return;
            } else if (virtual) {
                park(deadline);
            }
        }
    }

    /** Until there is something to fetch, a close or the deadline; an interrupt makes something to fetch. */
    private void park(long deadline) throws IOException {
        Wait wait = Wait.beginUntil(deadline);
        try {
            int result = wait.poll(Life.of(this), POLLIN);
            if (result < 0) {
                throw Errors.exception(result, wait.failure().call(), this);
            }
        } finally {
            Wait.end(wait);
        }
    }

    private void waitUntilReady(int epfd, EpollEvents into, long deadline) throws IOException {
        boolean completed = false;
        begin();
        try {
            while (!completed && isOpen()) {
                long left = deadline == Nanos.FOREVER ? -1 : Math.max(0, deadline - System.nanoTime());
                completed = (fetch(epfd, into, left) || left == 0) && isOpen();
            }
        } finally {
            end(completed);
        }
    }

    private void parkUntilReady(int epfd, EpollEvents into, long deadline) throws IOException {
        // what a close signals looks like a wake-up: the wait after it throws
        while (!fetch(epfd, into, 0) || !isOpen()) {
            if (await(POLLIN, deadline) == 0) {
                return;
            }
        }
    }

    /** One call; false when it brought nothing that the caller waits for. */
    private boolean fetch(int epfd, EpollEvents into, long nanos) throws IOException {
        int fetched = into.fetch(epfd, nanos);
        if (fetched == -EINTR) {
            return false;
        }
        boolean woken = into.accept(Errors.check(fetched, "epoll_wait", this), table);
        if (woken && interrupted.get() > 0 && !into.isAlarmed()) {
            LockSupport.parkNanos(
                    OTHERS_TURN_NS); // until the one comes by that was interrupted: the eventfd stays readable for it
            woken = false;
        }
        if (woken) {
            woken = wakeUp.drain(); // others may have seen it, too: it is for one of us
            if (woken) {
                wakeUps.updateAndGet(Epoll::afterWakeUp); // after the drain: a later wakeUp must write again
            }
        }
        return woken || into.count() > 0;
    }

    private static int afterWakeUp(int count) {
        return (count | 1) + 1;
    }

    /**
     * Ends the {@link #await} of one thread, or the next one if none is waiting. Calls that come before it has returned
     * count once.
     *
     * @throws IOException when nobody was woken: the next call tries again
     */
    public void wakeUp() throws IOException {
        int ignored = enter();
        try {
            int count = wakeUps.get();
            if ((count & 1) == 0) {
                Errors.check(wakeUp.signal(), "write", "the wake-up of an Epoll");
                wakeUps.compareAndSet(count, count | 1);
            }
        } finally {
            exit();
        }
    }

    /**
     * How the network devices are polled while somebody waits here.
     *
     * @throws ErrnoException ENOTTY or EINVAL before Linux 6.9
     */
    public BusyPoll busyPoll() throws IOException {
        int epfd = enter();
        try {
            return BusyPoll.get(epfd);
        } finally {
            exit();
        }
    }

    /**
     * Changes that.
     *
     * @throws ErrnoException EPERM for a budget above 64 without CAP_NET_ADMIN, ENOTTY or EINVAL before Linux 6.9
     */
    public void busyPoll(BusyPoll parameters) throws IOException {
        int epfd = enter();
        try {
            parameters.set(epfd);
        } finally {
            exit();
        }
    }

    @Override
    protected void implCloseChannel() throws IOException {
        super.implCloseChannel();
        table.clear();
    }

    /** The eventfd lives as long as the set: whoever sleeps in it is woken by it. */
    private static final class WakeUp implements Companion {
        /** What is written, and where what is read goes. */
        static final int COUNTER_SIZE = 2 * Long.BYTES;

        private final int wakefd;
        private final ByteBuffer counter;
        private volatile boolean closing;
        private boolean gone; // the eventfd; protected by the monitor of counter

        WakeUp(int wakefd, ByteBuffer counter) {
            this.wakefd = wakefd;
            this.counter = counter.putLong(0, 1);
        }

        int signal() {
            return WakeEvent.signal(wakefd, Memory.address(counter));
        }

        boolean drain() throws IOException {
            long result = LIBC.read(wakefd, Memory.address(counter) + Long.BYTES, Long.BYTES);
            if (closing) {
                passOn(); // that was the others' wake-up
            }
            if (result < 0 && result != -EAGAIN && result != -EINTR) {
                throw Errors.exception(result, "read", "the wake-up of an Epoll");
            }
            return result == Long.BYTES;
        }

        private void passOn() {
            WakeEvent.signalOrLog(wakefd, Memory.address(counter), "who waits in a closed Epoll");
        }

        /** The last one inside may have left, and closed, before it comes to this. */
        @Override
        public void closing() {
            closing = true;
            synchronized (counter) {
                if (!gone) {
                    passOn(); // stays signalled, so that each sleeper passes it on to the next
                }
            }
        }

        @Override
        public void ended() {
            synchronized (counter) {
                gone = true;
                LIBC.close(wakefd);
            }
        }
    }
}
