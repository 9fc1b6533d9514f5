package io.sockfd.benchmarks.jmh;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.Locale;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

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
        return new Figure(row.id(), who.id(), time.getScore() / things, time.getScoreError() / things, bytes / things);
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
