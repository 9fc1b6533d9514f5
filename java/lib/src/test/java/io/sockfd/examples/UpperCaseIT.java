package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.python;
import static io.sockfd.examples.Programs.socat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.address.Addresses;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** UpperCaseServer. */
@Timeout(90)
@TestInstance(Lifecycle.PER_CLASS)
@Tag("once")
class UpperCaseIT {
    private Program server;
    private SocketAddress address;
    private String port;

    @BeforeAll
    void start() throws Exception {
        server = example("UpperCaseServer", "127.0.0.1:0");
        address = Addresses.parse(server.await("listening on "));
        port = Integer.toString(((InetSocketAddress) address).getPort());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void toTheJdk() throws Exception {
        // two bytes of a letter fall into two pieces of 1,024
        String text = "a".repeat(1023) + "\u00e4\u00df" + "b".repeat(5000);
        try (SocketChannel client = SocketChannel.open(address)) {
            client.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            client.shutdownOutput();
            assertEquals(
                    "A".repeat(1023) + "\u00c4SS" + "B".repeat(5000),
                    new String(Channels.newInputStream(client).readAllBytes(), UTF_8));
        }
    }

    @Test
    void toPython() throws Exception {
        try (Program client = python("""
                import socket, sys
                with socket.create_connection(('127.0.0.1', int(sys.argv[1])), 20) as s:
                    s.sendall(b'from python')
                    s.shutdown(socket.SHUT_WR)
                    print(s.makefile('rb').read().decode())
                """, port)) {
            assertEquals("FROM PYTHON\n", client.end());
        }
    }

    @Test
    void toSocat() throws Exception {
        try (Program client = socat("-", "TCP:127.0.0.1:" + port)) {
            client.sayAll("from socat\n");
            assertEquals("FROM SOCAT\n", client.end());
        }
    }
}
