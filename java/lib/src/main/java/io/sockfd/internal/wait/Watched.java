package io.sockfd.internal.wait;

import static io.sockfd.raw.Linux.EEXIST;
import static io.sockfd.raw.Linux.ENOENT;
import static io.sockfd.raw.Linux.EPOLLERR;
import static io.sockfd.raw.Linux.EPOLLHUP;
import static io.sockfd.raw.Linux.EPOLLONESHOT;
import static io.sockfd.raw.Linux.EPOLL_CTL_ADD;
import static io.sockfd.raw.Linux.EPOLL_CTL_DEL;
import static io.sockfd.raw.Linux.EPOLL_CTL_MOD;
import static io.sockfd.raw.Linux.POLLNVAL;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollEvent;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One descriptor number in a poller's epoll: who waits for it, and what the kernel was asked to watch for. It is never freed,
 * so that a stale event wakes somebody in vain at worst.
 */
final class Watched {
    /** Whose failure it is when nobody can be waited for. */
    static final String POLLER = "the poller of virtual threads";

    /** The end of a poller for want of waiters: those that come go to the next one. */
    static final WaitFailure IDLE = new WaitFailure(0, "", POLLER, null);

    private static final Libc LIBC = Libc.getOrRefusing();

    private final int epfd;
    private final int fd;
    /** Of the poller. */
    private final AtomicReference<@Nullable WaitFailure> breakdown;

    private final ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
    private @Nullable Polled first;
    private boolean known; // to the kernel, as far as we know
    private int armed;

    Watched(int epfd, int fd, AtomicReference<@Nullable WaitFailure> breakdown) {
        this.epfd = epfd;
        this.fd = fd;
        this.breakdown = breakdown;
        EpollEvent.data(event, 0, fd);
    }

    synchronized boolean add(Polled waiter, int events) throws Broken {
        WaitFailure reason = breakdown.get();
        if (isIdle(reason)) {
            return false;
        } else if (reason != null) {
            throw new Broken(reason);
        }
        int wanted = events | EPOLLERR | EPOLLHUP; // the kernel reports these unasked
        waiter.events = wanted;
        waiter.polled = true;
        waiter.nextPolled = first;
        if (first != null) {
            first.previousPolled = waiter;
        }
        first = waiter;
        if ((armed & wanted) != wanted) {
            int result = arm(armed | wanted);
            if (result < 0) {
                unlink(waiter);
                throw new Broken(new WaitFailure(result, "epoll_ctl", "fd " + fd, null));
            }
        }
        return true;
    }

    /** By its identity: the JDK keeps the class, and so its loader, of a record whose equals was called once. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isIdle(@Nullable WaitFailure reason) {
        return reason == IDLE;
    }

    synchronized int waiting() {
        int count = 0;
        for (Polled waiter = first; waiter != null; waiter = waiter.nextPolled) {
            count++;
        }
        return count;
    }

    synchronized boolean isWaitedFor() {
        return first != null;
    }

    synchronized void remove(Polled waiter) {
        if (waiter.polled) {
            unlink(waiter); // what is armed fires once, for nobody
        }
    }

    synchronized void ready(int events) {
        if (breakdown.get() != null) {
            return;
        }
        armed = 0;
        int left = 0;
        for (Polled waiter = first; waiter != null; ) {
            Polled following = waiter.nextPolled;
            int seen = events & waiter.events;
            if (seen != 0) {
                unlink(waiter);
                waiter.ready(seen);
            } else {
                left |= waiter.events;
            }
            waiter = following;
        }
        if (left != 0 && arm(left) < 0) {
            wakeAll(); // they see the error themselves
        }
    }

    synchronized void fail(WaitFailure reason) {
        for (Polled waiter = first; waiter != null; waiter = first) {
            unlink(waiter);
            if (isIdle(reason)) {
                waiter.ready(Polled.ENDED);
            } else {
                waiter.fail(reason);
            }
        }
    }

    synchronized void forget() {
        if (known && breakdown.get() == null) {
            LIBC.epoll_ctl(epfd, EPOLL_CTL_DEL, fd, 0); // a duplicate would keep it in the set
            known = false;
        }
        armed = 0;
        wakeAll();
    }

    private void wakeAll() {
        for (Polled waiter = first; waiter != null; waiter = first) {
            unlink(waiter);
            waiter.ready(POLLNVAL);
        }
    }

    private int arm(int events) {
        EpollEvent.events(event, 0, events | EPOLLONESHOT);
        long address = Memory.address(event);
        int result = LIBC.epoll_ctl(epfd, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, address);
        if (result == -ENOENT) {
            result = LIBC.epoll_ctl(epfd, EPOLL_CTL_ADD, fd, address); // closed and reused behind our back
        } else if (result == -EEXIST) {
            result = LIBC.epoll_ctl(epfd, EPOLL_CTL_MOD, fd, address);
        }
        if (result == 0) {
            known = true;
            armed = events;
        }
        return result;
    }

    private void unlink(Polled waiter) {
        Polled next = waiter.nextPolled;
        Polled previous = waiter.previousPolled;
        if (next != null) {
            next.previousPolled = previous;
        }
        if (previous != null) {
            previous.nextPolled = next;
        } else {
            first = next;
        }
        waiter.nextPolled = null;
        waiter.previousPolled = null;
        waiter.polled = false;
    }
}
