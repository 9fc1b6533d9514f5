package io.sockfd.benchmarks.jmh;

import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.side.Forks;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs contestants under JMH on this JVM's Java, with {@code -prof gc}. */
public final class Jmh {
    /** How long JMH measures each contestant of each row: in so many JVMs, so many iterations of so many milliseconds. */
    public record Length(int forks, int warmUps, int iterations, int millis) {
        public static final Length QUICK = new Length(1, 3, 3, 300);
        public static final Length FULL = new Length(3, 4, 5, 1000);
    }

    /**
     * What JMH says of one contestant of one row, for one of the row's things.
     *
     * @param nanos the mean
     * @param error half of the 99.9 % confidence interval
     * @param bytes gc.alloc.rate.norm of the iteration where it is least: what the JVM does now and then is not in each, and
     *     what the operation itself allocates is. JMH's own 6 kB an iteration are in it: that is 0.00 for what is done a million
     *     times an iteration, and 0.06 for what is done a hundred thousand times
     */
    public record Figure(String row, String who, double nanos, double error, double bytes) {
        private static final String ALLOCATION = "gc.alloc.rate.norm";

        static Figure of(Row row, Who who, RunResult result) {
            Result<?> time = result.getPrimaryResult();
            double bytes = result.getBenchmarkResults().stream()
                    .flatMap(fork -> fork.getIterationResults().stream())
                    .mapToDouble(Figure::allocated)
                    .min()
                    .orElseThrow();
            double things = row.divisor();
            return new Figure(
                    row.id(), who.id(), time.getScore() / things, time.getScoreError() / things, bytes / things);
        }

        private static double allocated(IterationResult iteration) {
            Result<?> bytes = iteration.getSecondaryResults().get(ALLOCATION);
            if (bytes == null) {
                throw new IllegalStateException("JMH's profiler gc does not say " + ALLOCATION);
            }
            return bytes.getScore();
        }

        /** A line of a table. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-24s %-20s %12.1f ± %8.1f ns %12.2f B", row, who, nanos, error, bytes);
        }
    }

    private Jmh() {}

    /**
     * Runs all contestants of some rows that can take part here.
     *
     * @param json where JMH's own result goes, which other programs read
     * @param lines is told of each contestant, when it is done or when it cannot take part
     */
    public static List<Figure> run(List<Row> rows, Length length, Path json, Consumer<String> lines)
            throws IOException, RunnerException {
        Path log = Files.createTempFile("sockfd-jmh", ".log");
        List<RunResult> results = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (Row row : rows) {
            for (Who who : row.who()) {
                String absence = absence(row, who);
                if (absence != null) {
                    lines.accept(row.id() + " " + who.id() + ": " + absence);
                    continue;
                }
                try {
                    RunResult result = new Runner(options(row, who, length, log).build()).runSingle();
                    results.add(result);
                    Figure figure = Figure.of(row, who, result);
                    figures.add(figure);
                    lines.accept(figure.toString());
                } catch (RunnerException e) {
                    throw new RunnerException(row.id() + " " + who.id() + ", see " + log, e);
                }
            }
        }
        try (OutputStream bytes = Files.newOutputStream(json);
                PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        }
        Files.delete(log);
        return figures;
    }

    /** Why somebody cannot take part, or null. */
    private static @Nullable String absence(Row row, Who who) {
        try {
            row.open(who).close();
            return null;
        } catch (UnavailableException e) {
            return String.valueOf(e.getMessage());
        } catch (Exception e) {
            throw new IllegalStateException(row.id() + " " + who.id() + ": " + e, e);
        }
    }

    private static ChainedOptionsBuilder options(Row row, Who who, Length length, Path log) {
        List<String> java = Forks.java();
        TimeValue time = TimeValue.milliseconds(length.millis());
        return new OptionsBuilder()
                .include("^" + OperationBenchmark.class.getName().replace(".", "\\.") + "\\.run$")
                .param("row", row.id())
                .param("who", who.id())
                .jvm(java.get(0))
                .jvmArgs(java.subList(1, java.indexOf("-cp")).toArray(String[]::new))
                .forks(length.forks())
                .warmupIterations(length.warmUps())
                .warmupTime(time)
                .measurementIterations(length.iterations())
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .output(log.toString());
    }

    /** Arguments: operations or rows, all if there are none; {@code --quick}; {@code --json=FILE}. */
    public static void main(String... args) throws Exception {
        Length length = Length.FULL;
        Path json = Path.of("jmh.json");
        List<String> wanted = new ArrayList<>();
        for (String arg : args) {
            if (arg.equals("--quick")) {
                length = Length.QUICK;
            } else if (arg.startsWith("--json=")) {
                json = Path.of(arg.substring("--json=".length()));
            } else {
                wanted.add(arg);
            }
        }
        run(Operations.named(wanted), length, json, System.out::println);
        // netty and others leave threads behind
        System.exit(0);
    }
}
