package io.sockfd.event;

import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLONESHOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Descriptor;
import io.sockfd.Domain;
import io.sockfd.ErrnoException;
import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.packet.PacketBuilder;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One peer, and one failing handler, end neither an event loop nor a socket that others use. */
@Timeout(60)
@Tag("once")
@ParameterizedClass
@EnumSource(Engine.class)
class HandlerFailureIT {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final List<Supplier<Throwable>> FAILURES = List.of(
            () -> new IOException("test"),
            () -> new IllegalStateException("test"),
            () -> new StackOverflowError("test"),
            () -> new OutOfMemoryError("test"),
            () -> new AssertionError("test"));

    @TempDir
    private Path temporary = Path.of("");

    private final Engine engine;
    private final EventLoop loop;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final Thread thread;

    HandlerFailureIT(Engine engine) {
        this.engine = engine;
        loop = Loops.open(engine);
        thread = new Thread(() -> {
            try {
                loop.run();
                end.complete("stopped");
            } catch (Throwable e) {
                end.complete(e.toString());
            }
        });
    }

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void stop() throws Exception {
        assertTrue(thread.isAlive(), () -> "the loop has ended: " + end.getNow("?"));
        loop.close();
        thread.join(10_000);
    }

    /** Throws anything from a handler: errors do not need to be declared. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    private static void raise(Throwable failure) {
        HandlerFailureIT.<RuntimeException>sneak(failure);
    }

    /** A descriptor that is ready, what keeps it so, and whether it is a connection. */
    private record Case(String name, Descriptor descriptor, List<AutoCloseable> others, boolean connection) {}

    private List<Case> cases() throws Exception {
        List<Case> cases = new ArrayList<>();
        for (SocketType type : List.of(SocketType.STREAM, SocketType.SEQPACKET, SocketType.DGRAM)) {
            Socket.Pair pair = Socket.pair(Domain.UNIX, type);
            pair.second().send(ByteBuffer.wrap(new byte[1]), 0);
            cases.add(new Case("pair " + type, pair.first(), List.of(pair.second()), !type.equals(SocketType.DGRAM)));
        }
        Socket udp = Socket.udp().bind(LOOPBACK);
        udp.sendTo(ByteBuffer.wrap(new byte[1]), udp.getLocalAddress(), 0);
        cases.add(new Case("udp", udp, List.of(), false));
        Socket connected = Socket.udp().bind(LOOPBACK);
        connected.connect(connected.getLocalAddress());
        connected.send(ByteBuffer.wrap(new byte[1]), 0);
        cases.add(new Case("connected udp", connected, List.of(), false));
        Socket listener = Socket.tcp().bind(LOOPBACK).listen();
        Socket client = Socket.tcp();
        client.connect(listener.getLocalAddress());
        cases.add(new Case("tcp listener", listener, List.of(client), false));
        Socket path = Socket.unixStream()
                .bind(UnixDomainSocketAddress.of(temporary.resolve("l" + System.nanoTime())))
                .listen();
        Socket pathClient = Socket.unixStream();
        pathClient.connect(path.getLocalAddress());
        cases.add(new Case("unix listener", path, List.of(pathClient), false));
        Socket end = Socket.tcp().bind(LOOPBACK).listen();
        Socket tcp = Socket.tcp();
        tcp.connect(end.getLocalAddress());
        Socket accepted = Objects.requireNonNull(end.accept());
        tcp.send(ByteBuffer.wrap(new byte[1]), 0);
        cases.add(new Case("tcp", accepted, List.of(tcp, end), true));
        cases.add(new Case("eventfd", EventFd.open(1), List.of(), false));
        TimerFd timer = TimerFd.open(TimerClock.MONOTONIC);
        timer.set(Duration.ofNanos(1));
        cases.add(new Case("timerfd", timer, List.of(), false));
        return cases;
    }

    @Test
    void connectionsAreClosedAndAllElseGoesOn() throws Exception {
        int rows = 0;
        for (Supplier<Throwable> failure : FAILURES) {
            for (Case one : cases()) {
                AtomicInteger calls = new AtomicInteger();
                CompletableFuture<Void> second = new CompletableFuture<>();
                CompletableFuture<Registration> registration = new CompletableFuture<>();
                loop.execute(() -> registration.complete(add(one.descriptor, () -> {
                    if (calls.incrementAndGet() == 2) {
                        second.complete(null);
                    }
                    raise(failure.get());
                })));
                String row = one.name + ", " + failure.get();
                if (one.connection) {
                    awaitClosed(one.descriptor, row);
                } else {
                    second.get(20, TimeUnit.SECONDS); // called again, though it failed
                    assertTrue(
                            one.descriptor.isOpen()
                                    && registration.get(20, TimeUnit.SECONDS).isValid(),
                            row);
                }
                one.descriptor.close();
                for (AutoCloseable other : one.others) {
                    other.close();
                }
                rows++;
            }
        }
        System.out.println("failures of handlers: " + rows + " rows");
    }

    /** On the loop's thread: elsewhere a handler may be faster than what add() returns. */
    private Registration add(Descriptor descriptor, Runnable handler) {
        try {
            return loop.add(descriptor, EPOLLIN, (r, events) -> handler.run());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitClosed(Descriptor descriptor, String row) throws InterruptedException {
        for (int i = 0; descriptor.isOpen() && i < 20_000; i++) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertTrue(!descriptor.isOpen(), row);
    }

    @Test
    void onFailureDecidesEitherWay() throws Exception {
        CompletableFuture<Boolean> wasOpen = new CompletableFuture<>();
        AtomicInteger kept = new AtomicInteger();
        CompletableFuture<Void> enough = new CompletableFuture<>();
        loop.onFailure((descriptor, failure) -> {
            wasOpen.complete(descriptor.isOpen());
            if (kept.incrementAndGet() == 20) {
                enough.complete(null);
            }
            return descriptor instanceof Socket socket && socket.type().equals(SocketType.DGRAM);
        });
        try (Socket.Pair stream = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Socket.Pair datagrams = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            loop.add(datagrams.first(), EPOLLIN, (r, events) -> raise(new IOException("test")));
            datagrams.second().send(ByteBuffer.wrap(new byte[1]), 0);
            awaitClosed(datagrams.first(), "onFailure wanted it");
            assertTrue(wasOpen.get(5, TimeUnit.SECONDS));
            loop.add(stream.first(), EPOLLIN, (r, events) -> raise(new IOException("test")));
            stream.second().send(ByteBuffer.wrap(new byte[1]), 0);
            enough.get(20, TimeUnit.SECONDS);
            assertTrue(stream.first().isOpen());
            loop.onFailure((descriptor, failure) -> {
                throw new IllegalStateException("onFailure itself");
            });
            awaitClosed(stream.first(), "the default where onFailure fails");
        }
    }

    /** A handler that leaves its input where it is would be called for ever. */
    @Test
    void whoFailsAlwaysDoesNotSpin() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (Socket udp = Socket.udp().bind(LOOPBACK)) {
            udp.sendTo(ByteBuffer.wrap(new byte[1]), udp.getLocalAddress(), 0);
            long began = System.nanoTime();
            loop.add(udp, EPOLLIN, (r, events) -> {
                calls.incrementAndGet();
                raise(new IllegalStateException("always"));
            });
            TimeUnit.MILLISECONDS.sleep(300);
            int counted = calls.get();
            long millis = (System.nanoTime() - began) / 1_000_000;
            assertTrue(counted > 20 && counted <= 8 * (millis + 1), counted + " calls in " + millis + " ms");
        }
    }

    /** Fails as fast as it can for a while, of a datagram socket or of a connection; prints for how many seconds. */
    static final class Failing {
        private Failing() {}

        public static void main(String[] args) throws Exception {
            long began = System.nanoTime();
            try (EventLoop failing = EventLoop.open();
                    Socket udp = Socket.udp().bind(LOOPBACK)) {
                udp.sendTo(ByteBuffer.wrap(new byte[1]), udp.getLocalAddress(), 0);
                failing.add(udp, EPOLLIN, (r, events) -> raise(new IOException("of udp")));
                for (int i = 0; i < 50; i++) {
                    Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
                    pair.second().send(ByteBuffer.wrap(new byte[1]), 0);
                    failing.add(pair.first(), EPOLLIN, (r, events) -> raise(new IOException("of a connection")));
                }
                failing.schedule(Duration.ofMillis(2500), () -> failing.stop(Duration.ZERO));
                failing.run();
            }
            System.out.println("seconds: " + (System.nanoTime() - began) / 1_000_000_000);
        }
    }

    @Test
    void theLogTellsOfItAndStaysSmall() throws Exception {
        Leg.Result result = Leg.run(List.of(Loops.option(engine)), Failing.class.getName());
        assertEquals(0, result.status(), result.output());
        int seconds = Integer.parseInt(result.output().replaceFirst("(?s).*seconds: ([0-9]+).*", "$1"));
        long lines =
                result.output().lines().filter(line -> line.contains("of udp")).count();
        assertTrue(lines >= 2 && lines <= 5L * (seconds + 2), lines + " lines in " + seconds + " s");
        assertTrue(result.output().contains("WARNING: a handler failed, goes on: Socket("), result.output());
        assertTrue(result.output().contains("failures before it are not in the log"), result.output());
        assertTrue(!result.output().contains("of a connection"), "a peer that left is no warning");
    }

    /** As many bad datagrams as a peer likes: the honest ones between them are answered, and the log stays small. */
    @Test
    void aFloodOfBadDatagramsCostsALineNowAndThen() throws Exception {
        int floods = 10_000;
        try (Socket server = Socket.udp().bind(LOOPBACK).timeout(Duration.ZERO);
                Socket client = Socket.udp().bind(LOOPBACK).timeout(Duration.ofSeconds(5))) {
            AtomicInteger bad = new AtomicInteger();
            Sockaddr from = new Sockaddr();
            ByteBuffer buffer = ByteBuffer.allocateDirect(16);
            loop.add(server, EPOLLIN, (r, events) -> {
                while (server.recvFrom(buffer.clear(), from, 0) >= 0) {
                    if (buffer.flip().get(0) == 'b') {
                        bad.incrementAndGet();
                        throw new IOException("bad");
                    }
                    server.sendTo(buffer, from, 0);
                }
            });
            int answered = 0;
            for (int i = 0; i < floods; i++) {
                client.sendTo(ByteBuffer.wrap(new byte[] {'b'}), server.getLocalAddress(), 0);
                if (i % 1000 == 999) {
                    for (int tries = 0; tries < 200; tries++) { // the queue may be full
                        client.sendTo(ByteBuffer.wrap(new byte[] {'g'}), server.getLocalAddress(), 0);
                        if (client.poll(Linux.POLLIN, Duration.ofMillis(50)) != 0) {
                            assertEquals(1, client.recv(ByteBuffer.allocate(4), 0));
                            answered++;
                            break;
                        }
                    }
                }
            }
            assertEquals(floods / 1000, answered);
            assertTrue(server.isOpen());
            assertTrue(bad.get() > floods / 100, bad + " were seen");
        }
    }

    @Test
    void aOneShotRegistrationIsWatchedAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CompletableFuture<Void> often = new CompletableFuture<>();
        try (Socket udp = Socket.udp().bind(LOOPBACK)) {
            udp.sendTo(ByteBuffer.wrap(new byte[1]), udp.getLocalAddress(), 0);
            loop.add(udp, EPOLLIN | EPOLLONESHOT, (r, events) -> {
                if (calls.incrementAndGet() == 30) {
                    often.complete(null);
                }
                raise(new IllegalStateException("before it came to modify()"));
            });
            often.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void failingTasksTimersAndAcceptorsEndNothing() throws Exception {
        CompletableFuture<Void> later = new CompletableFuture<>();
        AtomicInteger ticks = new AtomicInteger();
        try (Socket listener = Socket.tcp().bind(LOOPBACK).listen()) {
            loop.accept(
                    listener,
                    socket -> raise(FAILURES.get(ticks.get() % FAILURES.size()).get()));
            loop.scheduleEvery(Duration.ofMillis(1), () -> {
                if (ticks.incrementAndGet() == 20) {
                    later.complete(null);
                }
                raise(FAILURES.get(ticks.get() % FAILURES.size()).get());
            });
            for (Supplier<Throwable> failure : FAILURES) {
                loop.execute(() -> raise(failure.get()));
                try (Socket client = Socket.tcp().timeout(Duration.ofSeconds(10))) {
                    client.connect(listener.getLocalAddress());
                    assertEquals(-1, client.recv(ByteBuffer.allocate(1), 0)); // the new connection is closed
                }
            }
            later.get(20, TimeUnit.SECONDS);
            assertTrue(listener.isOpen());
        }
    }

    /** A datagram that cannot be answered, sent by hand. */
    @Test
    void aDatagramFromPortZeroDoesNotEndAServer() throws Exception {
        try (Socket server = Socket.udp().bind(LOOPBACK).timeout(Duration.ZERO);
                Socket client = Socket.udp().bind(LOOPBACK).timeout(Duration.ofSeconds(10))) {
            Sockaddr from = new Sockaddr();
            ByteBuffer buffer = ByteBuffer.allocateDirect(100);
            loop.add(server, EPOLLIN, (r, events) -> {
                while (server.recvFrom(buffer.clear(), from, 0) >= 0) {
                    server.sendTo(buffer.flip(), from, 0);
                }
            });
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            assumeTrue(sendFromPortZero(port), "no raw socket");
            client.sendTo(ByteBuffer.wrap(new byte[] {7}), server.getLocalAddress(), 0);
            assertEquals(1, client.recv(ByteBuffer.allocate(9), 0));
            assertTrue(server.isOpen());
        }
    }

    private static boolean sendFromPortZero(int port) throws IOException {
        ByteBuffer packet = new PacketBuilder()
                .ipv4(ip -> ip.source("127.0.0.1").destination("127.0.0.1"))
                .udp(u -> u.sourcePort(0).destinationPort(port))
                .payload(new byte[] {'x'})
                .build();
        try (Socket raw = Socket.raw(Protocol.RAW)) {
            raw.sendTo(packet, LOOPBACK, 0);
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }
}
