package io.sockfd;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import io.sockfd.raw.struct.Timespec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a thread needs while it waits, so that others can wake it: an eventfd, and memory for ppoll(2). They are pooled, so
 * that there are as many as threads that waited at once, and not one for each thread that ever did.
 */
final class Waiter {
    /** A deadline that never comes. */
    static final long FOREVER = Long.MAX_VALUE;

    private static final int MOST_IDLE = 64;

    private static @Nullable Waiter idle; // protected by the class's monitor, as idleCount
    private static int idleCount;
    private static final int WAKE = Pollfd.SIZE;
    private static final int TIMEOUT = 2 * Pollfd.SIZE;
    private static final int COUNTER = TIMEOUT + Timespec.SIZE;

    /** The neighbours in {@link Waiters}, protected by its monitor; {@code next} also links the idle ones. */
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
    }

    static Waiter take() throws IOException {
        synchronized (Waiter.class) {
            Waiter waiter = idle;
            if (waiter != null) {
                idle = waiter.next;
                waiter.next = null;
                idleCount--;
                return waiter;
            }
        }
        return new Waiter();
    }

    /** Gives back what {@link #take} gave, off every list and at rest. */
    void giveBack() {
        synchronized (Waiter.class) {
            if (idleCount < MOST_IDLE) {
                next = idle;
                idle = this;
                idleCount++;
                return;
            }
        }
        Libc.get().close(eventfd);
    }

    /** The eventfds that are kept though nobody waits. */
    static synchronized Set<Integer> idleDescriptors() {
        Set<Integer> descriptors = new HashSet<>();
        for (Waiter waiter = idle; waiter != null; waiter = waiter.next) {
            descriptors.add(waiter.eventfd);
        }
        return descriptors;
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
