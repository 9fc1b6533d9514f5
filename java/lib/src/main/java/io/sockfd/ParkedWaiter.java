package io.sockfd;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A virtual thread that waits: parked, so that its carrier runs others, until {@link Poller} has the events. */
final class ParkedWaiter extends Waiter {
    /** The neighbours in the poller's list for the descriptor, protected by that list's monitor. */
    @Nullable
    ParkedWaiter nextPolled;

    @Nullable
    ParkedWaiter previousPolled;

    /** What it waits for, and whether it is on the poller's list; protected by the same. */
    int events;

    boolean polled;

    private final Thread thread = Thread.currentThread();
    private volatile int ready;
    private volatile @Nullable IOException failure;
    private volatile boolean woken;

    @Override
    int poll(Descriptor.State state, int fd, int events, long deadline) throws IOException {
        if (deadline != FOREVER && deadline - System.nanoTime() <= 0) {
            return fd < 0 ? 0 : now(fd, events);
        }
        ready = 0;
        if (fd < 0) {
            park(state, deadline);
            return 0;
        }
        state.polled = true;
        Poller poller = Poller.get();
        poller.add(this, fd, events);
        try {
            park(state, deadline);
        } finally {
            poller.remove(this, fd);
        }
        IOException failed = failure;
        if (failed != null) {
            failure = null;
            throw failed;
        }
        return state.isClosed() ? 0 : ready;
    }

    private void park(Descriptor.State state, long deadline) {
        while (ready == 0 && failure == null && !woken && !state.isClosed()) {
            if (deadline == FOREVER) {
                LockSupport.park(this);
            } else {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                LockSupport.parkNanos(this, left);
            }
        }
    }

    /** Called by the poller. */
    void ready(int events) {
        ready = events;
        LockSupport.unpark(thread);
    }

    /** Called by the poller when it ends. */
    void fail(IOException reason) {
        failure = reason;
        LockSupport.unpark(thread);
    }

    @Override
    void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    @Override
    void rest() {
        woken = false;
    }

    @Override
    void giveBack() {
        // garbage, as the frames of its parked thread are
    }
}
