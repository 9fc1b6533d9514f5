package io.sockfd.benchmarks;

import io.sockfd.benchmarks.latency.LatencyRows;
import io.sockfd.benchmarks.server.ServerRows;
import io.sockfd.benchmarks.start.StartRows;
import io.sockfd.benchmarks.stream.StreamRows;
import java.util.List;
import java.util.stream.Stream;

/** All rows, in the order of the table. */
public final class Operations {
    private static final List<Row> ROWS = Stream.of(
                    StreamRows.all(), LatencyRows.all(), ServerRows.all(), StartRows.all())
            .flatMap(List::stream)
            .toList();

    private Operations() {}

    public static List<Row> all() {
        return ROWS;
    }

    /** The row with this {@link Row#id}. */
    public static Row row(String id) {
        return ROWS.stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no row " + id));
    }
}
