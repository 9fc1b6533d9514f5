package io.sockfd.internal.wait;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EBADF;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLONESHOT;
import static io.sockfd.raw.Linux.EPOLL_CLOEXEC;
import static io.sockfd.raw.Linux.EPOLL_CTL_ADD;
import static io.sockfd.raw.Linux.EPOLL_CTL_MOD;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.ProcessNamespace;
import io.sockfd.raw.struct.EpollEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the virtual threads that wait for descriptors: one epoll instance for all of them, made by the first that waits. A
 * virtual thread takes its events, so that those that it wakes run next on the same carrier, without a change of threads in
 * the kernel. When there are none it parks, and a platform thread waits in a second instance for the first one to have
 * some.
 *
 * <p>Registrations are one-shot: an event is armed as long as somebody waits for it, and nothing runs when nothing happens. A
 * poller for whom nobody waits ends after ten seconds, and the next wait makes another one: its threads would
 * keep the library's class loader for ever.
 */
public final class Poller {
    private static final int BATCH = 512;
    private static final int MOST_SIGNALS = 1000;
    private static final long SIGNAL_PAUSE_NS = 20_000;
    private static final int IDLE_MS = Integer.getInteger("sockfd.poller.idle", 10_000);

    private static final Libc LIBC = Libc.getOrRefusing();

    private static volatile @Nullable Poller instance;

    private final int epfd;
    private final int idlefd;
    private final ByteBuffer idleEvent = Memory.allocate(EpollEvent.SIZE);
    private final AtomicReference<@Nullable WaitFailure> breakdown = new AtomicReference<>();
    private final AtomicInteger users = new AtomicInteger(3); // dispatcher, watcher, and one for a breakdown
    private volatile @Nullable Thread dispatcher;
    private volatile int watcher; // the kernel's number of the thread while it may wait
    private volatile boolean idle;
    private volatile boolean closesEpfd;
    private volatile boolean closesIdlefd;
    private volatile @Nullable Watched[] entries = new Watched[256];

    /** Why a poller is of no more use. */
    private static WaitFailure breakdown(String call, int result) {
        return new WaitFailure(result, call, Watched.POLLER, null);
    }

    private static WaitFailure breakdown(Throwable cause) {
        return new WaitFailure(-EAGAIN, "", Watched.POLLER, cause);
    }

    private Poller(int epfd, int idlefd) {
        this.epfd = epfd;
        this.idlefd = idlefd;
        EpollEvent.events(idleEvent, 0, EPOLLIN | EPOLLONESHOT);
    }

    static Poller get() throws Broken {
        Poller existing = instance;
        return existing != null ? existing : make();
    }

    private static synchronized Poller make() throws Broken {
        Poller existing = instance;
        if (existing != null) {
            return existing;
        }
        Poller made = open();
        int running = 0;
        try {
            made.prepare();
            Thread thread = new Thread(null, made::watch, "sockfd-poller", 0, false);
            thread.setContextClassLoader(null);
            thread.setDaemon(true);
            thread.start();
            running++;
            VirtualThreads.start(made::dispatch);
            running++;
            instance = made;
            return made;
        } catch (Broken e) {
            throw e;
        } catch (Throwable e) { // no thread: OutOfMemoryError
            throw new Broken(breakdown(e));
        } finally {
            if (running < 2) {
                made.fail(breakdown(new IllegalStateException("it was not started")));
                for (int i = running; i < 2; i++) {
                    made.leave();
                }
            }
        }
    }

    private static Poller open() throws Broken {
        int epfd = checked(LIBC.epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
        int idlefd = -1;
        boolean opened = false;
        try {
            idlefd = checked(LIBC.epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
            Poller poller = new Poller(epfd, idlefd);
            opened = true;
            return poller;
        } finally {
            if (!opened) { // out of memory, too
                LIBC.close(epfd);
                if (idlefd >= 0) {
                    LIBC.close(idlefd);
                }
            }
        }
    }

    /** Also binds the functions to C: a virtual thread would wait on its carrier for another thread's binding. */
    private void prepare() throws Broken {
        checked(LIBC.epoll_ctl(idlefd, EPOLL_CTL_ADD, epfd, Memory.address(idleEvent)), "epoll_ctl");
        ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
        checked(LIBC.epoll_wait(idlefd, Memory.address(event), 1, 0), "epoll_wait");
        checked(Look.now(idlefd, 0), "poll"); // what is woken in vain looks by it
    }

    /** The poller's own descriptors; none while there is no poller. */
    public static Set<Integer> descriptors() {
        Poller existing = instance;
        return existing == null ? Set.of() : Set.of(existing.epfd, existing.idlefd);
    }

    /** How many virtual threads wait, roughly: they come and go meanwhile. */
    public static int waiting() {
        Poller existing = instance;
        int count = 0;
        for (Watched entry : existing == null ? new Watched[0] : existing.entries) {
            count += entry == null ? 0 : entry.waiting();
        }
        return count;
    }

    // ---- the end -------------------------------------------------------------------------------------------------

    /**
     * Ends both threads, and tells who waits; the next wait makes another poller. Any thread may find a reason. That nobody
     * waits is one, too, and who has come meanwhile goes to the next poller.
     */
    private void fail(WaitFailure reason) {
        if (!breakdown.compareAndSet(null, reason)) {
            return;
        }
        synchronized (Poller.class) {
            // looked at before there can be another poller, which may get a number that somebody has closed
            closesEpfd = isEpoll(epfd);
            closesIdlefd = isEpoll(idlefd);
            if (instance == this) {
                instance = null;
            }
        }
        for (Watched entry : entries) {
            if (entry != null) {
                entry.fail(reason);
            }
        }
        idle = false;
        LockSupport.unpark(dispatcher);
        for (int i = 0; watcher > 0 && i < MOST_SIGNALS && WakeSignal.send(watcher); i++) {
            LockSupport.parkNanos(SIGNAL_PAUSE_NS); // one that comes before it waits is lost
        }
        leave();
    }

    /** The last one closes. A number whose epoll is not there any more is somebody else's by now. */
    private void leave() {
        if (users.decrementAndGet() == 0) {
            if (closesIdlefd) {
                LIBC.close(idlefd);
            }
            if (closesEpfd) {
                LIBC.close(epfd);
            }
        }
    }

    private static boolean isEpoll(int fd) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).endsWith("anon_inode:[eventpoll]");
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true; // no /proc
        }
    }

    private void run(Loop loop) {
        try {
            loop.run();
        } catch (Broken e) {
            fail(e.reason());
        } catch (Throwable e) {
            fail(breakdown(e));
        } finally {
            leave();
        }
    }

    // ---- waits ---------------------------------------------------------------------------------------------------

    /** False when this poller has ended for want of waiters, and {@link #get} gives another one. */
    boolean add(Polled waiter, int fd, int events) throws Broken {
        try {
            return entry(fd).add(waiter, events);
        } catch (Broken e) {
            if (!isEpoll(epfd)) { // somebody closed a number that is not theirs
                fail(breakdown("epoll_ctl", -EBADF));
            }
            throw e;
        }
    }

    /** Nothing to do if an event took it off already. */
    void remove(Polled waiter, int fd) {
        entry(fd).remove(waiter);
    }

    /** The number is about to be closed or given away. */
    static void forget(int fd) {
        Poller existing = instance;
        if (existing != null) {
            existing.entry(fd).forget();
        }
    }

    private Watched entry(int fd) {
        @Nullable Watched[] known = entries;
        Watched entry = fd < known.length ? known[fd] : null;
        return entry != null ? entry : makeEntry(fd);
    }

    private synchronized Watched makeEntry(int fd) {
        @Nullable Watched[] known = entries;
        if (fd >= known.length) {
            known = Arrays.copyOf(known, Math.max(fd + 1, 2 * known.length));
        }
        Watched entry = known[fd];
        if (entry == null) {
            entry = new Watched(epfd, fd, breakdown);
            known[fd] = entry;
            entries = known; // also publishes the element
        }
        return entry;
    }

    private void dispatch() {
        dispatcher = Thread.currentThread();
        run(this::dispatchAll);
    }

    @SuppressWarnings("ThreadPriorityCheck") // to yield is what lets those run that were woken
    private void dispatchAll() throws Broken {
        ByteBuffer events = Memory.allocate(BATCH * EpollEvent.SIZE);
        long address = Memory.address(events);
        while (breakdown.get() == null) {
            int count = checked(LIBC.epoll_wait(epfd, address, BATCH, 0), "epoll_wait");
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
    private void awaitEvents() throws Broken {
        idle = true;
        checked(LIBC.epoll_ctl(idlefd, EPOLL_CTL_MOD, epfd, Memory.address(idleEvent)), "epoll_ctl");
        while (idle && breakdown.get() == null) {
            LockSupport.park(this);
        }
    }

    private void watch() {
        ProcessNamespace.join(); // whoever waited first may be in another one
        run(this::watchAll);
    }

    private void watchAll() throws Broken {
        ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
        long address = Memory.address(event);
        watcher = WakeSignal.thread();
        try {
            while (breakdown.get() == null) {
                if (checked(LIBC.epoll_wait(idlefd, address, 1, IDLE_MS), "epoll_wait") > 0) {
                    idle = false;
                    LockSupport.unpark(dispatcher);
                } else if (idle && nobodyWaits()) {
                    watcher = 0;
                    fail(Watched.IDLE);
                }
            }
        } finally {
            watcher = 0;
        }
    }

    /** Who comes after this look is told by {@link #fail}. */
    private boolean nobodyWaits() {
        for (Watched entry : entries) {
            if (entry != null && entry.isWaitedFor()) {
                return false;
            }
        }
        return true;
    }

    private static int checked(int result, String call) throws Broken {
        if (result < 0 && result != -EINTR) {
            throw new Broken(breakdown(call, result));
        }
        return result;
    }

    @FunctionalInterface
    private interface Loop {
        void run() throws Broken;
    }
}
