package io.sockfd.event;

import static io.sockfd.raw.Linux.EPOLLERR;
import static io.sockfd.raw.Linux.EPOLLET;
import static io.sockfd.raw.Linux.EPOLLEXCLUSIVE;
import static io.sockfd.raw.Linux.EPOLLHUP;
import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLONESHOT;
import static io.sockfd.raw.Linux.EPOLLOUT;
import static io.sockfd.raw.Linux.EPOLLPRI;
import static io.sockfd.raw.Linux.EPOLLRDHUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Allocations;
import io.sockfd.Descriptor;
import io.sockfd.DescriptorGuard;
import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.Virtual;
import io.sockfd.raw.Backend;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EpollIT {
    private static final long NOW = 0;
    private static final long SOON = 20_000_000;

    private final EpollEvents events = new EpollEvents(16);

    private static Socket.Pair pair() throws IOException {
        return Socket.pair(Domain.UNIX, SocketType.STREAM);
    }

    private static void send(Socket socket) throws IOException {
        assertEquals(1, socket.send(ByteBuffer.wrap(new byte[1]), 0));
    }

    private static void take(Socket socket) throws IOException {
        assertEquals(1, socket.recv(ByteBuffer.allocate(1), 0));
    }

    @Test
    void levelTriggeredTellsTheState() throws IOException {
        try (Epoll epoll = Epoll.open();
                Socket.Pair pair = pair()) {
            Registration registration = epoll.add(pair.first(), EPOLLIN, "first");
            assertEquals(0, epoll.await(events, SOON));
            send(pair.second());
            for (int i = 0; i < 3; i++) {
                assertEquals(1, epoll.await(events));
                assertSame(registration, events.registration(0));
                assertEquals("first", events.attachment(0));
                assertEquals(EPOLLIN, events.events(0));
                assertTrue(events.isReadable(0) && !events.isWritable(0));
            }
            take(pair.first());
            assertEquals(0, epoll.await(events, NOW));
            assertEquals(0, events.count());
            assertThrows(IndexOutOfBoundsException.class, () -> events.events(0));
            registration.modify(EPOLLIN | EPOLLOUT);
            assertEquals(1, epoll.await(events, NOW));
            assertEquals(EPOLLOUT, events.events(0));
            registration.remove();
            assertEquals(0, epoll.await(events, NOW));
            assertFalse(registration.isValid());
            registration.remove();
            ErrnoException gone = assertThrows(ErrnoException.class, () -> registration.modify(EPOLLIN));
            assertEquals(Errno.ENOENT, gone.errno());
            assertEquals(0, epoll.size());
        }
    }

    @Test
    void edgeTriggeredTellsTheChange() throws IOException {
        try (Epoll epoll = Epoll.open();
                Socket.Pair pair = pair()) {
            epoll.add(pair.first(), EPOLLIN | EPOLLET, null);
            send(pair.second());
            send(pair.second());
            assertEquals(1, epoll.await(events, NOW));
            take(pair.first()); // one byte is left, and nothing new came
            assertEquals(0, epoll.await(events, NOW));
            send(pair.second());
            assertEquals(1, epoll.await(events, NOW));
        }
    }

    @Test
    void oneShotTellsOnceUntilItIsModified() throws IOException {
        try (Epoll epoll = Epoll.open();
                Socket.Pair pair = pair()) {
            Registration registration = epoll.add(pair.first(), EPOLLIN | EPOLLONESHOT, null);
            send(pair.second());
            assertEquals(1, epoll.await(events, NOW));
            assertEquals(0, epoll.await(events, NOW));
            registration.modify(EPOLLIN | EPOLLONESHOT);
            assertEquals(1, epoll.await(events, NOW));
        }
    }

    @Test
    void hangUpsAndUrgentDataAreTold() throws IOException {
        try (Epoll epoll = Epoll.open();
                Socket listener = Socket.tcp()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .listen();
                Socket client = Socket.tcp()) {
            client.connect(listener.getLocalAddress());
            try (Socket server = Objects.requireNonNull(listener.accept())) {
                epoll.add(server, EPOLLIN | EPOLLPRI | EPOLLRDHUP, null);
                client.send(ByteBuffer.wrap(new byte[1]), Linux.MSG_OOB);
                assertEquals(1, epoll.await(events));
                assertTrue(events.has(0, EPOLLPRI));
                client.shutdown(Linux.SHUT_WR);
                long end = System.nanoTime() + 5_000_000_000L;
                do {
                    epoll.await(events);
                } while (!events.has(0, EPOLLRDHUP) && System.nanoTime() < end);
                assertTrue(events.has(0, EPOLLRDHUP) && !events.has(0, EPOLLHUP));
                server.setOption(java.net.StandardSocketOptions.SO_LINGER, 0);
            }
            epoll.add(client, EPOLLIN, null);
            assertEquals(1, epoll.await(events));
            assertTrue(events.has(0, EPOLLERR), "the peer reset");
        }
    }

    @Test
    void exclusiveWakesOneOfTwo() throws Exception {
        try (Socket listener = Socket.unixStream().bind(null).listen();
                Epoll one = Epoll.open();
                Epoll two = Epoll.open()) {
            one.add(listener, EPOLLIN | EPOLLEXCLUSIVE, null);
            two.add(listener, EPOLLIN | EPOLLEXCLUSIVE, null);
            List<CompletableFuture<Integer>> waits = new ArrayList<>();
            for (Epoll epoll : List.of(one, two)) {
                CompletableFuture<Integer> wait = new CompletableFuture<>();
                waits.add(wait);
                start(false, wait, () -> epoll.await(new EpollEvents(1), 300_000_000));
            }
            TimeUnit.MILLISECONDS.sleep(100);
            try (Socket client = Socket.unixStream()) {
                client.connect(listener.getLocalAddress());
                assertEquals(1, waits.get(0).get() + waits.get(1).get());
            }
        }
    }

    @Test
    void aClosedSocketLeavesThoughADuplicateLives() throws IOException {
        try (Epoll epoll = Epoll.open();
                Socket.Pair pair = pair();
                Socket duplicate = pair.first().dup()) {
            Registration registration = epoll.add(pair.first(), EPOLLIN, "gone");
            send(pair.second());
            pair.first().close();
            assertFalse(registration.isValid());
            assertEquals(0, epoll.size());
            assertEquals(0, epoll.await(events, SOON));
            assertThrows(ClosedChannelException.class, () -> epoll.add(pair.first(), EPOLLIN, null));
            epoll.add(duplicate, EPOLLIN, "there");
            assertEquals(1, epoll.await(events, NOW));
            assertEquals("there", events.attachment(0));
        }
    }

    /** The handler of the first event closes the second's socket, and a new one takes the number. */
    @Test
    void anEventNeverReachesTheSuccessor() throws IOException {
        int taken = 0;
        for (int i = 0; i < 1000; i++) {
            try (Epoll epoll = Epoll.open();
                    Socket.Pair a = pair();
                    Socket.Pair b = pair()) {
                epoll.add(a.first(), EPOLLIN, "a");
                epoll.add(b.first(), EPOLLIN, "b");
                send(a.second());
                send(b.second());
                assertEquals(2, epoll.await(events, NOW));
                int number = b.first().fd();
                b.first().close();
                try (Socket.Pair successor = pair()) {
                    taken += successor.first().fd() == number
                                    || successor.second().fd() == number
                            ? 1
                            : 0;
                    epoll.add(successor.first(), EPOLLIN, "successor");
                    epoll.add(successor.second(), EPOLLIN, "successor");
                    for (int event = 0; event < 2; event++) {
                        Object attachment = events.attachment(event);
                        assertTrue(attachment == null || attachment.equals("a"), String.valueOf(attachment));
                    }
                    assertEquals(1, epoll.await(events, NOW));
                    assertEquals("a", events.attachment(0));
                }
            }
        }
        assertTrue(taken > 900, "another thread opens descriptors all the time: only " + taken);
    }

    @Test
    void aSetWatchesASet() throws IOException {
        try (Epoll outer = Epoll.open();
                Epoll inner = Epoll.open();
                Socket.Pair pair = pair()) {
            outer.add(inner, EPOLLIN, "inner");
            inner.add(pair.first(), EPOLLIN, null);
            assertEquals(0, outer.await(events, NOW));
            send(pair.second());
            assertEquals(1, outer.await(events, NOW));
            assertEquals("inner", events.attachment(0));
            ErrnoException circle = assertThrows(ErrnoException.class, () -> inner.add(outer, EPOLLIN, null));
            assertEquals("ELOOP", circle.errno().name());
        }
    }

    @Test
    void whatCannotBeWatchedIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (Epoll epoll = Epoll.open();
                Socket.Pair pair = pair()) {
            epoll.add(pair.first(), EPOLLIN, null);
            ErrnoException twice = assertThrows(ErrnoException.class, () -> epoll.add(pair.first(), EPOLLIN, null));
            assertEquals(Errno.EEXIST, twice.errno());
            assertEquals(1, epoll.size());
            ErrnoException odd = assertThrows(
                    ErrnoException.class,
                    () -> epoll.add(pair.second(), EPOLLIN | EPOLLEXCLUSIVE | EPOLLONESHOT, null));
            assertEquals(Errno.EINVAL, odd.errno());
            assertEquals(1, epoll.size());
            ByteBuffer path = io.sockfd.raw.Memory.allocate(256);
            path.put(file.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            int fd = (int) io.sockfd.raw.Libc.get()
                    .syscall(
                            Linux.SYS_openat,
                            Linux.AT_FDCWD,
                            io.sockfd.raw.Memory.address(path),
                            Linux.O_RDONLY,
                            0,
                            0,
                            0);
            try (Descriptor regular = Descriptor.own(fd)) {
                ErrnoException refused = assertThrows(ErrnoException.class, () -> epoll.add(regular, EPOLLIN, null));
                assertEquals(Errno.EPERM, refused.errno());
            }
        }
        assertThrows(IllegalArgumentException.class, () -> new EpollEvents(0));
        assertThrows(IllegalArgumentException.class, () -> new EpollEvents(Integer.MAX_VALUE));
    }

    @Test
    void moreReadyThanRoomTakesTurns() throws IOException {
        List<Socket.Pair> pairs = new ArrayList<>();
        try (Epoll epoll = Epoll.open()) {
            for (int i = 0; i < 40; i++) { // the table of registrations grows on the way
                Socket.Pair pair = pair();
                pairs.add(pair);
                epoll.add(pair.first(), EPOLLIN, i);
                send(pair.second());
            }
            java.util.Set<Object> seen = new java.util.HashSet<>();
            for (int i = 0; i < 10; i++) {
                int count = epoll.await(events, NOW);
                assertEquals(16, count);
                for (int event = 0; event < count; event++) {
                    seen.add(Objects.requireNonNull(events.attachment(event)));
                }
            }
            assertEquals(40, seen.size());
        } finally {
            for (Socket.Pair pair : pairs) {
                pair.close();
            }
        }
    }

    @Test
    void timeoutsAreNanoseconds() throws IOException {
        try (Epoll epoll = Epoll.open()) {
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                assertEquals(0, epoll.await(events, 200_000));
                long elapsed = System.nanoTime() - start;
                assertTrue(elapsed >= 200_000);
                best = Math.min(best, elapsed);
            }
            assertTrue(best < 1_000_000, best + " ns: rounded up to a millisecond?");
        }
    }

    @Test
    void wakeUpEndsOneWait() throws Exception {
        wakeUp(false);
    }

    @Test
    void wakeUpEndsTheWaitOfAVirtualThread() throws Exception {
        if (Virtual.available()) {
            wakeUp(true);
        }
    }

    private void wakeUp(boolean virtual) throws Exception {
        try (Epoll epoll = Epoll.open()) {
            epoll.wakeUp();
            epoll.wakeUp();
            assertEquals(0, epoll.await(events)); // the next one
            assertEquals(0, epoll.await(events, SOON));
            for (int i = 0; i < 200; i++) {
                CompletableFuture<Integer> wait = new CompletableFuture<>();
                start(virtual, wait, () -> epoll.await(new EpollEvents(1)));
                if (i % 3 == 0) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                epoll.wakeUp();
                assertEquals(0, wait.get(5, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void closeEndsAllWaits() throws Exception {
        closed(Epoll::close, AsynchronousCloseException.class, false);
        closed(Epoll::close, AsynchronousCloseException.class, Virtual.available());
    }

    private interface Action {
        void on(Epoll epoll) throws IOException;
    }

    private static void closed(Action action, Class<?> expected, boolean virtual) throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Epoll epoll = Epoll.open();
                    Socket.Pair pair = pair()) {
                Registration registration = epoll.add(pair.first(), EPOLLIN, null);
                List<CompletableFuture<Integer>> waits = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    CompletableFuture<Integer> wait = new CompletableFuture<>();
                    waits.add(wait);
                    start(virtual, wait, () -> epoll.await(new EpollEvents(1)));
                }
                TimeUnit.MILLISECONDS.sleep(i % 10 == 0 ? 20 : i % 3);
                epoll.wakeUp();
                action.on(epoll);
                int ended = 0;
                for (CompletableFuture<Integer> wait : waits) {
                    Throwable failure =
                            wait.<@Nullable Throwable>handle((n, e) -> e).get(5, TimeUnit.SECONDS);
                    if (failure != null) { // one may have had the wake-up
                        ended++;
                        assertTrue(
                                expected.isInstance(failure) || failure.getClass() == ClosedChannelException.class,
                                failure.toString());
                    }
                }
                assertTrue(ended >= 3);
                assertFalse(registration.isValid());
                assertTrue(pair.first().isOpen());
                assertThrows(ClosedChannelException.class, () -> registration.modify(EPOLLIN));
                registration.remove();
            }
        }
    }

    @Test
    void anInterruptCloses() throws Exception {
        for (boolean virtual : new boolean[] {false, Virtual.available()}) {
            try (Epoll epoll = Epoll.open()) {
                CompletableFuture<Integer> wait = new CompletableFuture<>();
                Thread thread = start(virtual, wait, () -> epoll.await(new EpollEvents(1)));
                TimeUnit.MILLISECONDS.sleep(20);
                thread.interrupt();
                Throwable failure =
                        wait.<@Nullable Throwable>handle((n, e) -> e).get(5, TimeUnit.SECONDS);
                assertInstanceOf(ClosedByInterruptException.class, failure);
                assertFalse(epoll.isOpen());
            }
        }
    }

    @Test
    void aVirtualThreadParksInIt() throws Exception {
        if (!Virtual.available()) {
            return;
        }
        try (Epoll epoll = Epoll.open();
                Socket.Pair pair = pair()) {
            epoll.add(pair.first(), EPOLLIN, "x");
            for (int i = 0; i < 20; i++) {
                CompletableFuture<Integer> wait = new CompletableFuture<>();
                start(true, wait, () -> epoll.await(events, 5_000_000_000L));
                TimeUnit.MILLISECONDS.sleep(i % 3);
                send(pair.second());
                assertEquals(1, wait.get(5, TimeUnit.SECONDS));
                assertEquals("x", events.attachment(0));
                take(pair.first());
            }
        }
    }

    @Test
    void abandonedTogetherTheyAreClosed() throws Exception {
        int before = DescriptorGuard.open().size();
        for (int i = 0; i < 3; i++) {
            Epoll epoll = Epoll.open();
            Socket socket = Socket.udp();
            epoll.add(socket, EPOLLIN, socket); // the usual attachment refers to the socket
        }
        long end = System.nanoTime() + 20_000_000_000L;
        while (DescriptorGuard.open().size() > before && System.nanoTime() < end) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertTrue(DescriptorGuard.open().size() <= before);
    }

    @Test
    void nothingIsAllocated() throws IOException {
        try (Epoll epoll = Epoll.open();
                Socket.Pair pair = pair()) {
            Registration registration = epoll.add(pair.first(), EPOLLIN, "x");
            send(pair.second());
            long best = Long.MAX_VALUE;
            // the interpreter makes garbage of a call's arguments: until the compiler is done
            for (int round = 0; round < 500 && best != 0; round++) {
                long before = Allocations.soFar();
                for (int i = 0; i < 20_000; i++) {
                    epoll.await(events, 1_000_000);
                    assertNotNull(events.attachment(0));
                    registration.modify(EPOLLIN);
                }
                best = Math.min(best, Allocations.soFar() - before);
            }
            System.out.println("epoll await and modify on " + Backend.chosen().name() + ": " + best
                    + " bytes in 20000 operations");
            if (Backend.chosen().name().equals("ffm")) {
                assertEquals(0, best);
            }
        }
    }

    @Test
    void busyPollParametersAreKept() throws IOException {
        try (Epoll epoll = Epoll.open()) {
            BusyPoll wanted = new BusyPoll(50, 16, true);
            try {
                epoll.busyPoll(wanted);
            } catch (ErrnoException e) {
                assumeTrue(false, "needs Linux 6.9: " + e.getMessage());
            }
            assertEquals(wanted, epoll.busyPoll());
        }
        assertThrows(IllegalArgumentException.class, () -> new BusyPoll(-1, 0, false));
    }

    @Test
    void anAttachmentCanBeReplaced() throws IOException {
        try (Epoll epoll = Epoll.open();
                Socket.Pair pair = pair()) {
            Registration registration = epoll.add(pair.first(), EPOLLOUT, null);
            assertEquals(1, epoll.await(events, NOW));
            assertNull(events.attachment(0));
            registration.attach("later");
            assertEquals("later", events.attachment(0));
            assertSame(pair.first(), registration.descriptor());
            assertEquals(EPOLLOUT, registration.events());
        }
    }

    private interface Wait {
        int call() throws IOException;
    }

    private static Thread start(boolean virtual, CompletableFuture<Integer> result, Wait wait) {
        Runnable task = () -> {
            try {
                result.complete(wait.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        };
        if (virtual) {
            return Virtual.start(task);
        }
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }
}
