package io.sockfd.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Allocations;
import io.sockfd.raw.Backend;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events allocate nothing, on FFM and JNI, in a JVM of their own. */
@Timeout(60)
@Tag("later")
class EventAllocationIT {
    private static final int OPERATIONS = 20_000;
    private static final int WAITS = 8_000; // each takes as long as a wake-up does
    private static final int MOST_ROUNDS = 60;
    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    private interface Operation {
        void run() throws IOException;
    }

    private static void measure(String name, int operations, Operation operation) throws IOException {
        for (int i = 0; i < operations; i++) {
            operation.run();
        }
        long least = Long.MAX_VALUE; // the compiler may still be at work
        for (int round = 0; round < MOST_ROUNDS && least != 0; round++) {
            long before = Allocations.soFar();
            for (int i = 0; i < operations; i++) {
                operation.run();
            }
            least = Math.min(least, Allocations.soFar() - before);
        }
        System.out.printf(
                Locale.ROOT, "%s: %s: %.3f bytes%n", Backend.chosen().name(), name, (double) least / operations);
    }

    @Test
    void allocateNothing() throws IOException, InterruptedException {
        assumeTrue(Leg.allocatesNothing(), "jnr-ffi allocates in some calls");
        Leg.Result result = Leg.run(List.of("-XX:TieredStopAtLevel=4"), EventAllocationIT.class.getName());
        assertEquals(0, result.status(), result.output());
        List<String> lines =
                result.output().lines().filter(line -> line.endsWith(" bytes")).toList();
        assertEquals(4, lines.size(), result.output());
        lines.forEach(System.out::println);
        for (String line : lines) {
            assertTrue(line.endsWith(": 0.000 bytes"), line);
        }
    }

    public static void main(String[] args) throws IOException {
        try (EventFd counter = EventFd.open(0);
                TimerFd timer = TimerFd.open();
                SignalFd signals = SignalFd.open(Signal.USR1)) {
            measure("EventFd.add and read", OPERATIONS, () -> {
                counter.add(1);
                counter.read();
            });
            measure("EventFd.tryRead of nothing", OPERATIONS, counter::tryRead);
            measure("TimerFd.setNanos, and read that waits", WAITS, () -> {
                timer.setNanos(1000, 0);
                if (timer.read() != 1) {
                    throw new IOException("expired not once");
                }
                timer.set(MICROSECOND, MICROSECOND);
                timer.disarm();
            });
            SignalFd.block(Signal.USR1);
            SignalInfo info = new SignalInfo();
            Libc libc = Libc.get();
            long pid = ProcessHandle.current().pid();
            long thread = libc.syscall(Linux.SYS_gettid, 0, 0, 0, 0, 0, 0);
            measure("SignalFd.read", OPERATIONS, () -> {
                libc.syscall(Linux.SYS_tgkill, pid, thread, Linux.SIGUSR1, 0, 0, 0);
                signals.read(info);
                if (!info.signal().equals(Signal.USR1)) {
                    throw new IOException("not what was sent");
                }
            });
        }
    }
}
