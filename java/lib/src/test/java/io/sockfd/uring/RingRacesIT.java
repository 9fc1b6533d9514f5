package io.sockfd.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Descriptor;
import io.sockfd.DescriptorGuard;
import io.sockfd.Domain;
import io.sockfd.Linger;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes while its operation is cancelled, or its socket closed, arrives once or not at all, and nothing is left over. */
@Timeout(300)
@Tag("grid")
@Tag("later")
class RingRacesIT {
    private static final byte POISON = 0x55;
    private static final int ROUNDS = Leg.isLong() ? 10_000 : 2_000;
    private static final int RACES = Leg.isLong() ? 1_000_000 : 20_000;

    /** Ten million in an hour: {@code -Dsockfd.connections=10000000}. */
    private static final int CONNECTIONS = Integer.getInteger("sockfd.connections", Leg.isLong() ? 100_000 : 10_000);

    /** Bytes in a row, never the poison, that each receive sees where the last one ended. */
    private static byte at(long position) {
        return (byte) (position % 80);
    }

    @Test
    void nothingIsLostOrTwiceWhenACancelMeetsACompletion() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                try {
                    ByteBuffer one = ByteBuffer.allocateDirect(1);
                    for (long i = 0; i < RACES; i++) {
                        one.put(0, at(i)).rewind();
                        assertEquals(1, pair.second().send(one, 0));
                        if (i % 7 == 0) {
                            LockSupport.parkNanos(1);
                        }
                    }
                    Socket ignored = pair.second().shutdown(Linux.SHUT_WR);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            Receive receive = ring.receive(pair.first(), ring.buffers(4, 16));
            long received = 0;
            long cancelled = 0;
            boolean over = false;
            for (long round = 0; !over; round++) {
                if (!receive.isActive()) {
                    if (round % 2 == 0) {
                        receive.start();
                    } else {
                        receive.startMultishot();
                    }
                }
                boolean some = ring.await(round % 3 == 0 ? 0 : 20_000);
                if (!some && receive.isActive()) {
                    receive.cancel();
                    some = ring.await(Rings.LONG);
                }
                for (Operation done = ring.next(); done != null; done = ring.next()) {
                    if (receive.result() > 0) {
                        ByteBuffer data = receive.data();
                        for (int i = 0; i < data.limit(); i++) {
                            assertEquals(at(received++), data.get(i));
                            data.put(i, POISON); // whoever finds that has a buffer that nothing was received into
                        }
                    } else if (receive.result() == 0) {
                        over = true;
                    } else {
                        assertTrue(
                                receive.result() == -Linux.ECANCELED || receive.result() == -Linux.ENOBUFS,
                                () -> "result " + receive.result());
                        cancelled++;
                    }
                }
            }
            sender.get(30, TimeUnit.SECONDS);
            assertEquals(RACES, received);
            assertEquals(0, ring.inFlight());
            System.out.printf("%d bytes received, %d receives cancelled%n", received, cancelled);
        }
    }

    /** The control: whoever gives a buffer back before it was read finds what came later. */
    @Test
    void aBufferThatGoesBackEarlyIsCaught() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            Receive receive = ring.receive(pair.first(), ring.buffers(1, 16));
            int caught = 0;
            for (int i = 0; i < 100; i++) {
                assertEquals(1, pair.second().send(ByteBuffer.wrap(new byte[] {at(i)}), 0));
                receive.start();
                assertEquals(receive, Rings.next(ring));
                ByteBuffer data = receive.data();
                receive.giveBack();
                assertEquals(1, pair.second().send(ByteBuffer.wrap(new byte[] {POISON}), 0));
                receive.start();
                assertTrue(ring.await(Rings.LONG));
                caught += data.get(0) == at(i) ? 0 : 1;
                assertEquals(receive, ring.next());
            }
            assertEquals(100, caught);
        }
    }

    /** Whoever closes does so while the ring's thread is somewhere in its turn. */
    @Test
    void closesFromElsewhereLeaveNothing() throws Exception {
        Map<Integer, String> before = DescriptorGuard.open();
        try (Ring ring = Rings.open()) {
            BufferRing buffers = ring.buffers(16, 16);
            for (int i = 0; i < ROUNDS / 10; i++) {
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Receive receive = ring.receive(pair.first(), buffers);
                Send send = ring.send(pair.first());
                receive.startMultishot();
                send.start(ByteBuffer.allocateDirect(3));
                CompletableFuture<Void> closer = CompletableFuture.runAsync(() -> {
                    try {
                        pair.close();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
                while (receive.isActive() || send.isActive()) {
                    Operation ignored = Rings.next(ring);
                }
                closer.get(30, TimeUnit.SECONDS);
                assertFalse(pair.isOpen());
            }
            assertEquals(0, ring.inFlight());
        }
        assertNothingIsLeft(before);
    }

    private static void assertNothingIsLeft(Map<Integer, String> before) throws IOException {
        Map<Integer, String> after = DescriptorGuard.open();
        after.keySet().removeAll(before.keySet());
        after.keySet().removeAll(DescriptorGuard.pooled());
        assertEquals(Map.of(), after);
    }

    /** Connections that come, say something, are answered, and go: sixteen at once. */
    @Test
    void connectionsComeAndGo() throws Exception {
        Map<Integer, String> before = DescriptorGuard.open();
        try (Ring ring = Rings.open();
                Socket listener = Rings.listener()) {
            BufferRing buffers = ring.buffers(64, 64);
            Accept accept = ring.accept(listener);
            accept.startMultishot();
            Churn churn = new Churn(ring, buffers, Rings.address(listener), CONNECTIONS);
            for (int i = 0; i < 16; i++) {
                churn.begin();
            }
            while (churn.ended < CONNECTIONS) {
                Operation done = Rings.next(ring);
                if (done.equals(accept)) {
                    churn.accepted(accept.socket());
                    assertTrue(accept.isActive());
                } else {
                    churn.completed(done);
                }
            }
            accept.cancel();
            while (ring.inFlight() > 0) { // the servers' sides see the end of their streams, too
                Operation done = Rings.next(ring);
                if (!done.equals(accept)) {
                    churn.completed(done);
                }
            }
        }
        assertNothingIsLeft(before);
    }

    private static final class Churn {
        private final Ring ring;
        private final BufferRing buffers;
        private final InetSocketAddress server;
        private int left;
        int ended;

        Churn(Ring ring, BufferRing buffers, InetSocketAddress server, int count) {
            this.ring = ring;
            this.buffers = buffers;
            this.server = server;
            left = count;
        }

        void begin() throws IOException {
            if (left-- > 0) {
                Socket client = Socket.tcp();
                client.setOption(SocketOptions.SO_LINGER, new Linger(true, 0)); // no port stays in TIME_WAIT
                Connect connect = ring.connect(client);
                connect.attach(client);
                connect.start(server);
            }
        }

        void accepted(Socket socket) throws IOException {
            new Side(socket, true).receive.startMultishot();
        }

        void completed(Operation done) throws IOException {
            if (done instanceof Connect connect) {
                assertEquals(0, connect.check());
                Side side = new Side((Socket) Objects.requireNonNull(connect.attachment()), false);
                side.receive.startMultishot();
                side.send.start(ByteBuffer.allocateDirect(64));
                return;
            }
            Side side = (Side) Objects.requireNonNull(done.attachment());
            if (done.result() <= 0) {
                side.socket.close();
            } else if (done instanceof Receive receive) {
                side.received(receive);
            }
        }

        private final class Side {
            final Descriptor socket;
            final Receive receive;
            final Send send;
            private final boolean answers;
            private int received;

            Side(Socket socket, boolean answers) {
                this.socket = socket;
                this.answers = answers;
                receive = ring.receive(socket, buffers);
                send = ring.send(socket);
                receive.attach(this);
                send.attach(this);
            }

            void received(Receive done) throws IOException {
                received += done.result();
                if (answers) {
                    send.start(done);
                } else if (received == 64) {
                    socket.close();
                    ended++;
                    begin();
                }
            }
        }
    }
}
