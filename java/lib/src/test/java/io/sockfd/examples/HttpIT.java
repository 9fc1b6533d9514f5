package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.python;
import static io.sockfd.examples.Programs.socat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HttpGet over TCP and UnixHttp over a UNIX socket. */
@Timeout(90)
@Tag("once")
class HttpIT {
    @TempDir
    Path directory;

    @Test
    void getFromTheJdk() throws Exception {
        String page = "x".repeat(100_000);
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            // this is on 127.0.0.1 only: where localhost is ::1 as well, that address refuses
            String host = "localhost:" + listener.socket().getLocalPort();
            try (Program get = example("HttpGet", "http://" + host + "/a/b?c=%20")) {
                try (SocketChannel peer = listener.accept()) {
                    assertEquals("GET /a/b?c=%20 HTTP/1.0\r\nHost: " + host + "\r\n", upTo(peer, "\r\n\r\n") + "\r\n");
                    peer.write(ByteBuffer.wrap(("HTTP/1.1 200 OK\r\nA: b\r\n\r\n" + page).getBytes(UTF_8)));
                }
                assertEquals(page, get.end());
                assertEquals("HTTP/1.1 200 OK\nA: b\n", get.errors());
            }
        }
    }

    /** What comes before {@code end}. */
    private static String upTo(SocketChannel peer, String end) {
        return new Scanner(Channels.newReader(peer, UTF_8))
                .useDelimiter(Pattern.quote(end))
                .next();
    }

    @Test
    void getFromPythonsServer() throws Exception {
        Files.writeString(directory.resolve("page.txt"), "a page of python\n");
        try (Program server = python("""
                import functools, http.server, sys
                handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
                with http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler) as server:
                    print('port', server.server_port)
                    server.serve_forever()
                """, directory.toString())) {
            try (Program get = example("HttpGet", "http://127.0.0.1:" + server.await("port ") + "/page.txt")) {
                assertEquals("a page of python\n", get.end());
                assertTrue(get.errors().contains("Content-Length: 17\n"), get::errors);
            }
        }
    }

    @Test
    void askAServerOfTheJdkOnAUnixSocket() throws Exception {
        Path path = directory.resolve("api.sock");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            try (Program ask = example("UnixHttp", path.toString(), "POST", "/things", "{\"name\": \"x\"}")) {
                try (SocketChannel peer = listener.accept()) {
                    String request = upTo(peer, "}");
                    assertTrue(request.startsWith("POST /things HTTP/1.0\r\n"), request);
                    assertTrue(request.contains("\r\nContent-Length: 13\r\n"), request);
                    assertTrue(request.endsWith("\r\n\r\n{\"name\": \"x\""), request);
                    peer.write(ByteBuffer.wrap("HTTP/1.0 409 Conflict\r\nA: b\r\n\r\nthere is one".getBytes(UTF_8)));
                }
                assertEquals("there is one\n", ask.end(1));
                assertEquals("HTTP/1.0 409 Conflict\n", ask.errors());
            }
        }
    }

    @Test
    void askAServerOfPythonOnAUnixSocket() throws Exception {
        Path path = directory.resolve("api.sock");
        try (Program server = python("""
                import http.server, socketserver, sys

                class Handler(http.server.BaseHTTPRequestHandler):
                    def do_GET(self):
                        self.send_response(200)
                        self.end_headers()
                        self.wfile.write(b'{"Version": "27", "path": "%s"}' % self.path.encode())
                    def log_message(self, *args):
                        pass

                with socketserver.UnixStreamServer(sys.argv[1], Handler) as server:
                    print('listening')
                    server.serve_forever()
                """, path.toString())) {
            server.await("listening");
            try (Program ask = example("UnixHttp", path.toString(), "GET", "/version")) {
                assertEquals("{\"Version\": \"27\", \"path\": \"/version\"}\n", ask.end());
            }
        }
    }

    @Test
    void askASocat() throws Exception {
        Path path = directory.resolve("socat.sock");
        Path answer = Files.writeString(directory.resolve("answer"), "HTTP/1.1 204 No Content\r\n\r\n");
        try (Program server = socat("-d", "-d", "UNIX-LISTEN:" + path, "SYSTEM:head -n 1 >&2; cat " + answer)) {
            server.awaitError(text -> text.contains("listening on"));
            try (Program ask = example("UnixHttp", path.toString(), "HEAD", "/")) {
                assertEquals("\n", ask.end());
            }
            server.awaitError(text -> text.contains("HEAD / HTTP/1.0"));
        }
    }
}
