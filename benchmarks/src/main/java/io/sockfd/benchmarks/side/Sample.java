package io.sockfd.benchmarks.side;

import io.sockfd.benchmarks.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * All that was measured of a row.
 *
 * @param forks what each JVM measured
 * @param troubles why the figures are not to be trusted, or are not there; empty when all is well
 */
public record Sample(Row row, List<ForkResult> forks, List<String> troubles) {
    Sample(Row row) {
        this(row, new ArrayList<>(), new ArrayList<>());
    }
}
