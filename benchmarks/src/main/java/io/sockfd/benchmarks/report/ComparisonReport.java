package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.report.Comparison.Block;
import io.sockfd.benchmarks.report.Comparison.Line;
import io.sockfd.cli.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;

/** What a {@link Comparison} shows, for the terminal and as Markdown. */
public final class ComparisonReport {
    private static final int MOST_WITH_WORST = 2;
    private static final int LONGEST_HEAD = 12;
    private static final String LEGEND =
            "Figures are ratios to the first line of a block, whose times are shown to get an idea."
                    + " * differs from the first run: no fork of one lies among those of the other, and chance has less than"
                    + " 5 % in it (ranks of Mann and Whitney); ? the same, with too few forks to be sure.";

    private final Comparison comparison;

    public ComparisonReport(Comparison comparison) {
        this.comparison = comparison;
    }

    /** In 80 columns, for two runs and for some more. */
    public String text(Ansi ansi) {
        StringBuilder text = new StringBuilder();
        boolean two = comparison.runs().size() == 2;
        for (Block block : comparison.blocks()) {
            text.append(TextReport.heading(ansi, block.row())).append('\n');
            Table table = new Table(ansi, 2);
            List<String> head = new ArrayList<>(List.of(""));
            head.addAll(heads());
            if (two) {
                head.add(heads().get(1) + " by " + heads().get(0));
            }
            table.row(head.toArray(new String[0]));
            for (Line line : block.lines()) {
                List<String> cells = new ArrayList<>(List.of(line.who().title()));
                cells.addAll(cells(block, line));
                if (two) {
                    cells.add(
                            line.who() == block.baseline()
                                    ? ""
                                    : line.change(1).map(Texts::ratio).orElse(""));
                }
                table.row(cells.toArray(new String[0]));
            }
            text.append(table);
            TextReport.troubles(ansi, text, block.troubles());
            text.append('\n');
        }
        machines()
                .forEach(line -> text.append(Texts.wrapped(line, TextReport.WIDTH, "    "))
                        .append('\n'));
        return text.append('\n')
                .append(Texts.wrapped(LEGEND, TextReport.WIDTH, ""))
                .append('\n')
                .toString();
    }

    /** One table of all rows. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("| | | ").append(String.join(" | ", comparison.names())).append(" |\n| --- | --- |");
        comparison.names().forEach(unused -> text.append(" ---: |"));
        text.append('\n');
        for (Block block : comparison.blocks()) {
            String title = block.row().title().replace("|", "\\|");
            for (Line line : block.lines()) {
                text.append("| ")
                        .append(line.who() == block.baseline() ? title : "")
                        .append(" | ");
                text.append(line.who().title()).append(" | ");
                text.append(String.join(" | ", cells(block, line)).replace("*", "\\*"))
                        .append(" |\n");
            }
        }
        text.append('\n').append(LEGEND.replace("*", "\\*")).append("\n\n");
        machines().forEach(line -> text.append("* ").append(line).append('\n'));
        List<String> troubles = comparison.blocks().stream()
                .flatMap(block ->
                        block.troubles().stream().map(trouble -> block.row().row() + ", " + trouble))
                .toList();
        if (!troubles.isEmpty()) {
            text.append("\nNot to be trusted:\n\n");
            troubles.forEach(trouble -> text.append("* ").append(trouble).append('\n'));
        }
        return text.toString();
    }

    /** The names, or letters for them where they would make the lines too long: the last lines say which is which. */
    private List<String> heads() {
        List<String> names = comparison.names();
        return names.stream().allMatch(name -> name.length() <= LONGEST_HEAD)
                ? names
                : IntStream.range(0, names.size())
                        .mapToObj(i -> String.valueOf((char) ('A' + i)))
                        .toList();
    }

    private List<String> cells(Block block, Line line) {
        List<String> cells = new ArrayList<>();
        for (int run = 0; run < line.figures().size(); run++) {
            Optional<Figure> figure = line.figures().get(run);
            if (line.who() == block.baseline()) {
                cells.add(figure.map(each -> Texts.time(each.nanos())).orElse(""));
            } else {
                String mark = line.verdict(run).mark();
                cells.add(figure.map(each -> ratio(each) + mark).orElse(""));
            }
        }
        return cells;
    }

    private String ratio(Figure figure) {
        return comparison.runs().size() > MOST_WITH_WORST
                ? Texts.ratio(figure.ratio().median())
                : Texts.ratio(figure.ratio());
    }

    private List<String> machines() {
        List<String> lines = new ArrayList<>();
        for (int run = 0; run < comparison.runs().size(); run++) {
            Results results = comparison.runs().get(run);
            String head = heads().get(run);
            String name = comparison.names().get(run);
            lines.add((head.equals(name) ? name : head + " is " + name) + ": "
                    + results.machine().line() + "; " + results.command() + ", " + results.day() + ", "
                    + results.settings().forks() + " forks");
        }
        return lines;
    }

    /** Names that tell files apart: without what all of them have. */
    public static List<String> names(List<String> files) {
        List<String> names = files.stream()
                .map(file -> file.replaceAll("\\.json$", "").replaceAll("/results$", ""))
                .toList();
        List<String> last = names.stream()
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .toList();
        return last.stream().distinct().count() == last.size() ? last : names;
    }
}
