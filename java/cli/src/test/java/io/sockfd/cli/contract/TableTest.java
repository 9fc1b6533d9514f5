package io.sockfd.cli.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table covers the whole interface, and the parser takes nothing that it does not understand. */
class TableTest {
    private static final int ROWS_MIN = 280;

    private static final Map<String, String> WITHOUT_ERRORS = Map.of("freeaddrinfo", "it returns nothing");

    private static final Map<String, String> PRIVILEGED = Map.of("setns", "entering any namespace takes CAP_SYS_ADMIN");

    private final Table table = Table.load();

    @Test
    void everyFunctionSucceeds() {
        assertEquals(Set.of(), functionsWithout(row -> !row.expected().isError()));
    }

    @Test
    void everyFunctionSucceedsWithoutPrivilege() {
        assertEquals(
                PRIVILEGED.keySet(), functionsWithout(row -> !row.expected().isError() && !asksForCapability(row)));
    }

    @Test
    void everyFunctionFailsWithoutPrivilege() {
        assertEquals(
                WITHOUT_ERRORS.keySet(), functionsWithout(row -> row.expected().isError() && !asksForCapability(row)));
    }

    private Set<String> functionsWithout(Predicate<Row> wanted) {
        Set<String> missing = new TreeSet<>(Calls.names());
        table.rows().stream().filter(wanted).forEach(row -> missing.remove(row.subject()));
        return missing;
    }

    private static boolean asksForCapability(Row row) {
        return row.needs().all().stream().anyMatch(need -> need.kind().equals("cap"));
    }

    @Test
    void everyRowCallsItsSubject() {
        Set<String> strangers = table.rows().stream()
                .filter(row -> !row.callsSubject())
                .map(Row::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), strangers);
    }

    @Test
    void isLarge() {
        assertTrue(table.rows().size() >= ROWS_MIN, table.rows().size() + " rows");
    }

    @Test
    void everyPrivilegedRowHasItsCounterpart() {
        assertEquals(capabilities(false), capabilities(true));
    }

    private Set<String> capabilities(boolean absent) {
        return table.rows().stream()
                .filter(row -> row.needs().absent() == absent)
                .flatMap(row -> row.needs().all().stream())
                .filter(need -> need.kind().equals("cap"))
                .map(Needs.Need::what)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aRowGoesOnInTheNextLine() {
        Table two = Table.parse("def d | dup 0 => x\nclose/x | @d; close x;\n close 7 | -EBADF\n | needs kernel 5.3\n");
        Row row = two.rows().get(0);
        assertEquals(3, row.steps().size());
        assertTrue(row.expected().isError());
        assertFalse(row.needs().all().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "close/x | close 1",
                "close/x | clos 1 | 0",
                "close/x | close (1 | 0",
                "close/x | @nothing; close 1 | 0",
                "close/x | close 1 -> | 0",
                "close/x | close 1 | 0 0",
                "close/x | close 1 | 0 | wants kernel 5.3",
                "close/x | close 1 | 0 | needs luck 5",
                "close/x | close \"1 | 0",
                "close/x | close 1 | 0\nclose/x | close 1 | 0"
            })
    void rejects(String text) {
        assertThrows(IllegalArgumentException.class, () -> Table.parse(text));
    }
}
