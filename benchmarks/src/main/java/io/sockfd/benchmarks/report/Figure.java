package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.side.Spread;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one contestant of a row has come to.
 *
 * @param nanos for one thing: the median of the JVMs' medians; to get an idea, ratios are what can be compared
 * @param ratio its time by the baseline's of the same round
 * @param sockfd sockfd's time by its own of the same round; null for sockfd itself and where sockfd took no part
 * @param bytes allocated for one thing
 * @param percentiles nanoseconds by name, empty where the row has none
 * @param forks what each JVM has come to
 */
public record Figure(
        Who who,
        double nanos,
        Spread ratio,
        @Nullable Spread sockfd,
        double bytes,
        Map<String, Double> percentiles,
        List<Fork> forks) {

    /** One JVM's median and quartiles of the ratio, and its median time. */
    public record Fork(double nanos, double ratio, double lower, double upper, double bytes) {}
}
