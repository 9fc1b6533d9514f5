package io.sockfd.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.benchmarks.operation.EngineRows;
import io.sockfd.benchmarks.operation.LatencyRows;
import io.sockfd.benchmarks.operation.ServerRows;
import io.sockfd.benchmarks.operation.StartRows;
import io.sockfd.benchmarks.operation.VirtualRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows with a second process: everybody who takes part does all that was asked for, and no process is left. */
class ProcessRowsTest {
    private static final int TIMES = 20;
    private static final String NATIVE = "sockfd.bench.native";

    /** Those where another JVM begins for each contestant: a few of them do. */
    private static final Set<String> SERVERS = Set.of("server-http/64", "virtual/1000", "churn/16");

    @BeforeAll
    static void findNatives() {
        if (System.getProperty(NATIVE) == null) {
            System.setProperty(NATIVE, "../native/target/bench");
        }
        assumeTrue(Files.isExecutable(Path.of(System.getProperty(NATIVE), "load")), "built without a C compiler");
    }

    @AfterEach
    void noProcessIsLeft() {
        assertEquals(
                0,
                ProcessHandle.current()
                        .children()
                        .filter(ProcessHandle::isAlive)
                        .count());
    }

    static List<Row> rows() {
        return Stream.of(
                        LatencyRows.all().stream(),
                        StartRows.all().stream(),
                        Stream.of(ServerRows.all(), EngineRows.all(), VirtualRows.all())
                                .flatMap(List::stream)
                                .filter(row -> SERVERS.contains(row.id())))
                .flatMap(rows -> rows)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everybodyDoesTheSame(Row row) throws Exception {
        boolean slow = row.id().endsWith("-sockfd"); // a JVM at the other end
        int times = row.operation().equals("start") ? 1 : TIMES;
        long agreed = Long.MIN_VALUE;
        for (Who who : slow ? Set.of(Who.C, Who.SOCKFD) : row.who()) {
            try (Contestant contestant = row.open(who)) {
                long result = contestant.run(times);
                assertTrue(agreed == Long.MIN_VALUE || agreed == result, who + " did " + result + " and not " + agreed);
                agreed = result;
                if (contestant instanceof Timed timed) {
                    assertTrue(timed.nanos() > 0, who + " took no time");
                }
                if (contestant instanceof Sampled sampled) {
                    assertEquals(times, sampled.samples().getTotalCount());
                }
            } catch (UnavailableException e) {
                assertTrue(!who.ours() && who != Who.C, who + ": " + e.getMessage());
            }
        }
        assertTrue(agreed >= times);
    }

    @Test
    void warmsUpAtFullSpeedAndMeasuresAtTheRate() throws Exception {
        try (ServerRows.Served served = new ServerRows.Served("server", "echo", "echo", 4, 1000)) {
            long start = System.nanoTime();
            served.run(TIMES);
            served.forget();
            long between = System.nanoTime();
            served.run(TIMES);
            long end = System.nanoTime();
            assertTrue(end - between >= 19_000_000, "20 requests, 1000 a second, took " + (end - between) + " ns");
            assertTrue(between - start < end - between, "as fast as possible took " + (between - start) + " ns");
            assertEquals(TIMES, served.samples().getTotalCount());
        }
    }

    @Test
    void aServerThatDiesIsAnError() {
        assertThrows(
                IOException.class,
                () -> new ServerRows.Served("io.sockfd.benchmarks.ProcessRowsTest", "echo", "echo", 1, 1000));
    }
}
