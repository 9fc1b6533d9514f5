package io.sockfd.cli.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.cli.Child;
import io.sockfd.cli.Engines;
import io.sockfd.cli.Tool;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's HTTP client, bytes by hand, and nginx. */
@Tag("once")
@Timeout(60)
class ServeIT {
    @TempDir
    Path temporary = Path.of("");

    private final byte[] big = new byte[3_000_001];

    @BeforeEach
    void makeSite() throws Exception {
        new Random(3).nextBytes(big);
        Path www = Files.createDirectories(temporary.resolve("www/sub"));
        Files.write(temporary.resolve("www/big.bin"), big);
        Files.writeString(temporary.resolve("secret"), "secret");
        Files.writeString(www.resolve("index.html"), "<p>sub");
        Files.createFile(temporary.resolve("www/empty.txt"));
        Files.createSymbolicLink(temporary.resolve("www/out"), temporary.resolve("secret"));
        Files.createSymbolicLink(temporary.resolve("www/in"), temporary.resolve("www/sub"));
        Files.createDirectories(temporary.resolve("www/a <b>"));
    }

    private Tool serve(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "serve";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Tool.start(null, temporary.resolve("out"), all);
    }

    private static int port(Tool server) throws Exception {
        return Integer.parseInt(server.await("listening on ").replaceFirst("^\\S*:([0-9]+).*", "$1"));
    }

    @Test
    void eachEngineServesFiles() throws Exception {
        Engines.assumeRings();
        for (String engine : List.of("epoll", "uring")) {
            try (Tool server = serve(
                    "-l",
                    "127.0.0.1:0",
                    "--engine",
                    engine,
                    temporary.resolve("www").toString())) {
                HttpResponse<byte[]> response = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(server) + "/big.bin"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray());
                assertArrayEquals(big, response.body(), engine);
            }
        }
    }

    @Test
    void anEngineThatDoesNotExistIsAnErrorOfUse() throws Exception {
        Child.Result result = Child.sockfd("serve", "-l", "127.0.0.1:0", "--engine", "steam");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("--engine steam: epoll or uring, please"), result.err());
    }

    /** What comes until the server closes. */
    private static String talk(int port, String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static String status(int port, String target) throws Exception {
        return talk(port, "GET " + target + " HTTP/1.0\r\n\r\n")
                .lines()
                .findFirst()
                .orElse("nothing");
    }

    /**
     * The kernel says that there is room again only when much of its buffer was taken, a third for TCP: who takes a byte now
     * and then has taken nothing within the time.
     */
    @Test
    void whoTakesAByteAtATimeIsTooSlow() throws Exception {
        Path path = temporary.resolve("s.sock");
        String www = temporary.resolve("www").toString();
        try (Tool tcp = serve("-w", "2", "-l", "127.0.0.1:0", www);
                Tool unix = serve("-w", "2", "-l", path.toString(), www);
                SocketChannel one = SocketChannel.open(StandardProtocolFamily.INET);
                SocketChannel two = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            one.setOption(StandardSocketOptions.SO_RCVBUF, 2048);
            one.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(tcp)));
            unix.await("listening on ");
            two.connect(UnixDomainSocketAddress.of(path));
            for (SocketChannel client : new SocketChannel[] {one, two}) {
                client.write(ByteBuffer.wrap("GET /big.bin HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1)));
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(1, one.read(ByteBuffer.allocate(1))); // what had come before the end, too
                assertEquals(1, two.read(ByteBuffer.allocate(1)));
                Thread.sleep(100);
            }
            for (Tool server : new Tool[] {tcp, unix}) {
                assertEquals(130, server.interrupt(), server.said());
                assertTrue(server.said().contains("1 responses, 1 connections timed out"), server.said());
            }
        }
    }

    @Test
    void servesADirectoryAndNothingElse() throws Exception {
        try (Tool server =
                serve("--list", "-l", "127.0.0.1:0", temporary.resolve("www").toString())) {
            int port = port(server);
            HttpClient client = HttpClient.newHttpClient();
            URI at = URI.create("http://127.0.0.1:" + port + "/");
            for (int i = 0; i < 3; i++) { // from the disk, then from those that are open
                HttpResponse<byte[]> whole = client.send(
                        HttpRequest.newBuilder(at.resolve("big.bin")).build(), HttpResponse.BodyHandlers.ofByteArray());
                assertEquals(200, whole.statusCode());
                assertArrayEquals(big, whole.body());
            }
            HttpResponse<byte[]> part = client.send(
                    HttpRequest.newBuilder(at.resolve("big.bin"))
                            .header("Range", "bytes=-2")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(206, part.statusCode());
            assertArrayEquals(new byte[] {big[big.length - 2], big[big.length - 1]}, part.body());
            assertTrue(talk(port, "GET /in/ HTTP/1.0\r\n\r\n").endsWith("\r\n\r\n<p>sub"));
            assertTrue(talk(port, "GET / HTTP/1.0\r\n\r\n").contains("<a href=\"./a%20%3Cb%3E/\">a &lt;b&gt;/</a>"));
            assertTrue(talk(port, "HEAD /big.bin HTTP/1.0\r\n\r\n").endsWith("Content-Length: 3000001\r\n\r\n"));
            assertTrue(talk(port, "GET /empty.txt HTTP/1.0\r\n\r\n").endsWith("Content-Length: 0\r\n\r\n"));
            assertTrue(talk(port, "GET //evil/../sub HTTP/1.0\r\n\r\n").startsWith("HTTP/1.1 403"));
            assertEquals("HTTP/1.1 301 Moved Permanently", status(port, "/sub"));
            assertEquals("HTTP/1.1 414 URI Too Long", status(port, "/.".repeat(3000) + "/sub"));
            assertEquals("HTTP/1.1 404 Not Found", status(port, "/none"));
            assertEquals("HTTP/1.1 404 Not Found", status(port, "/big.bin/"));
            for (String escape :
                    new String[] {"/../secret", "/%2e%2e/secret", "/sub/%2E%2e/../secret", "/..%2fsecret", "/out"}) {
                assertEquals("HTTP/1.1 403 Forbidden", status(port, escape), escape);
            }
            assertEquals("HTTP/1.1 400 Bad Request", status(port, "/%00"));
            assertEquals("HTTP/1.1 400 Bad Request", status(port, "/%zz"));
            assertEquals(130, server.interrupt(), server.said());
        }
    }

    @Test
    void keepsConnectionsAndTakesRequestsInPieces() throws Exception {
        try (Tool server = serve("-l", "127.0.0.1:0", "-w", "1")) {
            int port = port(server);
            String get = "GET / HTTP/1.1\r\nHost: x\r\n";
            String answers =
                    talk(port, get + "\r\n" + get.replace("GET", "HEAD") + "\r\n" + get + "Connection: close\r\n\r\n");
            assertEquals(4, answers.split("HTTP/1.1 200 OK", -1).length, answers);
            assertEquals(3, answers.split("Hello, epoll", -1).length, answers);
            assertTrue(talk(port, "GET / HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 400"), "no Host");
            assertTrue(talk(port, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")
                    .startsWith("HTTP/1.1 405"));
            assertTrue(talk(port, "GET /" + "x".repeat(9000)).startsWith("HTTP/1.1 414"));
            assertTrue(talk(port, get + "X: " + "x".repeat(9000)).startsWith("HTTP/1.1 431"));
            long began = System.nanoTime();
            assertEquals("", talk(port, "GET / HTT"), "a client that says no more");
            assertTrue(System.nanoTime() - began < 5e9);
            assertEquals(130, server.interrupt());
            assertTrue(server.said().contains("1 connections timed out"), server.said());
        }
    }

    /** What comes after an error is read for a while only, and others have their turn meanwhile. */
    @Test
    void garbageAfterAnErrorIsBoundedAndNothingOfItReachesTheTerminal() throws Exception {
        try (Tool server = serve("-v", "-l", "127.0.0.1:0")) {
            int port = port(server);
            byte[] garbage = new byte[64 * 1024];
            long sent = 0;
            try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), port)) {
                sender.getOutputStream().write("NO\r\n\r\n".getBytes(ISO_8859_1));
                for (int i = 0; i < 16_000; i++) { // 1 GB, if nobody ends it
                    sender.getOutputStream().write(garbage);
                    sent += garbage.length;
                    if (i == 3) {
                        assertEquals("HTTP/1.1 200 OK", status(port, "/\u009b2J"));
                    }
                }
            } catch (java.net.SocketException e) {
                assertTrue(sent < 100_000_000, sent + " bytes");
            }
            assertTrue(sent < 100_000_000, sent + " bytes");
            assertEquals(130, server.interrupt());
            assertTrue(server.said().contains("200 /\\x9b2J"), server.said());
        }
    }

    @Test
    void takesAStalePathOverAndLeavesALiveOne() throws Exception {
        String path = temporary.resolve("s.sock").toString();
        try (io.sockfd.Socket stale = io.sockfd.Socket.unixStream()) {
            stale.bind(java.net.UnixDomainSocketAddress.of(path));
        }
        try (Tool server = serve("-l", path, "--mode", "rw-rw-rw-")) {
            server.await("listening on ");
            try (Tool second = serve("-l", path)) {
                second.await("somebody listens there");
                assertEquals(1, second.awaitEnd());
            }
            assertEquals(130, server.interrupt());
        }
        assertFalse(Files.exists(Path.of(path)));
    }

    private static void awaitListener(int port) throws Exception {
        for (int i = 0; i < 500; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (ConnectException e) {
                Thread.sleep(10);
            }
        }
    }

    @Test
    void worksBehindNginx() throws Exception {
        assumeTrue(Tool.isInstalled("nginx"), "no nginx");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path socket = temporary.resolve("app.sock");
        Path home = temporary.toAbsolutePath();
        Path configuration = Files.writeString(
                temporary.resolve("nginx.conf"),
                "daemon off; pid " + home + "/pid; error_log " + home + "/error.log;\n"
                        + "events {}\nhttp { access_log off; client_body_temp_path " + home + "/b; proxy_temp_path "
                        + home + "/p; fastcgi_temp_path " + home + "/f; uwsgi_temp_path " + home
                        + "/u; scgi_temp_path " + home + "/s;\n"
                        + "upstream app { server unix:" + socket.toAbsolutePath() + "; keepalive 4; }\n"
                        + "server { listen 127.0.0.1:" + port + "; location / { proxy_pass http://app;\n"
                        + "proxy_http_version 1.1; proxy_set_header Connection \"\"; } } }\n");
        temporary.toFile().setExecutable(true, false);
        try (Tool server = serve(
                "-l",
                socket.toString(),
                "--mode",
                "rw-rw-rw-",
                temporary.resolve("www").toString())) {
            server.await("listening on ");
            Process nginx = new ProcessBuilder(
                            "nginx",
                            "-e",
                            home + "/error.log",
                            "-c",
                            configuration.toAbsolutePath().toString())
                    .redirectErrorStream(true)
                    .start();
            try {
                HttpClient client = HttpClient.newHttpClient();
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/big.bin"))
                        .build();
                awaitListener(port);
                for (int i = 0; i < 5; i++) {
                    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                    assertEquals(200, response.statusCode(), Files.readString(home.resolve("error.log")));
                    assertArrayEquals(big, response.body());
                }
            } finally {
                nginx.destroy();
                nginx.waitFor();
            }
            assertEquals(130, server.interrupt());
            assertTrue(server.said().contains("1 connections, 5 responses"), server.said());
        }
    }

    @Test
    void aDirectoryIsListedOnlyWhenAsked() throws Exception {
        try (Tool server = serve("-l", "127.0.0.1:0", temporary.resolve("www").toString())) {
            int port = port(server);
            assertEquals("HTTP/1.1 404 Not Found", status(port, "/"));
            assertEquals("HTTP/1.1 200 OK", status(port, "/sub/")); // it has an index.html
        }
    }
}
