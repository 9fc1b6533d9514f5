package io.sockfd.raw;

import io.sockfd.raw.struct.EpollEvent;
import io.sockfd.raw.struct.Pollfd;
import io.sockfd.raw.struct.SockaddrUn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Blocks 64 threads in each of recv, accept, connect, send, poll and epoll_wait, and prints how long System.gc() takes
 * meanwhile: the best of ten, in µs, because what is looked for is a collection that waits for a call.
 */
final class GcUnderBlockedCalls {
    private static final int THREADS = 64;
    private static final Libc LIBC = Libc.get();
    private static final List<ByteBuffer> KEPT = new ArrayList<>();

    private GcUnderBlockedCalls() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int idle = pair();
        long buffer = memory(4096);
        block(() -> LIBC.recv(idle, buffer, 4096, 0));

        int full = pair();
        while (LIBC.send(full, buffer, 4096, Linux.MSG_DONTWAIT) > 0) {}
        block(() -> LIBC.send(full, buffer, 4096, 0));

        int listener = check(LIBC.socket(Linux.AF_INET, Linux.SOCK_STREAM, 0));
        check(LIBC.listen(listener, 1));
        block(() -> LIBC.accept(listener, 0, 0));

        int backlog = check(LIBC.socket(Linux.AF_UNIX, Linux.SOCK_STREAM, 0));
        check(LIBC.bind(backlog, memory(SockaddrUn.SIZE), 2));
        long name = memory(SockaddrUn.SIZE);
        long length = memory(4);
        KEPT.get(KEPT.size() - 1).putInt(0, SockaddrUn.SIZE);
        check(LIBC.getsockname(backlog, name, length));
        int size = KEPT.get(KEPT.size() - 1).getInt(0);
        check(LIBC.listen(backlog, 0));
        check(LIBC.connect(unix(), name, size));
        block(() -> LIBC.connect(unix(), name, size));

        long pollfd = memory(Pollfd.SIZE);
        Pollfd.fd(KEPT.get(KEPT.size() - 1), 0, idle);
        block(() -> LIBC.poll(pollfd, 1, -1));

        int epoll = check(LIBC.epoll_create1(0));
        block(() -> LIBC.epoll_wait(epoll, memory(EpollEvent.SIZE), 1, -1));

        awaitBlocked();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            System.gc();
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.println("best " + best / 1000);
        Runtime.getRuntime().halt(0);
    }

    private static void block(LongSupplier call) {
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(
                    () -> {
                        long result = call.getAsLong();
                        System.out.println("a call that had to block returned " + result);
                        Runtime.getRuntime().halt(2);
                    },
                    "blocked");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Until the kernel says that as many threads as we started sleep in a system call other than futex. */
    private static void awaitBlocked() throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            if (sleeping() >= 6 * THREADS) {
                return;
            }
            Thread.sleep(50);
        }
        System.out.println("only " + sleeping() + " threads are blocked");
        Runtime.getRuntime().halt(3);
    }

    private static long sleeping() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.filter(GcUnderBlockedCalls::isBlocked).count();
        }
    }

    private static boolean isBlocked(Path task) {
        try {
            return Files.readString(task.resolve("comm")).startsWith("blocked")
                    && Files.readString(task.resolve("stat")).contains(") S ")
                    && !Files.readString(task.resolve("wchan")).contains("futex");
        } catch (IOException e) {
            return false;
        }
    }

    private static int pair() {
        ByteBuffer sv = Memory.allocate(8);
        check(LIBC.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM, 0, Memory.address(sv)));
        return sv.getInt(0);
    }

    private static int unix() {
        return check(LIBC.socket(Linux.AF_UNIX, Linux.SOCK_STREAM, 0));
    }

    private static synchronized long memory(int size) {
        ByteBuffer buffer = Memory.allocate(size);
        if (size == SockaddrUn.SIZE) {
            SockaddrUn.sun_family(buffer, 0, Linux.AF_UNIX);
        }
        KEPT.add(buffer);
        return Memory.address(buffer);
    }

    private static int check(int result) {
        if (result < 0) {
            throw new IllegalStateException("errno " + -result);
        }
        return result;
    }
}
