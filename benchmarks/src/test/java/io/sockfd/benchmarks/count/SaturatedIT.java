package io.sockfd.benchmarks.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.operation.EngineRows;
import io.sockfd.benchmarks.operation.ServerRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many system calls a server makes for a request when 64 connections ask as fast as it answers. Counted by perf(1) in the
 * kernel, because a server that is traced is so slow that it always finds all of them waiting.
 */
@Timeout(120)
class SaturatedIT {
    private static final int REQUESTS = 20_000;
    private static final int WARM_UPS = 4;
    private static final double MOST_OF_RING = 0.6;
    private static final Map<Who, String> SERVERS = Map.of(
            Who.C,
            "server",
            Who.C_URING,
            "uring",
            Who.SOCKFD,
            ServerRows.class.getName() + "$SockfdServer",
            Who.SOCKFD_URING,
            ServerRows.class.getName() + "$RingServer");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void findNatives() {
        if (System.getProperty("sockfd.bench.native") == null) {
            System.setProperty("sockfd.bench.native", "../native/target/bench");
        }
    }

    private List<String> perf(Path into, long pid) {
        return List.of(
                "perf", "stat", "-x", ",", "-o", into.toString(), "-e", "raw_syscalls:sys_enter", "-p", "" + pid);
    }

    private double calls(Who who) throws Exception {
        String server = Objects.requireNonNull(SERVERS.get(who));
        try (ServerRows.Served served = new EngineRows.Apart(server, "http", "http", 64, 0)) {
            for (int i = 0; i < WARM_UPS; i++) {
                assertEquals(REQUESTS, served.run(REQUESTS));
            }
            served.forget();
            Path counted = folder.resolve(who.id());
            Process perf =
                    new ProcessBuilder(perf(counted, served.pid())).inheritIO().start();
            assertTrue(!perf.waitFor(500, TimeUnit.MILLISECONDS), "perf ended");
            try {
                assertEquals(REQUESTS, served.run(REQUESTS));
            } finally {
                new ProcessBuilder("kill", "-INT", Long.toString(perf.pid()))
                        .start()
                        .waitFor();
                perf.waitFor();
            }
            String line = Files.readAllLines(counted).stream()
                    .filter(each -> each.contains("sys_enter"))
                    .findFirst()
                    .orElseThrow();
            return Double.parseDouble(line.substring(0, line.indexOf(','))) / REQUESTS;
        }
    }

    private boolean canCount() throws InterruptedException {
        try {
            Path into = folder.resolve("probe");
            Process perf = new ProcessBuilder(
                            "perf", "stat", "-o", into.toString(), "-e", "raw_syscalls:sys_enter", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return perf.waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no perf
        }
    }

    @Test
    void aRingNeedsLessThanACallForARequest() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(System.getProperty("sockfd.bench.native"), "load")), "no C programs");
        assumeTrue(canCount(), "needs perf(1) and the right to its tracepoints");
        Map<Who, Double> calls = new TreeMap<>();
        for (Who who : SERVERS.keySet()) {
            try {
                calls.put(who, calls(who));
            } catch (UnavailableException e) {
                assumeTrue(false, String.valueOf(e.getMessage()));
            }
        }
        calls.forEach((who, count) ->
                System.out.printf(Locale.ROOT, "%s: %.3f system calls for a request%n", who.title(), count));
        assertTrue(calls.getOrDefault(Who.SOCKFD_URING, 9.0) <= MOST_OF_RING, calls::toString);
        assertTrue(calls.getOrDefault(Who.SOCKFD, 0.0) > 1, () -> "the counter counts nothing: " + calls);
    }
}
