package io.sockfd.internal.wait;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A virtual thread that waits: parked, so that its carrier runs others, until {@link Poller} has the events. */
public final class ParkedWaiter extends Waiter {
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
    private volatile @Nullable Failure failure;
    private volatile boolean woken;

    @Override
    int sleep(Life life, int fd, int events, long until) {
        if (until != FOREVER && until - System.nanoTime() <= 0) {
            return fd < 0 ? 0 : look(fd, events);
        }
        if (fd < 0) {
            ready = 0;
            park(life, until);
            return 0;
        }
        life.polled = true;
        try {
            do {
                ready = 0;
                Poller poller = Poller.get();
                while (!poller.add(this, fd, events)) {
                    poller = Poller.get();
                }
                try {
                    park(life, until);
                } finally {
                    poller.remove(this, fd);
                }
            } while (ready == Poller.ENDED);
        } catch (Poller.Broken e) {
            return failed(e.reason());
        }
        Failure failed = failure;
        if (failed != null) {
            failure = null;
            return failed(failed);
        }
        return life.isClosed() ? 0 : ready;
    }

    private int look(int fd, int events) {
        int result = now(fd, events);
        return result < 0 ? failed(new Failure(result, "poll", null, null)) : result;
    }

    private void park(Life life, long until) {
        while (ready == 0 && failure == null && !woken && !life.isClosed()) {
            if (until == FOREVER) {
                LockSupport.park(this);
            } else {
                long left = until - System.nanoTime();
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
    void fail(Failure reason) {
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
