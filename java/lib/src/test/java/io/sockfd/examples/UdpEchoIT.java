package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.python;
import static io.sockfd.examples.Programs.socat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** UdpEchoServer and UdpEchoClient. */
@Timeout(90)
@TestInstance(Lifecycle.PER_CLASS)
@Tag("once")
class UdpEchoIT {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int LARGEST_PAYLOAD = 65_507;

    private Program server;
    private SocketAddress address;
    private String port;

    @BeforeAll
    void start() throws Exception {
        server = example("UdpEchoServer", "127.0.0.1:0");
        address = Addresses.parse(server.await("bound to "));
        port = Integer.toString(((InetSocketAddress) address).getPort());
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void theServerToTheJdk() throws Exception {
        byte[] data = new byte[LARGEST_PAYLOAD];
        new Random(8).nextBytes(data);
        try (DatagramChannel client = DatagramChannel.open().bind(LOOPBACK)) {
            for (int length : new int[] {LARGEST_PAYLOAD, 0, 1}) {
                client.send(ByteBuffer.wrap(data, 0, length), address);
                ByteBuffer answer = ByteBuffer.allocate(LARGEST_PAYLOAD + 1);
                assertEquals(address, client.receive(answer));
                assertArrayEquals(
                        Arrays.copyOf(data, length), Arrays.copyOf(answer.array(), answer.position()), "" + length);
            }
        }
    }

    @Test
    void theServerToPython() throws Exception {
        try (Program client = python("""
                import socket, sys
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                    s.settimeout(20)
                    s.sendto(b'from python', ('127.0.0.1', int(sys.argv[1])))
                    print(s.recvfrom(100))
                """, port)) {
            assertEquals("(b'from python', ('127.0.0.1', " + port + "))\n", client.end());
        }
    }

    @Test
    void theServerToSocat() throws Exception {
        try (Program client = socat("-", "UDP:127.0.0.1:" + port)) {
            client.say("from socat");
            assertEquals("", client.await("from socat"));
        }
    }

    @Test
    void theClientAsksTheJdkAgain() throws Exception {
        try (DatagramChannel peer = DatagramChannel.open().bind(LOOPBACK)) {
            int at = peer.socket().getLocalPort();
            try (Program client = example("UdpEchoClient", "127.0.0.1:" + at, "hello")) {
                ByteBuffer question = ByteBuffer.allocate(100);
                peer.receive(question);
                SocketAddress from = peer.receive(question.clear());
                assertEquals("hello", UTF_8.decode(question.flip()).toString());
                // what somebody else says does not reach a connected socket
                try (DatagramChannel stranger = DatagramChannel.open()) {
                    stranger.send(ByteBuffer.wrap("lies".getBytes(UTF_8)), from);
                }
                peer.send(question.rewind(), from);
                assertEquals("hello\n", client.end());
                assertEquals("no answer to attempt 1\n", client.errors());
            }
        }
    }

    @Test
    void theClientToPython() throws Exception {
        try (Program peer = python("""
                import socket
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                    s.bind(('127.0.0.1', 0))
                    print('port', s.getsockname()[1])
                    data, sender = s.recvfrom(100)
                    s.sendto(data, sender)
                """)) {
            try (Program client = example("UdpEchoClient", "127.0.0.1:" + peer.await("port "), "to python")) {
                assertEquals("to python\n", client.end());
                peer.end();
            }
        }
    }

    @Test
    void nobodyThere() throws Exception {
        int at;
        try (DatagramChannel free = DatagramChannel.open().bind(LOOPBACK)) {
            at = free.socket().getLocalPort();
        }
        try (Program client = example("UdpEchoClient", "127.0.0.1:" + at, "hello")) {
            client.end(1);
            assertTrue(client.errors().contains("ECONNREFUSED"), client::errors);
        }
    }
}
