package io.sockfd.benchmarks.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTest {
    private static final Subject SUBJECT = new Subject("unix/64", "sockfd");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aLineIsReadAsItWasWritten() {
        Budget budget = new Budget(SUBJECT, Map.of("sendmmsg", 0.0313, "recvfrom", 1.0), 400.0, 0.0);
        String line = "unix/64\tsockfd\t1.03\t400\t0\trecvfrom 1, sendmmsg 0.0313";
        assertEquals(line, budget.line());
        assertEquals(budget, Budget.parse(line));
        for (Budget one : List.of(new Budget(SUBJECT, null, null, null), new Budget(SUBJECT, Map.of(), 1.0, null))) {
            assertEquals(one, Budget.parse(one.line()));
        }
        assertThrows(IllegalArgumentException.class, () -> Budget.parse("unix/64\tsockfd"));
    }

    @Test
    void whatIsNotCountedAgainStays() throws Exception {
        Row row = Operations.row("unix/64");
        Budgets budgets = Budgets.read(directory.resolve("none"));
        budgets.add(new Budget(SUBJECT, Map.of("read", 1.0), 300.0, 8.0));
        budgets.write(directory, List.of(row), true);

        Budgets again = Budgets.read(directory);
        assertTrue(again.instructionsAreOfThisJava(row));
        again.add(new Budget(SUBJECT, Map.of("read", 2.0), null, 0.0));
        again.add(new Budget(new Subject("unix/64", "nobody"), Map.of(), null, null));
        again.write(directory, List.of(row), false);

        Budgets last = Budgets.read(directory);
        assertEquals(
                new Budget(SUBJECT, Map.of("read", 2.0), 300.0, 0.0),
                Objects.requireNonNull(last.get(row, Who.SOCKFD)));
        assertTrue(last.instructionsAreOfThisJava(row));
        assertEquals(3, Files.readAllLines(directory.resolve("unix.tsv")).size());
    }

    @Test
    void instructionsOfAnotherJavaAreKnown() throws Exception {
        Files.writeString(directory.resolve("unix.tsv"), "# instructions counted on Java 1.4\n" + Budget.HEAD + "\n");
        assertFalse(Budgets.read(directory).instructionsAreOfThisJava(Operations.row("unix/64")));
    }

    @Test
    void instructionsAreTheDifferenceOfTwoWindows() throws Exception {
        window("out.1-01", "unix/64:sockfd 500", 7);
        window("out.1-02", "unix/64:sockfd 500", 60_000);
        window("out.2-02", "unix/64:sockfd 1500", 160_000);
        Files.writeString(
                directory.resolve("out-02"), "desc: Trigger: Program termination\nsummary: 18446744073706248736\n");
        assertEquals(Map.of(SUBJECT, 100.0), CallgrindOutput.read(directory));
        Files.delete(directory.resolve("out.1-01"));
        Files.delete(directory.resolve("out.1-02"));
        assertThrows(IllegalStateException.class, () -> CallgrindOutput.read(directory));
    }

    private void window(String file, String name, int instructions) throws Exception {
        Files.writeString(
                directory.resolve(file),
                "version: 1\ndesc: Trigger: Client Request: " + name + "\n\nevents: Ir\nsummary: " + instructions
                        + "\n\nfn=(1) x\n0 5\n\ntotals: " + instructions + "\n");
    }
}
