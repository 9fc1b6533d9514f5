package io.sockfd.uring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Allocations;
import io.sockfd.Descriptor;
import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a ring and its operations do when all goes well, and when they are used in a wrong way. */
@Timeout(60)
class RingIT {
    private static Socket.Pair pair() throws IOException {
        return Socket.pair(Domain.UNIX, SocketType.STREAM);
    }

    private static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static String text(ByteBuffer data) {
        return US_ASCII.decode(data.duplicate()).toString();
    }

    private static String recv(Socket socket, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocateDirect(length);
        while (into.hasRemaining()) {
            assertTrue(socket.recv(into, 0) > 0);
        }
        return text(into.flip());
    }

    /** Connects, accepts, receives into the ring's buffers and sends them back without a copy; all in rings. */
    @Test
    void echoes() throws Exception {
        try (Ring ring = Rings.open();
                Socket listener = Rings.listener();
                Socket client = Socket.tcp()) {
            BufferRing buffers = ring.buffers(8, 64);
            ring.accept(listener).startMultishot();
            Connect connect = ring.connect(client);
            connect.start(Rings.address(listener));
            Socket server = null;
            boolean connected = false;
            while (server == null || !connected) {
                Operation done = Rings.next(ring);
                if (done instanceof Accept accept) {
                    assertTrue(accept.isActive());
                    server = accept.socket();
                    assertThrows(IllegalStateException.class, accept::socket);
                } else {
                    assertSame(connect, done);
                    assertEquals(0, done.check());
                    connected = true;
                }
            }
            Receive receive = ring.receive(server, buffers);
            receive.startMultishot();
            Send send = ring.send(server);
            Send ask = ring.send(client);
            for (int i = 0; i < 100; i++) {
                ByteBuffer question = direct("question " + i);
                ask.start(question);
                int expected = 2;
                while (expected > 0) {
                    Operation done = Rings.next(ring);
                    if (done instanceof Receive) {
                        assertEquals("question " + i, text(receive.data()));
                        send.start(receive);
                        assertThrows(IllegalStateException.class, receive::data);
                    } else {
                        assertEquals(("question " + i).length(), done.check());
                        expected--;
                    }
                }
                assertFalse(question.hasRemaining());
                assertEquals("question " + i, recv(client, ("question " + i).length()));
            }
            client.shutdown(Linux.SHUT_WR);
            assertSame(receive, Rings.next(ring));
            assertEquals(0, receive.result());
            assertFalse(receive.isActive());
            server.close();
        }
    }

    @Test
    void aBufferGoesBackByItselfUnlessItIsKept() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair pair = pair()) {
            BufferRing buffers = ring.buffers(2, 16);
            Receive receive = ring.receive(pair.first(), buffers);
            receive.startMultishot();
            long[] kept = new long[2];
            for (int i = 0; i < 2; i++) {
                assertEquals(1, pair.second().send(direct("" + i), 0));
                assertSame(receive, Rings.next(ring));
                kept[i] = receive.keep();
            }
            assertEquals(1, pair.second().send(direct("2"), 0));
            assertSame(receive, Rings.next(ring));
            assertEquals(-Linux.ENOBUFS, receive.result());
            assertFalse(receive.isActive());
            assertEquals("0", text(buffers.data(kept[0])));
            assertEquals("1", text(buffers.data(kept[1])));
            buffers.release(kept[0]);
            assertThrows(IllegalStateException.class, () -> buffers.release(kept[0]));
            assertThrows(IllegalStateException.class, () -> buffers.data(kept[0]));
            receive.startMultishot();
            for (int i = 2; i < 50; i++) {
                assertSame(receive, Rings.next(ring));
                assertEquals(String.valueOf(i % 10), text(receive.data()));
                assertEquals(1, pair.second().send(direct(String.valueOf((i + 1) % 10)), 0));
            }
            assertEquals("1", text(buffers.data(kept[1])));
        }
    }

    @Test
    void sendsAllOfALargeBufferToASlowReader() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair pair = pair()) {
            ByteBuffer large = ByteBuffer.allocateDirect(3 << 20);
            for (int i = 0; i < large.capacity(); i++) {
                large.put(i, (byte) (i % 251));
            }
            CompletableFuture<Integer> wrong = CompletableFuture.supplyAsync(() -> {
                try {
                    ByteBuffer into = ByteBuffer.allocateDirect(large.capacity());
                    while (into.hasRemaining() && pair.second().recv(into, 0) > 0) {
                        Thread.onSpinWait();
                    }
                    return into.flip().mismatch(large.duplicate().clear());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            Send send = ring.send(pair.first());
            send.start(large);
            assertThrows(IllegalStateException.class, () -> send.start(large));
            assertSame(send, Rings.next(ring));
            assertEquals(3 << 20, send.check());
            assertFalse(large.hasRemaining());
            assertEquals(-1, wrong.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void heapBuffersAreCopied() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair pair = pair()) {
            ByteBuffer heap = ByteBuffer.wrap("--heap--".getBytes(US_ASCII), 2, 4);
            Send send = ring.send(pair.first());
            send.start(heap);
            heap.put(2, (byte) 'X');
            assertSame(send, Rings.next(ring));
            assertEquals(6, heap.position());
            assertEquals("heap", recv(pair.second(), 4));
        }
    }

    @Test
    void pollsAndTimes() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair pair = pair()) {
            Poll poll = ring.poll(pair.first());
            poll.start(Linux.POLLIN);
            io.sockfd.uring.Timeout timeout = ring.timeout();
            long before = System.nanoTime();
            timeout.start(Duration.ofMillis(20));
            assertSame(timeout, Rings.next(ring));
            assertEquals(0, timeout.check());
            assertTrue(System.nanoTime() - before >= 20_000_000);
            assertTrue(poll.isActive());
            assertEquals(1, pair.second().send(direct("x"), 0));
            assertSame(poll, Rings.next(ring));
            assertEquals(Linux.POLLIN, poll.check());
            assertFalse(poll.isActive());
            poll.startMultishot(Linux.POLLIN);
            for (int i = 0; i < 3; i++) {
                assertEquals("x", recv(pair.first(), 1).substring(0, 1));
                assertEquals(1, pair.second().send(direct("x"), 0));
                assertSame(poll, Rings.next(ring));
                assertTrue(poll.isActive());
            }
            poll.cancel();
            while (poll.isActive()) {
                assertSame(poll, Rings.next(ring));
            }
            assertEquals(-Linux.ECANCELED, poll.result());
            assertEquals(0, ring.inFlight());
        }
    }

    @Test
    void errorsAreResults() throws Exception {
        InetSocketAddress nobody;
        try (Socket listener = Rings.listener()) {
            nobody = Rings.address(listener);
        }
        try (Ring ring = Rings.open();
                Socket socket = Socket.tcp();
                Socket.Pair pair = pair()) {
            Connect connect = ring.connect(socket);
            connect.start(nobody);
            assertSame(connect, Rings.next(ring));
            assertEquals(-Linux.ECONNREFUSED, connect.result());
            assertThrows(ConnectException.class, connect::check);
            pair.second().close();
            Send send = ring.send(pair.first());
            send.start(direct("x"));
            assertSame(send, Rings.next(ring));
            assertEquals(-Linux.EPIPE, send.result());
        }
    }

    @Test
    void theTimeOfAWaitPassesAndAWakeUpEndsIt() throws Exception {
        try (Ring ring = Rings.open()) {
            assertFalse(ring.await(0));
            long before = System.nanoTime();
            assertFalse(ring.await(20_000_000));
            assertTrue(System.nanoTime() - before >= 20_000_000);
            for (int i = 0; i < 20; i++) {
                Thread other = new Thread(() -> {
                    try {
                        ring.wakeUp();
                        ring.wakeUp();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
                other.start();
                assertFalse(ring.await(-1));
                other.join();
                boolean secondCameLater = ring.await(0);
                assertFalse(secondCameLater);
            }
        }
    }

    @Test
    void aQueueOfSubmissionsThatIsFullIsSubmitted() throws Exception {
        try (Ring ring = Rings.open()) {
            for (int i = 0; i < 500; i++) { // more than there is place for, of submissions and of completions
                ring.timeout().start(Duration.ofNanos(1));
            }
            for (int i = 0; i < 500; i++) {
                assertEquals(0, Rings.next(ring).check());
            }
            assertNull(ring.next());
            assertEquals(0, ring.inFlight());
        }
    }

    @Test
    void itBelongsToOneThread() throws Exception {
        try (Ring ring = Rings.open()) {
            assertFalse(ring.await(0));
            CompletableFuture<Void> other =
                    CompletableFuture.runAsync(() -> assertThrows(IllegalStateException.class, () -> ring.await(0)));
            other.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void buffersOfAnotherRingAreRefused() throws Exception {
        try (Ring ring = Rings.open();
                Ring another = Rings.open();
                Socket.Pair pair = pair()) {
            BufferRing buffers = another.buffers(1, 1);
            assertThrows(IllegalArgumentException.class, () -> ring.receive(pair.first(), buffers));
            assertThrows(IllegalArgumentException.class, () -> ring.buffers(3, 10));
            assertThrows(IllegalArgumentException.class, () -> Ring.open(0, 1));
            assertThrows(IllegalArgumentException.class, () -> Ring.open(2, 1));
        }
    }

    @Test
    void aCloseOrAnInterruptEndsTheWait() throws Exception {
        for (boolean interrupt : new boolean[] {false, true}) {
            Ring ring = Rings.open();
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread mine = new Thread(() -> thrown.complete(assertThrows(IOException.class, () -> {
                while (true) {
                    boolean ignored = ring.await(-1);
                }
            })));
            mine.start();
            Rings.until(() -> mine.getState() == Thread.State.RUNNABLE, "it waits");
            Thread.sleep(20);
            if (interrupt) {
                mine.interrupt();
            } else {
                ring.close();
            }
            Throwable end = thrown.get(30, TimeUnit.SECONDS);
            Class<?> expected = interrupt ? ClosedByInterruptException.class : AsynchronousCloseException.class;
            assertEquals(expected, end.getClass());
            mine.join();
            assertFalse(ring.isOpen());
            assertThrows(ClosedChannelException.class, ring::wakeUp);
        }
    }

    @Test
    void nothingIsAllocatedForAnOperation() throws Exception {
        assumeTrue(Leg.allocatesNothing(), "jnr-ffi allocates");
        try (Ring ring = Rings.open();
                Socket.Pair pair = pair()) {
            BufferRing buffers = ring.buffers(8, 64);
            Receive receive = ring.receive(pair.second(), buffers);
            receive.startMultishot();
            Send send = ring.send(pair.first());
            ByteBuffer data = direct("hello");
            for (int i = 0; i < 20_000; i++) {
                exchange(ring, send, receive, data);
            }
            long each = Long.MAX_VALUE; // the compiler may still be at work
            for (int round = 0; round < 30 && each != 0; round++) {
                long before = Allocations.soFar();
                for (int i = 0; i < 10_000; i++) {
                    exchange(ring, send, receive, data);
                }
                each = Math.min(each, (Allocations.soFar() - before) / 10_000); // not to the byte
            }
            assertEquals(0, each);
        }
    }

    private static void exchange(Ring ring, Send send, Receive receive, ByteBuffer data) throws IOException {
        send.start(data.rewind());
        boolean sent = false;
        boolean received = false;
        while (!sent || !received) {
            boolean ignored = ring.await(-1);
            for (Operation done = ring.next(); done != null; done = ring.next()) {
                sent |= done.equals(send);
                received |= done.equals(receive);
            }
        }
    }

    /** Of a descriptor that is no socket, too. */
    @Test
    void pollsAnyDescriptor() throws Exception {
        try (Ring ring = Rings.open();
                Ring watched = Rings.open()) {
            Poll poll = ring.poll((Descriptor) watched);
            poll.start(Linux.POLLIN);
            assertFalse(ring.await(1_000_000));
            assertTrue(poll.isActive());
        }
    }
}
