package io.sockfd.examples;

import static io.sockfd.examples.Programs.curl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Addresses;
import io.sockfd.raw.Backend;
import io.sockfd.raw.Leg;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An HTTP server on one thread under load. A minute of it: {@code -Dhttp.seconds=60}. That it makes no garbage is seen by its
 * collections: the young generation is so small that 24 bytes for each request would fill it several times over.
 */
@Tag("once")
@Timeout(300)
abstract class HttpServerTests {
    private static final int IDLE = Integer.getInteger("http.idle", Leg.isLong() ? 10_000 : 1_000);
    private static final int ACTIVE = Integer.getInteger("http.active", 200);
    private static final int SECONDS = Integer.getInteger("http.seconds", Leg.isLong() ? 3 : 1);

    private final String example;
    private final String hello;

    @TempDir
    Path folder;

    HttpServerTests(String example, String hello) {
        this.example = example;
        this.hello = hello;
    }

    private Program server() throws Exception {
        List<String> command = new ArrayList<>(Programs.exampleCommand(example, "127.0.0.1:0"));
        command.remove("-XX:TieredStopAtLevel=1"); // here it is about the long run
        command.addAll(1, List.of("-Xmn2m", "-Xmx256m", "-Xlog:gc:file=" + folder.resolve("gc.log")));
        return Program.start(command);
    }

    private long collections() throws Exception {
        return Files.readAllLines(folder.resolve("gc.log")).stream()
                .filter(line -> line.contains("Pause"))
                .count();
    }

    @Test
    void servesThousandsOfIdleAndHundredsOfBusyConnectionsWithoutGarbage() throws Exception {
        int room = Math.min(IDLE, openFiles() - ACTIVE * 2 - 300);
        try (Program server = server()) {
            SocketAddress address = Addresses.parse(server.await("listening on "));
            try (HttpLoad load = new HttpLoad(address, room, ACTIVE)) {
                load.run(Duration.ofSeconds(2)); // until it is compiled
                long before = collections();
                long answers = load.run(Duration.ofSeconds(SECONDS));
                long after = collections();
                load.askAll();
                System.out.printf(
                        "%s on %s: %d connections, %d requests in %d s, %d collections of 2 MB meanwhile%n",
                        example, Backend.chosen().name(), load.connections(), answers, SECONDS, after - before);
                assertEquals("", load.failure());
                assertTrue(answers > 1000L * SECONDS, answers + " requests");
                if (Backend.chosen().name().equals("ffm")) {
                    assertTrue(after - before <= 1, after - before + " collections for " + answers + " requests");
                }
            }
            assertTrue(server.isAlive());
        }
    }

    @Test
    void answersCurlTwiceOnOneConnection() throws Exception {
        try (Program server = server()) {
            String url = "http://" + server.await("listening on ") + "/";
            try (Program curl = curl("-s", url, url, "-w", "%{num_connects}")) {
                assertEquals(hello + "\n1" + hello + "\n0", curl.end());
            }
        }
    }

    private static int openFiles() throws Exception {
        String line = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(l -> l.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
        String soft = line.replaceFirst("Max open files\\s+(\\S+).*", "$1");
        return soft.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(soft);
    }
}
