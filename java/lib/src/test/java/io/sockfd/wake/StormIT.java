package io.sockfd.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Leg;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signals at 1 kHz for every thread of a child that waits in all ways there are: EINTR is nobody's business. {@code
 * -Dsockfd.storm.seconds=} makes it longer.
 */
@Tag("grid")
@Tag("later")
class StormIT {
    private static final long PERIOD_NS = 1_000_000;
    private static final int ROUNDS_A_LIST = 20;
    private static final long READY_S = 30;

    @TempDir
    private Path directory = Path.of("");

    private volatile boolean ended;
    private final AtomicLong signals = new AtomicLong();
    private volatile String trouble = "";

    @Test
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    void signalsGoUnnoticed() throws Exception {
        Path ready = directory.resolve("pid");
        Thread wind = new Thread(() -> blow(ready), "storm");
        wind.start();
        Leg.Result result;
        try {
            result = Leg.run(
                    List.of(
                            "-Dsockfd.storm.seconds=" + System.getProperty("sockfd.storm.seconds", "2"),
                            "-Dsockfd.storm.virtual=" + Leg.isLong()),
                    Storm.class.getName(),
                    ready.toString(),
                    directory.toString());
        } finally {
            ended = true;
            wind.join();
        }
        System.out.println(
                "storm of " + signals + " signals\n" + result.output().strip());
        assertEquals("", trouble);
        assertEquals(0, result.status(), result.output());
        assertTrue(signals.get() > Storm.LEAST_INTERRUPTS, "only " + signals + " signals were sent");
    }

    private void blow(Path ready) {
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_S);
            while (!Files.exists(ready)) {
                if (ended || System.nanoTime() > end) {
                    throw new IOException("the child is not ready");
                }
                LockSupport.parkNanos(PERIOD_NS);
            }
            int pid = Integer.parseInt(Files.readString(ready).strip());
            int signal = harmless(pid);
            while (!ended) {
                List<Integer> threads = threads(pid);
                for (int i = 0; i < ROUNDS_A_LIST && !ended; i++) {
                    for (int thread : threads) {
                        if (Libc.get().syscall(Linux.SYS_tgkill, pid, thread, signal, 0, 0, 0) == 0) {
                            signals.incrementAndGet();
                        }
                    }
                    LockSupport.parkNanos(PERIOD_NS);
                }
            }
        } catch (IOException | RuntimeException e) {
            trouble = e.toString();
        }
    }

    /** The highest real-time signal that the JVM catches: the one that the JDK's channels use to end a blocked call. */
    private static int harmless(int pid) throws IOException {
        long caught = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring("SigCgt:".length()).strip(), 16))
                .findFirst()
                .orElse(0);
        int signal = Long.SIZE - Long.numberOfLeadingZeros(caught);
        if (signal < 35) { // the first real-time signals are libc's own
            throw new IOException("the child catches no real-time signal: " + Long.toHexString(caught));
        }
        return signal;
    }

    private static List<Integer> threads(int pid) {
        List<Integer> threads = new ArrayList<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            tasks.forEach(task -> threads.add(Integer.valueOf(task.getFileName().toString())));
        } catch (IOException | UncheckedIOException e) {
            // it ended meanwhile
        }
        return threads;
    }
}
