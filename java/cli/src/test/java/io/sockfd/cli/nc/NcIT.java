package io.sockfd.cli.nc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.ErrnoException;
import io.sockfd.Protocol;
import io.sockfd.address.Addresses;
import io.sockfd.cli.Child;
import io.sockfd.cli.Tool;
import io.sockfd.packet.PacketBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files through nc, to itself, to the JDK, to OpenBSD's netcat and to socat. */
@Tag("once")
@Timeout(60)
class NcIT {
    private static final int SIZE = 5_000_011;

    @TempDir
    Path temporary = Path.of("");

    private Path one = Path.of("");
    private Path two = Path.of("");

    @BeforeEach
    void makeFiles() throws Exception {
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        one = Files.write(temporary.resolve("one"), bytes);
        new Random(2).nextBytes(bytes);
        two = Files.write(temporary.resolve("two"), bytes);
    }

    private Path out(String name) {
        return temporary.resolve(name);
    }

    private void assertSame(Path expected, Path actual) throws Exception {
        assertEquals(-1, Files.mismatch(expected, actual), actual.toString());
    }

    private static String portOf(String name) {
        return name.substring(name.lastIndexOf(':') + 1).strip();
    }

    /** Whoever has sent all keeps receiving. */
    @Test
    void exchangesFilesWithItself() throws Exception {
        try (Tool server = Tool.start(one, out("a"), "nc", "-v", "-N", "-l", "127.0.0.1", "-p", "0")) {
            String port = portOf(server.await("Listening on "));
            try (Tool client = Tool.start(two, out("b"), "nc", "-N", "127.0.0.1", port)) {
                assertEquals(0, client.awaitEnd(), client.said());
                assertEquals(0, server.awaitEnd(), server.said());
            }
        }
        assertSame(one, out("b"));
        assertSame(two, out("a"));
    }

    @Test
    void exchangesFilesWithNetcat() throws Exception {
        assumeTrue(Tool.isInstalled("nc.openbsd"), "no netcat-openbsd");
        String netcat = "nc.openbsd -N 127.0.0.1 %s < " + two + " > " + out("b");
        try (Tool server = Tool.start(one, out("a"), "nc", "-v", "-N", "-l", "127.0.0.1", "-p", "0")) {
            sh(String.format(netcat, portOf(server.await("Listening on "))));
            assertEquals(0, server.awaitEnd(), server.said());
        }
        assertSame(one, out("b"));
        assertSame(two, out("a"));
    }

    @Test
    void exchangesFilesWithSocat() throws Exception {
        assumeTrue(Tool.isInstalled("socat"), "no socat");
        Path path = out("socat.sock");
        Process socat = new ProcessBuilder(
                        "socat", "-t20", "UNIX-LISTEN:" + path, "OPEN:" + two + "!!CREATE:" + out("a"))
                .start();
        try {
            for (int i = 0; i < 200 && !Files.exists(path); i++) {
                Thread.sleep(10);
            }
            try (Tool client = Tool.start(one, out("b"), "nc", "-N", "-U", path.toString())) {
                assertEquals(0, client.awaitEnd(), client.said());
            }
            assertEquals(0, socat.waitFor());
        } finally {
            socat.destroyForcibly();
        }
        assertSame(two, out("b"));
        assertSame(one, out("a"));
    }

    private void sh(String script) throws Exception {
        Child.Result result = Child.run(List.of("sh", "-c", script), Map.of(), temporary);
        assertEquals(0, result.status(), result.err());
    }

    /** -q shuts the sending side down, and -q 0 is no reason to lose the answer. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "5"})
    void quitsAfterTheAnswer(String seconds) throws Exception {
        Path hello = Files.writeString(out("hello"), "hello");
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(server.getLocalPort());
            try (Tool client = Tool.start(hello, out("a"), "nc", "-q", seconds, "127.0.0.1", port)) {
                try (Socket peer = server.accept()) {
                    peer.setSoTimeout(10_000);
                    assertEquals("hello", new String(peer.getInputStream().readAllBytes(), UTF_8));
                    Thread.sleep(300);
                    peer.getOutputStream().write("answer".getBytes(UTF_8));
                }
                assertEquals(0, client.awaitEnd(), client.said());
            }
        }
        assertEquals("answer", Files.readString(out("a")));
    }

    @Test
    void keepsListening() throws Exception {
        try (Tool server = Tool.start(null, out("a"), "nc", "-v", "-k", "-l", "127.0.0.1", "-p", "0")) {
            int port = Integer.parseInt(portOf(server.await("Listening on ")));
            for (int i = 0; i < 3; i++) {
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    client.getOutputStream().write(("client " + i + "\n").getBytes(UTF_8));
                }
                server.await("Connection received");
            }
            waitFor(out("a"), "client 2");
            assertEquals(130, server.interrupt(), server.said());
        }
        assertEquals(List.of("client 0", "client 1", "client 2"), Files.readAllLines(out("a")));
    }

    private static void waitFor(Path file, String text) throws Exception {
        for (int i = 0; i < 500 && !Files.readString(file).contains(text); i++) {
            Thread.sleep(10);
        }
    }

    @Test
    void talksInUnixDatagrams() throws Exception {
        Path path = out("d.sock");
        Path hello = Files.writeString(out("hello"), "hello\n");
        try (Tool server = Tool.start(hello, out("a"), "nc", "-v", "-u", "-U", "-l", path.toString())) {
            server.await("Listening on ");
            try (Tool client = Tool.start(hello, out("b"), "nc", "-w", "1", "-u", "-U", path.toString())) {
                assertEquals(0, client.awaitEnd(), client.said());
            }
            assertEquals(130, server.interrupt(), server.said());
        }
        assertEquals("hello\n", Files.readString(out("a")));
        assertEquals("hello\n", Files.readString(out("b")));
        assertTrue(Files.notExists(path));
    }

    /** Of port 0, which only a raw socket sends from, and of a UNIX path that is gone. */
    @Test
    void waitsForADatagramThatCanBeAnswered() throws Exception {
        Path hello = Files.writeString(out("hello"), "hello\n");
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (io.sockfd.Socket raw = raw();
                DatagramChannel peer = DatagramChannel.open(StandardProtocolFamily.INET);
                DatagramChannel other = DatagramChannel.open(StandardProtocolFamily.INET);
                Tool server = Tool.start(hello, out("a"), "nc", "-v", "-u", "-l", "127.0.0.1", "-p", "0")) {
            InetSocketAddress address =
                    new InetSocketAddress(loopback, Integer.parseInt(portOf(server.await("Listening on "))));
            ByteBuffer packet = new PacketBuilder()
                    .ipv4(ip -> ip.source("127.0.0.1").destination("127.0.0.1"))
                    .udp(u -> u.sourcePort(0).destinationPort(address.getPort()))
                    .payload("from nobody".getBytes(UTF_8))
                    .build();
            raw.sendTo(packet, new InetSocketAddress(loopback, 0), 0);
            assertEquals(" 127.0.0.1:0: port 0 cannot be answered", server.await("Passed over a datagram of"));
            peer.bind(new InetSocketAddress(loopback, 0));
            peer.send(ByteBuffer.wrap("from me".getBytes(UTF_8)), address);
            assertEquals(" " + Addresses.format(peer.getLocalAddress()), server.await("Connection received on"));
            ByteBuffer answer = ByteBuffer.allocate(100);
            assertEquals(address, peer.receive(answer));
            assertEquals("hello\n", UTF_8.decode(answer.flip()).toString());
            // connected by now: others are not heard
            other.send(ByteBuffer.wrap("from another".getBytes(UTF_8)), address);
            peer.send(ByteBuffer.wrap(", again".getBytes(UTF_8)), address);
            waitFor(out("a"), "again");
            assertEquals(130, server.interrupt(), server.said());
        }
        assertEquals("from me, again", Files.readString(out("a")));
    }

    private static io.sockfd.Socket raw() throws Exception {
        try {
            return io.sockfd.Socket.raw(Protocol.RAW);
        } catch (ErrnoException e) {
            return abort("no datagram from port 0 without CAP_NET_RAW: " + e.getMessage());
        }
    }

    @Test
    void waitsForAUnixPeerThatIsStillThere() throws Exception {
        Path path = out("d.sock");
        Path hello = Files.writeString(out("hello"), "hello\n");
        try (Tool server = Tool.start(hello, out("a"), "nc", "-v", "-u", "-U", "-l", path.toString())) {
            server.await("Listening on ");
            try (io.sockfd.Socket gone = io.sockfd.Socket.unixDatagram()) {
                gone.bind(UnixDomainSocketAddress.of(out("gone.sock")));
                Files.delete(out("gone.sock"));
                gone.sendTo(ByteBuffer.wrap("from nobody".getBytes(UTF_8)), UnixDomainSocketAddress.of(path), 0);
            }
            assertTrue(server.await("Passed over a datagram of").contains("gone.sock: "), server.said());
            try (Tool client = Tool.start(hello, out("b"), "nc", "-w", "1", "-u", "-U", path.toString())) {
                assertEquals(0, client.awaitEnd(), client.said());
            }
            assertEquals(130, server.interrupt(), server.said());
        }
        assertEquals("hello\n", Files.readString(out("a")));
        assertEquals("hello\n", Files.readString(out("b")));
    }

    @Test
    void triesPorts() throws Exception {
        try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            int port = open.getLocalPort();
            Child.Result result = Child.sockfd("nc", "-zv", "127.0.0.1", "1," + port);
            assertEquals(0, result.status(), result.err());
            assertEquals("", result.out());
            assertTrue(
                    result.err()
                            .startsWith("sockfd nc: connect to 127.0.0.1 port 1 (tcp) failed: Connection refused\n"),
                    result.err());
            assertTrue(
                    result.err().matches("(?s).*127.0.0.1 " + port + " port \\[tcp/\\S+\\] succeeded!\n"),
                    result.err());
        }
    }

    @Test
    void saysInALineWhyNot() throws Exception {
        for (String[] arguments : new String[][] {
            {"127.0.0.1", "1", "ECONNREFUSED", "1"},
            {"nosuch.invalid", "1", "no such host", "1"},
            {"127.0.0.1", "99999", "1 to 65535", "1"}
        }) {
            Child.Result result = Child.sockfd("nc", arguments[0], arguments[1]);
            assertEquals(arguments[3], String.valueOf(result.status()));
            assertEquals(1, result.errLines().size(), result.err());
            assertTrue(result.err().contains(arguments[2]), result.err());
        }
    }
}
