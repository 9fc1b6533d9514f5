package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.python;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.address.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** UdpEchoAnywhere: each address of this host answers for itself. */
@Timeout(90)
@TestInstance(Lifecycle.PER_CLASS)
@Tag("once")
class UdpEchoAnywhereIT {
    private static final int LARGEST_PAYLOAD = 65_507;

    private Program server;
    private int port;

    @BeforeAll
    void start() throws Exception {
        assumeTrue(hasIpv6(), "no IPv6 on this machine");
        server = example("UdpEchoAnywhere", "0");
        port = ((InetSocketAddress) Addresses.parse(server.await("bound to "))).getPort();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static boolean hasIpv6() {
        try (DatagramChannel six = DatagramChannel.open()) {
            byte[] loopback = new byte[16];
            loopback[15] = 1;
            six.bind(new InetSocketAddress(InetAddress.getByAddress(loopback), 0));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** From the wildcard address, so that the answer may come from anywhere. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "127.1.2.3", "::1"})
    void theAddressThatWasAskedAnswers(String address) throws Exception {
        InetSocketAddress asked = new InetSocketAddress(InetAddress.getByName(address), port);
        byte[] data = new byte[LARGEST_PAYLOAD];
        new Random(8).nextBytes(data);
        try (DatagramChannel client = DatagramChannel.open().bind(null)) {
            for (int length : new int[] {LARGEST_PAYLOAD, 0, 1}) {
                client.send(ByteBuffer.wrap(data, 0, length), asked);
                ByteBuffer answer = ByteBuffer.allocate(LARGEST_PAYLOAD + 1);
                assertEquals(asked, client.receive(answer), server::toString);
                assertArrayEquals(
                        Arrays.copyOf(data, length), Arrays.copyOf(answer.array(), answer.position()), "" + length);
            }
        }
    }

    /** A connected socket takes no other's answer. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1"})
    void aConnectedClientSeesTheAnswer(String address) throws Exception {
        try (Program client = python("""
                import socket, sys
                family = socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET
                with socket.socket(family, socket.SOCK_DGRAM) as s:
                    s.settimeout(20)
                    s.connect((sys.argv[1], int(sys.argv[2])))
                    s.send(b'from python')
                    print(s.recv(100).decode())
                """, address, Integer.toString(port))) {
            assertEquals("from python\n", client.end());
        }
    }
}
