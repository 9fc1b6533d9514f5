package io.sockfd.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sockfd.benchmarks.operation.BatchRows;
import io.sockfd.benchmarks.operation.DatagramRows;
import io.sockfd.benchmarks.operation.IcmpRows;
import io.sockfd.benchmarks.operation.NetlinkRows;
import io.sockfd.benchmarks.operation.PacketRows;
import io.sockfd.benchmarks.operation.RingRows;
import io.sockfd.benchmarks.operation.XdpRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of datagrams, packets and netlink: all contestants do the same and leave nothing behind. */
class NetworkAgreementTest {
    private static final int TIMES = 3;
    private static final String NATIVE = "sockfd.bench.native";

    /** Where the build puts the C side, seen from this module. */
    @BeforeAll
    static void findNatives() {
        if (System.getProperty(NATIVE) == null) {
            System.setProperty(NATIVE, "../native/target/bench");
        }
    }

    static List<Row> rows() {
        return Stream.of(
                        DatagramRows.all(),
                        BatchRows.all(),
                        PacketRows.all(),
                        RingRows.all(),
                        XdpRows.all(),
                        IcmpRows.all(),
                        NetlinkRows.all())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agree(Row row) throws Exception {
        assertEquals(row.id(), Operations.row(row.id()).id());
        Map<Who, Long> first = results(row); // peers load and open things of their own
        long before = descriptors();
        Map<Who, Long> second = results(row);
        assertEquals(before, descriptors(), row.id() + " left descriptors open");
        assertEquals(first, second, row.id());
        assertEquals(1, new HashSet<>(second.values()).size(), row.id() + ": " + second);
        assertFalse(second.containsValue(0L), row.id() + " did nothing");
    }

    private static Map<Who, Long> results(Row row) throws Exception {
        Map<Who, Long> results = new EnumMap<>(Who.class);
        for (Who who : row.who()) {
            try (Contestant contestant = row.open(who)) {
                assertEquals(0, contestant.run(0), row.id() + " of " + who + " did something in no time at all");
                results.put(who, contestant.run(TIMES));
                assertTimed(contestant);
            } catch (UnavailableException e) {
                assumeFalse(who == Who.SOCKFD, row.id() + ": " + e.getMessage());
            }
        }
        return results;
    }

    private static void assertTimed(Contestant contestant) {
        if (contestant instanceof Timed timed) {
            assertTrue(timed.nanos() > 0, contestant + " read in no time");
        }
    }

    /** Without eventfds: the library keeps those of waits for the next ones. */
    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(fd -> !target(fd).contains("[eventfd]")).count();
        }
    }

    private static String target(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString();
        } catch (IOException e) {
            return "[eventfd]"; // the listing's own, which is closed by now
        }
    }
}
