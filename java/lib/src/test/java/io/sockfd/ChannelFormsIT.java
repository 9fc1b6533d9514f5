package io.sockfd;

import static io.sockfd.SocketIT.accepted;
import static io.sockfd.SocketIT.bytes;
import static io.sockfd.SocketIT.tcpPair;
import static io.sockfd.SocketIT.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.Channels;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A socket where the JDK wants a channel, and the JDK's channels as sockets. */
@Timeout(30)
class ChannelFormsIT {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    Path directory = Path.of("");

    private interface Work {
        void run() throws IOException;
    }

    private static Thread start(Work work, AtomicReference<Throwable> failure) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void scatterAndGatherOverDirectAndHeapBuffers() throws IOException {
        Random random = new Random(7);
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            for (int round = 0; round < 200; round++) {
                ByteBuffer[] out = buffers(random);
                ByteBuffer[] in = new ByteBuffer[out.length];
                long size = 0;
                for (int i = 0; i < out.length; i++) {
                    size += out[i].remaining();
                    in[i] = random.nextBoolean()
                            ? ByteBuffer.allocate(out[i].remaining())
                            : ByteBuffer.allocateDirect(out[i].remaining());
                }
                byte[] expected = join(out, true);
                assertEquals(size, pair.first().write(out));
                long got = 0;
                while (got < size) {
                    got += pair.second().read(in);
                }
                assertArrayEquals(expected, join(in, false), "seed 7, round " + round);
            }
        }
    }

    private static ByteBuffer[] buffers(Random random) {
        ByteBuffer[] buffers = new ByteBuffer[1 + random.nextInt(9)];
        for (int i = 0; i < buffers.length; i++) {
            byte[] content = new byte[random.nextInt(3000)];
            random.nextBytes(content);
            buffers[i] = random.nextBoolean() ? ByteBuffer.allocateDirect(3100) : ByteBuffer.allocate(3100);
            buffers[i].position(random.nextInt(100)).mark();
            buffers[i].put(content).limit(buffers[i].position());
            buffers[i].reset();
            if (random.nextInt(5) == 0) {
                buffers[i] = buffers[i].asReadOnlyBuffer();
            }
        }
        return buffers;
    }

    private static byte[] join(ByteBuffer[] buffers, boolean remaining) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(buffers).mapToInt(ByteBuffer::capacity).sum());
        for (ByteBuffer buffer : buffers) {
            all.put(remaining ? buffer.duplicate() : buffer.duplicate().flip());
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    @Test
    void arrayRangesAndReadOnlyBuffersAreChecked() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            ByteBuffer[] two = {ByteBuffer.allocate(1), ByteBuffer.allocate(1)};
            assertThrows(IndexOutOfBoundsException.class, () -> pair.first().read(two, 1, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> pair.first().write(two, -1, 1));
            ByteBuffer readOnly = ByteBuffer.allocate(1).asReadOnlyBuffer();
            assertThrows(ReadOnlyBufferException.class, () -> pair.first().read(readOnly));
            assertThrows(ReadOnlyBufferException.class, () -> pair.first().read(new ByteBuffer[] {readOnly}));
            assertEquals(0, pair.first().write(new ByteBuffer[0]));
            assertEquals(0, pair.first().read(new ByteBuffer[0]));
        }
    }

    @Test
    void streamsAndFilesWorkOnIt() throws Exception {
        byte[] data = new byte[300_000];
        new Random(1).nextBytes(data);
        Path source = Files.write(directory.resolve("source"), data);
        Path target = directory.resolve("target");
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Socket.Pair pair = tcpPair()) {
            Thread sender = start(
                    () -> {
                        OutputStream out = Channels.newOutputStream(pair.first());
                        Files.copy(source, out);
                        pair.first().shutdown(Linux.SHUT_WR);
                    },
                    failure);
            InputStream in = Channels.newInputStream(pair.second());
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            sender.join();
        }
        assertEquals(null, failure.get());
        assertArrayEquals(data, Files.readAllBytes(target));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 5_000_000})
    void sendFileSendsTheRangeAndLeavesThePosition(int size) throws Exception {
        byte[] data = new byte[size + 100];
        new Random(size).nextBytes(data);
        Path path = Files.write(directory.resolve("file"), data);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
                Socket.Pair pair = tcpPair()) {
            file.position(5);
            Thread sender = start(
                    () -> {
                        assertEquals(size, pair.first().sendFile(file, 60, size));
                        assertEquals(5, file.position());
                        assertEquals(40, pair.first().sendFile(file, size + 60, 1000), "the file ends before");
                        assertEquals(0, pair.first().sendFile(file, size + 1000, 10));
                        pair.first().shutdown(Linux.SHUT_WR);
                    },
                    failure);
            ByteBuffer got = ByteBuffer.allocate(size + 40);
            pair.second().recvExactly(got);
            assertEquals(-1, pair.second().read(ByteBuffer.allocate(1)));
            sender.join();
            assertEquals(null, failure.get());
            assertArrayEquals(Arrays.copyOfRange(data, 60, data.length), got.array());
            assertThrows(IllegalArgumentException.class, () -> pair.first().sendFile(file, -1, 1));
        }
    }

    @Test
    void spliceMovesBetweenSocketsWithoutCopies() throws Exception {
        byte[] data = new byte[4_000_000];
        new Random(3).nextBytes(data);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Socket.Pair left = tcpPair();
                Socket.Pair right = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            Thread sender = start(
                    () -> {
                        left.first().sendAll(ByteBuffer.wrap(data));
                        left.first().shutdown(Linux.SHUT_WR);
                    },
                    failure);
            Thread relay = start(
                    () -> {
                        assertEquals(data.length, left.second().spliceTo(right.first(), Long.MAX_VALUE));
                        right.first().shutdown(Linux.SHUT_WR);
                    },
                    failure);
            ByteBuffer got = ByteBuffer.allocate(data.length);
            right.second().recvExactly(got);
            assertArrayEquals(data, got.array());
            sender.join();
            relay.join();
            assertEquals(null, failure.get());
        }
    }

    @Test
    void talksToTheJdksChannelsBothWays() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(LOOPBACK);
                Socket client = Socket.tcp()) {
            client.connect(listener.getLocalAddress());
            try (SocketChannel server = listener.accept()) {
                assertEquals(client.getLocalAddress(), server.getRemoteAddress());
                client.write(bytes("to the JDK"));
                ByteBuffer got = ByteBuffer.allocate(64);
                server.read(got);
                assertEquals("to the JDK", text(got));
                server.write(bytes("and back"));
                client.read(got.clear());
                assertEquals("and back", text(got));
            }
        }
        try (DatagramChannel channel = DatagramChannel.open().bind(LOOPBACK);
                Socket socket = Socket.udp().bind(LOOPBACK)) {
            channel.send(bytes("datagram"), socket.getLocalAddress());
            ByteBuffer got = ByteBuffer.allocate(64);
            assertEquals(channel.getLocalAddress(), socket.receive(got));
            assertEquals("datagram", text(got));
        }
    }

    @Test
    void givesTheOptionsOfAJdkChannel() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(LOOPBACK);
                SocketChannel channel = SocketChannel.open(listener.getLocalAddress());
                SocketChannel other = SocketChannel.open(listener.getLocalAddress());
                SocketChannel accepted = listener.accept()) {
            try (Socket socket = Socket.of(channel)) {
                socket.setOption(
                        TcpOptions.TCP_USER_TIMEOUT, Duration.ofMillis(4321).toMillis());
                assertEquals(4321L, socket.getOption(TcpOptions.TCP_USER_TIMEOUT));
                assertEquals(channel.getLocalAddress(), socket.getLocalAddress());
                assertEquals(0, Libc.get().fcntl(socket.fd(), Linux.F_GETFL, 0) & Linux.O_NONBLOCK);
            }
            accepted.write(bytes("still here"));
            ByteBuffer got = ByteBuffer.allocate(32);
            channel.read(got);
            assertEquals("still here", text(got));
            try (Socket socket = Socket.of(listener)) {
                assertEquals(listener.getLocalAddress(), socket.getLocalAddress());
            }
            assertTrue(other.isConnected());
        }
        try (DatagramChannel channel = DatagramChannel.open().bind(LOOPBACK);
                Socket socket = Socket.of(channel)) {
            assertEquals(SocketType.DGRAM, socket.type());
        }
    }

    @Test
    void supportedOptionsAreThoseOfTheSocketAsked() throws IOException {
        try (Socket tcp = Socket.tcp();
                Socket unix = Socket.unixStream()) {
            Set<SocketOption<?>> ofTcp = tcp.supportedOptions();
            assertTrue(ofTcp.containsAll(List.of(
                    TcpOptions.TCP_NODELAY, StandardSocketOptions.TCP_NODELAY, StandardSocketOptions.SO_RCVBUF)));
            Set<SocketOption<?>> ofUnix = unix.supportedOptions();
            assertTrue(ofUnix.contains(StandardSocketOptions.SO_RCVBUF));
            assertFalse(ofUnix.contains(TcpOptions.TCP_NODELAY) || ofUnix.contains(StandardSocketOptions.TCP_NODELAY));
        }
    }

    @Test
    void saysWhenAJdkChannelCannotBeFoundForCertain() throws IOException {
        try (SocketChannel unbound = SocketChannel.open()) {
            IOException e = assertThrows(IOException.class, () -> Socket.of(unbound));
            assertTrue(String.valueOf(e.getMessage()).contains("not bound"), e.getMessage());
        }
        try (DatagramChannel first = DatagramChannel.open()
                        .setOption(StandardSocketOptions.SO_REUSEPORT, true)
                        .bind(LOOPBACK);
                DatagramChannel second = DatagramChannel.open()
                        .setOption(StandardSocketOptions.SO_REUSEPORT, true)
                        .bind(first.getLocalAddress())) {
            IOException e = assertThrows(IOException.class, () -> Socket.of(second));
            assertTrue(String.valueOf(e.getMessage()).startsWith("2 sockets"), e.getMessage());
        }
    }

    @Test
    void nonBlockingWritesTakeWhatFits() throws IOException {
        try (Socket.Pair pair = tcpPair()) {
            pair.first().timeout(Socket.NON_BLOCKING);
            ByteBuffer much = ByteBuffer.allocateDirect(32 << 20);
            int written = pair.first().write(much);
            assertTrue(written > 0 && much.hasRemaining());
            assertEquals(0, pair.first().write(much.duplicate()));
            assertEquals(0, pair.first().write(new ByteBuffer[] {bytes("x"), bytes("y")}));
        }
        try (Socket listener = Socket.tcp().bind(LOOPBACK).listen();
                Socket client = Socket.tcp()) {
            client.connect(listener.getLocalAddress());
            accepted(listener.accept()).close();
        }
    }
}
