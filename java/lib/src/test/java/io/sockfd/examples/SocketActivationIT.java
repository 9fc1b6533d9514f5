package io.sockfd.examples;

import static io.sockfd.examples.Programs.assumeTool;
import static io.sockfd.examples.Programs.curl;
import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.exampleCommand;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Addresses;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SocketActivation, started by a supervisor of a few lines of python and by systemd's own. */
@Timeout(120)
@Tag("once")
class SocketActivationIT {
    /** Listens on a TCP port and on the path of its first argument, and becomes the rest, as systemd does. */
    private static final String SUPERVISOR = """
            import fcntl, os, socket, sys
            sockets = [socket.create_server(('127.0.0.1', 0)), socket.socket(socket.AF_UNIX)]
            sockets[1].bind(sys.argv[1])
            sockets[1].listen()
            # first out of the way of the numbers that they are to have
            high = [fcntl.fcntl(s.fileno(), fcntl.F_DUPFD, 100) for s in sockets]
            for n, fd in enumerate(high):
                os.dup2(fd, 3 + n)
                os.close(fd)
            os.environ.update(LISTEN_FDS='2', LISTEN_PID=str(os.getpid()))
            os.execvp(sys.argv[2], sys.argv[2:])
            """;

    @TempDir
    Path directory;

    private static String get(SocketAddress address, String path) throws IOException {
        try (SocketChannel client = SocketChannel.open(address)) {
            client.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(US_ASCII)));
            return new String(Channels.newInputStream(client).readAllBytes(), US_ASCII);
        }
    }

    static Program supervised(String path) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", SUPERVISOR, path));
        command.addAll(exampleCommand("SocketActivation"));
        return Programs.tool(command);
    }

    @Test
    void fromPythonToTheJdk() throws Exception {
        String path = directory.resolve("hello.sock").toString();
        try (Program server = supervised(path)) {
            SocketAddress tcp = Addresses.parse(server.await("serving "));
            assertEquals(path, server.await("serving "));
            for (int i = 0; i < 2; i++) {
                String head = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ";
                String inet = "you asked a socket of AF_INET: GET /a HTTP/1.0\n";
                assertEquals(head + inet.length() + "\r\n\r\n" + inet, get(tcp, "/a"));
                String unix = "you asked a socket of AF_UNIX: GET /b HTTP/1.0\n";
                assertEquals(head + unix.length() + "\r\n\r\n" + unix, get(UnixDomainSocketAddress.of(path), "/b"));
            }
        }
    }

    @Test
    void fromPythonToCurl() throws Exception {
        String path = directory.resolve("hello.sock").toString();
        try (Program server = supervised(path)) {
            String tcp = server.await("serving ");
            try (Program curl = curl("http://" + tcp + "/tcp")) {
                assertEquals("you asked a socket of AF_INET: GET /tcp HTTP/1.1\n", curl.end());
            }
            try (Program curl = curl("--unix-socket", path, "http://localhost/unix")) {
                assertEquals("you asked a socket of AF_UNIX: GET /unix HTTP/1.1\n", curl.end());
            }
        }
    }

    @Test
    void fromSystemdToTheJdk() throws Exception {
        assumeTool("systemd-socket-activate");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of("systemd-socket-activate", "-l", "127.0.0.1:" + port, "--"));
        command.addAll(exampleCommand("SocketActivation"));
        try (Program server = Program.start(command)) {
            server.awaitError(text -> text.contains("Listening on"));
            // the first client is what makes it start, and waits meanwhile
            String answer = get(Addresses.parse("127.0.0.1:" + port), "/first");
            assertTrue(answer.endsWith("\r\n\r\nyou asked a socket of AF_INET: GET /first HTTP/1.0\n"), answer);
            assertEquals("127.0.0.1:" + port, server.await("serving "));
        }
    }

    @Test
    void startedByHand() throws Exception {
        try (Program server = example("SocketActivation")) {
            server.end(1);
            assertTrue(server.errors().startsWith("LISTEN_FDS is not set"), server::errors);
        }
    }
}
