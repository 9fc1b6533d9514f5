package io.sockfd;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
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
        return state.isClosed() ? 0 : ready;
    }

    private void park(Descriptor.State state, long deadline) {
        while (ready == 0 && !woken && !state.isClosed()) {
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

    private static int now(int fd, int events) throws IOException {
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

    /** Called by the poller. */
    void ready(int events) {
        ready = events;
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
