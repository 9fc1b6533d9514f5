package io.sockfd;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The patience of one operation: taken when a call said that it would block, and given back by {@link #end}. Keeps the
 * deadline, and counts how often readiness was a false promise, so that a state without readiness (a UNIX datagram
 * receiver that is full, a UNIX listener with a full backlog, an error queue that nobody reads) is retried with pauses
 * instead of a spin.
 */
abstract class Waiter {
    /** A deadline that never comes. */
    static final long FOREVER = Long.MAX_VALUE;

    private static final int MOST_DISAPPOINTMENTS = 2;
    private static final long FIRST_PAUSE_NS = 100_000;
    private static final long LONGEST_PAUSE_NS = 20_000_000;

    /** The neighbours in {@link Waiters}, protected by its monitor. */
    @Nullable
    Waiter next;

    @Nullable
    Waiter previous;

    private @Nullable Descriptor descriptor;
    private long deadline;
    private int disappointments;
    private boolean again; // after a first wait
    private int ready;

    /**
     * Begins to wait: in the kernel, or parked where the thread is a virtual one.
     *
     * @param timeoutNanos negative for ever
     */
    static Waiter begin(Descriptor descriptor, long timeoutNanos) throws IOException {
        Waiter waiter = VirtualThreads.isCurrent() ? new ParkedWaiter() : PolledWaiter.take();
        waiter.start(descriptor, timeoutNanos);
        return waiter;
    }

    final void start(Descriptor awaited, long timeoutNanos) {
        descriptor = awaited;
        deadline = timeoutNanos < 0 ? FOREVER : deadline(timeoutNanos);
        disappointments = 0;
        again = false;
    }

    /** The waiter of this operation: {@code existing}, or one that begins now. */
    static Waiter orBegin(@Nullable Waiter existing, Descriptor descriptor, long timeoutNanos) throws IOException {
        return existing != null ? existing : begin(descriptor, timeoutNanos);
    }

    /** Ends what {@link #begin} began, if anything. */
    static void end(@Nullable Waiter waiter) {
        if (waiter != null) {
            waiter.descriptor = null;
            waiter.giveBack();
        }
    }

    static long deadline(long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        return deadline == FOREVER ? deadline - 1 : deadline;
    }

    /** Until it is worth to try again; false when the time is over. */
    final boolean await(int events) throws IOException {
        ready = 0;
        if (disappointments >= MOST_DISAPPOINTMENTS) {
            return pause();
        }
        Descriptor awaited = descriptor();
        if (again && isOver()) {
            return false; // readiness that others take each time must not outlast the deadline
        }
        again = true;
        ready = awaited.await(this, events, deadline);
        boolean credible = (ready & events) != 0 && !awaited.promisesTooMuch(events);
        disappointments = credible ? 0 : disappointments + 1;
        return ready != 0;
    }

    /** The events that {@link #await} saw; 0 when it only paused. */
    final int ready() {
        return ready;
    }

    /** The events that are there, 0 when the time is over. */
    final int poll(int events) throws IOException {
        return descriptor().await(this, events, deadline);
    }

    /** The call moved something: the promise was kept, and the next wait begins anew with the same deadline. */
    final void progress() {
        disappointments = 0;
    }

    /** The events of a descriptor that are there now. */
    static int now(int fd, int events) throws IOException {
        ByteBuffer pollfd = Memory.allocate(Pollfd.SIZE); // not Bounce's: what the operation sends may lie there
        Pollfd.fd(pollfd, 0, fd);
        Pollfd.events(pollfd, 0, events);
        try {
            int result;
            do {
                result = Libc.get().poll(Memory.address(pollfd), 1, 0);
            } while (result == -Linux.EINTR); // of a pending signal, though it would not have waited
            Errors.check(result, "poll");
            return Pollfd.revents(pollfd, 0) & 0xffff;
        } finally {
            Reference.reachabilityFence(pollfd);
        }
    }

    /** For states that the kernel gives no readiness for. */
    final boolean pause() throws IOException {
        if (isOver()) {
            return false;
        }
        long until = System.nanoTime() + Math.min(LONGEST_PAUSE_NS, FIRST_PAUSE_NS << Math.min(disappointments++, 12));
        descriptor().sleep(this, deadline != FOREVER && deadline - until < 0 ? deadline : until);
        return true;
    }

    private boolean isOver() {
        return deadline != FOREVER && deadline - System.nanoTime() <= 0;
    }

    private Descriptor descriptor() {
        Descriptor awaited = descriptor;
        if (awaited == null) {
            throw new IllegalStateException("not between begin and end");
        }
        return awaited;
    }

    /**
     * Waits for the descriptor's events, for {@link #wake} or for the deadline.
     *
     * @param fd the descriptor, or -1 for none
     * @return the events that are there, 0 at the deadline or when woken
     */
    abstract int poll(Descriptor.State state, int fd, int events, long deadline) throws IOException;

    /** Ends a {@link #poll} that is under way or about to begin. Called with the monitor of the Waiters held. */
    abstract void wake();

    /** Ready to wait again. Called with the monitor of the Waiters held, off the list. */
    abstract void rest();

    /** No longer used by this operation. */
    abstract void giveBack();
}
