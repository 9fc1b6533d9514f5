package io.sockfd.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** Rows of text in columns as wide as their widest cell; cells may hold picocli's markup, as {@code @|green ok|@}. */
public final class Table {
    private static final int GAP = 2;
    private static final int NARROWEST = 20;

    private final Ansi ansi;
    private final int indent;
    private int most = Integer.MAX_VALUE;
    private final List<Text[]> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param indent blanks before the first column
     */
    public Table(Ansi ansi, int indent) {
        this.ansi = ansi;
        this.indent = indent;
    }

    /** Lets the last column go on below itself, so that no line is longer. */
    public Table wrap(int columns) {
        most = columns;
        return this;
    }

    /** Adds a row; all rows have the same number of cells. */
    public Table row(String... cells) {
        Text[] texts = new Text[cells.length];
        for (int i = 0; i < cells.length; i++) {
            texts[i] = ansi.text(Printable.lines(cells[i]));
        }
        rows.add(texts);
        return this;
    }

    /** The lines, without blanks at their ends. */
    @Override
    public String toString() {
        if (rows.isEmpty()) {
            return "";
        }
        Column[] columns = new Column[rows.get(0).length];
        int used = 0;
        for (int i = 0; i < columns.length; i++) {
            int column = i;
            int widest = rows.stream().mapToInt(row -> width(row[column])).max().orElse(0);
            int before = i == 0 ? indent : GAP;
            columns[i] = new Column(before + Math.max(widest, 1), before, Column.Overflow.TRUNCATE);
            used += columns[i].width;
        }
        Column last = columns[columns.length - 1];
        int room = most - (used - last.width);
        if (used > most && room >= NARROWEST) {
            columns[columns.length - 1] = new Column(room, last.indent, Column.Overflow.WRAP);
        }
        TextTable table = TextTable.forColumns(Help.defaultColorScheme(ansi), columns);
        rows.forEach(table::addRowValues);
        return table.toString().replaceAll("(?m)[ \\t]+$", "");
    }

    private static int width(Text cell) {
        return cell.getCJKAdjustedLength();
    }
}
