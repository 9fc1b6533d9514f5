package io.sockfd.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Virtual;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation that blocks, ended in each way, on a platform and on a virtual thread, on the JDK's provider and on ours. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@Tag("later")
class BlockedIT {
    private static final long SETTLES_MS = 250;
    private static final int TIMEOUT_MS = 80;

    /** What blocks, and what it blocks on. */
    private record Blocked(Channel channel, Operation operation, List<Closeable> others) implements Closeable {
        @Override
        public void close() throws IOException {
            channel.close();
            for (Closeable other : others) {
                other.close();
            }
        }
    }

    private interface Operation {
        void run() throws IOException;
    }

    private enum Kind {
        READ,
        READ_VECTOR,
        READ_UNIX,
        WRITE,
        WRITE_VECTOR,
        ACCEPT,
        ACCEPT_UNIX,
        RECEIVE,
        READ_DATAGRAM,
        PIPE_READ,
        PIPE_WRITE;

        Blocked make(SelectorProvider provider) throws IOException {
            return switch (this) {
                case READ -> ofConnection(provider, false, c -> c.read(ByteBuffer.allocate(10)));
                case READ_VECTOR ->
                    ofConnection(provider, false, c -> c.read(new ByteBuffer[] {ByteBuffer.allocateDirect(10)}));
                case READ_UNIX -> ofConnection(provider, true, c -> c.read(ByteBuffer.allocateDirect(10)));
                case WRITE ->
                    ofConnection(provider, false, c -> writeForEver(() -> c.write(ByteBuffer.allocate(1 << 16))));
                case WRITE_VECTOR ->
                    ofConnection(
                            provider,
                            false,
                            c -> writeForEver(() -> c.write(new ByteBuffer[] {ByteBuffer.allocateDirect(1 << 16)})));
                case ACCEPT -> ofServer(provider.openServerSocketChannel().bind(loopback()));
                case ACCEPT_UNIX ->
                    ofServer(provider.openServerSocketChannel(StandardProtocolFamily.UNIX)
                            .bind(null));
                case RECEIVE -> {
                    DatagramChannel channel = provider.openDatagramChannel().bind(loopback());
                    yield new Blocked(channel, () -> channel.receive(ByteBuffer.allocate(10)), List.of());
                }
                case READ_DATAGRAM -> {
                    DatagramChannel peer = provider.openDatagramChannel().bind(loopback());
                    DatagramChannel channel = provider.openDatagramChannel().connect(peer.getLocalAddress());
                    yield new Blocked(channel, () -> channel.read(ByteBuffer.allocate(10)), List.of(peer));
                }
                case PIPE_READ -> {
                    Pipe pipe = provider.openPipe();
                    yield new Blocked(
                            pipe.source(), () -> pipe.source().read(ByteBuffer.allocate(10)), List.of(pipe.sink()));
                }
                case PIPE_WRITE -> {
                    Pipe pipe = provider.openPipe();
                    yield new Blocked(
                            pipe.sink(),
                            () -> writeForEver(() -> pipe.sink().write(ByteBuffer.allocate(1 << 16))),
                            List.of(pipe.source()));
                }
            };
        }
    }

    private static SocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static void writeForEver(Operation write) throws IOException {
        while (true) {
            write.run();
        }
    }

    private interface OnConnection {
        void run(SocketChannel channel) throws IOException;
    }

    private static Blocked ofConnection(SelectorProvider provider, boolean unix, OnConnection operation)
            throws IOException {
        ServerSocketChannel server = unix
                ? provider.openServerSocketChannel(StandardProtocolFamily.UNIX).bind(null)
                : provider.openServerSocketChannel().bind(loopback());
        SocketAddress address = server.getLocalAddress();
        SocketChannel client =
                unix ? provider.openSocketChannel(StandardProtocolFamily.UNIX) : provider.openSocketChannel();
        assertTrue(client.connect(address));
        SocketChannel accepted = server.accept();
        List<Closeable> others = new ArrayList<>(List.of(accepted, server));
        others.add(() -> deleteIfFile(address));
        return new Blocked(client, () -> operation.run(client), others);
    }

    private static Blocked ofServer(ServerSocketChannel server) throws IOException {
        SocketAddress address = server.getLocalAddress();
        return new Blocked(server, server::accept, List.of(() -> deleteIfFile(address)));
    }

    private static void deleteIfFile(SocketAddress address) throws IOException {
        if (address instanceof java.net.UnixDomainSocketAddress unix) {
            java.nio.file.Files.deleteIfExists(unix.getPath());
        }
    }

    private static Thread start(boolean virtual, Operation operation, AtomicReference<@Nullable Throwable> failure) {
        Runnable task = () -> {
            try {
                operation.run();
            } catch (IOException | RuntimeException e) {
                failure.set(e);
            }
        };
        if (virtual) {
            return Virtual.start(task);
        }
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    /** One blocked thread of the table, and how it ended. */
    private static final class Row {
        final Kind kind;
        final boolean virtual;
        final SelectorProvider provider;
        final Blocked blocked;
        final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        final AtomicReference<@Nullable Boolean> status = new AtomicReference<>();

        @Nullable
        Thread thread;

        Row(Kind kind, boolean virtual, SelectorProvider provider) throws IOException {
            this.kind = kind;
            this.virtual = virtual;
            this.provider = provider;
            blocked = kind.make(provider);
        }

        void start(boolean interrupted) {
            thread = BlockedIT.start(
                    virtual,
                    () -> {
                        if (interrupted) {
                            Thread.currentThread().interrupt();
                        }
                        try {
                            blocked.operation.run();
                        } finally {
                            status.set(Thread.currentThread().isInterrupted());
                        }
                    },
                    failure);
        }

        @Override
        public String toString() {
            return kind
                    + (virtual ? " on a virtual thread of " : " of ")
                    + provider.getClass().getSimpleName();
        }
    }

    private interface Way {
        void end(Row row, Thread thread) throws IOException;
    }

    /** All rows at once, because each has to wait until it is blocked. */
    private static void check(boolean interrupted, Way way, Function<Row, Class<?>> expected) throws Exception {
        List<Row> rows = new ArrayList<>();
        try {
            for (Kind kind : Kind.values()) {
                rows.add(new Row(kind, false, Providers.JDKS)); // on virtual threads it keeps descriptors of its own
                rows.add(new Row(kind, false, Providers.OURS));
                if (Virtual.available()) {
                    rows.add(new Row(kind, true, Providers.OURS));
                }
            }
            rows.forEach(row -> row.start(interrupted));
            Thread.sleep(SETTLES_MS);
            List<String> wrong = new ArrayList<>();
            for (Row row : rows) {
                Thread thread = Objects.requireNonNull(row.thread);
                if (!interrupted) {
                    awaitBlocked(thread);
                }
                if (!interrupted && !thread.isAlive()) {
                    wrong.add(row + " did not block: " + row.failure.get());
                }
                way.end(row, thread);
                thread.join();
                if (!expected.apply(row).equals(classOf(row.failure.get())) || row.blocked.channel.isOpen()) {
                    wrong.add(row + ": " + row.failure.get() + ", channel open: " + row.blocked.channel.isOpen());
                }
            }
            assertEquals(List.of(), wrong);
        } finally {
            for (Row row : rows) {
                row.blocked.close();
            }
        }
    }

    /** Until its stack does not change: on a busy machine it may take its time to fill the queues. */
    private static void awaitBlocked(Thread thread) throws InterruptedException {
        StackTraceElement[] last = {};
        int same = 0;
        for (int i = 0; i < 500 && same < 3 && thread.isAlive(); i++) {
            StackTraceElement[] stack = thread.getStackTrace();
            same = stack.length > 0 && Arrays.equals(stack, last) ? same + 1 : 0;
            last = stack;
            Thread.sleep(5);
        }
    }

    @Test
    void aCloseEndsIt() throws Exception {
        check(
                false,
                (row, thread) -> row.blocked.channel.close(),
                // the JDK's write gives what it has sent, and the next one finds the channel closed
                row -> row.provider.equals(Providers.JDKS) && row.kind.name().startsWith("WRITE")
                        ? ClosedChannelException.class
                        : AsynchronousCloseException.class);
    }

    @Test
    void anInterruptEndsItAndClosesTheChannel() throws Exception {
        List<Row> seen = new ArrayList<>();
        check(
                false,
                (row, thread) -> {
                    thread.interrupt();
                    seen.add(row);
                },
                row -> ClosedByInterruptException.class);
        assertEquals(
                List.of(),
                seen.stream()
                        .filter(row -> !Boolean.TRUE.equals(row.status.get()))
                        .toList());
    }

    @Test
    void itDoesNotBeginOnAnInterruptedThread() throws Exception {
        check(true, (row, thread) -> {}, row -> ClosedByInterruptException.class);
    }

    private static @Nullable Class<?> classOf(@Nullable Throwable e) {
        return e == null ? null : e.getClass();
    }

    @ParameterizedTest
    @MethodSource("io.sockfd.nio.Providers#both")
    void aTimeoutEndsWhatAnAdaptorWaitsForAndNothingIsClosed(SelectorProvider provider) throws Exception {
        try (Blocked blocked = Kind.READ.make(provider)) {
            java.net.Socket socket = ((SocketChannel) blocked.channel).socket();
            socket.setSoTimeout(TIMEOUT_MS);
            timesOut(() -> socket.getInputStream().read(), "Read timed out");
            assertTrue(blocked.channel.isOpen());
        }
        try (Blocked blocked = Kind.ACCEPT.make(provider)) {
            java.net.ServerSocket socket = ((ServerSocketChannel) blocked.channel).socket();
            socket.setSoTimeout(TIMEOUT_MS);
            timesOut(socket::accept, "Accept timed out");
            assertTrue(blocked.channel.isOpen());
        }
        try (Blocked blocked = Kind.RECEIVE.make(provider)) {
            java.net.DatagramSocket socket = ((DatagramChannel) blocked.channel).socket();
            socket.setSoTimeout(TIMEOUT_MS);
            timesOut(() -> socket.receive(new DatagramPacket(new byte[10], 10)), "Receive timed out");
            assertTrue(blocked.channel.isOpen());
        }
    }

    private static void timesOut(Operation operation, String message) throws IOException {
        long begin = System.nanoTime();
        SocketTimeoutException failure = null;
        try {
            operation.run();
        } catch (SocketTimeoutException e) {
            failure = e;
        }
        assertEquals(message, failure == null ? null : failure.getMessage());
        assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS - 2));
    }

    @ParameterizedTest
    @MethodSource("io.sockfd.nio.Providers#both")
    void theModeCanBeChangedOfAChannelInWhichNobodyWaits(SelectorProvider provider) throws Exception {
        try (Blocked blocked = Kind.READ.make(provider)) {
            SocketChannel channel = (SocketChannel) blocked.channel;
            channel.configureBlocking(false);
            assertEquals(0, channel.read(ByteBuffer.allocate(1)));
            Thread.currentThread().interrupt(); // which a non-blocking operation does not care about
            assertEquals(0, channel.read(ByteBuffer.allocate(1)));
            assertTrue(Thread.interrupted());
            channel.configureBlocking(true);
            assertTrue(channel.isOpen());
        }
    }

    @ParameterizedTest
    @MethodSource("io.sockfd.nio.Providers#both")
    void aBlockedReaderDoesNotHoldUpAWriter(SelectorProvider provider) throws Exception {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (Blocked blocked = Kind.READ.make(provider)) {
            SocketChannel channel = (SocketChannel) blocked.channel;
            java.io.InputStream in = channel.socket().getInputStream();
            Thread reader = start(false, () -> assertEquals(7, in.read()), failure);
            Thread.sleep(SETTLES_MS);
            channel.socket().getOutputStream().write(5);
            SocketChannel peer = (SocketChannel) blocked.others.get(0);
            ByteBuffer got = ByteBuffer.allocate(1);
            assertEquals(1, peer.read(got));
            assertEquals(5, got.get(0));
            peer.write(ByteBuffer.allocate(1).put(0, (byte) 7));
            reader.join();
            assertNull(failure.get());
        }
    }

    /** Ours only: the JDK waits for the reader. */
    @ParameterizedTest
    @MethodSource("io.sockfd.nio.Providers#ours")
    void theModeCanBeChangedWhileAnotherThreadReads(SelectorProvider provider) throws Exception {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (Blocked blocked = Kind.READ.make(provider)) {
            SocketChannel channel = (SocketChannel) blocked.channel;
            Thread reader = start(false, () -> assertEquals(1, channel.read(ByteBuffer.allocate(2))), failure);
            Thread.sleep(SETTLES_MS);
            channel.configureBlocking(false);
            Thread.sleep(SETTLES_MS);
            assertTrue(reader.isAlive()); // it began as a blocking one
            SocketChannel peer = (SocketChannel) blocked.others.get(0);
            peer.write(ByteBuffer.allocate(1));
            reader.join();
            assertNull(failure.get());
        }
    }

    @ParameterizedTest
    @MethodSource("io.sockfd.nio.Providers#ours")
    void closingTheSocketBehindEndsTheChannelsOperation(SelectorProvider provider) throws Exception {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (Blocked blocked = Kind.READ.make(provider)) {
            Thread reader = start(false, blocked.operation, failure);
            Thread.sleep(SETTLES_MS);
            NioSockets.socketOf(blocked.channel).close();
            reader.join();
            assertTrue(failure.get() instanceof ClosedChannelException);
            assertFalse(blocked.channel.isOpen());
        }
    }
}
