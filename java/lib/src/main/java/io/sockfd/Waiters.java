package io.sockfd;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The threads that wait for one descriptor, as a list through the waiters themselves. */
final class Waiters {
    private @Nullable Waiter first;

    /**
     * Waits in ppoll(2) on the descriptor and on an eventfd, which {@link #wakeAll} writes to: neither
     * close(2) nor shutdown(2) ends every kind of wait (PACKET and NETLINK know neither).
     *
     * @return true when the descriptor is ready, false when the deadline passed or the descriptor was closed
     */
    boolean await(Descriptor.State state, int events, long deadline) throws IOException {
        return await(state, state.fd, events, deadline);
    }

    private boolean await(Descriptor.State state, int fd, int events, long deadline) throws IOException {
        Waiter waiter = Waiter.take();
        add(waiter);
        try {
            // closed before we were on the list: nobody would wake us
            return !state.isClosed() && waiter.poll(fd, events, deadline);
        } finally {
            remove(waiter);
            waiter.giveBack();
        }
    }

    /** Sleeps until the deadline, for the few states that the kernel gives no readiness for; false when closed. */
    boolean sleep(Descriptor.State state, long deadline) throws IOException {
        return await(state, -1, 0, deadline) || !state.isClosed();
    }

    synchronized void wakeAll() {
        for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
            waiter.wake();
        }
    }

    private synchronized void add(Waiter waiter) {
        waiter.next = first;
        if (first != null) {
            first.previous = waiter;
        }
        first = waiter;
    }

    private synchronized void remove(Waiter waiter) {
        Waiter next = waiter.next;
        Waiter previous = waiter.previous;
        if (next != null) {
            next.previous = previous;
        }
        if (previous != null) {
            previous.next = next;
        } else {
            first = next;
        }
        waiter.next = null;
        waiter.previous = null;
        waiter.rest();
    }
}
