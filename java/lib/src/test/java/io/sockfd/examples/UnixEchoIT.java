package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.python;
import static io.sockfd.examples.Programs.socat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** UnixEchoServer and UnixEchoClient. */
@Timeout(120)
@Tag("once")
class UnixEchoIT {
    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("echo.sock");
    }

    private static void assertEcho(Path path, String text) throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            client.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            client.shutdownOutput();
            assertEquals(text, new String(Channels.newInputStream(client).readAllBytes(), UTF_8));
        }
    }

    @Test
    void theServerToTheJdkWhereAnotherOneWasKilled() throws Exception {
        // the JDK, too, leaves the path behind
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(path()));
        }
        assertTrue(Files.exists(path()));
        try (Program server = example("UnixEchoServer", path().toString())) {
            server.await("listening on ");
            assertEcho(path(), "from the JDK");
            assertTrue(server.await("client: ")
                    .startsWith("pid=" + ProcessHandle.current().pid() + ","));
        }
        assertFalse(Files.exists(path()), "it clears up when it is asked to end");
    }

    @Test
    void theServerToPythonAndSocat() throws Exception {
        try (Program server = example("UnixEchoServer", path().toString())) {
            server.await("listening on ");
            try (Program client = python("""
                    import socket, sys
                    with socket.socket(socket.AF_UNIX) as s:
                        s.connect(sys.argv[1])
                        s.sendall(b'from python')
                        s.shutdown(socket.SHUT_WR)
                        print(s.makefile('rb').read().decode())
                    """, path().toString())) {
                assertEquals("from python\n", client.end());
                assertTrue(server.await("client: ").startsWith("pid=" + client.pid() + ","));
            }
            try (Program client = socat("-", "UNIX:" + path())) {
                client.sayAll("from socat\n");
                assertEquals("from socat\n", client.end());
            }
        }
    }

    @Test
    void theServerLeavesALiveOneAlone() throws Exception {
        try (ServerSocketChannel live = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            live.bind(UnixDomainSocketAddress.of(path()));
            try (Program server = example("UnixEchoServer", path().toString())) {
                server.end(1);
                assertTrue(server.errors().contains("EADDRINUSE"), server::errors);
            }
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
                assertTrue(client.isConnected());
            }
        }
    }

    @Test
    void theServerLeavesAFileAlone() throws Exception {
        Files.writeString(path(), "precious");
        try (Program server = example("UnixEchoServer", path().toString())) {
            server.end(1);
            assertTrue(server.errors().contains("EADDRINUSE"), server::errors);
        }
        assertEquals("precious", Files.readString(path()));
    }

    @Test
    void theClientToTheJdk() throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path()));
            try (Program client = example("UnixEchoClient", path().toString(), "hello");
                    SocketChannel peer = listener.accept()) {
                ByteBuffer text = ByteBuffer.allocate(5);
                while (text.hasRemaining() && peer.read(text) >= 0) {}
                assertEquals("hello", UTF_8.decode(text.flip()).toString());
                peer.write(ByteBuffer.wrap("HE".getBytes(UTF_8)));
                peer.write(ByteBuffer.wrap("LLO and more".getBytes(UTF_8)));
                assertEquals("HELLO\n", client.end());
            }
        }
    }

    @Test
    void theClientToAnAbstractNameOfPython() throws Exception {
        String name = "sockfd-test-" + ProcessHandle.current().pid();
        try (Program peer = python("""
                import socket, sys
                with socket.socket(socket.AF_UNIX) as s:
                    s.bind('\\0' + sys.argv[1])
                    s.listen()
                    print('listening')
                    c, _ = s.accept()
                    with c:
                        c.sendall(c.recv(100))
                """, name)) {
            peer.await("listening");
            try (Program client = example("UnixEchoClient", "@" + name, "to python")) {
                assertEquals("to python\n", client.end());
                peer.end();
            }
        }
    }
}
