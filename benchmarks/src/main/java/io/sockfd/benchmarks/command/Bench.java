package io.sockfd.benchmarks.command;

import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.count.Count;
import io.sockfd.benchmarks.jmh.Jmh;
import io.sockfd.benchmarks.report.Aggregate;
import io.sockfd.benchmarks.report.Machine;
import io.sockfd.benchmarks.report.Publication;
import io.sockfd.benchmarks.report.Result;
import io.sockfd.benchmarks.report.Results;
import io.sockfd.benchmarks.report.TextReport;
import io.sockfd.benchmarks.side.Campaign;
import io.sockfd.benchmarks.side.Others;
import io.sockfd.benchmarks.side.Sample;
import io.sockfd.benchmarks.side.Settings;
import io.sockfd.cli.FailedException;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Output;
import io.sockfd.cli.Progress;
import io.sockfd.cli.Subcommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sockfd bench}. */
@Command(
        name = "bench",
        description = {
            "Measures what an operation costs in C, here, and by way of other libraries, side by side in pinned JVMs, and "
                    + "writes JSON, CSV and a page with charts. Figures are ratios; less is better.",
            "Ends with status 0, or 1 when something could not be measured or the machine is too noisy to tell; 2 for wrong "
                    + "usage."
        },
        mixinStandardHelpOptions = true,
        subcommands = Compare.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd bench --list",
            "  sockfd bench unix/64",
            "  sockfd bench unix tcp --against nio,netty",
            "  sockfd bench --quick",
            "  sockfd bench compare before.json after.json",
            "  sockfd bench --count unix",
            "  sockfd bench --jmh unix/64"
        })
public final class Bench implements Subcommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "OPERATION",
            arity = "0..*",
            description = "Operations (unix) and rows (unix/64); without any, the rows of --quick, or all with --full.")
    private List<String> operations = List.of();

    @ArgGroup
    private Extent extent = new Extent();

    /** How much. */
    private static final class Extent {
        @Option(names = "--quick", description = "Few short rounds: the figures of a few minutes.")
        private boolean quick;

        @Option(
                names = "--full",
                description = "Five JVMs for each row, and 200 rounds in each: the figures to publish.")
        private boolean full;
    }

    @ArgGroup
    private Way way = new Way();

    /** How, where it is not side by side. */
    private static final class Way {
        @Option(
                names = "--count",
                description = "Count system calls and bytes instead of timing: exact on a busy machine, too.")
        private boolean count;

        @Option(names = "--jmh", description = "Every contestant under JMH with its gc profiler; not side by side.")
        private boolean jmh;
    }

    @Option(names = "--instructions", description = "With --count: the quick rows' instructions too, by callgrind.")
    private boolean instructions;

    @Option(
            names = "--renew-budgets",
            description = "With --count: write benchmarks/budgets, which a test holds us to.")
    private boolean renewBudgets;

    @Option(
            names = "--against",
            paramLabel = "WHO",
            split = ",",
            description = "Only these beside sockfd: c, raw, nio, net, netty, junixsocket, jnr-unixsocket.")
    private List<String> against = List.of();

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "Also sockfd as it is in this jar, to compare two versions: they take turns like all others.")
    private @Nullable Path jar;

    @Option(
            names = "--anyway",
            description = "Measure all rows or those of --quick although other programs use the processors.")
    private boolean anyway;

    @Option(names = "--list", description = "Show the rows and who takes part, and measure nothing.")
    private boolean list;

    @Option(names = "--json", description = "One JSON document instead of the table.")
    private boolean json;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Where the files go (default: target/bench beside the launcher, else ./sockfd-bench).")
    private @Nullable Path output;

    @Option(
            names = "--update-readme",
            description = {
                "Write the figures of README.md and benchmarks/README.md from benchmarks/results; with --full, measure first and keep the "
                        + "results there."
            })
    private boolean updateReadme;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Publication publication = updateReadme ? publication() : null;
        if (publication != null && !extent.full) {
            publication.updateReadme();
            return 0;
        }
        Map<Row, List<Who>> selection = selection();
        if ((instructions || renewBudgets) && !way.count) {
            throw new ParameterException(spec.commandLine(), "--instructions and --renew-budgets go with --count");
        }
        if (jar != null) {
            if (!Files.isReadable(jar) || way.count || way.jmh || updateReadme) {
                throw new ParameterException(
                        spec.commandLine(),
                        Files.isReadable(jar)
                                ? "--jar goes with times side by side only"
                                : "--jar " + jar + " cannot be read");
            }
            System.setProperty("sockfd.bench.jar", jar.toAbsolutePath().toString());
        }
        if (list) {
            Selection.print(spec, selection);
            return 0;
        }
        if (way.count || way.jmh) {
            otherwise(List.copyOf(selection.keySet()));
            return 0;
        }
        if (operations.isEmpty() && !anyway) {
            refuse(Others.running(Duration.ofSeconds(1)));
        }
        Settings settings = settings().pinned();
        try (Interruption interruption = new Interruption()) {
            List<Sample> samples = measure(selection, settings, interruption);
            boolean complete = !interruption.asked();
            Results results = results(settings, samples);
            show(results);
            if (!complete) {
                spec.commandLine().getErr().println("sockfd: interrupted; no files were written");
                return interruption.end(Interruption.STATUS);
            }
            Path folder = output == null ? ResultFiles.usualFolder() : output;
            ResultFiles.write(results, folder, this::say);
            if (publication != null) {
                publication.keep(results);
                publication.updateReadme();
            }
            if (!results.isSound()) {
                spec.commandLine().getErr().println("sockfd: " + unsound(results));
            }
            return interruption.end(results.isSound() ? 0 : 1);
        }
    }

    private static void refuse(List<String> running) {
        if (!running.isEmpty()) {
            throw new FailedException("the machine is busy, and figures would not be worth the wait: "
                    + String.join(", ", running) + "; stop what runs, or add --anyway");
        }
    }

    private void otherwise(List<Row> rows) throws IOException, InterruptedException {
        Output out = new Output(spec);
        if (way.count) {
            Path budgets = renewBudgets ? home().resolve("benchmarks").resolve("budgets") : null;
            Count.run(rows, instructions, budgets, out::line);
            return;
        }
        Path folder = Files.createDirectories(output == null ? ResultFiles.usualFolder() : output);
        Path file = folder.resolve("jmh.json");
        try {
            Jmh.run(rows, extent.quick ? Jmh.Length.QUICK : Jmh.Length.FULL, file, out::line);
        } catch (RunnerException e) {
            throw new FailedException("JMH: " + e.getMessage());
        }
        say(file);
    }

    private static Path home() {
        Path home = ResultFiles.home();
        if (home == null) {
            throw new FailedException("the project is not known here: start ./sockfd bench in its tree");
        }
        return home;
    }

    private Publication publication() {
        if (!extent.full && (extent.quick || list || !operations.isEmpty() || !against.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "--update-readme goes with --full, or alone for the results that are there");
        }
        if (!against.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--update-readme shows everybody: leave out --against");
        }
        return new Publication(home(), this::say);
    }

    private void say(Path file) {
        spec.commandLine().getErr().println(file);
    }

    private static String unsound(Results results) {
        String rows = results.rows().stream()
                .filter(row -> !row.troubles().isEmpty())
                .map(Result::row)
                .collect(Collectors.joining(", "));
        return "these rows failed, or the machine is too noisy to tell: " + rows;
    }

    private Map<Row, List<Who>> selection() {
        try {
            List<Row> all = Operations.all();
            List<Row> rows = operations.isEmpty()
                    ? all.stream()
                            .filter(row -> list || way.count || extent.full || row.isQuick())
                            .toList()
                    : Selection.rows(all, operations);
            Map<Row, List<Who>> selection = Selection.of(rows, Selection.against(against), jar != null);
            if (selection.isEmpty()) {
                throw new IllegalArgumentException("none of them takes part in any of these rows");
            }
            return selection;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Settings settings() {
        return extent.quick ? Settings.QUICK : extent.full ? Settings.FULL : Settings.NORMAL;
    }

    private static List<Sample> measure(Map<Row, List<Who>> selection, Settings settings, Interruption interruption)
            throws InterruptedException {
        List<Row> rows = List.copyOf(selection.keySet());
        try (Progress progress = new Progress("bench", "forks", (long) rows.size() * settings.forks())) {
            Campaign.Watcher watcher = new Campaign.Watcher() {
                @Override
                public void begins(Row row) {
                    progress.at(row.id());
                }

                @Override
                public void ends() {
                    progress.step();
                }
            };
            return new Campaign(Campaign.inForks(selection, settings), watcher, interruption::asked)
                    .run(rows, settings.forks());
        }
    }

    private Results results(Settings settings, List<Sample> samples) {
        return new Results(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                commandLine(),
                Machine.current(),
                settings,
                Results.everybody(),
                samples.stream().map(Aggregate::of).collect(Collectors.toList()));
    }

    /** What would measure the same. */
    private String commandLine() {
        List<String> words = new ArrayList<>(List.of("./sockfd", "bench"));
        words.addAll(operations);
        if (extent.quick) {
            words.add("--quick");
        }
        if (extent.full) {
            words.add("--full");
        }
        if (!against.isEmpty()) {
            words.addAll(List.of("--against", String.join(",", against)));
        }
        if (anyway) {
            words.add("--anyway");
        }
        if (jar != null) {
            words.addAll(List.of("--jar", jar.toString()));
        }
        return String.join(" ", words);
    }

    private void show(Results results) {
        Output out = new Output(spec);
        out.print(
                json
                        ? results.json()
                        : new TextReport(spec.commandLine().getColorScheme().ansi()).of(results));
    }
}
