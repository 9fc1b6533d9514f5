package io.sockfd.cli.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.cli.Child;
import io.sockfd.cli.Engines;
import io.sockfd.cli.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's own channels at both ends. */
@Tag("once")
@Timeout(60)
class RelayIT {
    private static final long MEGABYTES = Long.getLong("relay.megabytes", 64);
    private static final int CHUNK = 1 << 20;

    @TempDir
    Path temporary = Path.of("");

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static int portOf(String name) {
        return Integer.parseInt(name.replaceFirst("^\\S*:([0-9]+).*", "$1"));
    }

    private static byte[] send(SocketChannel channel, int seed) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] chunk = new byte[CHUNK];
        new Random(seed).nextBytes(chunk);
        OutputStream out = Channels.newOutputStream(channel);
        for (long i = 0; i < MEGABYTES; i++) {
            chunk[0] = (byte) i;
            digest.update(chunk);
            out.write(chunk);
        }
        channel.shutdownOutput();
        return digest.digest();
    }

    private static byte[] receive(SocketChannel channel) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] chunk = new byte[CHUNK];
        InputStream in = Channels.newInputStream(channel);
        int length;
        while ((length = in.read(chunk)) > 0) {
            digest.update(chunk, 0, length);
        }
        return digest.digest();
    }

    /** Both directions at once; the one that ends first does not end the other. */
    @ParameterizedTest
    @ValueSource(strings = {"--stats=60", "--copy", "--engine=uring"})
    void carriesBothWays(String option) throws Exception {
        if (option.equals("--engine=uring")) {
            Engines.assumeRings();
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Path path = temporary.resolve("target");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            try (Tool relay =
                    Tool.start(null, temporary.resolve("out"), "relay", option, "127.0.0.1:0", path.toString())) {
                int port = portOf(relay.await("from "));
                try (SocketChannel client = SocketChannel.open(loopback(port));
                        SocketChannel target = server.accept()) {
                    Future<byte[]> there = threads.submit((Callable<byte[]>) () -> send(client, 1));
                    Future<byte[]> arrived = threads.submit((Callable<byte[]>) () -> receive(target));
                    assertArrayEquals(there.get(), arrived.get());
                    // the client has ended, the way back is open
                    Future<byte[]> back = threads.submit((Callable<byte[]>) () -> send(target, 2));
                    Future<byte[]> returned = threads.submit((Callable<byte[]>) () -> receive(client));
                    assertArrayEquals(back.get(), returned.get());
                }
                assertEquals(130, relay.interrupt());
                String bytes = String.valueOf(MEGABYTES * CHUNK);
                assertTrue(
                        relay.said()
                                .contains("1 clients (0 now, 0 failed), " + bytes + " bytes to the target, " + bytes
                                        + " bytes back"),
                        relay.said());
            }
        } finally {
            threads.shutdownNow();
            assertTrue(threads.awaitTermination(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void keepsTheLimitAndServesTheOthersLater() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0));
                Tool relay = Tool.start(
                        null,
                        temporary.resolve("out"),
                        "relay",
                        "--max",
                        "1",
                        temporary.resolve("l").toString(),
                        "localhost:" + server.socket().getLocalPort())) {
            relay.await("from ");
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(temporary.resolve("l"));
            try (SocketChannel second = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                try (SocketChannel first = SocketChannel.open(address)) {
                    first.write(ByteBuffer.wrap(new byte[] {1}));
                    try (SocketChannel one = server.accept()) {
                        assertEquals(1, Channels.newInputStream(one).read());
                        second.connect(address);
                        second.write(ByteBuffer.wrap(new byte[] {2}));
                        Thread.sleep(100);
                        server.configureBlocking(false);
                        assertEquals(null, server.accept());
                        server.configureBlocking(true);
                    }
                }
                try (SocketChannel two = server.accept()) {
                    assertEquals(2, Channels.newInputStream(two).read());
                }
            }
            assertEquals(130, relay.interrupt());
            assertFalse(Files.exists(temporary.resolve("l")), "the path stays behind");
        }
    }

    @Test
    void saysWhyTheTargetCannotBeReached() throws Exception {
        try (Tool relay = Tool.start(
                null,
                temporary.resolve("out"),
                "relay",
                "--once",
                "127.0.0.1:0",
                temporary.resolve("no").toString())) {
            try (SocketChannel client = SocketChannel.open(loopback(portOf(relay.await("from "))))) {
                assertEquals(-1, client.read(ByteBuffer.allocate(1)));
            }
            relay.await("ENOENT");
            assertEquals(1, relay.awaitEnd());
        }
    }

    @Test
    void tellsSendersOfDatagramsApart() throws Exception {
        try (DatagramChannel server = DatagramChannel.open().bind(loopback(0));
                Tool relay = Tool.start(
                        null,
                        temporary.resolve("out"),
                        "relay",
                        "udp:127.0.0.1:0",
                        "udp:127.0.0.1:" + server.socket().getLocalPort())) {
            InetSocketAddress at = loopback(portOf(relay.await("from ")));
            try (DatagramChannel one = DatagramChannel.open().bind(loopback(0)).connect(at);
                    DatagramChannel two =
                            DatagramChannel.open().bind(loopback(0)).connect(at)) {
                for (int i = 0; i < 3; i++) {
                    assertEquals("1:" + i, ask(server, one, "1:" + i));
                    assertEquals("2:" + i, ask(server, two, "2:" + i));
                }
            }
            assertEquals(130, relay.interrupt());
            assertTrue(relay.said().contains("2 clients"), relay.said());
        }
    }

    private static String ask(DatagramChannel server, DatagramChannel client, String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        ByteBuffer buffer = ByteBuffer.allocate(100);
        SocketAddress from = server.receive(buffer);
        server.send(buffer.flip(), from);
        buffer.clear();
        client.read(buffer);
        return UTF_8.decode(buffer.flip()).toString();
    }

    @Test
    void leavesSomebodyElsesFilesAlone() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "precious");
        Child.Result result = Child.sockfd("relay", file.toString(), "127.0.0.1:1");
        assertEquals(1, result.status());
        assertEquals(1, result.errLines().size(), result.err());
        assertTrue(result.err().contains("is there and no socket"), result.err());
        assertEquals("precious", Files.readString(file));
    }
}
