package io.sockfd.benchmarks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.cli.Subcommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line; nothing is measured. */
class BenchTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int bench(String arguments) {
        return new CommandLine(new Bench())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | there is no operation or row nonsense; operations are call, kind, unix, ",
                "unix/63 | there is no operation or row unix/63; ",
                "unix --against nobody | nobody is called nobody; there are sockfd, c, raw, nio, net, netty, ",
                "tcp/64 --against junixsocket | none of them takes part in any of these rows",
                "--quick --full | mutually exclusive",
                "--update-readme --quick | --update-readme goes with --full, or alone",
                "--update-readme unix | --update-readme goes with --full, or alone",
                "--full --update-readme --against nio | --update-readme shows everybody",
                "compare one.json | requires at least 2 values",
                "compare --names a one.json two.json | there are 2 files, and 1 --names",
                "unix --jar /nowhere/sockfd.jar | --jar /nowhere/sockfd.jar cannot be read"
            })
    void wrongUsageIsExplained(String arguments, String complaint) {
        assertEquals(2, bench(arguments));
        assertTrue(err.toString().contains(complaint), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void listsAllRowsOrThoseAskedFor() {
        assertEquals(0, bench("--list"));
        assertEquals(
                Operations.all().size(),
                out.toString().lines().filter(line -> !line.startsWith(" ")).count());
        assertTrue(out.toString().lines().allMatch(line -> line.length() <= 80), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, bench("--list unix/64 --against nio"));
        List<String> lines = out.toString().lines().toList();
        assertEquals(
                List.of(
                        "unix/64 (quick)  UNIX stream, send and receive 64 B, direct buffers",
                        "    sockfd nio nio-nonblocking"),
                lines);
    }

    @Test
    void rowsComeOnceAndInTheOrderOfTheTable() {
        List<Row> rows = Selection.rows(Operations.all(), List.of("unix/64", "tcp", "unix", "unix"));
        assertEquals(rows.stream().distinct().toList(), rows);
        assertEquals("unix", rows.get(0).operation());
        assertEquals("tcp", rows.get(rows.size() - 1).operation());
    }

    @Test
    void everybodyIsEverybody() {
        Row row = Operations.row("unix/64");
        Map<Row, List<Who>> selection = Selection.of(List.of(row), Selection.against(List.of()), false);
        assertEquals(EnumSet.copyOf(row.who()), EnumSet.copyOf(selection.getOrDefault(row, List.of())));
    }

    @Test
    void anotherJarTakesPartWhereSockfdDoes() {
        Row row = Operations.row("unix/64");
        Map<Row, List<Who>> selection = Selection.of(List.of(row), Selection.against(List.of("c")), true);
        assertEquals(List.of(Who.C, Who.SOCKFD, Who.OTHER), selection.getOrDefault(row, List.of()));
    }

    @Test
    void mainFindsIt() {
        assertTrue(ServiceLoader.load(Subcommand.class).stream().anyMatch(found -> found.type() == Bench.class));
    }
}
