package io.sockfd.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.DescriptorGuard;
import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Each operation in flight, on each kind of socket, under each way in which it may end: then a peer sees the end of the stream, a
 * port can be bound again, the buffers are all there, and no number is left open.
 */
@Timeout(120)
@Tag("grid")
@Tag("later")
class EndingsIT {
    private static final int BUFFERS = 4;
    private static final int SIZE = 256;
    private static final Duration LIMIT = Duration.ofMillis(20);

    /** The table that is printed: each cell had its FIN, its port and its buffers. */
    private static final Map<String, Set<Ending>> ENDED = new TreeMap<>();

    private enum Ending {
        CANCEL,
        CLOSE_HERE,
        CLOSE_ELSEWHERE,
        RING_CLOSE_HERE,
        RING_CLOSE_ELSEWHERE,
        INTERRUPT,
        /** Its own, a linked timeout. */
        LIMIT
    }

    @TestFactory
    Stream<DynamicTest> endings() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Flight what : Flight.values()) {
            for (Scene.Kind kind : Scene.Kind.values()) {
                for (Ending ending : Ending.values()) {
                    if (what.applies(kind) && applies(what, ending)) {
                        tests.add(DynamicTest.dynamicTest(
                                what + " on " + kind + ", " + ending, () -> end(what, kind, ending)));
                    }
                }
            }
        }
        return tests.stream();
    }

    private static boolean applies(Flight what, Ending ending) {
        return ending == Ending.LIMIT
                ? what.canBeLimited()
                : !endsRing(ending) || what != Flight.SEND_ZERO_COPY || Leg.isLong();
    }

    /** A ring waits for memory that the kernel still sends from, and this peer does not read. */
    private static boolean endsRing(Ending ending) {
        return ending == Ending.RING_CLOSE_HERE || ending == Ending.RING_CLOSE_ELSEWHERE || ending == Ending.INTERRUPT;
    }

    @AfterAll
    static void print() {
        ENDED.forEach((row, endings) -> System.out.println("ended as it should, " + row + ": " + endings));
    }

    /** Again where the port is in use afterwards: another process may have got it meanwhile, but hardly twice. */
    private static void end(Flight what, Scene.Kind kind, Ending ending) throws Exception {
        try {
            endOnce(what, kind, ending);
        } catch (BindException e) {
            endOnce(what, kind, ending);
        }
    }

    private static void endOnce(Flight what, Scene.Kind kind, Ending ending) throws Exception {
        Map<Integer, String> before = DescriptorGuard.open();
        try (Scene scene = Scene.of(what, kind)) {
            CompletableFuture<Void> served = new CompletableFuture<>();
            CompletableFuture<Ring> inFlight = new CompletableFuture<>();
            Thread mine = new Thread(() -> {
                try {
                    serve(what, scene, ending, inFlight);
                    served.complete(null);
                } catch (Throwable e) {
                    inFlight.completeExceptionally(e);
                    served.completeExceptionally(e);
                }
            });
            mine.start();
            Ring ring = inFlight.get(30, TimeUnit.SECONDS);
            switch (ending) {
                case CLOSE_ELSEWHERE -> scene.socket().close();
                case RING_CLOSE_ELSEWHERE -> ring.close();
                case INTERRUPT -> mine.interrupt();
                default -> {}
            }
            served.get(30, TimeUnit.SECONDS);
            mine.join();
            assertFalse(ring.isOpen());
            boolean ofTheSocket = ending == Ending.CLOSE_HERE || ending == Ending.CLOSE_ELSEWHERE;
            assertEquals(!ofTheSocket, scene.socket().isOpen());
            scene.socket().close(); // nothing of the ring's holds it any more
            seeTheEnd(what, scene);
        }
        Map<Integer, String> after = DescriptorGuard.open();
        after.keySet().removeAll(before.keySet());
        after.keySet().removeAll(DescriptorGuard.pooled());
        assertEquals(Map.of(), after);
        ENDED.computeIfAbsent(what + " on " + kind, row -> EnumSet.noneOf(Ending.class))
                .add(ending);
    }

    private static void seeTheEnd(Flight what, Scene scene) throws IOException {
        Socket peer = scene.peer();
        if (peer != null && !peer.type().equals(SocketType.DGRAM)) {
            peer.timeout(Duration.ofSeconds(10));
            ByteBuffer into = ByteBuffer.allocateDirect(1 << 20);
            int received = peer.recv(into, 0);
            while (received > 0) { // what a send had got rid of
                received = peer.recv(into.clear(), 0);
            }
            assertEquals(-1, received);
        }
        if (scene.bound() != null && what != Flight.CONNECT) {
            try (Socket again =
                    Socket.open(scene.socket().domain(), scene.socket().type())) {
                again.setOption(SocketOptions.SO_REUSEADDR, false);
                again.bind(scene.bound());
            }
        }
    }

    /** On the ring's thread. */
    private static void serve(Flight what, Scene scene, Ending ending, CompletableFuture<Ring> inFlight)
            throws Exception {
        try (Ring ring = Rings.open()) {
            BufferRing buffers = ring.buffers(BUFFERS, SIZE);
            Operation operation = what.start(scene, ring, buffers, ending == Ending.LIMIT ? LIMIT : null);
            if (what.isSubmitted()) {
                boolean early = ring.await(0);
                assertFalse(early);
            }
            assertTrue(operation.isActive());
            switch (ending) {
                case CANCEL -> operation.cancel();
                case CLOSE_HERE -> scene.socket().close();
                case RING_CLOSE_HERE -> {
                    close(ring);
                    assertFalse(operation.isActive());
                    assertThrows(ClosedChannelException.class, ring::next);
                    assertThrows(ClosedChannelException.class, operation::cancel);
                }
                default -> {}
            }
            inFlight.complete(ring);
            if (ending == Ending.RING_CLOSE_HERE) {
                return;
            } else if (ending == Ending.RING_CLOSE_ELSEWHERE || ending == Ending.INTERRUPT) {
                assertThrows(ClosedChannelException.class, () -> {
                    while (true) {
                        boolean ignored = ring.await(-1);
                    }
                });
                assertFalse(operation.isActive());
                return;
            }
            if (what == Flight.SEND_ZERO_COPY) {
                assertEquals(operation, Rings.next(ring));
                assertTrue(operation.isActive());
                seeTheNotification(scene, ring, operation);
            }
            while (operation.isActive()) {
                assertEquals(operation, Rings.next(ring));
            }
            int result = operation.result();
            assertTrue(
                    result == -Linux.ECANCELED || what.mayBeDone() || result == -Linux.EINTR, () -> "result " + result);
            assertEquals(0, ring.inFlight());
            if (scene.socket().isOpen()) {
                allBuffersAreThere(ring, buffers);
            }
        }
        assertFalse(Thread.interrupted() && ending != Ending.INTERRUPT);
    }

    /** It comes when the peer has read what the kernel sends from our memory, the close of the socket or not. */
    private static void seeTheNotification(Scene scene, Ring ring, Operation operation) throws IOException {
        Socket peer = Objects.requireNonNull(scene.peer());
        ByteBuffer into = ByteBuffer.allocateDirect(1 << 20);
        int left = operation.result();
        assertTrue(left > 0);
        peer.timeout(Duration.ofSeconds(10));
        while (left > 0) {
            left -= peer.recv(into.clear(), 0);
        }
        assertEquals(operation, Rings.next(ring));
        assertFalse(operation.isActive());
    }

    private static void close(Ring ring) throws IOException {
        ring.close();
    }

    private static void allBuffersAreThere(Ring ring, BufferRing buffers) throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.SEQPACKET)) {
            Receive receive = ring.receive(pair.first(), buffers);
            receive.startMultishot();
            for (int i = 0; i < BUFFERS; i++) {
                assertEquals(1, pair.second().send(ByteBuffer.allocateDirect(1), 0));
                assertEquals(receive, Rings.next(ring));
                assertEquals(1, receive.result());
                long kept = receive.keep();
                assertTrue(kept >= 0);
            }
            assertEquals(1, pair.second().send(ByteBuffer.allocateDirect(1), 0));
            assertEquals(receive, Rings.next(ring));
            assertEquals(-Linux.ENOBUFS, receive.result());
        }
    }

    /** Nobody can ask the kernel to cancel then; the sockets must still end, and the descriptors be there again. */
    @Test
    void aRingWhoseThreadHasDiedIsClosedByAnother() throws Exception {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            CompletableFuture<Ring> left = new CompletableFuture<>();
            Thread mine = new Thread(() -> {
                try {
                    Ring ring = Rings.open();
                    ring.receive(pair.first(), ring.buffers(1, 64)).startMultishot();
                    boolean ignored = ring.await(0);
                    left.complete(ring);
                } catch (Throwable e) {
                    left.completeExceptionally(e);
                }
            });
            mine.start();
            Ring ring = left.get(30, TimeUnit.SECONDS);
            mine.join();
            ring.close();
            pair.first().close();
            pair.second().timeout(Duration.ofSeconds(10));
            assertEquals(-1, pair.second().recv(ByteBuffer.allocateDirect(1), 0));
        }
    }

    /** As when somebody forgets it. */
    @Test
    void aRingThatIsGarbageIsClosed() throws Exception {
        Map<Integer, String> before = DescriptorGuard.open();
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            forget(pair.first());
            Rings.until(
                    () -> {
                        System.gc();
                        return rings(DescriptorGuard.open()) <= rings(before);
                    },
                    "the ring is still open");
            pair.first().close();
            pair.second().timeout(Duration.ofSeconds(10));
            assertEquals(-1, pair.second().recv(ByteBuffer.allocateDirect(1), 0));
        }
    }

    private static long rings(Map<Integer, String> open) {
        return open.values().stream().filter(what -> what.contains("io_uring")).count();
    }

    private static void forget(Socket socket) throws IOException {
        Ring ring = Rings.open();
        ring.receive(socket, ring.buffers(1, 64)).startMultishot();
        assertFalse(ring.await(0));
    }
}
