package io.sockfd.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.benchmarks.operation.BrokenRows;
import io.sockfd.benchmarks.operation.CallRows;
import io.sockfd.benchmarks.operation.GatherRows;
import io.sockfd.benchmarks.operation.OptionRows;
import io.sockfd.benchmarks.operation.RefusedRows;
import io.sockfd.benchmarks.operation.RightsRows;
import io.sockfd.benchmarks.operation.WouldBlockRows;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All contestants of a row do the same, leave nothing behind, and whoever is not there has a reason. */
class AgreementTest {
    private static final int TIMES = 7;
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
                        CallRows.all(),
                        GatherRows.all(),
                        WouldBlockRows.all(),
                        RefusedRows.all(),
                        BrokenRows.all(),
                        OptionRows.all(),
                        RightsRows.all())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agree(Row row) throws Exception {
        Map<Who, Long> results = new EnumMap<>(Who.class);
        for (Who who : row.who()) {
            try {
                long first = run(row, who); // peers load and open things of their own
                int before = descriptors();
                results.put(who, run(row, who));
                assertEquals(first, results.get(who), row.id() + " of " + who);
                // fewer when the garbage collector closed what junixsocket lost before
                int left = descriptors() - before;
                assertTrue(left <= leaks(who), who + " left " + left + " descriptors open in " + row.id());
            } catch (UnavailableException e) {
                assertFalse(who.ours(), who + " must take part in " + row.id() + ": " + e.getMessage());
            }
        }
        assertEquals(1, new HashSet<>(results.values()).size(), row.id() + ": " + results);
    }

    private static long run(Row row, Who who) throws Exception {
        try (Contestant contestant = row.open(who)) {
            assertEquals(0, contestant.run(0), row.id() + " of " + who + " did something in no time at all");
            return contestant.run(TIMES);
        }
    }

    /** AFUNIXSocketPair of junixsocket 2.10.1 opens two more sockets than it gives away, and nobody closes them. */
    private static int leaks(Who who) {
        return who == Who.JUNIXSOCKET ? 2 : 0;
    }

    @Test
    void idsAreUnique() {
        Set<String> ids = new HashSet<>();
        for (Row row : Operations.all()) {
            assertTrue(ids.add(row.id()), row.id() + " is there twice");
            assertFalse(row.id().contains(" "), row.id());
        }
        assertTrue(ids.containsAll(rows().stream().map(Row::id).toList()), "a family is not among the operations");
    }

    @Test
    void whoCannotBeLoadedIsUnavailable() {
        Row row = Row.of("none", "none", "nothing").with(Who.C, Unloadable.class);
        UnavailableException reason = assertThrows(UnavailableException.class, () -> row.open(Who.C));
        assertEquals("there is no library", reason.getMessage());
    }

    /** What a contestant in C is on a machine without a C compiler. */
    public static final class Unloadable implements Contestant {
        static {
            missing();
        }

        private static void missing() {
            throw new UnsatisfiedLinkError("there is no library");
        }

        @Override
        public long run(int times) {
            return times;
        }

        @Override
        public void close() {}
    }

    private static int descriptors() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path ignored : entries) {
                count++;
            }
        }
        return count;
    }
}
