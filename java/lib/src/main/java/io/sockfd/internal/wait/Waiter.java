package io.sockfd.internal.wait;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The patience of one operation: taken when a call said that it would block, and given back by {@link #end}. Keeps the
 * deadline, and counts how often readiness was a false promise, so that a state without readiness (a UNIX datagram
 * receiver that is full, a UNIX listener with a full backlog, an error queue that nobody reads) is retried with pauses
 * instead of a spin. The subclasses are the ways to sleep.
 */
public abstract class Waiter {
    /** A deadline that never comes. */
    public static final long FOREVER = Long.MAX_VALUE;

    private static final int MOST_DISAPPOINTMENTS = 2;
    private static final long FIRST_PAUSE_NS = 100_000;
    private static final long LONGEST_PAUSE_NS = 20_000_000;

    /** For {@link #beginFor}: the descriptor's time for receives, or for sends. */
    public static final int RECEIVE = 1;

    public static final int SEND = 2;

    /** Together with one of these: a timeout of zero is for ever. */
    public static final int EVEN_IF_NON_BLOCKING = 4;

    /** The neighbours in {@link Waiters}, protected by its monitor. */
    @Nullable
    Waiter next;

    @Nullable
    Waiter previous;

    private int whose; // 0: the time is the operation's own
    private long timeout;
    private long deadline;
    private int disappointments;
    private boolean again;
    private boolean shutSeen; // after a first wait
    private int ready;
    private @Nullable Failure failure;

    /**
     * Why it could not be waited.
     *
     * @param result -errno
     * @param call the C function's name
     * @param context what it was called with
     * @param cause what ended the poller where that was no system call
     */
    public record Failure(
            int result,
            String call,
            @Nullable String context,
            @Nullable Throwable cause) {}

    /**
     * Begins to wait: in the kernel, or parked where the thread is a virtual one.
     *
     * @param timeoutNanos negative for ever
     */
    public static Waiter begin(long timeoutNanos) {
        return beginUntil(timeoutNanos < 0 ? FOREVER : deadline(timeoutNanos));
    }

    /** Begins to wait, with a deadline on {@link System#nanoTime}'s clock. */
    public static Waiter beginUntil(long deadline) {
        Waiter waiter = VirtualThreads.isCurrent() ? new ParkedWaiter() : PolledWaiter.take();
        waiter.start(deadline);
        return waiter;
    }

    /** As {@link #begin}, with the time that the descriptor gives its receives or sends, also while it waits. */
    public static Waiter beginFor(Life life, int whose) {
        long nanos = timeout(life, whose);
        Waiter waiter = begin(nanos);
        waiter.whose = whose;
        waiter.timeout = nanos;
        return waiter;
    }

    private static long timeout(Life life, int whose) {
        long nanos = life.timeoutNanos((whose & SEND) != 0);
        return nanos == 0 && (whose & EVEN_IF_NON_BLOCKING) != 0 ? -1 : nanos;
    }

    final void start(long newDeadline) {
        whose = 0;
        deadline = newDeadline;
        disappointments = 0;
        again = false;
        shutSeen = false;
        failure = null;
    }

    /** The waiter of this operation: {@code existing}, or one that begins now. */
    public static Waiter orBegin(@Nullable Waiter existing, long timeoutNanos) {
        return existing != null ? existing : begin(timeoutNanos);
    }

    /** As the one before, see {@link #beginFor}. */
    public static Waiter orBeginFor(@Nullable Waiter existing, Life life, int whose) {
        return existing != null ? existing : beginFor(life, whose);
    }

    /** Ends what {@link #begin} began, if anything. */
    public static void end(@Nullable Waiter waiter) {
        if (waiter != null) {
            waiter.giveBack();
        }
    }

    /** The time that is so far away, on {@link System#nanoTime}'s clock; never {@link #FOREVER}. */
    public static long deadline(long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        return deadline == FOREVER ? deadline - 1 : deadline;
    }

    /**
     * Waits until it is worth to try again.
     *
     * @param credible whether poll(2) is to be believed that these events are there
     * @return 1, 0 when the time is over, or -errno, see {@link #failure}
     */
    public final int await(Life life, int events, boolean credible) {
        ready = 0;
        if (disappointments >= MOST_DISAPPOINTMENTS) {
            return pause(life);
        }
        if (again && isOver(life)) {
            return 0; // readiness that others take each time must not outlast the deadline
        }
        again = true;
        int result = poll(life, events);
        disappointments = credible && (ready & events) != 0 ? 0 : disappointments + 1;
        return Integer.signum(result) < 0 ? result : Integer.signum(result);
    }

    /** The events that {@link #await} or {@link #poll} saw; 0 when it only paused. */
    public final int ready() {
        return ready;
    }

    /** Waits for events: those that are there, 0 when the time is over or at a close, -errno, see {@link #failure}. */
    public final int poll(Life life, int events) {
        int result;
        do {
            result = life.await(this, life.fd(), events, FOREVER);
        } while (result == 0 && !life.isClosed() && !isShut(life, events) && !isOver(life)); // the timeout was changed
        if (result == 0 && isShut(life, events)) {
            shutSeen = true;
            result = events;
        }
        ready = Math.max(0, result);
        return result;
    }

    /** Whether sending was shut down and this operation, which waits for that, has not been told yet. */
    final boolean isShut(Life life, int events) {
        return (events & Linux.POLLOUT) != 0 && !shutSeen && life.isShutForSending();
    }

    /** Whether the descriptor was made non-blocking while this operation waited. */
    public final boolean isNonBlocking() {
        return whose != 0 && timeout == 0;
    }

    /** The earlier one of a time and the deadline, which is made anew when the descriptor's timeout was changed. */
    final long earlier(Life life, long until) {
        if (whose != 0) {
            long now = timeout(life, whose);
            if (now != timeout) {
                timeout = now;
                deadline = now < 0 ? FOREVER : deadline(now);
            }
        }
        return until == FOREVER || (deadline != FOREVER && deadline - until < 0) ? deadline : until;
    }

    /** The call moved something: the promise was kept, and the next wait begins anew with the same deadline. */
    public final void progress() {
        disappointments = 0;
    }

    /** The events of a descriptor that are there now, or -errno of poll(2). */
    public static int now(int fd, int events) {
        ByteBuffer pollfd = Memory.allocate(Pollfd.SIZE); // not the thread's: what the operation sends may lie there
        Pollfd.fd(pollfd, 0, fd);
        Pollfd.events(pollfd, 0, events);
        try {
            int result;
            do {
                result = Libc.get().poll(Memory.address(pollfd), 1, 0);
            } while (result == -Linux.EINTR); // of a pending signal, though it would not have waited
            return result < 0 ? result : Pollfd.revents(pollfd, 0) & 0xffff;
        } finally {
            Reference.reachabilityFence(pollfd);
        }
    }

    /** For states that the kernel gives no readiness for: 1 after a pause, 0 when the time is over. */
    public final int pause(Life life) {
        ready = 0;
        if (isOver(life)) {
            return 0;
        }
        long until = System.nanoTime() + pauseNanos(disappointments++);
        int result = life.await(this, -1, 0, until);
        return result < 0 ? result : 1;
    }

    /** The next pause is as long as after so many. */
    public final void pausedBefore(int before) {
        disappointments = before;
    }

    /** How long to pause after so many pauses in a row. */
    private static long pauseNanos(int before) {
        return Math.min(LONGEST_PAUSE_NS, FIRST_PAUSE_NS << Math.min(before, 12));
    }

    private boolean isOver(Life life) {
        long until = earlier(life, FOREVER);
        return until != FOREVER && until - System.nanoTime() <= 0;
    }

    /** After a negative result. */
    public final Failure failure() {
        Failure failed = failure;
        if (failed == null) {
            throw new IllegalStateException("no wait has failed");
        }
        return failed;
    }

    /** Keeps the reason, and gives its -errno. */
    final int failed(Failure reason) {
        failure = reason;
        return reason.result;
    }

    /**
     * Waits for the descriptor's events, for {@link #wake} or for the deadline.
     *
     * @param fd the descriptor, or -1 for none
     * @return the events that are there, 0 at the deadline or when woken, -errno after {@link #failed}
     */
    abstract int sleep(Life life, int fd, int events, long until);

    /** Ends a {@link #sleep} that is under way or about to begin. Called with the monitor of the Waiters held. */
    abstract void wake();

    /** Ends a {@link #sleep} because the descriptor's timeout was changed; called as {@link #wake}. */
    void wakeToLook() {
        wake();
    }

    /** Ready to wait again. Called with the monitor of the Waiters held, off the list. */
    abstract void rest();

    /** No longer used by this operation. */
    abstract void giveBack();
}
