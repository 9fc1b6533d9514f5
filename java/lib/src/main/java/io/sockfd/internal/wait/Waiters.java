package io.sockfd.internal.wait;

import org.jspecify.annotations.Nullable;

/** The threads that wait for one descriptor, as a list through the waiters themselves. */
final class Waiters {
    private @Nullable Waiter first;

    /**
     * Waits until the descriptor is ready.
     *
     * @param fd the descriptor, or -1 to wait for nothing but the deadline and a close
     * @param until a time that is looked at together with the waiter's deadline, which may change until it is on the list
     * @return as {@link Waiter#sleep}
     */
    int await(Life life, Waiter waiter, int fd, int events, long until) {
        add(waiter);
        try {
            // closed or shut down before we were on the list: nobody would wake us
            return life.isClosed() || waiter.isShut(life, events)
                    ? 0
                    : waiter.sleep(life, fd, events, waiter.earlier(life, until));
        } finally {
            remove(waiter);
        }
    }

    synchronized void wakeAll() {
        for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
            waiter.wake();
        }
    }

    /** After the descriptor's timeout was changed. */
    synchronized void lookAll() {
        for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
            waiter.wakeToLook();
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
