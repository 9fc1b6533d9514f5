package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A timeout that is changed while operations wait; that a shorter one ends each kind of them is in the matrix of waits. */
@Timeout(90)
@Tag("later")
class TimeoutChangeIT {
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final Duration LONG = Duration.ofSeconds(60);

    private interface Call {
        @Nullable
        Object on(Socket socket) throws Exception;
    }

    private interface Birth {
        Socket.Pair pair() throws IOException;
    }

    /** What receives, by a name. */
    private record Receive(String name, Call call) {}

    private static final List<Receive> RECEIVES = List.of(
            new Receive("recv", socket -> socket.recv(ByteBuffer.allocateDirect(3), 0)),
            new Receive("recv array", socket -> socket.recv(new byte[3], 0, 3, 0)),
            new Receive("read of two", socket ->
                    (int) socket.read(new ByteBuffer[] {ByteBuffer.allocate(1), ByteBuffer.allocate(2)})),
            new Receive("receiveMessage", socket -> {
                try (Message message = new Message().data(ByteBuffer.allocate(3))) {
                    return (int) socket.receiveMessage(message, 0);
                }
            }),
            new Receive(
                    "recv with MSG_WAITALL",
                    socket -> socket.recv(ByteBuffer.allocateDirect(3), io.sockfd.raw.Linux.MSG_WAITALL)));

    private static final List<Birth> BIRTHS = List.of(
            SocketIT::tcpPair,
            () -> Socket.pair(Domain.UNIX, SocketType.STREAM),
            () -> Socket.pair(Domain.UNIX, SocketType.DGRAM));

    private static CompletableFuture<Object> start(boolean virtual, Socket socket, Call call) {
        CompletableFuture<Object> result = new CompletableFuture<>();
        Runnable task = () -> {
            try {
                result.complete(call.on(socket));
            } catch (Throwable e) {
                result.complete(e);
            }
        };
        if (virtual) {
            Virtual.start(task);
        } else {
            new Thread(task).start();
        }
        return result;
    }

    private static Object get(CompletableFuture<Object> result) throws Exception {
        return result.get(30, TimeUnit.SECONDS);
    }

    private interface Check {
        void on(Socket.Pair pair, CompletableFuture<Object> result) throws Exception;
    }

    /** All receives on all kinds of socket and thread, at the same time: each waits for half a SHORT before the check. */
    private static void onAll(Duration first, Check check) throws Exception {
        List<CompletableFuture<Object>> all = new ArrayList<>();
        ExecutorService pool = Executors.newCachedThreadPool();
        for (Birth birth : BIRTHS) {
            for (Receive receive : RECEIVES) {
                for (boolean virtual : new boolean[] {false, true}) {
                    if (virtual && !Virtual.available()) {
                        continue;
                    }
                    all.add(CompletableFuture.supplyAsync(
                            () -> {
                                try (Socket.Pair pair = birth.pair()) {
                                    CompletableFuture<Object> result =
                                            start(virtual, pair.first().timeout(first), receive.call());
                                    Thread.sleep(SHORT.toMillis() / 2);
                                    check.on(pair, result);
                                    return "";
                                } catch (AssertionError e) {
                                    return receive.name() + ": " + e;
                                } catch (Exception e) {
                                    throw new IllegalStateException(receive.name(), e);
                                }
                            },
                            pool));
                }
            }
        }
        pool.shutdown();
        for (CompletableFuture<Object> each : all) {
            assertEquals("", get(each));
        }
    }

    @Test
    void aShorterTimeEndsTheWait() throws Exception {
        for (Duration first : List.of(Socket.BLOCKING, LONG)) {
            onAll(first, (pair, result) -> {
                pair.first().receiveTimeout(SHORT);
                assertInstanceOf(SocketTimeoutException.class, get(result));
            });
        }
    }

    @Test
    void aLongerTimeGoesOn() throws Exception {
        for (Duration next : List.of(LONG, Socket.BLOCKING)) {
            onAll(SHORT, (pair, result) -> {
                if (result.isDone()) {
                    return; // a busy machine: it was over before
                }
                pair.first().timeout(next);
                Thread.sleep(SHORT.toMillis() * 2);
                if (!(result.getNow("") instanceof SocketTimeoutException)) {
                    assertFalse(result.isDone());
                    pair.second().send(new byte[3], 0, 3, 0);
                    assertEquals(3, get(result));
                }
            });
        }
    }

    @Test
    void nonBlockingEndsTheWaitAsThatOfANonBlockingSocket() throws Exception {
        for (Duration first : List.of(Socket.BLOCKING, LONG)) {
            onAll(first, (pair, result) -> {
                pair.first().timeout(Socket.NON_BLOCKING);
                Object end = get(result);
                assertTrue(end.equals(Socket.WOULD_BLOCK) || end.equals(0), "ended with " + end); // 0 of read
            });
        }
    }

    @Test
    void theOtherDirectionDoesNotCount() throws Exception {
        onAll(Socket.BLOCKING, (pair, result) -> {
            pair.first().sendTimeout(Duration.ofMillis(1));
            Thread.sleep(SHORT.toMillis());
            assertFalse(result.isDone());
            pair.second().send(new byte[3], 0, 3, 0);
            assertEquals(3, get(result));
        });
    }

    @Test
    void eachDirectionHasItsOwn() throws IOException {
        try (Socket socket = Socket.tcp()) {
            assertEquals(
                    List.of(Socket.BLOCKING, Socket.BLOCKING), List.of(socket.receiveTimeout(), socket.sendTimeout()));
            socket.timeout(SHORT).sendTimeout(LONG);
            assertEquals(
                    List.of(SHORT, SHORT, LONG),
                    List.of(socket.timeout(), socket.receiveTimeout(), socket.sendTimeout()));
        }
    }

    @Test
    void acceptAndConnectWaitAsReceivesAndSends() throws Exception {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Socket listener = Socket.tcp().bind(loopback).listen()) {
            CompletableFuture<Object> accepted =
                    start(false, listener.sendTimeout(Duration.ofMillis(1)), Socket::accept);
            Thread.sleep(SHORT.toMillis());
            assertFalse(accepted.isDone());
            listener.receiveTimeout(SHORT);
            assertInstanceOf(SocketTimeoutException.class, get(accepted));
        }
        // a backlog of one place, which is taken
        try (Socket listener = Socket.tcp().bind(loopback).listen(0);
                Socket first = Socket.tcp();
                Socket second = Socket.tcp().sendTimeout(SHORT);
                Socket third = Socket.tcp().receiveTimeout(Duration.ofMillis(1))) {
            first.connect(listener.getLocalAddress());
            Object end = get(start(false, second, socket -> socket.connect(listener.getLocalAddress())));
            CompletableFuture<Object> connected =
                    start(false, third, socket -> socket.connect(listener.getLocalAddress()));
            Thread.sleep(SHORT.toMillis());
            if (end instanceof SocketTimeoutException) {
                assertFalse(connected.isDone());
                third.sendTimeout(SHORT);
                assertInstanceOf(SocketTimeoutException.class, get(connected));
            }
        }
    }

    /** Linux gives the attempt up when one direction is shut down: that is no connection, however the wait ends. */
    @Test
    void aConnectThatIsShutDownIsNoConnection() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> rounds = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int round = i;
            rounds.add(pool.submit(() -> connectIsShutDown(round)));
        }
        pool.shutdown();
        int waited = 0;
        for (Future<Boolean> round : rounds) {
            if (round.get(60, TimeUnit.SECONDS)) {
                waited++;
            }
        }
        assertTrue(waited > 0, "no connect has waited");
    }

    /** Whether the connect waited: with a backlog of one place, which is taken, it should. */
    private static boolean connectIsShutDown(int round) throws Exception {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Duration timeout = round % 2 == 0 ? Duration.ofSeconds(30) : Socket.BLOCKING;
        boolean virtual = round % 4 >= 2 && Virtual.available();
        try (Socket listener = Socket.tcp().bind(loopback).listen(0);
                Socket first = Socket.tcp();
                Socket second = Socket.tcp().sendTimeout(SHORT);
                Socket third = Socket.tcp().timeout(timeout)) {
            first.connect(listener.getLocalAddress());
            Object end = get(start(virtual, second, socket -> socket.connect(listener.getLocalAddress())));
            CompletableFuture<Object> connected =
                    start(virtual, third, socket -> socket.connect(listener.getLocalAddress()));
            Thread.sleep(5 + round);
            if (!(end instanceof SocketTimeoutException) || connected.isDone()) {
                return false;
            }
            shutDownOnceItConnects(third);
            assertInstanceOf(IOException.class, get(connected), "in round " + round);
            return true;
        }
    }

    /** A busy machine may not have begun to connect. */
    private static void shutDownOnceItConnects(Socket socket) throws Exception {
        for (int tries = 0; ; tries++) {
            try {
                socket.shutdown(Linux.SHUT_WR);
                return;
            } catch (ErrnoException e) {
                if (e.errno().value() != Linux.ENOTCONN || tries == 5_000) {
                    throw e;
                }
                Thread.sleep(1);
            }
        }
    }

    /** The bytes are on their way to a target that takes no more; the time is the source's. */
    @Test
    void aShorterTimeReachesASpliceThatWaitsForItsTarget() throws Exception {
        for (boolean virtual : new boolean[] {false, true}) {
            if (virtual && !Virtual.available()) {
                continue;
            }
            for (Duration before : List.of(Socket.BLOCKING, Duration.ofSeconds(60))) {
                try (Socket.Pair from = Socket.pair(Domain.UNIX, SocketType.STREAM);
                        Socket.Pair to = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
                    to.first().sendTimeout(Socket.NON_BLOCKING);
                    while (to.first().send(ByteBuffer.allocateDirect(65_536), 0) > 0) {
                        // until it is full
                    }
                    to.first().timeout(Socket.BLOCKING);
                    from.first().sendAll(ByteBuffer.allocate(1_000));
                    from.second().timeout(before);
                    CompletableFuture<Object> spliced =
                            start(virtual, from.second(), source -> source.spliceTo(to.first(), 1_000));
                    Thread.sleep(SHORT.toMillis());
                    assertFalse(spliced.isDone(), () -> "it is done: " + spliced.join());
                    from.second().timeout(SHORT);
                    assertInstanceOf(SocketTimeoutException.class, get(spliced));
                }
            }
        }
    }
}
