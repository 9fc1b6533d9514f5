package io.sockfd.event;

import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Readiness;
import io.sockfd.Virtual;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Tag("once")
class EventFdIT {
    private static final int ADDERS = 4;
    private static final int ADDS = 250_000;

    @Test
    void aReadTakesAllThatWasAdded() throws IOException {
        try (EventFd counter = EventFd.open(0)) {
            assertEquals(0, counter.tryRead());
            assertEquals(0, Readiness.of(counter, EPOLLIN, 0));
            counter.add(3);
            assertTrue(counter.tryAdd(4));
            counter.add(0);
            assertEquals(EPOLLIN | EPOLLOUT, Readiness.of(counter, EPOLLIN | EPOLLOUT, 0));
            assertEquals(7, counter.read());
            assertEquals(0, counter.tryRead());
            assertEquals(Linux.FD_CLOEXEC, Libc.get().fcntl(counter.fd(), Linux.F_GETFD, 0));
        }
    }

    @Test
    void aSemaphoreGivesOneAtATime() throws IOException {
        try (EventFd semaphore = EventFd.semaphore(2)) {
            assertEquals(1, semaphore.read());
            semaphore.add(1);
            assertEquals(1, semaphore.read());
            assertEquals(1, semaphore.tryRead());
            assertEquals(0, semaphore.tryRead());
        }
    }

    /** eventfd(2) takes 32 bits: what is more is added. */
    @ParameterizedTest
    @ValueSource(longs = {1, Integer.MAX_VALUE, 1L << 31, 0xffff_ffffL, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -2})
    void startsWithAnyUnsignedNumber(long initial) throws IOException {
        try (EventFd counter = EventFd.open(initial);
                EventFd semaphore = EventFd.semaphore(initial)) {
            assertEquals(initial, counter.read());
            assertEquals(1, semaphore.tryRead());
        }
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> EventFd.open(-1));
        assertThrows(IllegalArgumentException.class, () -> EventFd.semaphore(-1));
        try (EventFd counter = EventFd.open(5)) {
            assertThrows(IllegalArgumentException.class, () -> counter.add(-1));
            assertThrows(IllegalArgumentException.class, () -> counter.tryAdd(-1));
            assertEquals(5, counter.read());
        }
    }

    @Test
    void aFullCounterTakesNoMore() throws IOException {
        try (EventFd counter = EventFd.open(EventFd.MAX)) {
            assertEquals(EPOLLIN, Readiness.of(counter, EPOLLIN | EPOLLOUT, 0));
            assertFalse(counter.tryAdd(1));
            long start = System.nanoTime();
            assertFalse(counter.add(1, Duration.ofMillis(30)));
            assertTrue(System.nanoTime() - start >= 30_000_000);
            assertEquals(EventFd.MAX, counter.read());
            assertEquals(EPOLLOUT, Readiness.of(counter, EPOLLIN | EPOLLOUT, 0));
        }
    }

    /** Writable means that one more fits: who adds two must neither give up nor spin. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoAddsWaitsForRoom(boolean virtual) throws Exception {
        assumeTrue(!virtual || Virtual.available(), "virtual threads are there from Java 21 on");
        try (EventFd counter = EventFd.open(EventFd.MAX - 1)) {
            CompletableFuture<@Nullable Throwable> added = new CompletableFuture<>();
            Runnable adder = () -> {
                try {
                    counter.add(0x1234_5678);
                    added.complete(null);
                } catch (Throwable e) {
                    added.complete(e);
                }
            };
            Thread thread = virtual ? Virtual.start(adder) : new Thread(adder);
            if (!virtual) {
                thread.start();
            }
            TimeUnit.MILLISECONDS.sleep(60);
            assertFalse(added.isDone());
            assertEquals(EventFd.MAX - 1, counter.read());
            assertEquals(0x1234_5678, counter.read(Duration.ofSeconds(10)));
            assertEquals(null, added.get(10, TimeUnit.SECONDS));
            thread.join();
        }
    }

    @Test
    void aMillionAddsSumUp() throws Exception {
        try (EventFd counter = EventFd.open(0)) {
            List<CompletableFuture<Void>> adders = new ArrayList<>();
            for (int i = 0; i < ADDERS; i++) {
                adders.add(CompletableFuture.runAsync(
                        () -> {
                            try {
                                for (int n = 0; n < ADDS; n++) {
                                    counter.add(1);
                                }
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        },
                        task -> new Thread(task).start()));
            }
            long sum = 0;
            while (sum < (long) ADDERS * ADDS) {
                long read = counter.read(Duration.ofSeconds(20));
                assertTrue(read > 0, "after " + sum);
                sum += read;
            }
            for (CompletableFuture<Void> adder : adders) {
                adder.get(10, TimeUnit.SECONDS);
            }
            assertEquals((long) ADDERS * ADDS, sum);
            assertEquals(0, counter.tryRead());
        }
    }

    @Test
    void oneFromElsewhereIsMadeNonBlocking() throws IOException {
        int fd = Libc.get().eventfd(9, Linux.EFD_CLOEXEC);
        try (EventFd counter = EventFd.adopt(fd)) {
            assertEquals(9, counter.read());
            assertEquals(0, counter.tryRead());
        }
        assertThrows(IllegalArgumentException.class, () -> EventFd.adopt(-1));
        assertEquals(
                Errno.EBADF,
                assertThrows(ErrnoException.class, () -> EventFd.adopt(1_000_000))
                        .errno());
    }

    @Test
    void aClosedOneSaysSo() throws IOException {
        EventFd counter = EventFd.open(1);
        counter.close();
        assertThrows(ClosedChannelException.class, counter::read);
        assertThrows(ClosedChannelException.class, () -> counter.tryAdd(1));
    }
}
