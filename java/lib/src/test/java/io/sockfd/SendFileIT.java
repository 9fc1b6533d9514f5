package io.sockfd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Linux;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What sendFile promises, of a channel as of a descriptor. */
@Timeout(120)
@Tag("once")
class SendFileIT {
    private static final int MUCH = 8 << 20; // more than a connection takes without a reader

    @TempDir
    Path directory = Path.of("");

    /** An open file and how it is sent. */
    interface Sender extends Closeable {
        long send(Socket socket, long position, long count) throws IOException;
    }

    enum Source {
        CHANNEL {
            @Override
            Sender open(Path path, OpenOption option) throws IOException {
                FileChannel file = FileChannel.open(path, option);
                return new Sender() {
                    @Override
                    public long send(Socket socket, long position, long count) throws IOException {
                        return socket.sendFile(file, position, count);
                    }

                    @Override
                    public void close() throws IOException {
                        file.close();
                    }
                };
            }
        },
        DESCRIPTOR {
            @Override
            Sender open(Path path, OpenOption option) throws IOException {
                Descriptor file = Descriptor.open(path, option == READ ? Linux.O_RDONLY : Linux.O_WRONLY);
                return new Sender() {
                    @Override
                    public long send(Socket socket, long position, long count) throws IOException {
                        return socket.sendFile(file, position, count);
                    }

                    @Override
                    public void close() throws IOException {
                        file.close();
                    }
                };
            }
        };

        abstract Sender open(Path path, OpenOption option) throws IOException;
    }

    private static Socket.Pair tcp() throws IOException {
        try (Socket listener = Socket.tcp()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .listen()) {
            Socket client = Socket.tcp();
            client.connect(listener.getLocalAddress());
            Socket accepted = listener.accept();
            if (accepted == null) {
                throw new IOException("nobody came");
            }
            return new Socket.Pair(client, accepted);
        }
    }

    private byte[] random(int size) {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        return data;
    }

    private static byte[] readToEnd(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 16];
        for (int n = socket.recv(part, 0, part.length, 0); n != -1; n = socket.recv(part, 0, part.length, 0)) {
            all.write(part, 0, n);
        }
        return all.toByteArray();
    }

    /** All that comes, read by another thread. */
    private static CompletableFuture<byte[]> reader(Socket socket) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        result.complete(readToEnd(socket));
                    } catch (IOException e) {
                        result.completeExceptionally(e);
                    }
                })
                .start();
        return result;
    }

    @ParameterizedTest
    @EnumSource
    void sendsTheRangeAndNoMore(Source source) throws Exception {
        byte[] data = random(3_000_000);
        Path path = Files.write(directory.resolve("file"), data);
        long[][] ranges = {
            {0, 0}, {0, 1}, {2_999_999, 1}, {2_999_999, 2}, {3_000_000, 1}, {Long.MAX_VALUE, Long.MAX_VALUE},
            {3_000_001, 0}, {0, Long.MAX_VALUE}, {1, 131_071}, {1, 131_072}, {1, 131_073}, {4096, 2_000_000}
        };
        try (Sender file = source.open(path, READ)) {
            for (long[] range : ranges) {
                try (Socket.Pair pair = tcp()) {
                    CompletableFuture<byte[]> got = reader(pair.second());
                    int from = (int) Math.min(range[0], data.length);
                    byte[] wanted = Arrays.copyOfRange(data, from, (int)
                            Math.min(data.length, from + Math.min(range[1], 1 << 30)));
                    assertEquals(wanted.length, file.send(pair.first(), range[0], range[1]), Arrays.toString(range));
                    pair.first().shutdown(Linux.SHUT_WR);
                    assertArrayEquals(wanted, got.get(60, TimeUnit.SECONDS), Arrays.toString(range));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesNegativeNumbers(Source source) throws Exception {
        Path path = Files.write(directory.resolve("file"), random(10));
        try (Sender file = source.open(path, READ);
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            assertThrows(IllegalArgumentException.class, () -> file.send(pair.first(), -1, 1));
            assertThrows(IllegalArgumentException.class, () -> file.send(pair.first(), 0, -1));
            assertThrows(IllegalArgumentException.class, () -> file.send(pair.first(), Long.MIN_VALUE, Long.MIN_VALUE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsClosed(Source source) throws Exception {
        Path path = Files.write(directory.resolve("file"), random(10));
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            Sender file = source.open(path, READ);
            file.close();
            for (int count = 0; count <= 1; count++) {
                int some = count;
                assertThrows(ClosedChannelException.class, () -> file.send(pair.first(), 0, some));
                assertThrows(ClosedChannelException.class, () -> file.send(pair.first(), 100, some));
            }
            try (Sender open = source.open(path, READ)) {
                pair.first().close();
                for (int count = 0; count <= 1; count++) {
                    int some = count;
                    assertThrows(ClosedChannelException.class, () -> open.send(pair.first(), 0, some));
                    assertThrows(ClosedChannelException.class, () -> open.send(pair.first(), 100, some));
                }
            }
        }
    }

    @Test
    void readsOnlyWhatIsOpenForReading() throws Exception {
        Path path = Files.write(directory.resolve("file"), random(10));
        try (Sender channel = Source.CHANNEL.open(path, WRITE);
                Sender descriptor = Source.DESCRIPTOR.open(path, WRITE);
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            assertThrows(NonReadableChannelException.class, () -> channel.send(pair.first(), 0, 1));
            assertThrows(NonReadableChannelException.class, () -> channel.send(pair.first(), 0, 0));
            assertThrows(NonReadableChannelException.class, () -> channel.send(pair.first(), 100, 1));
            ErrnoException e = assertThrows(ErrnoException.class, () -> descriptor.send(pair.first(), 0, 1));
            assertEquals(Errno.EBADF, e.errno());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNonBlockingSocketTakesWhatFits(Source source) throws Exception {
        byte[] data = random(MUCH);
        Path path = Files.write(directory.resolve("file"), data);
        try (Sender file = source.open(path, READ);
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            pair.first().timeout(Socket.NON_BLOCKING);
            long sent = file.send(pair.first(), 0, MUCH);
            assertTrue(sent > 0 && sent < MUCH, "sent " + sent);
            assertEquals(0, file.send(pair.first(), sent, MUCH - sent));
            byte[] got = new byte[MUCH];
            int received = 0;
            while (received < MUCH) {
                received += pair.second().recv(got, received, MUCH - received, 0);
                sent += file.send(pair.first(), sent, MUCH - sent);
            }
            assertEquals(MUCH, sent);
            assertArrayEquals(data, got);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTimeoutCountsForAllOfIt(Source source) throws Exception {
        Path path = Files.write(directory.resolve("file"), random(MUCH));
        try (Sender file = source.open(path, READ);
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            pair.first().timeout(Duration.ofMillis(500));
            // a reader that takes a little of it again and again: each wait alone is shorter than the timeout
            Thread slow = new Thread(() -> {
                byte[] little = new byte[4096];
                try {
                    while (pair.second().recv(little, 0, little.length, 0) > 0) {
                        Thread.sleep(20);
                    }
                } catch (IOException | InterruptedException e) {
                    // the end
                }
            });
            slow.start();
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> file.send(pair.first(), 0, MUCH));
            assertTrue(System.nanoTime() - start >= 500_000_000L);
            pair.first().close();
            slow.join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptAndACloseEndTheWait(Source source) throws Exception {
        Path path = Files.write(directory.resolve("file"), random(MUCH));
        for (boolean interrupts : new boolean[] {true, false}) {
            try (Sender file = source.open(path, READ);
                    Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
                CompletableFuture<Long> result = new CompletableFuture<>();
                Thread sender = new Thread(() -> {
                    try {
                        result.complete(file.send(pair.first(), 0, MUCH));
                    } catch (Throwable t) {
                        result.completeExceptionally(t);
                    }
                });
                sender.start();
                awaitFull(pair.first(), sender);
                if (interrupts) {
                    sender.interrupt();
                } else {
                    pair.first().close();
                }
                ExecutionException end = assertThrows(ExecutionException.class, () -> result.get(60, TimeUnit.SECONDS));
                Class<? extends IOException> wanted =
                        interrupts ? ClosedByInterruptException.class : AsynchronousCloseException.class;
                assertInstanceOf(wanted, end.getCause());
                assertFalse(pair.first().isOpen());
            }
        }
    }

    /** Until the sender has filled the socket and sleeps. */
    private static void awaitFull(Socket socket, Thread sender) throws Exception {
        for (int i = 0; i < 30_000; i++) {
            if (socket.poll(Linux.POLLOUT, Duration.ZERO) == 0
                    && sender.getStackTrace().length > 0
                    && Arrays.stream(sender.getStackTrace())
                            .anyMatch(f -> f.getClassName().endsWith("Wait"))) {
                return;
            }
            Thread.sleep(2);
        }
        throw new AssertionError("it does not wait");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsCutEndsItEarly(Source source) throws Exception {
        byte[] data = random(MUCH);
        Path path = Files.write(directory.resolve("file"), data);
        try (Sender file = source.open(path, READ);
                FileChannel cutter = FileChannel.open(path, WRITE);
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            CompletableFuture<Long> result = new CompletableFuture<>();
            Thread sender = new Thread(() -> {
                try {
                    result.complete(file.send(pair.first(), 0, MUCH));
                } catch (Throwable t) {
                    result.completeExceptionally(t);
                }
            });
            sender.start();
            awaitFull(pair.first(), sender);
            cutter.truncate(MUCH / 2);
            CompletableFuture<byte[]> got = reader(pair.second());
            long sent = result.get(60, TimeUnit.SECONDS);
            pair.first().shutdown(Linux.SHUT_WR);
            byte[] all = got.get(60, TimeUnit.SECONDS);
            assertEquals(sent, all.length);
            assertEquals(MUCH / 2, sent);
            assertArrayEquals(Arrays.copyOf(data, MUCH / 2), all);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAFileGrowsByMeanwhileIsSent(Source source) throws Exception {
        byte[] data = random(MUCH);
        Path path = Files.write(directory.resolve("file"), Arrays.copyOf(data, MUCH / 2));
        try (Sender file = source.open(path, READ);
                FileChannel grower = FileChannel.open(path, WRITE);
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            CompletableFuture<Long> result = new CompletableFuture<>();
            Thread sender = new Thread(() -> {
                try {
                    result.complete(file.send(pair.first(), 0, MUCH));
                } catch (Throwable t) {
                    result.completeExceptionally(t);
                }
            });
            sender.start();
            awaitFull(pair.first(), sender);
            ByteBuffer more = ByteBuffer.wrap(data, MUCH / 2, MUCH / 2);
            while (more.hasRemaining()) {
                grower.write(more, more.position());
            }
            CompletableFuture<byte[]> got = reader(pair.second());
            assertEquals(MUCH, result.get(60, TimeUnit.SECONDS));
            pair.first().shutdown(Linux.SHUT_WR);
            assertArrayEquals(data, got.get(60, TimeUnit.SECONDS));
        }
    }

    /** One that the kernel makes up has no size and cannot be mapped. */
    @Test
    void sendsAFileWithoutASize() throws Exception {
        try (FileChannel file = FileChannel.open(Path.of("/proc/version"), READ);
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            long sent = pair.first().sendFile(file, 0, 4096);
            pair.first().shutdown(Linux.SHUT_WR);
            String text = new String(readToEnd(pair.second()), US_ASCII);
            assertEquals(text.length(), sent);
            assertTrue(text.startsWith("Linux version"), text);
        }
    }

    @Test
    void aDatagramIsSentWhole() throws Exception {
        byte[] data = random(40_000);
        Path path = Files.write(directory.resolve("file"), data);
        try (Sender file = Source.CHANNEL.open(path, READ);
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            assertEquals(40_000, file.send(pair.first(), 0, 40_000));
            byte[] got = new byte[50_000];
            assertEquals(40_000, pair.second().recv(got, 0, got.length, 0));
            assertArrayEquals(data, Arrays.copyOf(got, 40_000));
        }
    }

    @Test
    void aVirtualThreadSendsIt() throws Exception {
        assumeTrue(Virtual.available(), "virtual threads need Java 21");
        byte[] data = random(MUCH);
        Path path = Files.write(directory.resolve("file"), data);
        try (Sender file = Source.CHANNEL.open(path, READ);
                Socket.Pair pair = tcp()) {
            CompletableFuture<byte[]> got = reader(pair.second());
            CompletableFuture<Long> sent = new CompletableFuture<>();
            Virtual.start(() -> {
                try {
                    sent.complete(file.send(pair.first(), 0, MUCH));
                } catch (Throwable t) {
                    sent.completeExceptionally(t);
                }
            });
            assertEquals(MUCH, sent.get(60, TimeUnit.SECONDS));
            pair.first().shutdown(Linux.SHUT_WR);
            assertArrayEquals(data, got.get(60, TimeUnit.SECONDS));
        }
    }
}
