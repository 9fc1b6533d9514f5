package io.sockfd;

import static io.sockfd.raw.Linux.EEXIST;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.ENOENT;
import static io.sockfd.raw.Linux.EPOLLERR;
import static io.sockfd.raw.Linux.EPOLLHUP;
import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLONESHOT;
import static io.sockfd.raw.Linux.EPOLL_CLOEXEC;
import static io.sockfd.raw.Linux.EPOLL_CTL_ADD;
import static io.sockfd.raw.Linux.EPOLL_CTL_DEL;
import static io.sockfd.raw.Linux.EPOLL_CTL_MOD;
import static io.sockfd.raw.Linux.POLLNVAL;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the virtual threads that wait for descriptors: one epoll instance for all of them, made by the first that waits. A
 * virtual thread takes its events, so that those that it wakes run next on the same carrier, without a change of threads in
 * the kernel. When there are none it parks, and a platform thread waits in a second instance for the first one to have
 * some.
 *
 * <p>Each descriptor number has an {@link Entry} that is never freed, so that a stale event wakes somebody in vain at
 * worst. Registrations are one-shot: an event is armed as long as somebody waits for it, and nothing runs when nothing
 * happens.
 */
final class Poller {
    private static final int BATCH = 512;

    private final Libc libc = Libc.get();

    private static volatile @Nullable Poller instance;

    private final int epfd;
    private final int idlefd;
    private final ByteBuffer idleEvent = Memory.allocate(EpollEvent.SIZE);
    private volatile boolean idle;
    private volatile @Nullable Entry[] entries = new Entry[256];

    private Poller(int epfd, int idlefd) throws IOException {
        this.epfd = epfd;
        this.idlefd = idlefd;
        EpollEvent.events(idleEvent, 0, EPOLLIN | EPOLLONESHOT);
        // also binds the functions to C: a virtual thread would wait on its carrier for another thread's binding
        Errors.check(libc.epoll_ctl(idlefd, EPOLL_CTL_ADD, epfd, Memory.address(idleEvent)), "epoll_ctl");
        Errors.check(libc.epoll_wait(idlefd, Memory.address(Memory.allocate(EpollEvent.SIZE)), 1, 0), "epoll_wait");
    }

    static Poller get() throws IOException {
        Poller existing = instance;
        return existing != null ? existing : make();
    }

    private static synchronized Poller make() throws IOException {
        Poller existing = instance;
        if (existing != null) {
            return existing;
        }
        Poller made = open();
        Thread virtual = VirtualThreads.start(made::dispatch);
        Thread thread = new Thread(null, () -> made.watch(virtual), "sockfd-poller", 0, false);
        thread.setContextClassLoader(null);
        thread.setDaemon(true);
        thread.start();
        instance = made;
        return made;
    }

    private static Poller open() throws IOException {
        int epfd = Errors.check(Libc.get().epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
        int idlefd = Libc.get().epoll_create1(EPOLL_CLOEXEC);
        try {
            return new Poller(epfd, Errors.check(idlefd, "epoll_create1"));
        } catch (IOException e) {
            Libc.get().close(epfd);
            throw e;
        }
    }

    /** The poller's own descriptors; none while there is no poller. */
    static Set<Integer> descriptors() {
        Poller existing = instance;
        return existing == null ? Set.of() : Set.of(existing.epfd, existing.idlefd);
    }

    void add(ParkedWaiter waiter, int fd, int events) throws IOException {
        entry(fd).add(waiter, events);
    }

    /** Nothing to do if an event took it off already. */
    void remove(ParkedWaiter waiter, int fd) {
        entry(fd).remove(waiter);
    }

    /** The number is about to be closed or given away. */
    static void forget(int fd) {
        Poller existing = instance;
        if (existing != null) {
            existing.entry(fd).forget();
        }
    }

    private Entry entry(int fd) {
        @Nullable Entry[] known = entries;
        Entry entry = fd < known.length ? known[fd] : null;
        return entry != null ? entry : makeEntry(fd);
    }

    private synchronized Entry makeEntry(int fd) {
        @Nullable Entry[] known = entries;
        if (fd >= known.length) {
            known = Arrays.copyOf(known, Math.max(fd + 1, 2 * known.length));
        }
        Entry entry = known[fd];
        if (entry == null) {
            entry = new Entry(fd);
            known[fd] = entry;
            entries = known; // also publishes the element
        }
        return entry;
    }

    @SuppressWarnings("ThreadPriorityCheck") // to yield is what lets those run that were woken
    private void dispatch() {
        ByteBuffer events = Memory.allocate(BATCH * EpollEvent.SIZE);
        long address = Memory.address(events);
        while (true) {
            int count = checked(libc.epoll_wait(epfd, address, BATCH, 0));
            for (int i = 0; i < count; i++) {
                int offset = i * EpollEvent.SIZE;
                int fd = (int) EpollEvent.data(events, offset);
                try {
                    entry(fd).ready(EpollEvent.events(events, offset));
                } catch (Throwable t) {
                    // one waiter's scheduler failed; the others still need this thread
                    System.getLogger("io.sockfd")
                            .log(System.Logger.Level.ERROR, "cannot wake the waiters of fd " + fd, t);
                }
            }
            if (count > 0) {
                Thread.yield();
            } else {
                awaitEvents();
            }
        }
    }

    /** Parks until {@link #watch} sees an event, which may be there already. */
    private void awaitEvents() {
        idle = true;
        checked(libc.epoll_ctl(idlefd, EPOLL_CTL_MOD, epfd, Memory.address(idleEvent)));
        while (idle) {
            LockSupport.park(this);
        }
    }

    private void watch(Thread dispatcher) {
        ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
        long address = Memory.address(event);
        while (true) {
            if (checked(libc.epoll_wait(idlefd, address, 1, -1)) > 0) {
                idle = false;
                LockSupport.unpark(dispatcher);
            }
        }
    }

    private static int checked(int result) {
        if (result < 0 && result != -EINTR) {
            throw new IllegalStateException("epoll: " + Errno.ofResult(result));
        }
        return result;
    }

    /** One descriptor number: who waits for it, and what the kernel was asked to watch for. */
    private final class Entry {
        private final int fd;
        private final ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
        private @Nullable ParkedWaiter first;
        private boolean known; // to the kernel, as far as we know
        private int armed;

        Entry(int fd) {
            this.fd = fd;
            EpollEvent.data(event, 0, fd);
        }

        synchronized void add(ParkedWaiter waiter, int events) throws IOException {
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
                    throw Errors.exception(result, "epoll_ctl", "fd " + fd);
                }
            }
        }

        synchronized void remove(ParkedWaiter waiter) {
            if (waiter.polled) {
                unlink(waiter); // what is armed fires once, for nobody
            }
        }

        synchronized void ready(int events) {
            armed = 0;
            int left = 0;
            for (ParkedWaiter waiter = first; waiter != null; ) {
                ParkedWaiter following = waiter.nextPolled;
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

        synchronized void forget() {
            if (known) {
                libc.epoll_ctl(epfd, EPOLL_CTL_DEL, fd, 0); // a duplicate would keep it in the set
                known = false;
            }
            armed = 0;
            wakeAll();
        }

        private void wakeAll() {
            for (ParkedWaiter waiter = first; waiter != null; waiter = first) {
                unlink(waiter);
                waiter.ready(POLLNVAL);
            }
        }

        private int arm(int events) {
            EpollEvent.events(event, 0, events | EPOLLONESHOT);
            long address = Memory.address(event);
            int result = libc.epoll_ctl(epfd, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, address);
            if (result == -ENOENT) {
                result = libc.epoll_ctl(epfd, EPOLL_CTL_ADD, fd, address); // closed and reused behind our back
            } else if (result == -EEXIST) {
                result = libc.epoll_ctl(epfd, EPOLL_CTL_MOD, fd, address);
            }
            if (result == 0) {
                known = true;
                armed = events;
            }
            return result;
        }

        private void unlink(ParkedWaiter waiter) {
            ParkedWaiter next = waiter.nextPolled;
            ParkedWaiter previous = waiter.previousPolled;
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
}
