package io.sockfd.benchmarks.report;

import java.util.Locale;

/** Figures as people read them. */
final class Texts {
    private static final double KILO = 1000;
    private static final double TEN = 10;
    private static final double HUNDRED = 100;

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

    /** With two decimals, three where it is small: {@code 1.04}, {@code 0.034}. */
    static String ratio(double ratio) {
        return String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : "%.2f", ratio);
    }

    /** {@code 0}, {@code 0.05}, {@code 4,128}. */
    static String bytes(double bytes) {
        return bytes >= TEN
                ? String.format(Locale.ROOT, "%,.0f", bytes)
                : bytes < 0.005 ? "0" : String.format(Locale.ROOT, "%.2f", bytes);
    }
}
