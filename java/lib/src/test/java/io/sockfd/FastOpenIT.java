package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Sockaddr;
import io.sockfd.capture.PrivateNetwork;
import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/** MSG_FASTOPEN: one call connects and sends, with a cookie of the server in the SYN itself. */
@Timeout(90)
@Tag("once")
class FastOpenIT {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int TCPI_OPT_SYN_DATA = 32;
    private static final Duration LONG = Duration.ofSeconds(20);

    /** One way to send "hello" and connect. */
    private interface Way {
        long send(Socket socket, InetSocketAddress to) throws IOException;
    }

    private static final List<Way> WAYS = List.of(
            (socket, to) -> socket.sendTo(hello(), to, Linux.MSG_FASTOPEN),
            (socket, to) -> socket.sendTo(
                    ByteBuffer.allocateDirect(5).put(hello()).flip(), to, Linux.MSG_FASTOPEN | Linux.MSG_MORE),
            (socket, to) -> {
                try (Message message = new Message().data(hello()).address(Sockaddr.of(to))) {
                    return socket.sendMessage(message, Linux.MSG_FASTOPEN);
                }
            },
            (socket, to) -> {
                try (MessageBatch batch = new MessageBatch(1, 1, 0)) {
                    batch.get(0).data(hello()).address(Sockaddr.of(to));
                    return socket.sendMessages(batch, 0, 1, Linux.MSG_FASTOPEN) == 1 ? 5 : -1;
                }
            },
            (socket, to) -> {
                socket.setOption(TcpOptions.TCP_FASTOPEN_CONNECT, true);
                assertTrue(socket.connect(to));
                return socket.send(hello(), 0);
            },
            (socket, to) -> {
                socket.setOption(TcpOptions.TCP_FASTOPEN_CONNECT, true).connect(to);
                return socket.send("hello".getBytes(StandardCharsets.UTF_8), 0, 5, 0);
            },
            (socket, to) -> {
                socket.setOption(TcpOptions.TCP_FASTOPEN_CONNECT, true).connect(to);
                return socket.write(new ByteBuffer[] {hello()});
            });

    private static ByteBuffer hello() {
        return ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8));
    }

    private static Socket listener() throws IOException {
        return Socket.tcp()
                .setOption(TcpOptions.TCP_FASTOPEN, 16)
                .bind(LOOPBACK)
                .listen();
    }

    private static InetSocketAddress address(Socket listener) throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    private static void take(Socket listener) throws IOException {
        try (Socket accepted = SocketIT.accepted(listener.timeout(LONG).accept())) {
            ByteBuffer five = ByteBuffer.allocate(5);
            accepted.timeout(LONG).recvExactly(five);
            assertEquals("hello", SocketIT.text(five));
        }
    }

    private static boolean wasInSyn(Socket socket) throws IOException {
        return (socket.getOption(TcpOptions.TCP_INFO).options() & TCPI_OPT_SYN_DATA) != 0;
    }

    private static void skipWhereItIsOff(IOException e) throws IOException {
        if (Errors.errnoOf(e).orElse(Errno.EIO).equals(Errno.EOPNOTSUPP)) {
            throw new TestAbortedException("net.ipv4.tcp_fastopen forbids clients");
        }
        throw e;
    }

    /** Without a cookie the kernel says EINPROGRESS, and nothing was sent. */
    @Test
    void withoutACookieASocketThatWaitsConnectsAndSends() throws IOException {
        for (Duration timeout : List.of(Socket.BLOCKING, LONG)) {
            for (Way way : WAYS) {
                try (Socket listener = listener();
                        Socket client = Socket.tcp().timeout(timeout)) {
                    try {
                        assertEquals(5, way.send(client, address(listener)));
                    } catch (IOException e) {
                        skipWhereItIsOff(e);
                    }
                    take(listener);
                    assertEquals(address(listener), client.getRemoteAddress());
                    assertThrows(java.nio.channels.NoConnectionPendingException.class, client::finishConnect);
                }
            }
        }
    }

    @Test
    void aClosedPortRefuses() throws IOException {
        try (Socket bound = Socket.tcp().bind(LOOPBACK)) { // and nobody else gets the port, but it does not listen
            for (Way way : WAYS.subList(0, 4)) {
                isRefused(way, address(bound));
            }
        }
    }

    private static void isRefused(Way way, InetSocketAddress closed) throws IOException {
        try (Socket client = Socket.tcp().timeout(LONG);
                Socket listener = listener()) {
            try {
                way.send(client, closed);
                throw new AssertionError("sent to a closed port");
            } catch (ConnectException e) {
                assertEquals(5, way.send(client, address(listener))); // as new
                take(listener);
            } catch (IOException e) {
                skipWhereItIsOff(e);
            }
        }
    }

    @Test
    void aNonBlockingSocketSaysThatItIsConnecting() throws IOException {
        for (Way way : WAYS.subList(0, 4)) {
            try (Socket listener = listener();
                    Socket client = Socket.tcp().timeout(Socket.NON_BLOCKING)) {
                try {
                    assertEquals(5, way.send(client, address(listener))); // with a cookie of an earlier test
                } catch (IOException e) {
                    if (!Errors.errnoOf(e).orElse(Errno.EIO).equals(Errno.EINPROGRESS)) {
                        skipWhereItIsOff(e);
                    }
                    finish(client);
                    assertEquals(5, client.send(hello(), 0));
                }
                take(listener);
            }
        }
    }

    private static void finish(Socket client) throws IOException {
        assertTrue(client.poll(Linux.POLLOUT, LONG) != 0);
        assertTrue(client.finishConnect());
    }

    @Test
    void withACookieTheDataGoesWithTheSyn() throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.run("echo 3 > /proc/sys/net/ipv4/tcp_fastopen");
            try (Socket listener = listener();
                    Socket first = Socket.tcp().timeout(LONG)) {
                assertEquals(5, WAYS.get(0).send(first, address(listener)));
                take(listener);
                for (Duration timeout : List.of(Socket.BLOCKING, LONG, Socket.NON_BLOCKING)) {
                    for (Way way : WAYS) {
                        try (Socket client = Socket.tcp().timeout(timeout)) {
                            assertEquals(5, way.send(client, address(listener)));
                            take(listener);
                            assertTrue(wasInSyn(client));
                            assertEquals(address(listener), client.getRemoteAddress());
                        }
                    }
                }
            }
        });
    }

    /** The SYN that has the data is refused: a socket that waits learns it from the send, as from send(2). */
    @Test
    void aRefusalOfDataInTheSynIsTheSendsFailure() throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.run("echo 3 > /proc/sys/net/ipv4/tcp_fastopen");
            InetSocketAddress to;
            try (Socket listener = listener();
                    Socket first = Socket.tcp().timeout(LONG)) {
                to = address(listener);
                assertEquals(5, WAYS.get(0).send(first, to));
                take(listener);
            }
            for (Way way : WAYS.subList(0, 4)) {
                try (Socket client = Socket.tcp().timeout(LONG)) {
                    assertThrows(ConnectException.class, () -> way.send(client, to));
                }
                try (Socket client = Socket.tcp().timeout(Socket.NON_BLOCKING)) {
                    assertEquals(5, way.send(client, to));
                    assertTrue(client.poll(Linux.POLLOUT, LONG) != 0);
                    assertThrows(ConnectException.class, client::finishConnect);
                }
            }
        });
    }
}
