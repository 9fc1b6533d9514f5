package io.sockfd.wake;

import io.sockfd.wake.Round.Ending;
import io.sockfd.wake.Waits.Wait;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints the cells: a row for each call, a column for each ending on each kind of thread. */
final class MatrixTable {
    private static final String NAME = "%-32s";
    private static final String COLUMN = "%12s";

    private MatrixTable() {}

    static String of(List<Cell> cells, long nanos) {
        StringBuilder table = new StringBuilder(head(cells, nanos));
        table.append(String.format(NAME, ""));
        for (Threads threads : Threads.values()) {
            for (Ending ending : Ending.values()) {
                table.append(String.format(COLUMN, threads.name().charAt(0) + " " + ending));
            }
        }
        Map<Wait, Map<Threads, Map<Ending, Cell>>> rows = new LinkedHashMap<>();
        for (Cell cell : cells) {
            rows.computeIfAbsent(cell.wait, w -> new EnumMap<>(Threads.class))
                    .computeIfAbsent(cell.threads, t -> new EnumMap<>(Ending.class))
                    .put(cell.ending, cell);
        }
        rows.forEach((wait, row) -> {
            table.append('\n').append(String.format(NAME, wait));
            row.values().forEach(byEnding -> {
                for (Ending ending : Ending.values()) {
                    Cell cell = byEnding.get(ending);
                    table.append(String.format(COLUMN, cell == null ? "" : cell.summary()));
                }
            });
        });
        table.append(skipped(cells));
        if (!Threads.VIRTUAL.exist()) {
            table.append("\nskipped: virtual threads, which Java has from 21 on");
        }
        return table.append("\nskipped: sends of UDP, ICMP and PACKET sockets, which loopback takes or drops at once")
                .toString();
    }

    private static String skipped(List<Cell> cells) {
        Map<Kind, Set<String>> calls = new EnumMap<>(Kind.class);
        Map<Kind, String> reasons = new EnumMap<>(Kind.class);
        for (Cell cell : cells) {
            String why = cell.missing();
            if (why != null) {
                calls.computeIfAbsent(cell.wait.kind(), k -> new LinkedHashSet<>())
                        .add(cell.wait.name());
                reasons.putIfAbsent(cell.wait.kind(), why);
            }
        }
        StringBuilder lines = new StringBuilder();
        reasons.forEach((kind, why) -> lines.append("\nskipped: ")
                .append(kind)
                .append(' ')
                .append(calls.get(kind))
                .append(", because of ")
                .append(why));
        return lines.toString();
    }

    private static String head(List<Cell> cells, long nanos) {
        long[] all = cells.stream()
                .flatMapToLong(cell -> Arrays.stream(cell.latencies()))
                .sorted()
                .toArray();
        long failed = cells.stream().filter(cell -> cell.failure() != null).count();
        return String.format(
                "%s, Java %d: %d waits in %d cells ended, %d cells failed; median %.2f ms, 99%% %.2f ms, worst %.2f ms; %.1f s%n"
                        + "Rounds and the worst latency in ms, from the close, interrupt or deadline to the exception."
                        + " Machines are noisy: the limit is%n%d ms for each cell's median and %d ms for its worst;"
                        + " %d late cells were tried again alone (*). P: platform threads, V: virtual ones.%n",
                System.getProperty("sockfd.backend"),
                Runtime.version().feature(),
                all.length,
                cells.size(),
                failed,
                at(all, 0.5),
                at(all, 0.99),
                at(all, 1),
                nanos / 1e9,
                Cell.MEDIAN_MS,
                Cell.WORST_MS,
                cells.stream().filter(Cell::isAgain).count());
    }

    private static double at(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)] / 1e6;
    }
}
