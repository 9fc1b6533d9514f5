package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.internal.wait.Life;
import io.sockfd.internal.wait.WaitOwner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A time for one operation, the end of a connect, and whom an interrupt closes. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OneOperationIT {
    private static final Duration SHORT = Duration.ofMillis(30);

    private static SocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Test
    void anAcceptWithATimeOfItsOwn() throws Exception {
        try (Socket listener = Socket.tcp().bind(loopback()).listen();
                Socket client = Socket.tcp()) {
            assertThrows(SocketTimeoutException.class, () -> listener.accept(null, SHORT));
            assertNull(listener.accept(null, Duration.ZERO));
            listener.timeout(Socket.NON_BLOCKING);
            assertThrows(SocketTimeoutException.class, () -> listener.accept(null, SHORT));
            assertTrue(client.connect(listener.getLocalAddress()));
            try (Socket accepted = listener.accept(null, Socket.BLOCKING)) {
                assertNotNull(accepted);
            }
            assertEquals(Socket.NON_BLOCKING, listener.timeout());
        }
    }

    @Test
    void aConnectWithATimeOfItsOwn() throws Exception {
        try (Socket listener = Socket.unixStream().bind(null).listen(0);
                Socket first = Socket.unixStream();
                Socket second = Socket.unixStream().timeout(Socket.NON_BLOCKING)) {
            assertTrue(first.connect(listener.getLocalAddress(), SHORT));
            assertThrows(SocketTimeoutException.class, () -> second.connect(listener.getLocalAddress(), SHORT));
            try (Socket accepted = listener.accept()) {
                assertNotNull(accepted);
                assertTrue(second.connect(listener.getLocalAddress(), SHORT));
            }
        }
        try (Socket listener = Socket.tcp().bind(loopback()).listen();
                Socket client = Socket.tcp()) {
            if (!client.connect(listener.getLocalAddress(), Duration.ZERO)) {
                assertTrue(client.finishConnect());
            }
            assertEquals(listener.getLocalAddress(), client.getRemoteAddress());
        }
    }

    @Test
    void disconnectKeepsThePort() throws Exception {
        try (Socket peer = Socket.udp().bind(loopback());
                Socket explicit = Socket.udp().bind(loopback());
                Socket implicit = Socket.udp6();
                Socket unix = Socket.unixDatagram();
                Socket unixPeer = Socket.unixDatagram().bind(null)) {
            SocketAddress name = explicit.getLocalAddress();
            assertTrue(explicit.connect(peer.getLocalAddress()));
            assertSame(explicit, explicit.disconnect());
            assertEquals(name, explicit.getLocalAddress());
            assertTrue(implicit.connect(peer.getLocalAddress()));
            int port = ((InetSocketAddress) implicit.getLocalAddress()).getPort();
            implicit.disconnect();
            assertEquals(port, ((InetSocketAddress) implicit.getLocalAddress()).getPort());
            assertEquals(
                    1,
                    peer.sendTo(
                            ByteBuffer.allocate(1), new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
            assertEquals(1, implicit.recv(ByteBuffer.allocate(9), 0));
            assertTrue(unix.connect(unixPeer.getLocalAddress()));
            unix.disconnect();
            assertThrows(NotYetConnectedException.class, unix::getRemoteAddress);
        }
    }

    @Test
    void aKindOfSocketIsAskedOnce() throws Exception {
        try (Socket one = Socket.tcp();
                Socket other = Socket.tcp();
                Socket udp = Socket.udp()) {
            assertSame(one.supportedOptions(), other.supportedOptions());
            assertFalse(one.supportedOptions().equals(udp.supportedOptions()));
            assertTrue(one.supportedOptions().stream().anyMatch(o -> o.name().equals("TCP_KEEPINTERVAL")));
        }
    }

    /** As the channels of io.sockfd.nio own their sockets. */
    private static final class Owner extends AbstractInterruptibleChannel implements WaitOwner {
        private final Socket socket;

        Owner(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void beginWait() {
            begin();
        }

        @Override
        public void endWait(boolean completed) throws AsynchronousCloseException {
            end(completed);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            socket.close();
        }
    }

    @Test
    void anInterruptClosesTheOwner() throws Exception {
        try (Socket socket = Socket.udp().bind(loopback());
                Owner owner = new Owner(socket)) {
            Life.of(socket).owner(owner);
            Thread.currentThread().interrupt();
            assertThrows(ClosedByInterruptException.class, () -> socket.recv(ByteBuffer.allocate(1), 0));
            assertTrue(Thread.interrupted());
            assertFalse(owner.isOpen());
            assertFalse(socket.isOpen());
        }
    }
}
