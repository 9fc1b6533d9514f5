package io.sockfd;

import io.sockfd.event.EventFd;
import io.sockfd.inject.FailingLibc;
import io.sockfd.internal.wait.Poller;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.LinuxOnArch;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The poller of virtual threads whose calls fail: whoever waits is told, the next wait works, no descriptor is left. Prints
 * what went wrong and how many rows there were.
 */
final class PollerFailures {
    private static final int WAITERS = 5;
    private static final int RLIMIT_NPROC = 6;
    private static final int NOBODY = 65534;
    private static final List<Thread> STARTED = new CopyOnWriteArrayList<>();

    private static int rows;
    private static int wrong;

    private PollerFailures() {}

    private interface Body {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        works(); // all classes are there, and a poller
        for (int errno : new int[] {Linux.EBADF, Linux.EINVAL, Linux.ENOMEM, Linux.EPERM}) {
            String name = new Errno(errno).name();
            row("epoll_wait " + name, () -> breaks("epoll_wait", errno, false));
            row("epoll_wait, twice in a row, " + name, () -> breaks("epoll_wait", errno, false));
            row("epoll_ctl of the idle poller " + name, () -> breaks("epoll_ctl", errno, true));
        }
        for (int errno : new int[] {Linux.ENOMEM, Linux.ENOSPC}) {
            row("epoll_ctl " + new Errno(errno).name(), () -> oneWaitFails(errno));
        }
        for (String call : new String[] {"epoll_create1", "epoll_ctl", "epoll_wait"}) {
            for (int nth : new int[] {1, 2}) {
                row("birth, " + call + " " + nth, () -> birthFails(call, nth));
            }
        }
        row("no thread can be made", PollerFailures::noThread);
        row("the number is closed by somebody else", PollerFailures::strangerCloses);
        row("epoll_wait EINTR", () -> {
            FailingLibc.fail("epoll_wait", 1, 3, Linux.EINTR);
            works();
        });
        System.out.println(rows + " rows, " + wrong + " wrong");
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static void row(String name, Body body) {
        rows++;
        try {
            body.run();
            FailingLibc.clear();
            works();
        } catch (Exception | AssertionError e) {
            wrong++;
            System.out.println(name + ": " + e);
        } finally {
            FailingLibc.clear();
        }
    }

    private static CompletableFuture<@Nullable Throwable> start(Body body) {
        CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
        Thread thread = Virtual.start(() -> {
            try {
                body.run();
                end.complete(null);
            } catch (Throwable e) {
                end.complete(e);
            }
        });
        STARTED.add(thread);
        return end;
    }

    private static @Nullable Throwable end(CompletableFuture<@Nullable Throwable> waiter) throws Exception {
        return waiter.get(20, TimeUnit.SECONDS);
    }

    /** Who comes after the failure goes to the next poller, and waits there. */
    private static void awaitParked() throws InterruptedException {
        for (int i = 0; i < 2_000 && !STARTED.stream().allMatch(PollerFailures::isParkedOrEnded); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        STARTED.removeIf(thread -> !thread.isAlive());
        TimeUnit.MILLISECONDS.sleep(20);
    }

    private static boolean isParkedOrEnded(Thread thread) {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING || !thread.isAlive();
    }

    private static void works() throws Exception {
        try (EventFd counter = EventFd.open(0)) {
            CompletableFuture<@Nullable Throwable> waiter = start(() -> counter.read());
            awaitParked();
            counter.add(1);
            Throwable failure = end(waiter);
            if (failure != null) {
                throw new AssertionError("the next wait: " + failure);
            }
        }
    }

    private static Set<String> descriptors() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            return Set.copyOf(entries.map(path -> {
                        try {
                            return path.getFileName() + " " + Files.readSymbolicLink(path);
                        } catch (IOException e) {
                            return "";
                        }
                    })
                    .filter(text -> text.contains("eventpoll"))
                    .toList());
        }
    }

    /** The same number as before, once the threads of the broken one have left. */
    private static void awaitDescriptors(int count) throws Exception {
        for (int i = 0; descriptors().size() > count && i < 500; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        if (descriptors().size() > count) {
            throw new AssertionError(descriptors().size() + " epolls, there were " + count);
        }
    }

    private static void breaks(String call, int errno, boolean idle) throws Exception {
        int before = descriptors().size();
        List<EventFd> counters = new ArrayList<>();
        List<CompletableFuture<@Nullable Throwable>> waiters = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            EventFd counter = EventFd.open(0);
            counters.add(counter);
            waiters.add(start(() -> counter.read()));
        }
        awaitParked();
        Set<Integer> own = Poller.descriptors();
        FailingLibc.rule((name, nth, arguments) ->
                name.equals(call) && own.contains(arguments[0]) && (!idle || own.contains(arguments[2]))
                        ? -errno
                        : FailingLibc.PROCEED);
        counters.get(0).add(1); // its waiter may get that, or the failure
        for (int i = 1; i < WAITERS; i++) {
            Throwable failure = end(waiters.get(i));
            if (!(failure instanceof ErrnoException e)
                    || e.errno().value() != errno
                    || !e.call().equals(call)) {
                throw new AssertionError("a waiter got " + failure);
            }
        }
        Throwable first = end(waiters.get(0));
        FailingLibc.clear();
        for (EventFd counter : counters) {
            counter.close();
        }
        works();
        awaitDescriptors(before);
        if (first != null && !(first instanceof IOException)) {
            throw new AssertionError(first);
        }
    }

    private static void oneWaitFails(int errno) throws Exception {
        try (EventFd counter = EventFd.open(0)) {
            int fd = counter.fd();
            FailingLibc.rule((name, nth, arguments) ->
                    name.equals("epoll_ctl") && arguments[2].equals(fd) ? -errno : FailingLibc.PROCEED);
            Throwable failure = end(start(() -> counter.read()));
            if (!(failure instanceof ErrnoException e)
                    || e.errno().value() != errno
                    || !e.call().equals("epoll_ctl")) {
                throw new AssertionError("the waiter got " + failure);
            }
        }
    }

    /** Ends the poller, and lets the next one fail while it is made. */
    private static void birthFails(String call, int nth) throws Exception {
        endPoller();
        try (EventFd counter = EventFd.open(0)) {
            for (int i = 0; i < 3; i++) {
                FailingLibc.fail(call, nth, Linux.ENOMEM);
                CompletableFuture<@Nullable Throwable> waiter = start(() -> counter.read());
                awaitParked();
                FailingLibc.clear();
                counter.tryAdd(1);
                Throwable failure = end(waiter);
                counter.tryRead();
                if (failure instanceof ErrnoException e && !e.call().equals(call)) {
                    throw new AssertionError(failure);
                } else if (failure != null && !(failure instanceof IOException)) {
                    throw new AssertionError(failure);
                }
            }
        }
        works();
        awaitDescriptors(2);
    }

    private static void endPoller() throws Exception {
        Set<Integer> own = Poller.descriptors();
        try (EventFd counter = EventFd.open(0)) {
            CompletableFuture<@Nullable Throwable> waiter = start(() -> counter.read());
            awaitParked();
            FailingLibc.rule((name, n, arguments) ->
                    name.equals("epoll_wait") && own.contains(arguments[0]) ? -Linux.ENOMEM : FailingLibc.PROCEED);
            counter.add(1);
            end(waiter);
            for (int i = 0; i < 500 && Poller.descriptors().equals(own); i++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        awaitDescriptors(0);
        FailingLibc.clear();
    }

    /** The kernel refuses the thread of a new poller: RLIMIT_NPROC, which does not count for root. */
    private static void noThread() throws Exception {
        endPoller();
        ByteBuffer limits = Memory.allocate(4 * Long.BYTES); // none, and what there was
        long none = Memory.address(limits);
        long before = none + 2 * Long.BYTES;
        Libc libc = FailingLibc.backend();
        Errors.check(libc.syscall(LinuxOnArch.SYS_prlimit64, 0, RLIMIT_NPROC, 0, before, 0, 0), "prlimit");
        limits.putLong(Long.BYTES, limits.getLong(3 * Long.BYTES));
        try (EventFd counter = EventFd.open(0)) {
            Throwable failure = end(start(() -> {
                long nobody = libc.syscall(LinuxOnArch.SYS_setresuid, NOBODY, NOBODY, 0, 0, 0, 0); // of this carrier
                Errors.check(libc.syscall(LinuxOnArch.SYS_prlimit64, 0, RLIMIT_NPROC, none, 0, 0, 0), "prlimit");
                try {
                    long ignored = counter.read();
                } finally {
                    if (nobody == 0) {
                        Errors.check(libc.syscall(LinuxOnArch.SYS_setresuid, 0, 0, 0, 0, 0, 0), "setresuid");
                    }
                    Errors.check(libc.syscall(LinuxOnArch.SYS_prlimit64, 0, RLIMIT_NPROC, before, 0, 0, 0), "prlimit");
                }
            }));
            if (!(failure instanceof IOException) || !(failure.getCause() instanceof OutOfMemoryError)) {
                throw new AssertionError("the waiter got " + failure);
            }
        }
        awaitDescriptors(0);
        works();
        awaitDescriptors(2);
    }

    /** As programs do that close every number they do not know. Who finds it first is told, which may be the poller itself. */
    private static void strangerCloses() throws Exception {
        for (int fd : Poller.descriptors()) {
            io.sockfd.raw.Libc.get().close(fd);
        }
        try (EventFd counter = EventFd.open(0)) {
            CompletableFuture<@Nullable Throwable> waiter = start(() -> counter.read());
            awaitParked();
            counter.add(1);
            Throwable failure = end(waiter);
            if (failure != null && !(failure instanceof ErrnoException)) {
                throw new AssertionError("the first to find it got " + failure);
            }
        }
    }
}
