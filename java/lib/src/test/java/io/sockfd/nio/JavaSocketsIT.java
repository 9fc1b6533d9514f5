package io.sockfd.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.UnixAddress;
import io.sockfd.option.SocketOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NotYetConnectedException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Views as java.net.Socket over what the JDK has no such socket for; those over TCP are in the table of sentences. */
@Timeout(60)
class JavaSocketsIT {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Two ends of a connection over a UNIX path, both views. */
    private record Two(java.net.Socket client, java.net.Socket server) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    private UnixDomainSocketAddress path() {
        return UnixDomainSocketAddress.of(folder.resolve("s"));
    }

    private Two two() throws IOException {
        try (ServerSocket listener = JavaSockets.serverFactory(path()).createServerSocket(0)) {
            return new Two(JavaSockets.factory(path()).createSocket("db.example", 5432), listener.accept());
        }
    }

    private static @Nullable Throwable failure(Future<?> future) throws Exception {
        return assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS))
                .getCause();
    }

    @Test
    void aPathLooksLikeTheHostThatWasAskedFor() throws Exception {
        try (Two two = two()) {
            assertTrue(two.client().isConnected()
                    && two.client().isBound()
                    && !two.client().isClosed());
            assertTrue(two.server().isConnected());
            assertTrue(two.client().getInetAddress().isLoopbackAddress());
            assertEquals("db.example", two.client().getInetAddress().getHostName());
            assertEquals(5432, two.client().getPort());
            assertEquals(path(), two.client().getRemoteSocketAddress());
            assertEquals(path(), two.server().getLocalSocketAddress());
            assertEquals(UnixDomainSocketAddress.of(""), two.server().getRemoteSocketAddress());
            assertTrue(two.client().getLocalAddress().isLoopbackAddress());
            assertNull(two.client().getChannel());
        }
    }

    @Test
    void bytesGoBothWaysAtOnce() throws Exception {
        byte[] big = new byte[5_000_000];
        new Random(3).nextBytes(big);
        try (Two two = two()) {
            Future<?> there = threads.submit(() -> {
                two.client().getOutputStream().write(big);
                return null;
            });
            Future<?> back = threads.submit(() -> {
                two.server().getOutputStream().write(big);
                return null;
            });
            Future<byte[]> got =
                    threads.submit(() -> two.server().getInputStream().readNBytes(big.length));
            assertArrayEquals(big, two.client().getInputStream().readNBytes(big.length));
            assertArrayEquals(big, got.get(20, TimeUnit.SECONDS));
            there.get();
            back.get();
        }
    }

    @Test
    void readsTimeOutAndGoOn() throws Exception {
        try (Two two = two()) {
            InputStream in = two.client().getInputStream();
            two.client().setSoTimeout(30);
            assertEquals(30, two.client().getSoTimeout());
            assertEquals(
                    "Read timed out",
                    assertThrows(SocketTimeoutException.class, in::read).getMessage());
            two.server().getOutputStream().write('x');
            assertEquals('x', in.read());
        }
    }

    @Test
    void closeEndsReaderAndWriter() throws Exception {
        Two two = two();
        InputStream in = two.client().getInputStream();
        OutputStream out = two.client().getOutputStream();
        Future<?> reader = threads.submit(() -> in.read());
        Future<?> writer = threads.submit(() -> {
            while (true) {
                out.write(new byte[100_000]);
            }
        });
        Thread.sleep(50);
        two.client().close();
        assertEquals(
                "Socket closed",
                assertInstanceOf(SocketException.class, failure(reader)).getMessage());
        assertInstanceOf(SocketException.class, failure(writer));
        two.close();
    }

    @Test
    void shutdownOutputEndsAWriterThatWaits() throws Exception {
        try (Two two = two()) {
            OutputStream out = two.client().getOutputStream();
            Future<?> writer = threads.submit(() -> {
                while (true) {
                    out.write(new byte[100_000]);
                }
            });
            Thread.sleep(50);
            two.client().shutdownOutput();
            assertInstanceOf(SocketException.class, failure(writer));
            two.server().getOutputStream().write('x');
            assertEquals('x', two.client().getInputStream().read());
        }
    }

    @Test
    void anInterruptClosesIt() throws Exception {
        try (Two two = two()) {
            InputStream in = two.client().getInputStream();
            Future<?> reader = threads.submit(() -> {
                Thread.currentThread().interrupt();
                return in.read();
            });
            assertEquals(
                    "Closed by interrupt",
                    assertInstanceOf(SocketException.class, failure(reader)).getMessage());
        }
    }

    @Test
    void availableCounts() throws Exception {
        try (Two two = two()) {
            assertEquals(0, two.client().getInputStream().available());
            two.server().getOutputStream().write(new byte[7]);
            assertEquals(7, two.client().getInputStream().available());
        }
    }

    @Test
    void whatTheFamilyLacksIsIgnoredByMethodAndRefusedByName() throws Exception {
        try (Two two = two()) {
            java.net.Socket socket = two.client();
            socket.setTcpNoDelay(true);
            assertTrue(socket.getTcpNoDelay());
            socket.setTrafficClass(0x10);
            socket.getTrafficClass();
            socket.setKeepAlive(true);
            assertTrue(socket.getKeepAlive());
            socket.setSoLinger(true, 3);
            assertEquals(3, socket.getSoLinger());
            socket.setSoLinger(false, 0);
            assertEquals(-1, socket.getSoLinger());
            socket.setReceiveBufferSize(20_000);
            socket.setReuseAddress(true);
            assertThrows(Exception.class, () -> socket.setOption(StandardSocketOptions.TCP_NODELAY, true));
            assertEquals(
                    ProcessHandle.current().pid(),
                    socket.getOption(SocketOptions.SO_PEERCRED).pid());
        }
    }

    @Test
    void nobodyListens() {
        SocketException e = assertThrows(
                SocketException.class, () -> JavaSockets.factory(path()).createSocket("localhost", 1));
        assertTrue(Errors.errnoOf(e).isPresent(), e.toString());
    }

    @Test
    @SuppressWarnings("try") // closed while it waits
    void acceptTimesOut() throws Exception {
        try (ServerSocket listener = JavaSockets.serverFactory(path()).createServerSocket()) {
            assertFalse(listener.isBound());
            listener.bind(null);
            listener.setSoTimeout(30);
            assertThrows(SocketTimeoutException.class, listener::accept);
            assertEquals(path(), listener.getLocalSocketAddress());
            Future<?> waits = threads.submit(() -> {
                listener.setSoTimeout(0);
                return listener.accept();
            });
            Thread.sleep(30);
            listener.close();
            assertInstanceOf(SocketException.class, failure(waits));
        }
    }

    @Test
    void anAddressOfAnotherKindIsTakenByConnectToo() throws Exception {
        UnixAddress name =
                UnixAddress.ofAbstract("sockfd-view-" + ProcessHandle.current().pid());
        try (ServerSocket listener = JavaSockets.serverFactory(name).createServerSocket(0);
                java.net.Socket client = new AddressSocketFactory("/nowhere").createSocket()) {
            client.connect(name, 5_000);
            assertEquals(name, client.getRemoteSocketAddress());
            listener.accept().close();
            assertEquals(-1, client.getInputStream().read());
        }
    }

    @Test
    void listenersAndClientsOfTcp() throws Exception {
        try (ServerSocket listener =
                JavaSockets.tcpServerFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertTrue(listener.getReuseAddress());
            try (java.net.Socket client = JavaSockets.tcpFactory()
                            .createSocket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                    java.net.Socket accepted = listener.accept()) {
                assertEquals(client.getLocalSocketAddress(), accepted.getRemoteSocketAddress());
                assertEquals(InetAddress.getLoopbackAddress(), accepted.getInetAddress());
                client.getOutputStream().write('x');
                assertEquals('x', accepted.getInputStream().read());
            }
        }
    }

    @Test
    void ofASocketThatIsThere() throws Exception {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            java.net.Socket view = JavaSockets.of(pair.first());
            assertSame(pair.first(), JavaSockets.socketOf(view));
            assertTrue(view.isConnected());
            view.getOutputStream().write('x');
            assertEquals('x', JavaSockets.of(pair.second()).getInputStream().read());
            pair.first().timeout(Socket.NON_BLOCKING);
            assertThrows(
                    IllegalBlockingModeException.class,
                    () -> view.getInputStream().read());
            view.close();
            assertFalse(pair.first().isOpen());
        }
    }

    @Test
    void whatIsNoConnectionOfBytesIsRefused() throws Exception {
        try (Socket udp = Socket.udp();
                Socket tcp = Socket.tcp()) {
            assertThrows(IllegalArgumentException.class, () -> JavaSockets.of(udp));
            assertThrows(NotYetConnectedException.class, () -> JavaSockets.of(tcp));
        }
        try (java.net.Socket jdks = new java.net.Socket()) {
            assertThrows(IllegalArgumentException.class, () -> JavaSockets.socketOf(jdks));
        }
        assertThrows(IllegalArgumentException.class, () -> new AddressSocketFactory("no address"));
    }

    @Test
    void aClosedOneHasNoSocketBehind() throws Exception {
        java.net.Socket socket = JavaSockets.tcpFactory().createSocket();
        assertTrue(JavaSockets.socketOf(socket).isOpen());
        socket.close();
        assertThrows(SocketException.class, () -> JavaSockets.socketOf(socket));
        assertThrows(SocketException.class, () -> socket.connect(new InetSocketAddress("localhost", 1)));
    }
}
