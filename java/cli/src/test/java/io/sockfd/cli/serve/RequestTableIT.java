package io.sockfd.cli.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.cli.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More than a thousand generated requests to {@code serve} and to nginx, with the same files. */
@Tag("once")
@Tag("grid")
@Timeout(300)
class RequestTableIT {
    @TempDir
    private Path temporary = Path.of("");

    private Path makeSite() throws IOException {
        Path www = Files.createDirectories(temporary.resolve("www"));
        Files.createDirectories(www.resolve("sub"));
        Files.writeString(temporary.resolve("secret"), "secret");
        Files.writeString(www.resolve("index.html"), "<p>root");
        Files.writeString(www.resolve("sub/index.html"), "<p>sub");
        Files.writeString(www.resolve("file.txt"), "0123456789");
        Files.writeString(www.resolve("a b.txt"), "blank");
        Files.createFile(www.resolve("empty.txt"));
        Files.createSymbolicLink(www.resolve("out"), temporary.resolve("secret"));
        Files.createSymbolicLink(www.resolve("in"), www.resolve("sub"));
        return www;
    }

    /** The status of the answer; 0 for none. */
    private static int ask(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            String line = new String(in.readNBytes(12), ISO_8859_1);
            return line.matches("HTTP/1\\.[01] [0-9]{3}") ? Integer.parseInt(line.substring(9)) : 0;
        } catch (java.net.SocketException | java.net.SocketTimeoutException e) {
            return 0;
        }
    }

    @Test
    void answersAsNginxOrStricter() throws Exception {
        assumeTrue(Tool.isInstalled("nginx"), "no nginx");
        Path www = makeSite();
        Path home = temporary.toAbsolutePath();
        int nginxPort;
        try (ServerSocket free = new ServerSocket(0)) {
            nginxPort = free.getLocalPort();
        }
        Path configuration = Files.writeString(
                temporary.resolve("nginx.conf"),
                "daemon off; pid " + home + "/pid; error_log " + home + "/error.log;\n"
                        + "events {}\nhttp { access_log off; client_body_temp_path " + home + "/b; proxy_temp_path "
                        + home + "/p; fastcgi_temp_path " + home + "/f; uwsgi_temp_path " + home
                        + "/u; scgi_temp_path " + home + "/s;\n"
                        + "server { listen 127.0.0.1:" + nginxPort + "; root " + www.toAbsolutePath()
                        + "; index index.html; disable_symlinks if_not_owner; } }\n");
        for (Path path : List.of(temporary, www, www.resolve("sub"))) {
            path.toFile().setExecutable(true, false);
            path.toFile().setReadable(true, false);
        }
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        int step = Integer.getInteger("sockfd.requests.step", 3);
        try (Tool server = Tool.start(null, temporary.resolve("out"), "serve", "-l", "127.0.0.1:0", www.toString())) {
            int port = Integer.parseInt(server.await("listening on ").replaceFirst("^\\S*:([0-9]+).*", "$1"));
            Process nginx = new ProcessBuilder(
                            "nginx",
                            "-e",
                            home + "/error.log",
                            "-c",
                            configuration.toAbsolutePath().toString())
                    .redirectErrorStream(true)
                    .start();
            try {
                awaitListener(nginxPort);
                List<RequestGrammar.Case> cases = RequestGrammar.all();
                for (int i = 0; i < cases.size(); i += step) {
                    RequestGrammar.Case one = cases.get(i);
                    int theirs = ask(nginxPort, one.bytes());
                    int ours = ask(port, one.bytes());
                    rows++;
                    if (!isRight(one.verdict(), ours, theirs)) {
                        wrong.add(one.verdict() + " " + one.name() + ": " + ours + ", nginx " + theirs);
                    }
                }
            } finally {
                nginx.destroy();
                nginx.waitFor();
            }
            assertEquals(130, server.interrupt(), server.said());
        }
        System.out.println("requests to serve and to nginx: " + rows + ", wrong " + wrong.size());
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }

    private static boolean isRight(RequestGrammar.Verdict verdict, int ours, int theirs) {
        return switch (verdict) {
            case GOOD -> ours == theirs;
            case BAD -> ours == 400;
            case IGNORED -> ours == theirs || ours == 200;
            case STRICT -> ours != 0 && (ours >= 400 || theirs < 400);
        };
    }

    private static void awaitListener(int port) throws Exception {
        for (int i = 0; i < 500; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (java.net.ConnectException e) {
                Thread.sleep(10);
            }
        }
    }
}
