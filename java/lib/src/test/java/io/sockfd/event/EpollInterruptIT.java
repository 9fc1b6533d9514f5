package io.sockfd.event;

import static io.sockfd.raw.Linux.EPOLLHUP;
import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.SHUT_RDWR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.Virtual;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait that an interrupt only ends, a registration that pauses, and what events keep reachable. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EpollInterruptIT {
    private static final long SETTLES_MS = 100;

    private interface Work {
        void run() throws IOException;
    }

    private static Thread start(boolean virtual, AtomicReference<@Nullable Throwable> failure, Work work) {
        Runnable task = () -> {
            try {
                work.run();
            } catch (Throwable e) {
                failure.set(e);
            }
        };
        if (virtual) {
            return Virtual.start(task);
        }
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static boolean[] kinds() {
        return Virtual.available() ? new boolean[] {false, true} : new boolean[] {false};
    }

    @Test
    void anInterruptEndsTheWaitAndNothingElse() throws Exception {
        for (boolean virtual : kinds()) {
            try (Epoll epoll = Epoll.open()) {
                AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
                Thread thread = start(virtual, failure, () -> {
                    EpollEvents events = new EpollEvents(4);
                    for (int i = 0; i < 3; i++) {
                        assertEquals(0, epoll.awaitOrInterrupt(events, -1));
                        assertTrue(Thread.currentThread().isInterrupted());
                        assertEquals(0, epoll.awaitOrInterrupt(events, -1)); // looks, and does not wait
                        assertTrue(Thread.interrupted());
                    }
                });
                while (thread.isAlive()) {
                    thread.interrupt();
                    thread.join(5);
                }
                assertNull(failure.get());
                assertTrue(epoll.isOpen());
            }
        }
    }

    /** The interrupted one comes back, and not another that waits in the same Epoll. */
    @Test
    void anInterruptEndsTheWaitOfItsThreadOnly() throws Exception {
        for (boolean virtual : kinds()) {
            try (Epoll epoll = Epoll.open()) {
                AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
                AtomicInteger others = new AtomicInteger();
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    threads.add(start(virtual, failure, () -> {
                        int unused = epoll.awaitOrInterrupt(new EpollEvents(4), -1);
                        if (!Thread.currentThread().isInterrupted()) {
                            others.incrementAndGet();
                        }
                    }));
                }
                Thread.sleep(SETTLES_MS);
                for (Thread thread : threads) {
                    thread.interrupt();
                    thread.join();
                }
                assertNull(failure.get());
                assertEquals(0, others.get());
            }
        }
    }

    @Test
    void aWakeUpATimeoutAndACloseEndItToo() throws Exception {
        for (boolean virtual : kinds()) {
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            Epoll epoll = Epoll.open();
            try {
                EpollEvents events = new EpollEvents(4);
                Thread thread = start(virtual, failure, () -> {
                    assertEquals(0, epoll.awaitOrInterrupt(events, TimeUnit.MILLISECONDS.toNanos(20)));
                    assertEquals(0, epoll.awaitOrInterrupt(events, -1));
                    epoll.awaitOrInterrupt(events, -1);
                });
                Thread.sleep(SETTLES_MS);
                epoll.wakeUp();
                Thread.sleep(SETTLES_MS);
                assertTrue(thread.isAlive());
                epoll.close();
                thread.join();
            } finally {
                epoll.close();
            }
            assertEquals(AsynchronousCloseException.class, classOf(failure.get()));
        }
    }

    private static @Nullable Class<?> classOf(@Nullable Throwable e) {
        return e == null ? null : e.getClass();
    }

    @Test
    void aPausedRegistrationDoesNotGetHangUps() throws Exception {
        Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
        try (pair;
                Epoll epoll = Epoll.open()) {
            EpollEvents events = new EpollEvents(4);
            Registration registration = epoll.add(pair.first(), EPOLLIN, "x");
            pair.second().shutdown(SHUT_RDWR);
            registration.modify(0);
            assertEquals(1, epoll.await(events, 0));
            assertTrue(events.has(0, EPOLLHUP));
            registration.pause();
            registration.pause();
            assertEquals(0, epoll.await(events, 0));
            assertTrue(registration.isValid());
            registration.modify(EPOLLIN);
            registration.modify(EPOLLIN);
            assertEquals(1, epoll.await(events, 0));
            assertEquals("x", events.attachment(0));
            registration.pause();
            registration.remove();
            assertThrows(ErrnoException.class, registration::pause);
        }
    }

    @Test
    void clearedEventsKeepNothingReachable() throws Exception {
        try (Epoll epoll = Epoll.open()) {
            EpollEvents events = new EpollEvents(4);
            WeakReference<Object> attached = fetched(epoll, events);
            events.clear();
            assertEquals(0, events.count());
            for (int i = 0; i < 50 && attached.get() != null; i++) {
                System.gc();
                Thread.sleep(20);
            }
            assertNull(attached.get());
        }
    }

    private static WeakReference<Object> fetched(Epoll epoll, EpollEvents events) throws IOException {
        Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
        Registration registration = epoll.add(pair.first(), EPOLLIN, null);
        int ignored = pair.second().send(ByteBuffer.allocate(1), 0);
        assertEquals(1, epoll.await(events, 0));
        pair.close();
        assertFalse(registration.isValid());
        return new WeakReference<>(registration);
    }
}
