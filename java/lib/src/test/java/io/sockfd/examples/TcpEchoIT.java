package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.python;
import static io.sockfd.examples.Programs.socat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Addresses;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** TcpEchoServer and TcpEchoClient. One server for all tests: what one client does must not matter to the next. */
@Timeout(90)
@TestInstance(Lifecycle.PER_CLASS)
@Tag("once")
class TcpEchoIT {
    private Program server;
    private SocketAddress address;
    private String port;

    @BeforeAll
    void start() throws Exception {
        server = example("TcpEchoServer", "127.0.0.1:0");
        address = Addresses.parse(server.await("listening on "));
        port = Integer.toString(((InetSocketAddress) address).getPort());
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void theServerToTheJdk() throws Exception {
        byte[] data = new byte[300_000];
        new Random(7).nextBytes(data);
        try (SocketChannel client = SocketChannel.open(address)) {
            // more than all buffers on the way hold: it must be read while it is written
            Thread writer = new Thread(() -> {
                try {
                    client.write(ByteBuffer.wrap(data));
                    client.shutdownOutput();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            writer.start();
            assertArrayEquals(data, client.socket().getInputStream().readAllBytes());
            writer.join();
            server.await(Addresses.format(client.getLocalAddress()) + " has gone");
        }
    }

    @Test
    void theServerToPython() throws Exception {
        try (Program client = python("""
                import socket, sys
                with socket.create_connection(('127.0.0.1', int(sys.argv[1])), 20) as s:
                    s.sendall(b'from python')
                    s.shutdown(socket.SHUT_WR)
                    print(s.makefile('rb').read().decode())
                """, port)) {
            assertEquals("from python\n", client.end());
        }
    }

    @Test
    void theServerToSocat() throws Exception {
        try (Program client = socat("-", "TCP:127.0.0.1:" + port)) {
            client.sayAll("from socat\n");
            assertEquals("from socat\n", client.end());
        }
    }

    @Test
    void clientsAtOnceAndOneThatResets() throws Exception {
        try (SocketChannel first = SocketChannel.open(address);
                SocketChannel second = SocketChannel.open(address)) {
            try (SocketChannel broken = SocketChannel.open(address)) {
                // one byte there and back: the server is in the midst of it
                broken.write(ByteBuffer.wrap(new byte[1]));
                assertEquals(1, broken.read(ByteBuffer.allocate(1)));
                broken.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            server.awaitError(text -> text.contains("ECONNRESET"));
            for (SocketChannel client : new SocketChannel[] {second, first}) {
                client.write(ByteBuffer.wrap("still there".getBytes(UTF_8)));
                InputStream in = client.socket().getInputStream();
                assertEquals("still there", new String(in.readNBytes(11), UTF_8));
            }
        }
        assertTrue(server.isAlive(), server::toString);
    }

    @Test
    void theClientToTheJdk() throws Exception {
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            int at = listener.socket().getLocalPort();
            try (Program client = example("TcpEchoClient", "127.0.0.1:" + at, "hello");
                    SocketChannel peer = listener.accept()) {
                assertEquals("hello", new String(Channels.newInputStream(peer).readAllBytes(), UTF_8));
                peer.write(ByteBuffer.wrap("HELLO to you".getBytes(UTF_8)));
                peer.shutdownOutput();
                assertEquals("HELLO to you\n", client.end());
            }
        }
    }

    @Test
    void theClientToPython() throws Exception {
        try (Program peer = python("""
                import socket
                with socket.create_server(('127.0.0.1', 0)) as s:
                    print('port', s.getsockname()[1])
                    c, _ = s.accept()
                    with c:
                        while data := c.recv(3):
                            c.sendall(data)
                """)) {
            try (Program client = example("TcpEchoClient", "127.0.0.1:" + peer.await("port "), "to python")) {
                assertEquals("to python\n", client.end());
                peer.end();
            }
        }
    }
}
