package io.sockfd.event;

import static io.sockfd.raw.Linux.EPOLLIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.Readiness;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@Tag("once")
class TimerFdIT {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration HOUR = Duration.ofHours(1);

    static Stream<TimerClock> clocks() {
        return Stream.of(
                TimerClock.MONOTONIC,
                TimerClock.BOOTTIME,
                TimerClock.REALTIME,
                TimerClock.BOOTTIME_ALARM,
                TimerClock.REALTIME_ALARM);
    }

    private static TimerFd open(TimerClock clock) throws IOException {
        try {
            return TimerFd.open(clock);
        } catch (ErrnoException e) {
            assumeTrue(!e.errno().equals(Errno.EPERM) || !clock.toString().endsWith("_ALARM"), e.getMessage());
            throw e;
        }
    }

    @ParameterizedTest
    @MethodSource("clocks")
    void expiresAfterATimeAndAtATime(TimerClock clock) throws IOException {
        try (TimerFd timer = open(clock)) {
            assertEquals(clock, timer.clock());
            assertEquals(0, timer.tryRead());
            long start = System.nanoTime();
            timer.set(Duration.ofMillis(20));
            int ready = Readiness.of(timer, EPOLLIN, 0);
            assertTrue(ready == 0 || System.nanoTime() - start >= 20_000_000, "ready too early");
            assertEquals(1, timer.read(LONG));
            assertTrue(System.nanoTime() - start >= 20_000_000, "too early");

            start = System.nanoTime();
            timer.setAt(timer.now().plusMillis(20), Duration.ZERO);
            assertEquals(EPOLLIN, Readiness.of(timer, EPOLLIN, 10_000));
            assertTrue(System.nanoTime() - start >= 20_000_000 - 1_000_000, "too early");
            assertEquals(1, timer.tryRead());
            assertEquals(0, timer.tryRead());
            assertEquals(Duration.ZERO, timer.remaining());
        }
    }

    @Test
    void expirationsAreCounted() throws IOException, InterruptedException {
        try (TimerFd timer = TimerFd.open()) {
            Duration start = timer.now();
            timer.set(Duration.ofMillis(5), Duration.ofMillis(2));
            TimeUnit.MILLISECONDS.sleep(40);
            long first = timer.read();
            long atMost = 1 + timer.now().minus(start).minusMillis(5).dividedBy(Duration.ofMillis(2));
            assertTrue(first >= 18 && first <= atMost, first + " of " + atMost);
            long sum = first;
            while (sum < 60) {
                sum += timer.read(LONG);
            }
            assertTrue(timer.now().minus(start).compareTo(Duration.ofMillis(5 + 2 * 59)) >= 0, "too early");
            assertEquals(Duration.ofMillis(2), timer.interval());
            assertTrue(timer.remaining().compareTo(Duration.ofMillis(2)) <= 0);
            timer.disarm();
            assertEquals(0, timer.read(Duration.ofMillis(10)));
            assertEquals(Duration.ZERO, timer.interval());
        }
    }

    @Test
    void timesKeepTheirNanoseconds() throws IOException {
        try (TimerFd timer = TimerFd.open()) {
            timer.set(HOUR, Duration.ofSeconds(7, 123_456_789));
            assertEquals(Duration.ofSeconds(7, 123_456_789), timer.interval());
            Duration left = timer.remaining();
            assertTrue(left.compareTo(HOUR) <= 0 && left.compareTo(HOUR.minusSeconds(30)) > 0, left.toString());
            timer.setNanos(3_600_000_000_000L, 1_000_000_001L);
            assertEquals(Duration.ofSeconds(1, 1), timer.interval());
            timer.setAt(timer.now().plus(HOUR), Duration.ofNanos(999_999_999));
            assertEquals(Duration.ofNanos(999_999_999), timer.interval());
            assertTrue(timer.remaining().compareTo(HOUR) <= 0);
        }
    }

    /** Zero would disarm in C; here nothing but disarm does. */
    @Test
    void whatIsPastExpiresAtOnce() throws IOException {
        try (TimerFd timer = TimerFd.open();
                TimerFd timeOfDay = TimerFd.open(TimerClock.REALTIME)) {
            for (Duration delay :
                    new Duration[] {Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-1), Duration.ofNanos(1)}) {
                timer.set(delay);
                assertEquals(1, timer.read(LONG), delay.toString());
                timer.setAt(delay, Duration.ZERO);
                assertEquals(1, timer.read(LONG), delay.toString());
                timer.setNanos(delay.toNanos(), 0);
                assertEquals(1, timer.read(LONG), delay.toString());
            }
            timeOfDay.setAt(Instant.now().minusSeconds(1), Duration.ZERO);
            assertEquals(1, timeOfDay.read(LONG));
            timeOfDay.setAt(Instant.MIN, Duration.ZERO);
            assertEquals(1, timeOfDay.read(LONG));
            timeOfDay.setAt(Instant.now().plusMillis(10), Duration.ZERO);
            assertEquals(1, timeOfDay.read(LONG));
        }
    }

    @Test
    void whatIsTooFarAwayNeverComes() throws IOException {
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        Duration years = Duration.ofDays(365 * 200);
        try (TimerFd timer = TimerFd.open(TimerClock.REALTIME)) {
            timer.set(endless, endless);
            assertEquals(0, timer.tryRead());
            assertTrue(timer.remaining().compareTo(years) > 0, timer.remaining().toString());
            assertTrue(timer.interval().compareTo(years) > 0, timer.interval().toString());
            timer.setAt(endless, Duration.ZERO);
            assertEquals(0, timer.tryRead());
            assertTrue(timer.remaining().compareTo(years) > 0, timer.remaining().toString());
            timer.setAt(Instant.MAX, Duration.ZERO);
            assertEquals(0, timer.tryRead());
            timer.set(Duration.ZERO, endless);
            assertEquals(1, timer.read(LONG));
            assertEquals(0, timer.tryRead());
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() throws IOException {
        ErrnoException e = assertThrows(ErrnoException.class, () -> TimerFd.open(new TimerClock(Linux.CLOCK_TAI)));
        assertEquals(Errno.EINVAL, e.errno());
        assertTrue(String.valueOf(e.getMessage()).contains("CLOCK_" + Linux.CLOCK_TAI), e.getMessage());
        try (TimerFd timer = TimerFd.open()) {
            timer.set(HOUR);
            assertThrows(IllegalArgumentException.class, () -> timer.set(HOUR, Duration.ofNanos(-1)));
            assertThrows(IllegalArgumentException.class, () -> timer.setNanos(1, -1));
            assertThrows(IllegalStateException.class, () -> timer.setAt(Instant.now(), Duration.ZERO));
            assertThrows(IllegalStateException.class, () -> timer.cancelOnSet(true));
            assertTrue(timer.remaining().compareTo(Duration.ZERO) > 0, "still as it was");
        }
    }

    @Test
    void aWaitSeesTheTimerSetMeanwhile() throws Exception {
        try (TimerFd timer = TimerFd.open()) {
            CompletableFuture<Long> read = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return timer.read();
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    },
                    task -> new Thread(task).start());
            TimeUnit.MILLISECONDS.sleep(20);
            timer.set(Duration.ofMillis(1));
            assertEquals(1, read.get(10, TimeUnit.SECONDS));
        }
    }

    /** The clock is set to what it shows, which is enough for the kernel. */
    @Test
    void settingTheClockCancels() throws IOException {
        try (TimerFd timer = TimerFd.open(TimerClock.REALTIME).cancelOnSet(true);
                TimerFd other = TimerFd.open(TimerClock.REALTIME)) {
            timer.setAt(Instant.now().plus(HOUR), Duration.ZERO);
            other.setAt(Instant.now().plus(HOUR), Duration.ZERO);
            setTheClock();
            assertEquals(EPOLLIN, Readiness.of(timer, EPOLLIN, 10_000));
            ErrnoException e = assertThrows(ErrnoException.class, () -> timer.read(LONG));
            assertEquals(Errno.ECANCELED, e.errno());
            assertTrue(String.valueOf(e.getMessage()).contains("the clock was set"), e.getMessage());
            assertEquals(0, timer.tryRead(), "once");
            assertTrue(timer.remaining().compareTo(Duration.ofMinutes(50)) > 0, "still armed");
            assertEquals(0, other.tryRead(), "did not ask for it");
        }
    }

    private static void setTheClock() throws IOException {
        ByteBuffer time = Memory.allocate(16);
        try {
            Libc libc = Libc.get();
            long address = Memory.address(time);
            long got = libc.syscall(Linux.SYS_clock_gettime, Linux.CLOCK_REALTIME, address, 0, 0, 0, 0);
            assertEquals(0, got);
            long set = libc.syscall(Linux.SYS_clock_settime, Linux.CLOCK_REALTIME, address, 0, 0, 0, 0);
            assumeTrue(set != -Linux.EPERM, "setting the clock needs CAP_SYS_TIME");
            assertEquals(0, Errors.check(set, "clock_settime"));
        } finally {
            Reference.reachabilityFence(time);
        }
    }
}
