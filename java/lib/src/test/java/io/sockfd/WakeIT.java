package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that waits is woken by a close and by an interrupt, in every family, whatever it waits for. */
@Timeout(60)
class WakeIT {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int TIMES = 8;

    private interface Birth {
        Socket open() throws IOException;
    }

    private interface Blocking {
        void on(Socket socket) throws IOException;
    }

    private record Case(Birth birth, Blocking call) {}

    private static final Blocking RECV = socket -> socket.recv(ByteBuffer.allocateDirect(16), 0);
    private static final Map<String, Case> CASES = new LinkedHashMap<>();

    static {
        CASES.put("TCP accept", new Case(() -> Socket.tcp().bind(LOOPBACK).listen(), Socket::accept));
        CASES.put("TCP6 accept", new Case(() -> Socket.tcp6().bind(null).listen(), Socket::accept));
        CASES.put("UDP recv", new Case(() -> Socket.udp().bind(LOOPBACK), RECV));
        CASES.put("UDP6 recv", new Case(() -> Socket.udp6().bind(null), RECV));
        CASES.put("UNIX datagram recv", new Case(() -> Socket.unixDatagram().bind(null), RECV));
        CASES.put("UNIX accept", new Case(() -> Socket.unixStream().bind(null).listen(), Socket::accept));
        CASES.put(
                "UNIX seqpacket accept",
                new Case(() -> Socket.unixSeqpacket().bind(null).listen(), Socket::accept));
        CASES.put("raw ICMP recv", new Case(() -> Socket.raw(Protocol.ICMP), RECV));
        CASES.put("PACKET recv", new Case(() -> Socket.packet(SocketType.RAW, 0), RECV));
        CASES.put("NETLINK recv", new Case(() -> Socket.netlink(Linux.NETLINK_ROUTE), RECV));
        CASES.put("UNIX stream recv", new Case(WakeIT::connected, RECV));
        CASES.put("UNIX stream send", new Case(WakeIT::connected, WakeIT::fill));
        CASES.put("UNIX connect, backlog full", new Case(Socket::unixStream, s -> s.connect(fullListener())));
        CASES.put("message", new Case(WakeIT::connected, s -> s.receiveMessage(new Message(), 0)));
        CASES.put("scatter", new Case(WakeIT::connected, s -> s.read(new ByteBuffer[] {ByteBuffer.allocate(4)})));
    }

    private static @Nullable Socket peer;
    private static @Nullable Socket listener;
    private static @Nullable Socket first;

    private static Socket connected() throws IOException {
        Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
        peer = pair.second();
        return pair.first();
    }

    private static void fill(Socket socket) throws IOException {
        ByteBuffer much = ByteBuffer.allocateDirect(1 << 20);
        while (true) {
            socket.sendAll(much.clear());
        }
    }

    private static SocketAddress fullListener() throws IOException {
        Socket full = Socket.unixStream().bind(null).listen(0);
        Socket one = Socket.unixStream();
        one.connect(full.getLocalAddress());
        listener = full;
        first = one;
        return full.getLocalAddress();
    }

    static java.util.Set<String> names() {
        return CASES.keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void byClose(String name) throws Exception {
        wake(name, false);
    }

    @ParameterizedTest
    @MethodSource("names")
    void byInterrupt(String name) throws Exception {
        wake(name, true);
    }

    @SuppressWarnings("try") // the close inside is what is tried
    private static void wake(String name, boolean interrupt) throws Exception {
        Case tried = java.util.Objects.requireNonNull(CASES.get(name));
        int whileWaiting = 0;
        for (int i = 0; i < TIMES; i++) {
            try (Socket socket = open(tried.birth())) {
                CompletableFuture<@Nullable Throwable> ended = new CompletableFuture<>();
                Thread thread = new Thread(() -> {
                    try {
                        tried.call().on(socket);
                        ended.complete(null);
                    } catch (Throwable e) {
                        ended.complete(e);
                    }
                });
                thread.start();
                TimeUnit.MILLISECONDS.sleep(i % 4 == 3 ? 40 : i % 4); // sometimes before it waits at all
                long start = System.nanoTime();
                if (interrupt) {
                    thread.interrupt();
                } else {
                    socket.close();
                }
                Throwable end = ended.get(10, TimeUnit.SECONDS);
                assertTrue(System.nanoTime() - start < 5_000_000_000L);
                thread.join();
                assertTrue(end instanceof java.nio.channels.ClosedChannelException, name + ": " + end);
                if (interrupt) {
                    assertEquals(ClosedByInterruptException.class, end.getClass(), name);
                }
                whileWaiting += end instanceof AsynchronousCloseException ? 1 : 0;
                assertFalse(socket.isOpen());
            } finally {
                closeOthers();
            }
        }
        assertTrue(whileWaiting > 0, name);
    }

    private static Socket open(Birth birth) throws IOException {
        try {
            return birth.open();
        } catch (ErrnoException e) {
            assumeTrue(e.errno().equals(Errno.EPERM), e.toString());
            assumeTrue(false, "needs CAP_NET_RAW");
            throw e;
        }
    }

    private static void closeOthers() throws IOException {
        for (Socket socket : new @Nullable Socket[] {peer, listener, first}) {
            if (socket != null) {
                socket.close();
            }
        }
    }

    /** A descriptor number is never used by a call that was meant for its predecessor. */
    @ParameterizedTest
    @ValueSource(ints = {4})
    void numbersAreNotMixedUp(int threads) throws Exception {
        CompletableFuture<Void> stop = new CompletableFuture<>();
        java.util.List<Thread> workers = new java.util.ArrayList<>();
        java.util.concurrent.atomic.AtomicReference<@Nullable Throwable> wrong =
                new java.util.concurrent.atomic.AtomicReference<>();
        for (int worker = 0; worker < threads; worker++) {
            byte tag = (byte) (worker + 1);
            Thread thread = new Thread(() -> recycle(tag, stop, wrong));
            thread.start();
            workers.add(thread);
        }
        TimeUnit.SECONDS.sleep(1);
        stop.complete(null);
        for (Thread thread : workers) {
            thread.join();
        }
        Throwable failure = wrong.get();
        assertEquals(null, failure, () -> String.valueOf(failure));
    }

    private static void recycle(
            byte tag,
            CompletableFuture<Void> stop,
            java.util.concurrent.atomic.AtomicReference<@Nullable Throwable> wrong) {
        while (!stop.isDone()) {
            try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
                Thread closer = new Thread(() -> {
                    try {
                        pair.first().close();
                    } catch (IOException e) {
                        wrong.set(e);
                    }
                });
                ByteBuffer buffer = ByteBuffer.allocateDirect(4);
                pair.second().send(ByteBuffer.wrap(new byte[] {tag}), 0);
                closer.start();
                for (int i = 0; i < 3; i++) {
                    if (pair.first().recv(buffer.clear(), Linux.MSG_DONTWAIT | Linux.MSG_PEEK) > 0
                            && buffer.get(0) != tag) {
                        wrong.set(new AssertionError("read " + buffer.get(0) + " instead of " + tag));
                    }
                }
                closer.join();
            } catch (java.nio.channels.ClosedChannelException e) {
                // what has to happen to some
            } catch (IOException | InterruptedException e) {
                wrong.set(e);
            }
        }
    }
}
