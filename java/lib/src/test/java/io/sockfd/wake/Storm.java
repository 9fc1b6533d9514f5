package io.sockfd.wake;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import io.sockfd.raw.struct.Timespec;
import io.sockfd.wake.Round.Ending;
import io.sockfd.wake.Waits.Wait;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A child whose threads are hit by signals from outside while they are in every call that waits. It ends with 0 when no
 * byte was lost, no exception was out of place, timeouts passed when they should, and calls were indeed interrupted.
 */
final class Storm {
    static final int LEAST_INTERRUPTS = 200;
    private static final long SECONDS = Long.getLong("sockfd.storm.seconds", 2);
    /** Whether the cells are for virtual threads too: those wait in Java, whichever the backend. */
    private static final boolean VIRTUAL = Boolean.getBoolean("sockfd.storm.virtual");

    private static final int AT_ONCE = 16;
    private static final long LATE_NS = 10_000_000;
    private static final Libc LIBC = Libc.get();

    private static volatile boolean over;

    private Storm() {}

    /** Arguments: a file for this process's number, which says that the storm may begin; a folder for other files. */
    public static void main(String[] args) {
        try {
            run(args);
            System.exit(0);
        } catch (Throwable e) {
            e.printStackTrace(System.out);
            System.exit(2);
        }
    }

    private static void run(String[] args) throws Exception {
        SocketChannel.open().close(); // the JDK installs a handler that does nothing, for its own channels
        Path ready = Path.of(args[0] + ".new");
        Files.writeString(ready, Long.toString(ProcessHandle.current().pid()));
        Files.move(ready, Path.of(args[0]));
        ExecutorService pool = Executors.newCachedThreadPool();
        List<Future<String>> tasks = new ArrayList<>();
        tasks.add(pool.submit(Storm::canary));
        tasks.add(pool.submit(Storm::witness));
        for (Threads threads : Threads.values()) {
            if (threads.exist()) {
                for (Kind kind : List.of(Kind.TCP, Kind.UNIX_STREAM, Kind.UNIX_SEQPACKET, Kind.UNIX_DGRAM)) {
                    tasks.add(pool.submit(() -> new Transfer(kind, threads, () -> over).run()));
                }
                tasks.add(pool.submit(in(threads, Storm::looks)));
            }
        }
        tasks.add(pool.submit(() -> cells(Path.of(args[1]))));
        TimeUnit.SECONDS.sleep(SECONDS);
        tasks.get(tasks.size() - 1).get();
        over = true;
        for (Future<String> task : tasks) {
            System.out.println(task.get());
        }
    }

    /** ppoll(2) itself: proves that the signals arrive and interrupt. */
    private static String canary() {
        ByteBuffer memory = Memory.allocate(Pollfd.SIZE + Timespec.SIZE);
        long at = Memory.address(memory);
        Timespec.tv_nsec(memory, Pollfd.SIZE, 500_000_000);
        int interrupted = 0;
        while (!over) {
            interrupted += LIBC.ppoll(at, 0, at + Pollfd.SIZE, 0) == -Linux.EINTR ? 1 : 0;
        }
        return enough("ppoll was interrupted", interrupted);
    }

    /** One recv that waits all the time: it can only have slept more than once because its wait was interrupted. */
    private static String witness() throws Exception {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            long before = sleeps();
            Thread waker = Threads.PLATFORM.start(() -> {
                try {
                    while (!over) {
                        TimeUnit.MILLISECONDS.sleep(1);
                    }
                    pair.second().send(ByteBuffer.wrap(new byte[] {7}), 0);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            ByteBuffer buffer = ByteBuffer.allocateDirect(4);
            if (pair.first().recv(buffer, 0) != 1 || buffer.get(0) != 7) {
                throw new AssertionError("the witness received something else");
            }
            long slept = sleeps() - before;
            waker.join();
            return enough("a recv that waited all the time slept anew", slept);
        }
    }

    private static String enough(String what, long times) {
        if (times < LEAST_INTERRUPTS) {
            throw new AssertionError(what + " only " + times + " times: this was no storm");
        }
        return what + " " + times + " times";
    }

    /** How often this thread gave its processor away to wait for something. */
    private static long sleeps() throws IOException {
        long tid = LIBC.syscall(Linux.SYS_gettid, 0, 0, 0, 0, 0, 0);
        return Files.readAllLines(Path.of("/proc/self/task/" + tid + "/status")).stream()
                .filter(line -> line.startsWith("voluntary_ctxt_switches"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** A call that must not wait is interrupted too when a signal is pending. */
    private static String looks() throws IOException, InterruptedException {
        long looks = 0;
        try (Socket socket = Socket.udp()) {
            socket.bind(null);
            for (; !over; looks++) {
                if (socket.poll(Linux.POLLIN, Duration.ZERO) != 0) {
                    throw new AssertionError("something came to a socket that nobody knows");
                }
                if (looks % 200 == 0) {
                    TimeUnit.MILLISECONDS.sleep(1); // two processors are soon busy
                }
            }
        }
        return looks + " looks without waiting";
    }

    private static Callable<String> in(Threads threads, Callable<String> task) {
        return () -> {
            CompletableFuture<String> result = new CompletableFuture<>();
            threads.start(() -> {
                try {
                    result.complete(task.call());
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
            return result.get();
        };
    }

    /** Every wait with every ending. */
    private static String cells(Path directory) throws Exception {
        List<Cell> cells = new ArrayList<>();
        for (Wait wait : new Waits(Files.write(directory.resolve("file"), new byte[1 << 16])).all()) {
            for (Threads threads : Threads.values()) {
                for (Ending ending : Ending.values()) {
                    if ((threads == Threads.PLATFORM || (VIRTUAL && threads.exist())) && ending.reaches(wait)) {
                        cells.add(new Cell(wait, ending, threads, 1));
                    }
                }
            }
        }
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        for (Future<?> cell : cells.stream().map(pool::submit).toList()) {
            cell.get();
        }
        pool.shutdown();
        for (Cell cell : cells) {
            if (cell.failure() != null && !cell.isLate()) { // in a storm, what ends them may come late itself
                throw new AssertionError(cell + " " + cell.failure(), cell.failure());
            }
        }
        long[] late = cells.stream()
                .filter(cell -> cell.ending == Ending.TIMEOUT)
                .flatMapToLong(cell -> Arrays.stream(cell.latencies()))
                .sorted()
                .toArray();
        if (late[late.length / 2] > LATE_NS) {
            throw new AssertionError(
                    "half of the timeouts come more than " + late[late.length / 2] / 1000 + " us late");
        }
        return String.format(
                "%d waits ended as they should; %d timeouts of %d ms came %.2f ms late (median), %.2f ms (90%%), none early",
                cells.size(),
                late.length,
                Round.TIMEOUT.toMillis(),
                late[late.length / 2] / 1e6,
                late[late.length * 9 / 10] / 1e6);
    }
}
