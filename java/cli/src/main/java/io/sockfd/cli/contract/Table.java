package io.sockfd.cli.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows, from the resource that the C oracle reads too. */
public final class Table {
    private final String text;
    private final List<Row> rows;

    private Table(String text, List<Row> rows) {
        this.text = text;
        this.rows = rows;
    }

    /** The table that comes with the tools. */
    public static Table load() {
        try (InputStream in = Table.class.getResourceAsStream("table.txt")) {
            if (in == null) {
                throw new IllegalStateException("table.txt is not beside " + Table.class.getName());
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A table of one's own.
     *
     * @throws IllegalArgumentException naming what is not understood
     */
    public static Table parse(String text) {
        List<Row> rows = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, List<Step>> defs = new HashMap<>();
        for (String line : lines(text)) {
            boolean def = line.startsWith("def ");
            String[] columns = (def ? line.substring(4) : line).split("\\s+\\|\\s+", -1);
            if (def ? columns.length != 2 : columns.length < 3 || columns.length > 4) {
                throw new IllegalArgumentException("not a row: " + line);
            }
            List<Step> steps = new Parser(columns[1], defs).program();
            if (def) {
                defs.put(columns[0], steps);
            } else {
                Expectation expected = new Parser(columns[2], defs).expectation();
                rows.add(new Row(columns[0], steps, expected, Needs.parse(columns.length == 4 ? columns[3] : "")));
                if (!names.add(columns[0])) {
                    throw new IllegalArgumentException("two rows of the name " + columns[0]);
                }
            }
        }
        return new Table(text, List.copyOf(rows));
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(" ")) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + line);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(line);
            }
        }
        return lines;
    }

    public List<Row> rows() {
        return rows;
    }

    /** The resource as it is, for the oracle. */
    public String text() {
        return text;
    }
}
