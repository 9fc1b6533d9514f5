package io.sockfd.cli.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.sockfd.cli.contract.Outcome.Kind;
import io.sockfd.raw.Backend;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row of the table on the chosen backend. */
class ContractIT {
    private static final Machine MACHINE = new Machine(Backend.chosen());
    private static int passed;
    private static int skipped;

    @AfterAll
    static void summary() {
        System.out.printf(
                "contract suite on %s, Java %d: %d rows passed, %d skipped%n",
                Backend.chosen().name(), Runtime.version().feature(), passed, skipped);
    }

    /** In one go: between tests the framework opens files of its own. */
    @Test
    void nothingStaysOpen() {
        Table table = Table.load();
        table.rows().forEach(MACHINE::run);
        Map<Integer, String> before = Descriptors.open();
        table.rows().forEach(MACHINE::run);
        assertEquals(Map.of(), Descriptors.leakedSince(before));
    }

    @TestFactory
    Stream<DynamicTest> rows() {
        return Table.load().rows().stream()
                .map(row -> dynamicTest(row.name(), () -> {
                    Outcome outcome = MACHINE.run(row);
                    skipped += outcome.ran() ? 0 : 1;
                    Assumptions.assumeTrue(outcome.ran(), outcome::shown);
                    assertEquals(Kind.PASSED, outcome.kind(), outcome::describe);
                    passed++;
                }));
    }

    /** The machine can tell wrong from right: an expectation, a setup, a leak. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "close/planted | close -1 | 0 ! close/planted: expected 0, got -EBADF",
                "close/planted | close -1 | -EINVAL / fd ! close/planted: expected -EINVAL / fd, got -EBADF",
                "close/planted | listen -1 1; close -1 | -EBADF ! close/planted: expected -EBADF, got listen: -EBADF",
                "eventfd/planted | eventfd 3 0 => e; read e v=long(0) 8; i64(v) | >3 ! "
                        + "eventfd/planted: expected >3, got 3",
                "close/planted | 0x100000000 -> x; i64(x, y) | 0 ! close/planted: expected 0, got unknown name y"
            })
    void plantedMistakes(String row, String described) {
        Outcome outcome = MACHINE.run(Table.parse(row).rows().get(0));
        assertEquals(Kind.FAILED, outcome.kind());
        assertEquals(described, outcome.describe());
    }

    @Test
    void plantedLeak() {
        Map<Integer, String> atFirst = Descriptors.open();
        Outcome outcome = MACHINE.run(
                Table.parse("eventfd/leak | eventfd 0 EFD_CLOEXEC | fd").rows().get(0));
        assertEquals(Kind.PASSED, outcome.kind(), outcome::describe);
        Map<Integer, String> leaked = Descriptors.leakedSince(atFirst);
        // beside whatever the virtual machine opened meanwhile, a jar for instance
        leaked.values().removeIf(what -> !what.contains("eventfd"));
        assertEquals(1, leaked.size(), leaked::toString);
        leaked.forEach((number, what) -> assertEquals(0, Backend.chosen().libc().close(number)));
    }

    @Test
    void skipsWithTheReason() {
        Outcome outcome = MACHINE.run(Table.parse("close/x | close -1 | -EBADF | needs kernel 999.0")
                .rows()
                .get(0));
        assertEquals(Kind.SKIPPED, outcome.kind());
        assertEquals("needs kernel 999.0", outcome.shown());
    }
}
