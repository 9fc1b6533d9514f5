package io.sockfd.benchmarks.side;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Where values lie.
 *
 * @param median of a JVM's rounds; of several JVMs the median of their medians
 * @param lower the lower quartile, and likewise
 * @param upper the upper quartile, and likewise
 * @param best the smallest of the JVMs' medians
 * @param worst the largest of the JVMs' medians
 */
public record Spread(double median, double lower, double upper, double best, double worst) {
    /** Of one JVM. */
    public static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = quantile(sorted, 0.5);
        return new Spread(median, quantile(sorted, 0.25), quantile(sorted, 0.75), median, median);
    }

    /** Of several, each with its own values. */
    public static Spread of(List<double[]> forks) {
        List<Spread> each = forks.stream().map(Spread::of).toList();
        double[] medians = each.stream().mapToDouble(Spread::median).sorted().toArray();
        return new Spread(
                quantile(medians, 0.5),
                medianOf(each, Spread::lower),
                medianOf(each, Spread::upper),
                medians[0],
                medians[medians.length - 1]);
    }

    /** The median of these. */
    public static double median(double... values) {
        return of(values).median();
    }

    private static double medianOf(List<Spread> spreads, ToDoubleFunction<Spread> what) {
        return quantile(spreads.stream().mapToDouble(what).sorted().toArray(), 0.5);
    }

    /** Between the two nearest where none is exactly there, as most tools have it (type 7 of Hyndman and Fan). */
    private static double quantile(double[] sorted, double part) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double at = part * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
