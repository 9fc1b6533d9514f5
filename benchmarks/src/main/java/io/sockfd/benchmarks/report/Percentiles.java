package io.sockfd.benchmarks.report;

import java.util.Comparator;

/** Names as {@code p50} and {@code p99.9}. */
final class Percentiles {
    /** By their numbers, {@code min} first and {@code max} last. */
    static final Comparator<String> ORDER =
            Comparator.comparingDouble(Percentiles::number).thenComparing(Comparator.naturalOrder());

    private Percentiles() {}

    private static double number(String name) {
        if (name.equals("min")) {
            return -1;
        }
        try {
            return name.startsWith("p") ? Double.parseDouble(name.substring(1)) : Double.MAX_VALUE;
        } catch (NumberFormatException e) {
            return Double.MAX_VALUE;
        }
    }
}
