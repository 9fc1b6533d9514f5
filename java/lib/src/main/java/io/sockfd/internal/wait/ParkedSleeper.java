package io.sockfd.internal.wait;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread sleeps parked, so that its carrier runs others, until {@link Poller} has the events. It is garbage
 * afterwards, as the frames of its parked thread are.
 */
final class ParkedSleeper extends Polled {
    private final Thread thread = Thread.currentThread();
    private volatile int ready;
    private volatile @Nullable WaitFailure failure;
    private volatile boolean woken;

    @Override
    int sleep(Sleepable descriptor, int fd, int events, long until) {
        if (until != Nanos.FOREVER && until - System.nanoTime() <= 0) {
            return fd < 0 ? 0 : look(fd, events);
        }
        if (fd < 0) {
            ready = 0;
            park(descriptor, until);
            return 0;
        }
        descriptor.polled();
        try {
            do {
                ready = 0;
                Poller poller = Poller.get();
                while (!poller.add(this, fd, events)) {
                    poller = Poller.get();
                }
                try {
                    park(descriptor, until);
                } finally {
                    poller.remove(this, fd);
                }
            } while (ready == ENDED);
        } catch (Broken e) {
            return failed(e.reason());
        }
        WaitFailure failed = failure;
        if (failed != null) {
            failure = null;
            return failed(failed);
        }
        return descriptor.isClosed() ? 0 : ready;
    }

    private int look(int fd, int events) {
        int result = Look.now(fd, events);
        return result < 0 ? failed(new WaitFailure(result, "poll", null, null)) : result;
    }

    private void park(Sleepable descriptor, long until) {
        while (ready == 0 && failure == null && !woken && !descriptor.isClosed()) {
            if (until == Nanos.FOREVER) {
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

    @Override
    void ready(int seen) {
        ready = seen;
        LockSupport.unpark(thread);
    }

    @Override
    void fail(WaitFailure reason) {
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
}
