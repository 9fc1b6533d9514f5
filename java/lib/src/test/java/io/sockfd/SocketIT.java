package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.wait.Wait;
import io.sockfd.option.IpOptions;
import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a socket, from birth to death. */
@Timeout(30)
class SocketIT {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteBuffer buffer) {
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    static Socket.Pair tcpPair() throws IOException {
        try (Socket listener = Socket.tcp().bind(LOOPBACK).listen()) {
            Socket client = Socket.tcp();
            assertTrue(client.connect(listener.getLocalAddress()));
            return new Socket.Pair(client, accepted(listener.accept()));
        }
    }

    static Socket accepted(@org.jspecify.annotations.Nullable Socket socket) {
        assertNotNull(socket);
        return socket;
    }

    @Test
    void tcpFromBirthToDeath() throws IOException {
        try (Socket listener = Socket.tcp().setOption(StandardSocketOptions.SO_REUSEADDR, true);
                Socket client = Socket.tcp()) {
            listener.bind(LOOPBACK).listen(5);
            InetSocketAddress at = (InetSocketAddress) listener.getLocalAddress();
            assertTrue(at.getPort() > 0);
            assertTrue(client.connect(at));
            Sockaddr peer = new Sockaddr();
            try (Socket server = accepted(listener.accept(peer))) {
                assertEquals(client.getLocalAddress(), peer.decode());
                assertEquals(client.getLocalAddress(), server.getRemoteAddress());
                assertEquals(at, client.getRemoteAddress());
                client.sendAll(bytes("hello"));
                client.shutdown(Linux.SHUT_WR);
                ByteBuffer got = ByteBuffer.allocateDirect(16);
                while (server.recv(got, 0) > 0) {}
                assertEquals("hello", text(got));
                assertEquals(-1, server.recv(ByteBuffer.allocate(1), 0));
                assertEquals(-1, server.recv(new byte[1], 0, 1, 0));
                assertEquals(0, server.recv(ByteBuffer.allocate(0), 0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void udpBothWaysWithAddresses(boolean direct) throws IOException {
        try (Socket a = Socket.udp().bind(LOOPBACK);
                Socket b = Socket.udp().bind(LOOPBACK)) {
            assertEquals(4, a.sendTo(bytes("ping"), b.getLocalAddress(), 0));
            ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(64) : ByteBuffer.allocate(64);
            Sockaddr from = new Sockaddr();
            assertEquals(4, b.recvFrom(buffer, from, 0));
            assertEquals("ping", text(buffer));
            assertEquals(a.getLocalAddress(), from.decode());
            assertEquals(0, b.sendTo(ByteBuffer.allocate(0), from, 0));
            buffer.clear();
            assertEquals(b.getLocalAddress(), a.receive(buffer));
            assertEquals(0, buffer.position(), "an empty datagram is no end");
            a.sendTo(bytes("0123456789"), b.getLocalAddress(), 0);
            ByteBuffer small = direct ? ByteBuffer.allocateDirect(4) : ByteBuffer.allocate(4);
            assertEquals(10, b.recv(small, Linux.MSG_TRUNC));
            assertEquals("0123", text(small));
        }
    }

    @Test
    void largeDatagramsFromAndToTheHeap() throws IOException {
        byte[] data = new byte[40_000];
        new Random(31).nextBytes(data);
        try (Socket a = Socket.udp().bind(LOOPBACK);
                Socket b = Socket.udp().bind(LOOPBACK)) {
            a.connect(b.getLocalAddress());
            assertEquals(data.length, a.send(ByteBuffer.wrap(data).asReadOnlyBuffer(), 0));
            assertEquals(data.length, a.send(data, 0, data.length, 0));
            ByteBuffer got = ByteBuffer.allocate(data.length);
            assertEquals(data.length, b.recv(got, 0));
            assertArrayEquals(data, got.array());
            byte[] array = new byte[data.length + 2];
            assertEquals(data.length, b.recv(array, 2, data.length, 0));
            assertArrayEquals(data, Arrays.copyOfRange(array, 2, array.length));
        }
    }

    /** Whatever a stream does not take would be copied again by the next call. */
    @Test
    void aStreamTakesHeapMemoryInParts() throws IOException {
        byte[] data = new byte[1 << 20];
        new Random(37).nextBytes(data);
        byte[] got = new byte[data.length];
        try (Socket.Pair pair = tcpPair()) {
            int sent = 0;
            int received = 0;
            while (received < got.length) {
                int part = pair.first().send(data, sent, data.length - sent, Linux.MSG_DONTWAIT);
                assertTrue(part <= 128 * 1024, () -> part + " bytes at a time");
                sent += Math.max(0, part);
                received += pair.second().recv(got, received, got.length - received, 0);
            }
        }
        assertArrayEquals(data, got);
    }

    @Test
    void whatTcpDiscardsIsNotStored() throws IOException {
        byte[] data = new byte[40_000];
        Arrays.fill(data, (byte) 7);
        for (int size : new int[] {64, 40_000}) {
            try (Socket.Pair pair = tcpPair()) {
                assertEquals(data.length, pair.first().send(data, 0, data.length, 0));
                byte[] array = new byte[size];
                assertTrue(pair.second().recv(array, 0, size, Linux.MSG_TRUNC) > 0);
                assertArrayEquals(new byte[size], array);
                assertEquals(data.length, pair.first().send(data, 0, data.length, 0));
                ByteBuffer buffer = ByteBuffer.allocate(size);
                assertTrue(pair.second().recv(buffer, Linux.MSG_TRUNC) > 0);
                assertEquals(0, buffer.position());
                assertArrayEquals(new byte[size], buffer.array());
            }
        }
    }

    @Test
    void theThreeModes() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            Socket socket = pair.first();
            ByteBuffer buffer = ByteBuffer.allocateDirect(8);
            assertEquals(Socket.BLOCKING, socket.timeout());
            socket.timeout(Socket.NON_BLOCKING);
            assertEquals(Socket.WOULD_BLOCK, socket.recv(buffer, 0));
            assertEquals(Socket.WOULD_BLOCK, socket.recv(new byte[8], 0, 8, 0));
            assertEquals(0, socket.read(buffer));
            socket.timeout(Duration.ofMillis(30));
            long start = System.nanoTime();
            SocketTimeoutException e = assertThrows(SocketTimeoutException.class, () -> socket.recv(buffer, 0));
            assertTrue(System.nanoTime() - start >= 30_000_000);
            assertEquals(Errno.EAGAIN, Errors.errnoOf(e).orElseThrow());
            assertTrue(String.valueOf(e.getMessage()).contains("timeout passed"), e.getMessage());
            assertEquals(Socket.WOULD_BLOCK, socket.recv(buffer, Linux.MSG_DONTWAIT));
            pair.second().send(bytes("x"), 0);
            assertEquals(1, socket.recv(buffer, 0));
        }
    }

    @Test
    void acceptAndConnectInTheThreeModes() throws IOException {
        try (Socket listener = Socket.tcp().bind(LOOPBACK).listen().timeout(Socket.NON_BLOCKING);
                Socket client = Socket.tcp().timeout(Socket.NON_BLOCKING)) {
            assertNull(listener.accept());
            listener.timeout(Duration.ofMillis(20));
            assertThrows(SocketTimeoutException.class, listener::accept);
            assertThrows(NoConnectionPendingException.class, client::finishConnect);
            if (!client.connect(listener.getLocalAddress())) {
                assertThrows(ConnectionPendingException.class, () -> client.connect(LOOPBACK));
                client.timeout(Duration.ofSeconds(5));
                assertTrue(client.finishConnect());
            }
            accepted(listener.accept()).close();
        }
    }

    /** A probe that catches IOException must not miss one. */
    @Test
    void whatIsNotConnectedAnswersShutdownAndOptionsWithAnIoException() throws IOException {
        for (Domain domain : List.of(Domain.INET, Domain.INET6, Domain.UNIX)) {
            for (SocketType type : List.of(SocketType.STREAM, SocketType.DGRAM)) {
                try (Socket socket = Socket.open(domain, type)) {
                    for (int how = Linux.SHUT_RD; how <= Linux.SHUT_RDWR; how++) {
                        try {
                            socket.shutdown(how);
                        } catch (IOException e) {
                            assertEquals(Errno.ENOTCONN, Errors.errnoOf(e).orElseThrow());
                        }
                    }
                }
            }
        }
        try (Socket tcp = Socket.tcp()) {
            ErrnoException e = assertThrows(ErrnoException.class, () -> tcp.shutdown(Linux.SHUT_WR));
            assertEquals(Errno.ENOTCONN, e.errno());
            e = assertThrows(ErrnoException.class, () -> tcp.getOption(IpOptions.IP_MTU));
            assertEquals(Errno.ENOTCONN, e.errno());
            e = assertThrows(ErrnoException.class, () -> tcp.setOption(TcpOptions.TCP_ULP, "tls"));
            assertTrue(List.of(Errno.ENOTCONN, Errno.ENOENT).contains(e.errno()), e.toString());
            for (Option<?> option : OptionTable.all()) {
                try {
                    Object ignored = tcp.getOption(option);
                } catch (IOException | UnsupportedOperationException expected) {
                    // nothing else
                }
            }
        }
    }

    @Test
    void refusalsAreTheJdksExceptionsWithTheirErrno() throws IOException {
        int port;
        try (Socket free = Socket.tcp().bind(LOOPBACK)) {
            port = ((InetSocketAddress) free.getLocalAddress()).getPort();
            try (Socket second = Socket.tcp()) {
                BindException e = assertThrows(BindException.class, () -> second.bind(free.getLocalAddress()));
                assertEquals(Errno.EADDRINUSE, Errors.errnoOf(e).orElseThrow());
                assertTrue(String.valueOf(e.getMessage()).startsWith("bind(127.0.0.1:" + port + "): EADDRINUSE"));
            }
        }
        try (Socket client = Socket.tcp()) {
            ConnectException e = assertThrows(
                    ConnectException.class,
                    () -> client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            assertEquals(Errno.ECONNREFUSED, Errors.errnoOf(e).orElseThrow());
            assertTrue(String.valueOf(e.getMessage()).contains("127.0.0.1:" + port), e.getMessage());
        }
        try (Socket client = Socket.tcp()) {
            assertThrows(NotYetConnectedException.class, client::getRemoteAddress);
            assertThrows(NotYetConnectedException.class, () -> client.read(ByteBuffer.allocate(1)));
            assertThrows(
                    UnresolvedAddressException.class,
                    () -> client.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1)));
            assertThrows(IOException.class, client::accept);
        }
        ErrnoException family =
                assertThrows(ErrnoException.class, () -> Socket.open(new Domain(250), SocketType.STREAM));
        assertEquals(Errno.EAFNOSUPPORT, family.errno());
        assertEquals("AF_250, SOCK_STREAM, 0", family.context());
    }

    @Test
    void aBrokenPipeIsAnErrorAndNoSignal() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            pair.second().close();
            ErrnoException e =
                    assertThrows(ErrnoException.class, () -> pair.first().send(bytes("x"), 0));
            assertEquals(Errno.EPIPE, e.errno());
            assertEquals(-1, pair.first().read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void exactlyAndAll() throws Exception {
        byte[] data = new byte[3_000_000];
        new Random(7).nextBytes(data);
        try (Socket.Pair pair = tcpPair()) {
            Thread sender = new Thread(() -> {
                try {
                    pair.first().sendAll(ByteBuffer.wrap(data));
                    pair.first().shutdown(Linux.SHUT_WR);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            sender.start();
            ByteBuffer got = ByteBuffer.allocate(data.length);
            pair.second().recvExactly(got);
            assertArrayEquals(data, got.array());
            sender.join();
            ByteBuffer more = ByteBuffer.allocate(4);
            EOFException end =
                    assertThrows(EOFException.class, () -> pair.second().recvExactly(more));
            assertEquals("the stream ended after 0 of 4 bytes", end.getMessage());
        }
    }

    @Test
    void sendAllTellsHowFarItCame() throws IOException {
        try (Socket.Pair pair = tcpPair()) {
            pair.first().timeout(Duration.ofMillis(50));
            ByteBuffer data = ByteBuffer.allocateDirect(64 << 20);
            assertThrows(SocketTimeoutException.class, () -> pair.first().sendAll(data));
            assertTrue(data.position() > 0 && data.hasRemaining());
            long queued = data.position();
            ByteBuffer sink = ByteBuffer.allocateDirect(1 << 20);
            long arrived = 0;
            while (arrived < queued) {
                arrived += pair.second().recv(sink.clear(), 0);
            }
            assertEquals(queued, arrived);
        }
    }

    @Test
    void readinessThatOthersTookIsNoReasonForPauses() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            int ignored = pair.second().enter();
            Wait wait = Wait.begin(50_000_000);
            pair.first().send(bytes("x"), 0);
            for (int i = 0; i < 5; i++) {
                assertTrue(pair.second().await(wait, Linux.POLLIN));
            }
            assertEquals(1, pair.second().recv(ByteBuffer.allocate(1), 0));
            assertFalse(
                    pair.second().await(wait, Linux.POLLIN),
                    "a pause would have said to try again before the deadline");
            Wait.end(wait);
            pair.second().exit();
        }
    }

    @Test
    void waitAllFillsTheBuffer() throws Exception {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            Thread sender = new Thread(() -> {
                try {
                    pair.first().send(bytes("ab"), 0);
                    Thread.sleep(30);
                    pair.first().send(bytes("cd"), 0);
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            sender.start();
            ByteBuffer got = ByteBuffer.allocate(4);
            assertEquals(4, pair.second().recv(got, Linux.MSG_WAITALL));
            assertEquals("abcd", text(got));
            sender.join();
        }
    }

    @Test
    void useAfterCloseIsRefusedEverywhere() throws IOException {
        Socket socket = Socket.udp();
        socket.close();
        socket.close();
        assertFalse(socket.isOpen());
        assertThrows(ClosedChannelException.class, () -> socket.bind(LOOPBACK));
        assertThrows(ClosedChannelException.class, () -> socket.send(bytes("x"), 0));
        assertThrows(ClosedChannelException.class, () -> socket.recv(ByteBuffer.allocate(1), 0));
        assertThrows(ClosedChannelException.class, () -> socket.read(ByteBuffer.allocate(0)));
        assertThrows(ClosedChannelException.class, () -> socket.write(ByteBuffer.allocate(0)));
        assertThrows(ClosedChannelException.class, () -> socket.connect(LOOPBACK));
        assertThrows(ClosedChannelException.class, socket::accept);
        assertThrows(ClosedChannelException.class, () -> socket.listen(1));
        assertThrows(ClosedChannelException.class, () -> socket.shutdown(Linux.SHUT_RD));
        assertThrows(ClosedChannelException.class, socket::getLocalAddress);
        assertThrows(ClosedChannelException.class, () -> socket.getOption(StandardSocketOptions.SO_SNDBUF));
        assertThrows(ClosedChannelException.class, socket::dup);
        assertThrows(IllegalStateException.class, socket::fd);
        assertThrows(ClosedChannelException.class, socket::release);
    }

    @Test
    void adoptOwnsAndBorrowDoesNot() throws IOException {
        Libc libc = Libc.get();
        ByteBuffer sv = Memory.allocate(8);
        assertEquals(0, libc.socketpair(Linux.AF_UNIX, Linux.SOCK_SEQPACKET, 0, Memory.address(sv)));
        int first = sv.getInt(0);
        try (Socket adopted = Socket.adopt(sv.getInt(4))) {
            assertEquals(SocketType.SEQPACKET, adopted.type());
            assertEquals(Domain.UNIX, adopted.domain());
            assertEquals(Linux.FD_CLOEXEC, libc.fcntl(adopted.fd(), Linux.F_GETFD, 0));
            try (Socket borrowed = Socket.borrow(first)) {
                borrowed.send(bytes("one"), 0);
                assertEquals(0, libc.fcntl(first, Linux.F_GETFL, 0) & Linux.O_NONBLOCK);
            }
            ByteBuffer got = ByteBuffer.allocate(8);
            assertEquals(3, adopted.recv(got, 0));
        }
        assertEquals(0, libc.close(first), "a borrowed descriptor stays open");
        assertEquals(-Linux.EBADF, libc.close(sv.getInt(4)), "an adopted one does not");
        assertThrows(IOException.class, () -> Socket.adopt(sv.getInt(4)));
        try (Descriptor pipe = pipe()) {
            ErrnoException e = assertThrows(ErrnoException.class, () -> Socket.adopt(pipe));
            assertEquals(Errno.ENOTSOCK, e.errno());
            assertTrue(pipe.isOpen(), "what could not be adopted stays the caller's");
        }
    }

    private static Descriptor pipe() throws IOException {
        ByteBuffer ends = Memory.allocate(8);
        Errors.check(Libc.get().pipe2(Memory.address(ends), Linux.O_CLOEXEC), "pipe2");
        Libc.get().close(ends.getInt(4));
        return Descriptor.own(ends.getInt(0));
    }

    @Test
    void dupAndReleaseAndEverythingIsCloseOnExec() throws IOException {
        Libc libc = Libc.get();
        try (Socket socket = Socket.udp().bind(LOOPBACK);
                Socket second = socket.dup()) {
            assertEquals(socket.getLocalAddress(), second.getLocalAddress());
            assertEquals(Linux.FD_CLOEXEC, libc.fcntl(second.fd(), Linux.F_GETFD, 0));
            assertEquals(Linux.FD_CLOEXEC, libc.fcntl(socket.fd(), Linux.F_GETFD, 0));
            int fd = second.release();
            assertFalse(second.isOpen());
            assertEquals(0, libc.close(fd));
        }
        try (Socket.Pair pair = tcpPair()) {
            assertEquals(Linux.FD_CLOEXEC, libc.fcntl(pair.second().fd(), Linux.F_GETFD, 0));
        }
    }

    @Test
    void ipv6SocketsTakeBothFamilies() throws IOException {
        try (Socket listener = Socket.tcp6().bind(null).listen();
                Socket client = Socket.tcp6()) {
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            assertTrue(client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            Socket server = accepted(listener.accept());
            server.close();
            assertInstanceOf(InetSocketAddress.class, client.getRemoteAddress());
        }
    }

    @Test
    void unixDatagramToAReceiverThatIsFullWaitsWithoutASpin() throws Exception {
        try (Socket receiver = Socket.unixDatagram().bind(null);
                Socket sender = Socket.unixDatagram().timeout(Duration.ofMillis(100))) {
            Sockaddr to = receiver.getsockname(new Sockaddr());
            long cpu = cpuNanos();
            assertThrows(SocketTimeoutException.class, () -> {
                while (true) {
                    sender.sendTo(bytes("x"), to, 0);
                }
            });
            assertTrue(cpuNanos() - cpu < 80_000_000, "the kernel gives no readiness here");
        }
    }

    private static long cpuNanos() throws IOException {
        return Long.parseLong(
                Files.readString(Path.of("/proc/thread-self/schedstat")).split(" ", 2)[0]);
    }
}
