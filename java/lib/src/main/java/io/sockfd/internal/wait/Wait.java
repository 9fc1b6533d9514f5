package io.sockfd.internal.wait;

import io.sockfd.raw.Linux;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The wait of one operation: begun when a call said that it would block, and given back by {@link #end}. Keeps the
 * deadline, and counts how often readiness was a false promise, so that a state without readiness (a UNIX datagram
 * receiver that is full, a UNIX listener with a full backlog, an error queue that nobody reads) is retried with pauses
 * instead of a spin. Its {@link Sleeper} is the way in which it sleeps.
 *
 * <p>Those of platform threads are pooled together with their sleepers, so that there are as many as threads that waited at
 * once, and not one for each thread that ever did.
 */
public final class Wait {
    /** For {@link #beginFor}: the descriptor's time for receives, or for sends. */
    public static final int RECEIVE = 1;

    public static final int SEND = 2;

    /** Together with one of these: a timeout of zero is for ever. */
    public static final int EVEN_IF_NON_BLOCKING = 4;

    private static final int MOST_DISAPPOINTMENTS = 2;
    private static final long FIRST_PAUSE_NS = 100_000;
    private static final long LONGEST_PAUSE_NS = 20_000_000;

    private static final Pool POOL = new Pool();

    private final Sleeper sleeper;
    private @Nullable Wait nextIdle;
    private @Nullable Life times; // whose time it is; null: the operation's own
    private int whose;
    private long timeout;
    private long deadline;
    private int disappointments;
    private boolean again; // after a first wait
    private boolean shutSeen; // it has been told that sending was shut down
    private int ready;

    private Wait(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    // ---- begin and end -------------------------------------------------------------------------------------------

    /**
     * Begins to wait: in the kernel, or parked where the thread is a virtual one.
     *
     * @param timeoutNanos negative for ever
     */
    public static Wait begin(long timeoutNanos) {
        return beginUntil(timeoutNanos < 0 ? Nanos.FOREVER : Nanos.deadline(timeoutNanos));
    }

    /** Begins to wait, with a deadline on {@link System#nanoTime}'s clock, or {@link Nanos#FOREVER}. */
    public static Wait beginUntil(long deadline) {
        Wait wait = VirtualThreads.isCurrent() ? new Wait(new ParkedSleeper()) : POOL.take();
        wait.times = null;
        wait.deadline = deadline;
        wait.disappointments = 0;
        wait.again = false;
        wait.shutSeen = false;
        return wait;
    }

    /**
     * As {@link #begin}, with the time that the descriptor gives its receives or sends, also while it waits. Where it waits for
     * another descriptor, {@link Life#timeAlso} makes that one hear of a change.
     */
    public static Wait beginFor(Life life, int whose) {
        long nanos = timeout(life, whose);
        Wait wait = begin(nanos);
        wait.times = life;
        wait.whose = whose;
        wait.timeout = nanos;
        return wait;
    }

    private static long timeout(Life life, int whose) {
        long nanos = life.timeoutNanos((whose & SEND) != 0);
        return nanos == 0 && (whose & EVEN_IF_NON_BLOCKING) != 0 ? -1 : nanos;
    }

    /** A platform thread sleeps in this call, until {@link #end}. */
    public Wait by(Ppoll call) {
        if (sleeper instanceof PolledSleeper polled) {
            polled.by(call);
        }
        return this;
    }

    /** That of this operation: {@code existing}, or one that begins now. */
    public static Wait orBegin(@Nullable Wait existing, long timeoutNanos) {
        return existing != null ? existing : begin(timeoutNanos);
    }

    /** That of this operation: {@code existing}, or one that begins now, see {@link #beginFor}. */
    public static Wait orBeginFor(@Nullable Wait existing, Life life, int whose) {
        return existing != null ? existing : beginFor(life, whose);
    }

    /** Ends what {@link #begin} began, if anything. */
    public static void end(@Nullable Wait wait) {
        if (wait != null) {
            wait.giveBack();
        }
    }

    private void giveBack() {
        times = null;
        if (sleeper instanceof PolledSleeper polled) {
            polled.by(null);
        }
        if (!sleeper.isReusable() || !POOL.add(this)) {
            sleeper.end();
        }
    }

    /** The eventfds that are kept though nobody waits. */
    public static Set<Integer> idleDescriptors() {
        return POOL.descriptors();
    }

    /** Waits of platform threads that nobody uses at the moment, each with its eventfd. */
    private static final class Pool {
        private static final int MOST = 64;

        private @Nullable Wait first; // protected by the monitor, as the count
        private int count;

        Wait take() {
            synchronized (this) {
                Wait wait = first;
                if (wait != null) {
                    first = wait.nextIdle;
                    wait.nextIdle = null;
                    count--;
                    return wait;
                }
            }
            return new Wait(new PolledSleeper());
        }

        synchronized boolean add(Wait wait) {
            if (count == MOST) {
                return false;
            }
            wait.nextIdle = first;
            first = wait;
            count++;
            return true;
        }

        synchronized Set<Integer> descriptors() {
            Set<Integer> descriptors = new HashSet<>();
            for (Wait wait = first; wait != null; wait = wait.nextIdle) {
                if (wait.sleeper instanceof PolledSleeper polled) {
                    descriptors.add(polled.eventfd());
                }
            }
            return descriptors;
        }

        /**
         * Closes the eventfds when the class loader of the library goes, and this object with it. No Cleaner can: it holds its
         * action, which is of a class of this loader. Where finalization is switched off the eventfds stay open.
         */
        @Override
        @Deprecated
        @SuppressWarnings({"Finalize", "removal"})
        protected void finalize() {
            for (Wait wait = first; wait != null; wait = wait.nextIdle) {
                wait.sleeper.end();
            }
        }
    }

    // ---- waits ---------------------------------------------------------------------------------------------------

    /**
     * Waits until it is worth to try again.
     *
     * @param credible whether poll(2) is to be believed that these events are there
     * @return 1, 0 when the time is over, or -errno, see {@link #failure}
     */
    public int await(Life life, int events, boolean credible) {
        ready = 0;
        if (disappointments >= MOST_DISAPPOINTMENTS) {
            return pause(life);
        }
        if (again && isOver()) {
            return 0; // readiness that others take each time must not outlast the deadline
        }
        again = true;
        int result = poll(life, events);
        disappointments = credible && (ready & events) != 0 ? 0 : disappointments + 1;
        return Integer.signum(result) < 0 ? result : Integer.signum(result);
    }

    /** The events that {@link #await} or {@link #poll} saw; 0 when it only paused. */
    public int ready() {
        return ready;
    }

    /** Waits for events: those that are there, 0 when the time is over or at a close, -errno, see {@link #failure}. */
    public int poll(Life life, int events) {
        int result;
        do {
            result = sleep(life, life.fd(), events, Nanos.FOREVER);
        } while (result == 0 && !life.isClosed() && !isShut(life, events) && !isOver()); // the timeout was changed
        if (result == 0 && isShut(life, events)) {
            shutSeen = true;
            result = events;
        }
        ready = Math.max(0, result);
        return result;
    }

    /** Whether sending was shut down and this operation, which waits for that, has not been told yet. */
    private boolean isShut(Life life, int events) {
        return (events & Linux.POLLOUT) != 0 && !shutSeen && life.isShutForSending();
    }

    /** For states that the kernel gives no readiness for: 1 after a pause, 0 when the time is over. */
    public int pause(Life life) {
        ready = 0;
        if (isOver()) {
            return 0;
        }
        long until = System.nanoTime() + pauseNanos(disappointments++);
        int result = sleep(life, -1, 0, until);
        return result < 0 ? result : 1;
    }

    /** On the list first: a close, a shutdown or a new timeout that comes before is seen here, and one after wakes. */
    private int sleep(Life life, int fd, int events, long until) {
        life.add(sleeper);
        try {
            return life.isClosed() || isShut(life, events) ? 0 : sleeper.sleep(life, fd, events, earlier(until));
        } finally {
            life.remove(sleeper);
        }
    }

    /** The call moved something: the promise was kept, and the next wait begins anew with the same deadline. */
    public void progress() {
        disappointments = 0;
    }

    /** The next pause is as long as after as many pauses. */
    public void pausedBefore(int before) {
        disappointments = before;
    }

    /** How long to pause after as many pauses in a row. */
    private static long pauseNanos(int before) {
        return Math.min(LONGEST_PAUSE_NS, FIRST_PAUSE_NS << Math.min(before, 12));
    }

    // ---- the deadline --------------------------------------------------------------------------------------------

    /** Whether the descriptor was made non-blocking while this operation waited. */
    public boolean isNonBlocking() {
        return times != null && timeout == 0;
    }

    /** The earlier one of a time and the deadline, which is made anew when the descriptor's timeout was changed. */
    private long earlier(long until) {
        Life giver = times;
        if (giver != null) {
            long now = timeout(giver, whose);
            if (now != timeout) {
                timeout = now;
                deadline = now < 0 ? Nanos.FOREVER : Nanos.deadline(now);
            }
        }
        return until == Nanos.FOREVER || (deadline != Nanos.FOREVER && deadline - until < 0) ? deadline : until;
    }

    private boolean isOver() {
        long until = earlier(Nanos.FOREVER);
        return until != Nanos.FOREVER && until - System.nanoTime() <= 0;
    }

    /** After a negative result. */
    public WaitFailure failure() {
        return sleeper.failure();
    }
}
