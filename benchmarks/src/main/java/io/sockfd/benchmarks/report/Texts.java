package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.side.Spread;
import java.util.Comparator;
import java.util.Locale;

/** Figures as people read them. */
final class Texts {
    private static final double KILO = 1000;
    private static final double TEN = 10;
    private static final double HUNDRED = 100;

    /** Of names as {@code p50} and {@code p99.9}: by their numbers, {@code min} first and {@code max} last. */
    static final Comparator<String> PERCENTILES =
            Comparator.comparingDouble(Texts::number).thenComparing(Comparator.naturalOrder());

    private Texts() {}

    /** Three digits and a unit: {@code 664 ns}, {@code 11.5 us}. */
    static String time(double nanos) {
        double value = nanos;
        for (String unit : new String[] {"ns", "us", "ms"}) {
            if (value < KILO) {
                return digits(value) + " " + unit;
            }
            value /= KILO;
        }
        return digits(value) + " s";
    }

    private static String digits(double value) {
        int decimals = value < TEN ? 2 : value < HUNDRED ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** With two decimals, three where it is small, fewer where it is large: {@code 1.04}, {@code 0.034}, {@code 77.5}. */
    static String ratio(double ratio) {
        String format = ratio < 0.1 ? "%.3f" : ratio < TEN ? "%.2f" : ratio < HUNDRED ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, ratio);
    }

    /** A ratio, and in brackets that of the worst fork: {@code 1.04 [1.07]}. */
    static String ratio(Spread spread) {
        return ratio(spread.median()) + " [" + ratio(spread.worst()) + "]";
    }

    /** In lines of at most so many characters, those after the first indented. */
    static String wrapped(String text, int most, String indent) {
        StringBuilder lines = new StringBuilder();
        int room = most;
        for (String word : text.split(" ", -1)) {
            boolean first = lines.length() == 0;
            if (!first && room < word.length() + 1) {
                lines.append('\n').append(indent).append(word);
                room = most - indent.length() - word.length();
            } else {
                lines.append(first ? "" : " ").append(word);
                room -= word.length() + (first ? 0 : 1);
            }
        }
        return lines.toString();
    }

    /** {@code 0}, {@code 0.05}, {@code 4,128}. */
    static String bytes(double bytes) {
        return bytes >= TEN
                ? String.format(Locale.ROOT, "%,.0f", bytes)
                : bytes < 0.005 ? "0" : String.format(Locale.ROOT, "%.2f", bytes);
    }

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
