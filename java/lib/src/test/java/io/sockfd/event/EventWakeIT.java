package io.sockfd.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Descriptor;
import io.sockfd.Virtual;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who waits for an event ends by a close, by an interrupt and by the timeout, on both kinds of threads. */
@Timeout(60)
@Tag("once")
class EventWakeIT {
    private static final int TIMES = 5;

    private interface Birth {
        Descriptor open() throws IOException;
    }

    /** Whether it got something. */
    private interface Wait {
        boolean on(Descriptor descriptor, @Nullable Duration timeout) throws IOException;
    }

    private record Case(Birth birth, Wait blocking) {}

    private static final Map<String, Case> CASES = new TreeMap<>(Map.of(
            "EventFd read", new Case(() -> EventFd.open(0), (fd, timeout) -> ((EventFd) fd).read(timeout) != 0),
            "EventFd add", new Case(() -> EventFd.open(EventFd.MAX), (fd, timeout) -> ((EventFd) fd).add(1, timeout)),
            "EventFd add 9",
                    new Case(() -> EventFd.open(EventFd.MAX - 1), (fd, timeout) -> ((EventFd) fd).add(9, timeout)),
            "TimerFd disarmed", new Case(TimerFd::open, (fd, timeout) -> ((TimerFd) fd).read(timeout) != 0),
            "TimerFd armed", new Case(EventWakeIT::armed, (fd, timeout) -> ((TimerFd) fd).read(timeout) != 0),
            "SignalFd read",
                    new Case(
                            () -> SignalFd.open(Signal.WINCH),
                            (fd, timeout) -> ((SignalFd) fd).read(new SignalInfo(), timeout))));

    private static TimerFd armed() throws IOException {
        TimerFd timer = TimerFd.open();
        timer.set(Duration.ofHours(1));
        return timer;
    }

    static Stream<Arguments> cases() {
        return CASES.keySet().stream().flatMap(name -> Stream.of(Arguments.of(name, false), Arguments.of(name, true)));
    }

    private static Case find(String name, boolean virtual) {
        assumeTrue(!virtual || Virtual.available(), "virtual threads are there from Java 21 on");
        return Objects.requireNonNull(CASES.get(name));
    }

    private static Thread start(boolean virtual, Runnable task) {
        if (virtual) {
            return Virtual.start(task);
        }
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byClose(String name, boolean virtual) throws Exception {
        wake(find(name, virtual), virtual, false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byInterrupt(String name, boolean virtual) throws Exception {
        wake(find(name, virtual), virtual, true);
    }

    @SuppressWarnings("try") // the close inside is what is tried
    private static void wake(Case tried, boolean virtual, boolean interrupt) throws Exception {
        int whileWaiting = 0;
        for (int i = 0; i < TIMES; i++) {
            try (Descriptor descriptor = tried.birth().open()) {
                CompletableFuture<Object> ended = new CompletableFuture<>();
                Thread thread = start(virtual, () -> {
                    try {
                        ended.complete(tried.blocking().on(descriptor, null));
                    } catch (Throwable e) {
                        ended.complete(e);
                    }
                });
                TimeUnit.MILLISECONDS.sleep(i == TIMES - 1 ? 40 : i); // sometimes before it waits at all
                if (interrupt) {
                    thread.interrupt();
                } else {
                    descriptor.close();
                }
                Object end = ended.get(10, TimeUnit.SECONDS);
                thread.join();
                assertTrue(end instanceof java.nio.channels.ClosedChannelException, String.valueOf(end));
                if (interrupt) {
                    assertEquals(ClosedByInterruptException.class, end.getClass());
                }
                whileWaiting += end instanceof AsynchronousCloseException ? 1 : 0;
                assertFalse(descriptor.isOpen());
            }
        }
        assertTrue(whileWaiting > 0);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byTheTimeout(String name, boolean virtual) throws Exception {
        Case tried = find(name, virtual);
        try (Descriptor descriptor = tried.birth().open()) {
            CompletableFuture<Long> took = new CompletableFuture<>();
            start(virtual, () -> {
                        try {
                            assertFalse(tried.blocking().on(descriptor, Duration.ZERO));
                            assertFalse(tried.blocking().on(descriptor, Duration.ofNanos(-1)));
                            assertFalse(tried.blocking().on(descriptor, Duration.ofNanos(1)));
                            long start = System.nanoTime();
                            assertFalse(tried.blocking().on(descriptor, Duration.ofMillis(25)));
                            took.complete(System.nanoTime() - start);
                        } catch (Throwable e) {
                            took.completeExceptionally(e);
                        }
                    })
                    .join();
            long nanos = took.get(10, TimeUnit.SECONDS);
            assertTrue(nanos >= 25_000_000 && nanos < 5_000_000_000L, nanos + " ns");
            assertTrue(descriptor.isOpen());
        }
    }
}
