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

    /** For {@link #beginFor}: the descriptor's time for receives, or for sends. */
    static final int RECEIVE = 1;

    static final int SEND = 2;

    /** Together with one of these: a timeout of zero is for ever. */
    static final int EVEN_IF_NON_BLOCKING = 4;

    private @Nullable Descriptor descriptor;
    private int whose; // 0: the time is the operation's own
    private long timeout;
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

    /** As {@link #begin}, with the time that the descriptor gives its receives or sends, also while it waits. */
    static Waiter beginFor(Descriptor descriptor, int whose) throws IOException {
        Waiter waiter = begin(descriptor, timeout(descriptor, whose));
        waiter.whose = whose;
        return waiter;
    }

    private static long timeout(Descriptor descriptor, int whose) {
        long nanos = descriptor.timeoutNanos((whose & SEND) != 0);
        return nanos == 0 && (whose & EVEN_IF_NON_BLOCKING) != 0 ? -1 : nanos;
    }

    final void start(Descriptor awaited, long timeoutNanos) {
        descriptor = awaited;
        whose = 0;
        timeout = timeoutNanos;
        deadline = timeoutNanos < 0 ? FOREVER : deadline(timeoutNanos);
        disappointments = 0;
        again = false;
    }

    /** The waiter of this operation: {@code existing}, or one that begins now. */
    static Waiter orBegin(@Nullable Waiter existing, Descriptor descriptor, long timeoutNanos) throws IOException {
        return existing != null ? existing : begin(descriptor, timeoutNanos);
    }

    /** As the one before, see {@link #beginFor}. */
    static Waiter orBeginFor(@Nullable Waiter existing, Descriptor descriptor, int whose) throws IOException {
        return existing != null ? existing : beginFor(descriptor, whose);
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
        Descriptor awaited = awaited();
        if (again && isOver()) {
            return false; // readiness that others take each time must not outlast the deadline
        }
        again = true;
        ready = poll(events);
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
        Descriptor awaited = awaited();
        int found;
        do {
            found = awaited.await(this, events, FOREVER);
        } while (found == 0 && !isOver()); // the timeout was changed
        return found;
    }

    /** Whether the descriptor was made non-blocking while this operation waited. */
    final boolean isNonBlocking() {
        return whose != 0 && timeout == 0;
    }

    /** The earlier one of a time and the deadline, which is made anew when the descriptor's timeout was changed. */
    final long earlier(long until) {
        if (whose != 0) {
            long now = timeout(awaited(), whose);
            if (now != timeout) {
                timeout = now;
                deadline = now < 0 ? FOREVER : deadline(now);
            }
        }
        return until == FOREVER || (deadline != FOREVER && deadline - until < 0) ? deadline : until;
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
        awaited().sleep(this, until);
        return true;
    }

    private boolean isOver() {
        long until = earlier(FOREVER);
        return until != FOREVER && until - System.nanoTime() <= 0;
    }

    final Descriptor awaited() {
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

    /** Ends a {@link #poll} because the descriptor's timeout was changed; called as {@link #wake}. */
    void wakeToLook() {
        wake();
    }

    /** Ready to wait again. Called with the monitor of the Waiters held, off the list. */
    abstract void rest();

    /** No longer used by this operation. */
    abstract void giveBack();
}
