package io.sockfd.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import io.sockfd.event.EventFd;
import io.sockfd.event.EventLoop;
import io.sockfd.event.TimerFd;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Readiness, and waits that somebody ends. */
final class EventPrograms {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(15);
    private static final int LOOKS = 20;
    private static final Duration SOON = Duration.ofMillis(2);

    private EventPrograms() {}

    static void epoll(Crew crew) throws IOException {
        Epoll epoll = crew.own(Epoll.open());
        EventFd event = crew.own(EventFd.open(0));
        TimerFd timer = crew.own(TimerFd.open());
        Epoll inner = crew.own(Epoll.open());
        inner.add(timer, Linux.EPOLLIN, "timer");
        epoll.add(event, Linux.EPOLLIN, "event");
        epoll.add(inner, Linux.EPOLLIN | Linux.EPOLLONESHOT, "inner");
        EpollEvents events = new EpollEvents(8);
        assertEquals(0, epoll.await(events, 0));
        assertEquals(0, epoll.await(events, TimeUnit.MILLISECONDS.toNanos(1)));
        event.add(5);
        await(epoll, events, "event");
        assertEquals(5, event.read());
        timer.set(SOON, SOON);
        assertTrue(timer.interval().equals(SOON));
        await(epoll, events, "inner");
        await(inner, events, "timer");
        assertTrue(timer.read() > 0);
        epoll.registrations().get(0).modify(Linux.EPOLLIN);
        epoll.wakeUp();
        assertEquals(0, epoll.await(events, PATIENCE_NS));
        epoll.registrations().get(0).remove();
        assertEquals(1, epoll.size());
    }

    private static void await(Epoll epoll, EpollEvents events, String expected) throws IOException {
        int count = epoll.await(events, PATIENCE_NS);
        assertEquals(1, count);
        assertEquals(expected, events.attachment(0));
    }

    static void eventLoop(Crew crew) throws Exception {
        EventLoop loop = crew.own(EventLoop.open());
        List<Throwable> reported = new ArrayList<>();
        loop.onFailure((descriptor, failure) -> {
            synchronized (reported) {
                reported.add(failure);
            }
            return EventLoop.isConnection(descriptor);
        });
        Socket listener = crew.own(Socket.tcp()).bind(StreamPrograms.loopback()).listen();
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        loop.accept(
                listener,
                socket -> loop.add(socket, Linux.EPOLLIN, (registration, events) -> {
                    int got = socket.recv(buffer.clear(), 0);
                    if (got == -1) {
                        socket.close();
                    } else if (got > 0) {
                        socket.sendAll(buffer.flip());
                    }
                }));
        Thread server = crew.platform(loop::run);
        CountDownLatch ticks = new CountDownLatch(3);
        loop.scheduleEvery(Duration.ofMillis(1), ticks::countDown);
        CountDownLatch task = new CountDownLatch(1);
        loop.execute(task::countDown);
        try {
            for (int i = 0; i < 2; i++) {
                try (Socket client = Socket.tcp().timeout(StreamPrograms.PATIENCE)) {
                    assertTrue(client.connect(listener.getLocalAddress()));
                    client.sendAll(StreamPrograms.bytes(10));
                    StreamPrograms.expect(client, 10);
                }
            }
        } catch (IOException e) {
            loop.stop(Duration.ZERO);
            server.join();
            synchronized (reported) {
                reported.forEach(e::addSuppressed); // why the server hung up
            }
            throw e;
        }
        while (!(task.await(1, TimeUnit.MILLISECONDS) && ticks.await(1, TimeUnit.MILLISECONDS))) {
            assertTrue(server.isAlive(), "the loop ended by itself");
        }
        loop.stop(Duration.ZERO);
        server.join();
        synchronized (reported) {
            if (!reported.isEmpty()) {
                throw new AssertionError(reported.get(0));
            }
        }
    }

    /** A thread that waits, whatever for, and ends with the channel's exception. */
    private static void waits(CountDownLatch started, Program wait, Crew crew) throws Exception {
        started.countDown();
        try {
            wait.run(crew);
        } catch (ClosedChannelException e) {
            return; // as it should, an interrupt's and another thread's close being kinds of it
        }
        throw new AssertionError("the wait ended by itself");
    }

    /** What waits for ever on the given resources, each in another way. */
    private static List<Thread> waiters(Crew crew, boolean virtual, List<AutoCloseable> waitedFor) throws Exception {
        Socket udp = crew.own(Socket.udp()).bind(StreamPrograms.loopback());
        Socket timed = crew.own(Socket.udp()).bind(StreamPrograms.loopback()).timeout(Duration.ofMinutes(9));
        Socket listener = crew.own(Socket.tcp()).bind(StreamPrograms.loopback()).listen();
        Socket.Pair unix = crew.own(Socket.pair(Domain.UNIX, SocketType.STREAM));
        Socket netlink = crew.own(Socket.netlink(Linux.NETLINK_ROUTE)).bind(null);
        EventFd event = crew.own(EventFd.open(0));
        Epoll epoll = crew.own(Epoll.open());
        waitedFor.addAll(List.of(udp, timed, listener, unix.second(), netlink, event, epoll));
        List<Program> waits = List.of(
                c -> udp.recv(ByteBuffer.allocateDirect(1), 0),
                c -> timed.receive(ByteBuffer.allocate(1)),
                c -> crew.own(Objects.requireNonNull(listener.accept())),
                c -> unix.second().recv(ByteBuffer.allocateDirect(1), 0),
                c -> netlink.recv(ByteBuffer.allocateDirect(1), 0),
                c -> event.read(),
                c -> epoll.await(new EpollEvents(1)));
        CountDownLatch started = new CountDownLatch(waits.size());
        List<Thread> threads = new ArrayList<>();
        for (Program wait : waits) {
            Crew.Task task = () -> waits(started, wait, crew);
            threads.add(virtual ? crew.virtual(task) : crew.platform(task));
        }
        while (!started.await(1, TimeUnit.MILLISECONDS)) {
            if (crew.isClosed()) {
                break;
            }
        }
        // until most of them wait: virtual threads are not inside of a call then
        int looks = virtual ? LOOKS : LOOKS * LOOKS;
        for (int i = 0; i < looks && FailingLibc.inside() < (virtual ? LOOKS : waits.size()); i++) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return threads;
    }

    static void waitsClosed(Crew crew) throws Exception {
        List<AutoCloseable> waitedFor = new ArrayList<>();
        waiters(crew, false, waitedFor);
        for (AutoCloseable one : waitedFor) {
            one.close();
        }
        crew.join();
    }

    static void waitsInterrupted(Crew crew) throws Exception {
        for (Thread thread : waiters(crew, false, new ArrayList<>())) {
            thread.interrupt();
        }
        crew.join();
    }

    /** Virtual threads: some are served, the others closed. */
    static void virtual(Crew crew) throws Exception {
        Socket listener = crew.own(Socket.tcp()).bind(StreamPrograms.loopback()).listen();
        Thread server = crew.virtual(() -> {
            Socket accepted = crew.own(Objects.requireNonNull(listener.accept()));
            StreamPrograms.expect(accepted, 100_000);
            accepted.sendAll(StreamPrograms.bytes(100_000));
        });
        Thread client = crew.virtual(() -> {
            Socket socket = crew.own(Socket.tcp());
            assertTrue(socket.connect(listener.getLocalAddress()));
            socket.sendAll(StreamPrograms.bytes(100_000));
            StreamPrograms.expect(socket, 100_000);
        });
        server.join();
        client.join();
        List<AutoCloseable> waitedFor = new ArrayList<>();
        waiters(crew, true, waitedFor);
        for (AutoCloseable one : waitedFor) {
            one.close();
        }
        crew.join();
    }

    static void virtualEpoll(Crew crew) throws Exception {
        Epoll epoll = crew.own(Epoll.open());
        TimerFd timer = crew.own(TimerFd.open());
        Socket udp = crew.own(Socket.udp()).bind(StreamPrograms.loopback()).timeout(SOON);
        epoll.add(timer, Linux.EPOLLIN, "timer");
        crew.virtual(() -> {
            timer.set(SOON);
            await(epoll, new EpollEvents(4), "timer");
            assertEquals(1, timer.read());
            try {
                udp.recv(ByteBuffer.allocate(1), 0);
                throw new AssertionError("nobody sent");
            } catch (java.net.SocketTimeoutException e) {
                assertTrue(udp.isOpen());
            }
        });
        crew.join();
    }
}
