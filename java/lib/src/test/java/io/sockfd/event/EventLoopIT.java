package io.sockfd.event;

import static io.sockfd.raw.Linux.EPOLLIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Leg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@Tag("once")
@Tag("grid")
@ParameterizedClass
@EnumSource(Engine.class)
class EventLoopIT {
    private final Engine engine;
    private final EventLoop loop;
    private final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
    private final Thread thread;

    EventLoopIT(Engine engine) {
        this.engine = engine;
        loop = Loops.open(engine);
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
        thread.join(5000);
        assertFalse(thread.isAlive());
    }

    private static Socket listener() throws IOException {
        return Socket.tcp()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .listen();
    }

    private static void echo(Socket socket, ByteBuffer buffer) throws IOException {
        int received = socket.recv(buffer.clear(), 0);
        if (received == -1) {
            socket.close();
        } else if (received > 0) {
            socket.sendAll(buffer.flip());
        }
    }

    private void serveEcho(Socket listener) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1024);
        loop.accept(listener, socket -> loop.add(socket, EPOLLIN, (r, events) -> echo(socket, buffer)));
    }

    private static void talk(Socket client, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            ByteBuffer word = ByteBuffer.wrap(("word " + i).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            client.sendAll(word);
            ByteBuffer answer = ByteBuffer.allocate(word.capacity());
            client.recvExactly(answer);
            assertEquals(word.flip(), answer.flip());
        }
    }

    @Test
    void servesManyClients() throws Exception {
        Socket listener = listener();
        serveEcho(listener);
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Socket client = Socket.tcp().timeout(Duration.ofSeconds(10));
            clients.add(client);
            client.connect(listener.getLocalAddress());
        }
        for (Socket client : clients) {
            talk(client, 5);
        }
        for (Socket client : clients) {
            client.close();
        }
    }

    @Test
    void tasksRunInTheirOrder() throws Exception {
        List<Integer> seen = new ArrayList<>();
        CompletableFuture<Thread> last = new CompletableFuture<>();
        loop.execute(() -> {
            throw new IllegalStateException("one task that fails");
        });
        for (int i = 0; i < 5000; i++) {
            int number = i;
            loop.execute(() -> seen.add(number));
        }
        loop.execute(() -> last.complete(Thread.currentThread()));
        assertEquals(thread, last.get(5, TimeUnit.SECONDS));
        assertEquals(5000, seen.size());
        for (int i = 0; i < 5000; i++) {
            assertEquals(i, seen.get(i));
        }
    }

    @Test
    void timersKeepTheirTimesAndCanBeCancelled() throws Exception {
        List<String> seen = java.util.Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Long> fired = new CompletableFuture<>();
        long start = System.nanoTime();
        Timer never = loop.schedule(Duration.ofMillis(250), () -> seen.add("never"));
        loop.schedule(Duration.ofMillis(300), () -> fired.complete(System.nanoTime()));
        loop.schedule(Duration.ofMillis(30), () -> seen.add("second"));
        loop.schedule(Duration.ofMillis(10), () -> seen.add("first"));
        loop.schedule(Duration.ofDays(200_000), () -> seen.add("in 547 years"));
        never.cancel();
        assertTrue(fired.get(5, TimeUnit.SECONDS) - start >= 300_000_000);
        assertEquals(List.of("first", "second"), seen);

        AtomicInteger ticks = new AtomicInteger();
        CompletableFuture<Void> five = new CompletableFuture<>();
        Timer[] timer = new Timer[1];
        timer[0] = loop.scheduleEvery(Duration.ofMillis(5), () -> {
            if (ticks.incrementAndGet() == 5) {
                timer[0].cancel();
                five.complete(null);
            }
        });
        five.get(5, TimeUnit.SECONDS);
        TimeUnit.MILLISECONDS.sleep(30);
        assertEquals(5, ticks.get());
        assertThrows(IllegalArgumentException.class, () -> loop.scheduleEvery(Duration.ZERO, () -> {}));
    }

    @Test
    void aHandlerThatFailsLosesItsDescriptorAndNothingElse() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        loop.onFailure((descriptor, failure) -> {
            assertTrue(descriptor.isOpen());
            told.complete(failure);
            return true;
        });
        try (Socket.Pair bad = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Socket.Pair good = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            loop.add(bad.first(), EPOLLIN, (r, events) -> {
                throw new IllegalStateException("bad");
            });
            ByteBuffer buffer = ByteBuffer.allocate(64);
            loop.add(good.first().timeout(Duration.ZERO), EPOLLIN, (r, events) -> echo(good.first(), buffer));
            bad.second().send(ByteBuffer.wrap(new byte[1]), 0);
            assertEquals("bad", told.get(5, TimeUnit.SECONDS).getMessage());
            talk(good.second().timeout(Duration.ofSeconds(5)), 2);
        }
    }

    @Test
    void aGracefulStopServesWhoIsThere() throws Exception {
        Socket listener = listener();
        serveEcho(listener);
        try (Socket client = Socket.tcp().timeout(Duration.ofSeconds(5));
                Socket late = Socket.tcp().timeout(Duration.ofSeconds(5))) {
            client.connect(listener.getLocalAddress());
            talk(client, 1);
            java.net.SocketAddress address = listener.getLocalAddress();
            loop.stop(Duration.ofSeconds(30));
            CompletableFuture<Void> stopped = new CompletableFuture<>();
            loop.execute(() -> stopped.complete(null));
            stopped.get(5, TimeUnit.SECONDS);
            assertTrue(loop.isStopping());
            assertThrows(java.net.ConnectException.class, () -> late.connect(address));
            talk(client, 3);
            assertFalse(end.isDone());
        }
        assertNull(end.get(5, TimeUnit.SECONDS)); // the last one left
        assertThrows(RejectedExecutionException.class, () -> loop.execute(() -> {}));
    }

    @Test
    void aStopWithoutConnectionsDoesNotWaitForTheGrace() throws Exception {
        serveEcho(listener());
        loop.stop(Duration.ofSeconds(50));
        assertNull(end.get(5, TimeUnit.SECONDS));
    }

    @Test
    void theGraceEnds() throws Exception {
        Socket listener = listener();
        serveEcho(listener);
        try (Socket client = Socket.tcp().timeout(Duration.ofSeconds(5))) {
            client.connect(listener.getLocalAddress());
            talk(client, 1);
            loop.stop(Duration.ofMillis(50));
            assertNull(end.get(5, TimeUnit.SECONDS));
            assertEquals(-1, client.recv(ByteBuffer.allocate(1), 0));
        }
    }

    @Test
    void anInterruptEndsItAndItRunsOnce() throws Exception {
        CompletableFuture<Void> running = new CompletableFuture<>();
        loop.execute(() -> running.complete(null));
        running.get(5, TimeUnit.SECONDS);
        assertThrows(IllegalStateException.class, loop::run);
        thread.interrupt();
        assertInstanceOf(ClosedByInterruptException.class, end.get(5, TimeUnit.SECONDS));
    }

    @Test
    void outOfDescriptorsItServesOnWaitsAndRecovers() throws Exception {
        Leg.Result result = Leg.run(
                List.of(Loops.option(engine)), OutOfDescriptors.class.getName(), Leg.isLong() ? "all" : "short");
        assertEquals(0, result.status(), result.output());
        System.out.print(result.output());
    }
}
