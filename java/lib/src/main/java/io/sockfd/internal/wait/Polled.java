package io.sockfd.internal.wait;

import org.jspecify.annotations.Nullable;

/** A sleeper that a {@link Poller} wakes: an element of its list for a descriptor number, {@link Watched}. */
abstract class Polled extends Sleeper {
    /** What it is given when its poller has ended for want of waiters: it goes to the next one. */
    static final int ENDED = -1;

    /** The neighbours in the list, protected by that list's monitor. */
    @Nullable
    Polled nextPolled;

    @Nullable
    Polled previousPolled;

    /** What it waits for, and whether it is on the list; protected by the same. */
    int events;

    boolean polled;

    /** It has some of its events, or {@link #ENDED}. */
    abstract void ready(int seen);

    /** The poller has ended. */
    abstract void fail(WaitFailure reason);
}
