package io.sockfd.cli.ss;

import io.sockfd.cli.Json;
import io.sockfd.cli.Printable;
import io.sockfd.cli.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Help.Ansi;

/** {@code --by-process}: the processes by how many of the sockets each has open. */
final class ByProcess {
    private final Map<Integer, Row> rows = new TreeMap<>();

    /** A process, and its sockets by kind and by state. */
    private static final class Row {
        private final int pid;
        private final String name;
        private int sockets;
        private final Map<String, Integer> kinds = new TreeMap<>();
        private final Map<String, Integer> states = new TreeMap<>();
        private long receiveQueue;
        private long sendQueue;

        Row(int pid, String name) {
            this.pid = pid;
            this.name = name;
        }

        void add(Entry entry) {
            sockets++;
            int unused = kinds.merge(entry.netid(), 1, Integer::sum);
            int ignored = states.merge(States.name(entry.state()), 1, Integer::sum);
            if (!States.name(entry.state()).equals("LISTEN")) {
                receiveQueue += entry.receiveQueue();
                sendQueue += entry.sendQueue();
            }
        }
    }

    /** A socket that a process has several descriptors of counts once. */
    ByProcess(List<Entry> entries, Processes processes) {
        for (Entry entry : entries) {
            Map<Integer, String> owners = new LinkedHashMap<>();
            processes.of(entry.inode()).forEach(user -> owners.put(user.pid(), user.name()));
            owners.forEach((pid, name) ->
                    rows.computeIfAbsent(pid, p -> new Row(p, name)).add(entry));
        }
    }

    private List<Row> sorted() {
        List<Row> sorted = new ArrayList<>(rows.values());
        sorted.sort(Comparator.comparingInt((Row row) -> -row.sockets).thenComparingInt(row -> row.pid));
        return sorted;
    }

    /** One line of JSON. */
    String json() {
        return Json.line(sorted());
    }

    /** A row for each process, with a first line unless it is not wanted. */
    String text(boolean header) {
        Table table = new Table(Ansi.OFF, 0);
        if (header) {
            table.row("Sockets", "Recv-Q", "Send-Q", "Pid", "Process", "Kinds", "States");
        }
        for (Row row : sorted()) {
            table.row(
                    Integer.toString(row.sockets),
                    Long.toString(row.receiveQueue),
                    Long.toString(row.sendQueue),
                    Integer.toString(row.pid),
                    Printable.of(row.name),
                    counts(row.kinds),
                    counts(row.states));
        }
        return table.toString();
    }

    private static String counts(Map<String, Integer> counts) {
        StringBuilder text = new StringBuilder();
        counts.forEach((name, count) -> text.append(text.isEmpty() ? "" : " ").append(name + ":" + count));
        return text.toString();
    }
}
