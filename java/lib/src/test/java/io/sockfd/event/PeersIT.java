package io.sockfd.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Allocations;
import io.sockfd.Domain;
import io.sockfd.Linger;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What handlers of bytes are promised, on each engine. */
@Timeout(60)
@Tag("once")
@ParameterizedClass
@EnumSource(Engine.class)
class PeersIT {
    private static final int MEGABYTE = 1 << 20;
    private static final int WARM = 15_000;
    private static final int MEASURED = 5_000;
    private static final int ROUNDS = 5;

    private final EventLoop loop;
    private final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
    private final Thread thread;

    PeersIT(Engine engine) {
        loop = Loops.open(engine);
        assertEquals(engine, loop.engine());
        thread = new Thread(() -> {
            try {
                loop.run();
                end.complete(null);
            } catch (Throwable e) {
                end.complete(e);
            }
        });
    }

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void close() throws Exception {
        loop.close();
        thread.join(10_000);
        assertFalse(thread.isAlive());
    }

    private static Socket.Pair pair() throws IOException {
        Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
        pair.second().timeout(Duration.ofSeconds(20));
        return pair;
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(Socket from, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        from.recvExactly(into);
        return into.array();
    }

    @Test
    void echoesMuchToMany() throws Exception {
        try (Socket listener = Socket.tcp()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .listen()) {
            loop.accept(listener, socket -> loop.serve(socket, Peer::send));
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                byte[] bytes = random(100_000 + 7 * i, i);
                Socket client = Socket.tcp().timeout(Duration.ofSeconds(20));
                client.connect(listener.getLocalAddress());
                clients.add(CompletableFuture.runAsync(() -> {
                    try (client) {
                        for (int at = 0; at < bytes.length; at += 5000) {
                            int length = Math.min(5000, bytes.length - at);
                            client.sendAll(ByteBuffer.wrap(bytes, at, length));
                        }
                        assertArrayEquals(bytes, read(client, bytes.length));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            for (CompletableFuture<Void> client : clients) {
                client.get(40, TimeUnit.SECONDS);
            }
        }
    }

    /** More than the kernel takes at once, in pieces of all sizes. */
    @Test
    void sendsAllInOrderAndThenFinishes() throws Exception {
        byte[] bytes = random(4 * MEGABYTE, 1);
        CompletableFuture<Long> waited = new CompletableFuture<>();
        try (Socket.Pair pair = pair()) {
            Peer peer = loop.serve(pair.first(), (p, data) -> {
                ByteBuffer all = ByteBuffer.wrap(bytes);
                Random sizes = new Random(2);
                while (all.position() < bytes.length) {
                    int length = Math.min(bytes.length - all.position(), sizes.nextInt(50_000));
                    ByteBuffer piece = all.slice(all.position(), length);
                    p.send(piece);
                    assertFalse(piece.hasRemaining());
                    all.position(all.position() + length);
                }
                waited.complete(p.unsent());
                p.finish();
                assertThrows(IllegalStateException.class, () -> p.send(ByteBuffer.allocate(1)));
            });
            pair.second().sendAll(ByteBuffer.wrap(new byte[1]));
            assertTrue(waited.get(20, TimeUnit.SECONDS) > 0);
            assertArrayEquals(bytes, read(pair.second(), bytes.length));
            assertEquals(-1, pair.second().recv(ByteBuffer.allocate(1), 0));
            assertFalse(peer.socket().isOpen());
        }
    }

    @Test
    void tellsWhenAllIsSent() throws Exception {
        CompletableFuture<Long> sent = new CompletableFuture<>();
        try (Socket.Pair pair = pair()) {
            loop.serve(pair.first(), new PeerHandler() {
                @Override
                public void received(Peer peer, ByteBuffer data) throws IOException {
                    peer.send(ByteBuffer.allocate(2 * MEGABYTE));
                }

                @Override
                public void sent(Peer peer) {
                    sent.complete(peer.unsent());
                }
            });
            pair.second().sendAll(ByteBuffer.wrap(new byte[1]));
            byte[] ignored = read(pair.second(), 2 * MEGABYTE);
            assertEquals(0, sent.get(20, TimeUnit.SECONDS));
        }
    }

    /** A peer that is not read has to wait, and goes on afterwards. */
    @Test
    void aPauseLeavesBytesInTheKernel() throws Exception {
        AtomicLong received = new AtomicLong();
        CompletableFuture<Peer> served = new CompletableFuture<>();
        try (Socket.Pair pair = pair()) {
            loop.serve(pair.first(), (peer, data) -> {
                if (received.getAndAdd(data.remaining()) == 0) {
                    peer.pause();
                    served.complete(peer);
                }
            });
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                try {
                    pair.second().sendAll(ByteBuffer.wrap(random(4 * MEGABYTE, 3)));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            Peer peer = served.get(20, TimeUnit.SECONDS);
            TimeUnit.MILLISECONDS.sleep(100);
            assertFalse(sender.isDone());
            long held = received.get();
            TimeUnit.MILLISECONDS.sleep(100);
            assertEquals(held, received.get());
            assertTrue(held < 2 * MEGABYTE, held + " bytes came in spite of it");
            loop.execute(() -> {
                try {
                    peer.resume();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            sender.get(20, TimeUnit.SECONDS);
            for (int i = 0; received.get() < 4 * MEGABYTE && i < 10_000; i++) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            assertEquals(4 * MEGABYTE, received.get());
        }
    }

    /** The end of what a peer sends is not the end of what it gets. */
    @Test
    void anEndOfStreamCanBeAnswered() throws Exception {
        try (Socket.Pair pair = pair()) {
            ByteBuffer gathered = ByteBuffer.allocate(64);
            loop.serve(pair.first(), new PeerHandler() {
                @Override
                public void received(Peer peer, ByteBuffer data) {
                    gathered.put(data);
                }

                @Override
                public void ended(Peer peer) throws IOException {
                    peer.send(gathered.flip());
                    peer.finish();
                }
            });
            pair.second().sendAll(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            pair.second().shutdown(Linux.SHUT_WR);
            assertArrayEquals(new byte[] {1, 2, 3}, read(pair.second(), 3));
            assertEquals(-1, pair.second().recv(ByteBuffer.allocate(1), 0));
        }
    }

    @Test
    void aCloseElsewhereEndsItAndOnlyIt() throws Exception {
        CompletableFuture<Peer> first = new CompletableFuture<>();
        try (Socket.Pair pair = pair();
                Socket.Pair other = pair()) {
            loop.serve(pair.first(), (peer, data) -> first.complete(peer));
            loop.serve(other.first(), Peer::send);
            pair.second().sendAll(ByteBuffer.wrap(new byte[1]));
            Peer peer = first.get(20, TimeUnit.SECONDS);
            pair.first().close();
            assertEquals(-1, pair.second().recv(ByteBuffer.allocate(1), 0));
            CompletableFuture<Throwable> refused = new CompletableFuture<>();
            loop.execute(() -> refused.complete(
                    assertThrows(ClosedChannelException.class, () -> peer.send(ByteBuffer.allocate(1)))));
            assertTrue(refused.get(20, TimeUnit.SECONDS) instanceof ClosedChannelException);
            other.second().sendAll(ByteBuffer.wrap(new byte[] {5}));
            assertEquals(5, read(other.second(), 1)[0]);
        }
    }

    @Test
    void aResetIsToldAndClosesTheConnection() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        loop.onFailure((descriptor, failure) -> {
            told.complete(failure);
            return true;
        });
        CompletableFuture<Socket> accepted = new CompletableFuture<>();
        try (Socket listener = Socket.tcp()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .listen()) {
            loop.accept(listener, socket -> {
                loop.serve(socket, Peer::send);
                accepted.complete(socket);
            });
            Socket socket;
            try (Socket client = Socket.tcp()) {
                client.connect(listener.getLocalAddress());
                socket = accepted.get(20, TimeUnit.SECONDS);
                client.setOption(SocketOptions.SO_LINGER, new Linger(true, 0));
            }
            assertTrue(told.get(20, TimeUnit.SECONDS).toString().contains("ECONNRESET"));
            for (int i = 0; socket.isOpen() && i < 10_000; i++) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            assertFalse(socket.isOpen());
        }
    }

    @Test
    void aHandlerThatFailsLosesItsConnection() throws Exception {
        try (Socket.Pair pair = pair();
                Socket.Pair kept = pair()) {
            CountDownLatch both = new CountDownLatch(2);
            loop.onFailure((descriptor, failure) -> {
                both.countDown();
                return descriptor.equals(pair.first());
            });
            for (Socket.Pair each : List.of(pair, kept)) {
                loop.serve(each.first(), (peer, data) -> {
                    if (data.get(0) == 0) {
                        throw new StackOverflowError("test");
                    }
                    peer.send(data);
                });
                each.second().sendAll(ByteBuffer.wrap(new byte[1]));
            }
            assertEquals(-1, pair.second().recv(ByteBuffer.allocate(1), 0));
            assertTrue(both.await(20, TimeUnit.SECONDS));
            kept.second().sendAll(ByteBuffer.wrap(new byte[] {1}));
            assertEquals(1, read(kept.second(), 1)[0]);
        }
    }

    @Test
    void aStopServesPeersUntilTheyLeave() throws Exception {
        try (Socket.Pair pair = pair()) {
            loop.serve(pair.first(), Peer::send);
            loop.stop(Duration.ofSeconds(40));
            pair.second().sendAll(ByteBuffer.wrap(new byte[] {1}));
            assertEquals(1, read(pair.second(), 1)[0]);
            assertFalse(end.isDone());
            pair.second().shutdown(Linux.SHUT_WR);
            assertNull(end.get(20, TimeUnit.SECONDS));
        }
    }

    /** Nothing comes, so nobody else wakes the loop. */
    @Test
    void aCloseElsewhereEndsAStop() throws Exception {
        try (Socket.Pair pair = pair();
                Socket.Pair quiet = pair()) {
            Peer paused = loop.serve(pair.first(), Peer::send);
            loop.add(quiet.first(), Linux.EPOLLIN, (registration, events) -> {});
            CountDownLatch set = new CountDownLatch(1);
            loop.execute(() -> {
                try {
                    paused.pause();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                set.countDown();
            });
            assertTrue(set.await(20, TimeUnit.SECONDS));
            loop.stop(Duration.ofSeconds(100));
            quiet.first().close();
            Thread.sleep(50); // the loop waits again
            assertFalse(end.isDone());
            pair.first().close();
            assertNull(end.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void theCloseOfTheLoopClosesThem() throws Exception {
        try (Socket.Pair pair = pair()) {
            loop.serve(pair.first(), Peer::send);
            pair.second().sendAll(ByteBuffer.wrap(new byte[] {1}));
            assertEquals(1, read(pair.second(), 1)[0]);
            loop.close();
            assertEquals(-1, pair.second().recv(ByteBuffer.allocate(1), 0));
            assertNull(end.get(20, TimeUnit.SECONDS));
            assertThrows(ClosedChannelException.class, () -> loop.serve(pair.first(), Peer::send));
        }
    }

    @Test
    void nothingIsAllocatedForAnAnswer() throws Exception {
        assumeTrue(Leg.allocatesNothing(), "jnr-ffi allocates");
        long[] allocated = new long[ROUNDS + 1]; // so far, after each round
        int[] seen = new int[1];
        try (Socket.Pair pair = pair()) {
            loop.serve(pair.first(), (peer, data) -> {
                peer.send(data);
                int measured = ++seen[0] - WARM;
                if (measured >= 0 && measured % MEASURED == 0) {
                    allocated[measured / MEASURED] = Allocations.soFar(); // of the loop's thread
                }
            });
            ByteBuffer bytes = ByteBuffer.allocateDirect(64);
            for (int i = 0;
                    i <= WARM + ROUNDS * MEASURED;
                    i++) { // the last answer says that the handler before it is done
                pair.second().sendAll(bytes.clear());
                pair.second().recvExactly(bytes.clear());
            }
        }
        // compilers come and go on a busy machine: the best round, and not to the byte
        assertEquals(
                0,
                IntStream.range(0, ROUNDS)
                                .mapToLong(i -> allocated[i + 1] - allocated[i])
                                .min()
                                .orElseThrow()
                        / MEASURED);
    }
}
