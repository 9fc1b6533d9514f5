package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.Who;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A measured row.
 *
 * @param row its name, {@code unix/64}
 * @param metric what the nanoseconds are
 * @param axis what is counted along the curve that this row is a point of, {@code bytes}; null where it is none
 * @param at where it lies on its curve
 * @param quick whether it is one of the quick run
 * @param figures of those who took part, the baseline first
 * @param absent who could not take part, and why
 * @param notes what somebody does more or less than the others
 * @param troubles why these figures are not to be trusted, or are not there
 */
public record Result(
        String row,
        String title,
        String metric,
        @Nullable String axis,
        int at,
        boolean quick,
        List<Figure> figures,
        Map<Who, String> absent,
        Map<Who, String> notes,
        List<String> troubles) {

    /** As on the command line, {@code unix}. */
    public String operation() {
        return row.substring(0, row.indexOf('/'));
    }

    public Optional<Figure> figure(Who who) {
        return figures.stream().filter(figure -> figure.who() == who).findFirst();
    }
}
