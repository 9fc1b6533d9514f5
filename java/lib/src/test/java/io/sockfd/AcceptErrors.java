package io.sockfd;

import static io.sockfd.raw.Linux.EPOLLIN;

import io.sockfd.event.EventLoop;
import io.sockfd.inject.FailingLibc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Every errno that accept(2) names, in every way to accept; prints what went wrong and how many rows there were. */
final class AcceptErrors {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The connection's: passed over. */
    private static final List<Integer> PASSED = List.of(
            Linux.EINTR,
            Linux.ECONNABORTED,
            Linux.EPERM,
            Linux.EPROTO,
            Linux.ENETDOWN,
            Linux.ENOPROTOOPT,
            Linux.EHOSTDOWN,
            Linux.ENONET,
            Linux.EHOSTUNREACH,
            Linux.EOPNOTSUPP,
            Linux.ENETUNREACH);

    private static final List<Integer> SHORTAGES = List.of(Linux.EMFILE, Linux.ENFILE, Linux.ENOBUFS, Linux.ENOMEM);

    private static int rows;
    private static int wrong;

    private AcceptErrors() {}

    private interface Body {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        for (int errno : PASSED) {
            every(errno, 1);
            every(errno, 5);
        }
        every(Linux.EPERM, 100);
        for (int errno : SHORTAGES) {
            everyShortage(errno);
        }
        row("EventLoop: EPERM for ever", AcceptErrors::loopDoesNotSpin);
        row("EOPNOTSUPP of a datagram socket", () -> {
            try (Socket udp = Socket.udp().bind(LOOPBACK)) {
                udp.accept();
                throw new AssertionError("accepted");
            } catch (ErrnoException e) {
                check(e.errno().value() == Linux.EOPNOTSUPP, e.getMessage());
            }
        });
        System.out.println(rows + " rows, " + wrong + " wrong");
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static void every(int errno, int times) throws Exception {
        String name = new Errno(errno).name() + " " + times + " times, ";
        row(name + "blocking", () -> accepts(errno, times, null));
        row(name + "timeout", () -> accepts(errno, times, PATIENCE));
        row(name + "non-blocking", () -> accepts(errno, times, Duration.ZERO));
        if (Virtual.available()) {
            row(name + "virtual", () -> onVirtual(() -> accepts(errno, times, null)));
        }
        row(name + "EventLoop", () -> loopAccepts(errno, times));
    }

    private static void everyShortage(int errno) throws Exception {
        String name = new Errno(errno).name() + ", ";
        row(name + "blocking", () -> throwsAndAccepts(errno, null));
        row(name + "timeout", () -> throwsAndAccepts(errno, PATIENCE));
        row(name + "non-blocking", () -> throwsAndAccepts(errno, Duration.ZERO));
        if (Virtual.available()) {
            row(name + "virtual", () -> onVirtual(() -> throwsAndAccepts(errno, null)));
        }
        row(name + "EventLoop", () -> loopAccepts(errno, 3));
    }

    private static void row(String name, Body body) throws Exception {
        rows++;
        try {
            body.run();
        } catch (Exception | AssertionError e) {
            wrong++;
            System.out.println(name + ": " + e);
        } finally {
            FailingLibc.clear();
        }
    }

    private static void check(boolean good, @Nullable String otherwise) {
        if (!good) {
            throw new AssertionError(otherwise);
        }
    }

    private static void onVirtual(Body body) throws Exception {
        CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
        Virtual.start(() -> {
            try {
                body.run();
                end.complete(null);
            } catch (Throwable e) {
                end.complete(e);
            }
        });
        Throwable failure = end.get(30, TimeUnit.SECONDS);
        if (failure != null) {
            throw new AssertionError(failure.toString());
        }
    }

    /** Of listening sockets alone: without a descriptor the library asks whether a filter refuses the call itself. */
    private static void fail(int times, int errno) {
        AtomicInteger left = new AtomicInteger(times);
        FailingLibc.rule((call, nth, arguments) ->
                call.equals("accept4") && (int) arguments[0] >= 0 && left.getAndDecrement() > 0
                        ? -errno
                        : FailingLibc.PROCEED);
    }

    private static Socket listener() throws IOException {
        return Socket.tcp().bind(LOOPBACK).listen();
    }

    private static void accepts(int errno, int times, @Nullable Duration timeout) throws Exception {
        try (Socket listener = listener();
                Socket client = Socket.tcp()) {
            if (timeout != null) {
                listener.timeout(timeout);
            }
            client.connect(listener.getLocalAddress());
            fail(times, errno);
            Socket accepted = listener.accept();
            if (timeout != null && timeout.isZero() && times > Listener.MOST_PASSED) {
                check(accepted == null, "it came early");
                accepted = listener.accept();
            }
            check(FailingLibc.failed() == times, FailingLibc.failed() + " failures");
            Objects.requireNonNull(accepted, "nobody came").close();
        }
    }

    private static void throwsAndAccepts(int errno, @Nullable Duration timeout) throws Exception {
        try (Socket listener = listener();
                Socket client = Socket.tcp()) {
            if (timeout != null) {
                listener.timeout(timeout);
            }
            client.connect(listener.getLocalAddress());
            fail(1, errno);
            try (Socket early = listener.accept()) {
                throw new AssertionError("accepted " + early);
            } catch (ErrnoException e) {
                check(e.errno().value() == errno && e.call().equals("accept4"), e.getMessage());
            }
            Objects.requireNonNull(listener.accept(), "nobody came").close();
        }
    }

    private static void loopAccepts(int errno, int times) throws Exception {
        try (EventLoop loop = EventLoop.open();
                Socket listener = listener();
                Socket client = Socket.tcp().timeout(PATIENCE)) {
            AtomicInteger told = new AtomicInteger();
            loop.onFailure((descriptor, failure) -> told.incrementAndGet() < 0);
            Thread thread = serve(loop, listener);
            fail(times, errno);
            client.connect(listener.getLocalAddress());
            client.sendAll(ByteBuffer.wrap(new byte[] {5}));
            check(client.recv(ByteBuffer.allocate(1), 0) == 1, "no echo");
            check(FailingLibc.failed() == times, FailingLibc.failed() + " failures");
            check(listener.isOpen() && told.get() == 0, told + " times told");
            loop.stop(Duration.ZERO);
            thread.join(10_000);
        }
    }

    private static Thread serve(EventLoop loop, Socket listener) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        loop.accept(
                listener,
                socket -> loop.add(socket, EPOLLIN, (registration, events) -> {
                    if (socket.recv(buffer.clear(), 0) == -1) {
                        socket.close();
                    } else {
                        socket.sendAll(buffer.flip());
                    }
                }));
        Thread thread = new Thread(() -> {
            try {
                loop.run();
            } catch (IOException e) {
                System.out.println("the loop: " + e);
            }
        });
        thread.start();
        return thread;
    }

    /** A security module may refuse before it takes the connection out of the queue. */
    private static void loopDoesNotSpin() throws Exception {
        try (EventLoop loop = EventLoop.open();
                Socket listener = listener();
                Socket client = Socket.tcp().timeout(PATIENCE)) {
            Thread thread = serve(loop, listener);
            fail(FailingLibc.ALWAYS, Linux.EPERM);
            client.connect(listener.getLocalAddress());
            TimeUnit.MILLISECONDS.sleep(1000);
            int calls = FailingLibc.failed();
            FailingLibc.clear();
            // 65 for each turn: eight at once, then after pauses of 5, 10, 20 ... ms
            check(calls > 8 && calls < 65 * 20, calls + " calls in a second");
            client.sendAll(ByteBuffer.wrap(new byte[] {5}));
            check(client.recv(ByteBuffer.allocate(1), 0) == 1, "no echo");
            loop.stop(Duration.ZERO);
            thread.join(10_000);
        }
    }
}
