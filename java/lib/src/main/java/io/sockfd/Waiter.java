package io.sockfd;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import io.sockfd.raw.struct.Timespec;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What one thread needs to wait so that others can wake it: an eventfd of its own, and memory for ppoll(2). */
final class Waiter {
    /** A deadline that never comes. */
    static final long FOREVER = Long.MAX_VALUE;

    private static final Cleaner CLEANER = Cleaner.create();
    private static final ThreadLocal<Waiter> OF_THREAD = new ThreadLocal<>();
    private static final int WAKE = Pollfd.SIZE;
    private static final int TIMEOUT = 2 * Pollfd.SIZE;
    private static final int COUNTER = TIMEOUT + Timespec.SIZE;

    /** The neighbours in {@link Waiters}; protected by its monitor. */
    @Nullable
    Waiter next;

    @Nullable
    Waiter previous;

    private final int eventfd;
    private final ByteBuffer memory = Memory.allocate(COUNTER + Long.BYTES);
    private final long pollfds = Memory.address(memory);
    private boolean woken; // protected by the monitor of the Waiters that we are in

    private Waiter() throws IOException {
        int fd = Errors.check(Libc.get().eventfd(0, Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK), "eventfd");
        eventfd = fd;
        Pollfd.fd(memory, WAKE, fd);
        Pollfd.events(memory, WAKE, Linux.POLLIN);
        memory.putLong(COUNTER, 1);
        CLEANER.register(this, () -> Libc.get().close(fd));
    }

    /** This thread's, made when it waits for the first time. */
    static Waiter ofThread() throws IOException {
        Waiter waiter = OF_THREAD.get();
        if (waiter == null) {
            waiter = new Waiter();
            OF_THREAD.set(waiter);
        }
        return waiter;
    }

    /** True when the descriptor is ready; false at the deadline or after {@link #wake}. */
    boolean poll(int fd, int events, long deadline) throws IOException {
        Pollfd.fd(memory, 0, fd);
        Pollfd.events(memory, 0, events);
        while (true) {
            Pollfd.revents(memory, 0, 0);
            Pollfd.revents(memory, WAKE, 0);
            long timeout = 0;
            if (deadline != FOREVER) {
                long left = Math.max(0, deadline - System.nanoTime());
                Timespec.tv_sec(memory, TIMEOUT, left / 1_000_000_000);
                Timespec.tv_nsec(memory, TIMEOUT, left % 1_000_000_000);
                timeout = pollfds + TIMEOUT;
            }
            int ready = Libc.get().ppoll(pollfds, 2, timeout, 0);
            if (ready == -Linux.EINTR) {
                continue; // a signal: the deadline still stands
            }
            Errors.check(ready, "ppoll");
            return Pollfd.revents(memory, WAKE) == 0 && Pollfd.revents(memory, 0) != 0;
        }
    }

    /** Ends a {@link #poll} that is under way or about to begin. Called with the monitor of the Waiters held. */
    void wake() {
        woken = true;
        Libc.get().write(eventfd, pollfds + COUNTER, Long.BYTES);
    }

    /** Ready to wait again. Called with the monitor of the Waiters held, off the list. */
    void rest() {
        if (woken) {
            woken = false;
            Libc.get().read(eventfd, pollfds + COUNTER, Long.BYTES);
            memory.putLong(COUNTER, 1);
        }
    }
}
