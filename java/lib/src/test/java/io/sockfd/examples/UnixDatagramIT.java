package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.python;
import static io.sockfd.examples.Programs.socat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** UnixDatagramServer. The JDK has no datagrams in the UNIX domain, hence the peers are this library, python and socat. */
@Timeout(90)
@Tag("once")
class UnixDatagramIT {
    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("log.sock");
    }

    @Test
    void endsOnDone() throws Exception {
        try (Socket killed = Socket.unixDatagram()) {
            killed.bind(UnixDomainSocketAddress.of(path()));
        }
        assertTrue(Files.exists(path()), "left behind");
        try (Program server = example("UnixDatagramServer", path().toString());
                Socket client = Socket.unixDatagram()) {
            server.await("bound to ");
            client.connect(UnixDomainSocketAddress.of(path()));
            for (String text : new String[] {"one", "", "x".repeat(1024), "y".repeat(1025), "DONE "}) {
                client.send(ByteBuffer.wrap(text.getBytes(UTF_8)), 0);
            }
            assertEquals(
                    "bound to " + path() + "\none\n\n" + "x".repeat(1024) + "\n" + "y".repeat(1024)
                            + " ... (the rest did not fit)\nDONE\n",
                    server.end());
        }
        assertFalse(Files.exists(path()));
    }

    @Test
    void fromSocatAndPython() throws Exception {
        try (Program server = example("UnixDatagramServer", path().toString())) {
            server.await("bound to ");
            try (Program client = socat("-u", "-", "UNIX-SENDTO:" + path())) {
                client.sayAll("from socat\n");
                client.end();
            }
            server.await("from socat");
            try (Program client = python("""
                    import socket, sys
                    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
                        s.sendto(b'from python', sys.argv[1])
                        s.sendto(b'DONE', sys.argv[1])
                    """, path().toString())) {
                client.end();
            }
            server.await("from python");
            server.end();
        }
    }
}
