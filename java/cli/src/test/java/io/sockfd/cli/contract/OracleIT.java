package io.sockfd.cli.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.sockfd.raw.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The same rows in C: what libc itself returns is what the table says and what the backend gives. */
class OracleIT {
    private static final String SKIPPED = "skipped: ";
    private static final Path ORACLE = Path.of(System.getProperty("sockfd.oracle", "../../native/target/oracle"));
    private static final Table TABLE = Table.load();
    private static final Machine MACHINE = new Machine(Backend.chosen());

    @TempDir
    private static Path directory = Path.of("");

    private static Map<String, String> results = Map.of();
    private static int status;

    @BeforeAll
    static void execute() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(ORACLE), () -> "the C oracle was not built: " + ORACLE);
        Path table = Files.writeString(directory.resolve("table.txt"), TABLE.text());
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(ORACLE.toString(), table.toString())
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        status = process.waitFor();
        results = new LinkedHashMap<>();
        for (String line : Files.readAllLines(output)) {
            int tab = line.indexOf('\t');
            results.put(line.substring(0, tab), line.substring(tab + 1));
        }
    }

    @Test
    void isContent() throws IOException {
        assertEquals(0, status, Files.readString(directory.resolve("errors"), UTF_8));
        assertEquals(TABLE.rows().size(), results.size());
    }

    @TestFactory
    Stream<DynamicTest> rows() {
        return TABLE.rows().stream()
                .map(row -> dynamicTest(row.name(), () -> {
                    String c = results.get(row.name());
                    assertNotNull(c, "the oracle did not run it");
                    Outcome java = MACHINE.run(row);
                    assertEquals(c, java.ran() ? java.shown() : SKIPPED + java.shown());
                    Assumptions.assumeTrue(java.ran(), java::shown);
                    assertTrue(
                            row.expected().accepts(c),
                            () -> "the oracle gives " + c + ", not "
                                    + row.expected().text());
                }));
    }
}
