package io.sockfd.internal.wait;

import org.jspecify.annotations.Nullable;

/**
 * A way to sleep until something happens to a descriptor, for one thread at a time. There are three: in ppoll(2) ({@link
 * PolledSleeper}), parked ({@link ParkedSleeper}), and inside of the call itself ({@link BlockedSleeper}). All who sleep for
 * a descriptor are on its list, {@link Sleepers}. How long and how often is not their business, but {@link Wait}'s.
 */
abstract class Sleeper {
    /** The neighbours in {@link Sleepers}, protected by its monitor. */
    @Nullable
    Sleeper next;

    @Nullable
    Sleeper previous;

    private @Nullable WaitFailure failure;

    /**
     * Sleeps until the descriptor has one of the events, {@link #wake} or the deadline.
     *
     * @param fd the descriptor, or -1 for none
     * @param until on {@link System#nanoTime}'s clock, or {@link Nanos#FOREVER}
     * @return the events that are there, 0 at the deadline or when woken, -errno after {@link #failed}
     */
    abstract int sleep(Sleepable descriptor, int fd, int events, long until);

    /** Ends a {@link #sleep} that is under way or about to begin. Called with the monitor of the list held. */
    abstract void wake();

    /** Ends a {@link #sleep} because the descriptor's timeout was changed; called as {@link #wake}. */
    void wakeToLook() {
        wake();
    }

    /** Ready to sleep again. Called with the monitor of the list held, off the list. */
    abstract void rest();

    /** Whether another operation may use it. */
    boolean isReusable() {
        return false;
    }

    /** Nobody uses it any more. */
    void end() {}

    /** Keeps the reason, and gives its -errno. */
    final int failed(WaitFailure reason) {
        failure = reason;
        return reason.result();
    }

    /** After a negative result. */
    final WaitFailure failure() {
        WaitFailure failed = failure;
        if (failed == null) {
            throw new IllegalStateException("no wait has failed");
        }
        return failed;
    }
}
