package io.sockfd.benchmarks.side;

import io.sockfd.benchmarks.Row;
import java.util.Locale;

/**
 * How far the machine was from being alone with a measurement.
 *
 * @param stolen the part of the time that the hypervisor gave to others
 * @param baseline the distance of the baseline's own quartiles as a part of its median: one and the same thing, done again
 *     and again
 */
public record Noise(double stolen, double baseline) {
    /** More stolen time than this, and a fork is measured again. */
    public static final double MOST_STOLEN = 0.02;

    /** The same for the baseline's quartiles. */
    public static final double MOST_BASELINE = 0.08;

    /** The same where the kernel or a second process has a will of its own, see {@link Row#isWide}. */
    public static final double MOST_WIDE = 0.4;

    static Noise of(ForkResult fork) {
        double[] first = fork.nanos().values().iterator().next();
        Spread spread = Spread.of(first);
        return new Noise(fork.stolen(), (spread.upper() - spread.lower()) / spread.median());
    }

    boolean isTooMuch(Row row) {
        return level(row) > 1;
    }

    /** How many times the limit. */
    double level(Row row) {
        return Math.max(stolen / MOST_STOLEN, baseline / (row.isWide() ? MOST_WIDE : MOST_BASELINE));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f %% of the time stolen, the baseline's quartiles %.1f %% apart",
                stolen * 100,
                baseline * 100);
    }
}
