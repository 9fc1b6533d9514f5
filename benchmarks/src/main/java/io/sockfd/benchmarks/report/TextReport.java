package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.side.Spread;
import io.sockfd.cli.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** For the terminal: a block for each row. */
public final class TextReport {
    private final Ansi ansi;

    public TextReport(Ansi ansi) {
        this.ansi = ansi;
    }

    /** All rows, and what holds for all of them. */
    public String of(Results results) {
        StringBuilder text = new StringBuilder();
        results.rows().forEach(row -> text.append(block(row)).append('\n'));
        text.append(results.machine().line()).append('\n');
        return text.toString();
    }

    private String block(Result result) {
        StringBuilder text = new StringBuilder();
        text.append(ansi.string("@|bold " + result.row() + "|@  " + result.title()));
        text.append(result.metric().equals("time") ? "\n" : " (" + result.metric() + ")\n");
        if (!result.figures().isEmpty()) {
            text.append(table(result));
        }
        Set<String> names = new TreeSet<>(Percentiles.ORDER);
        result.figures().forEach(figure -> names.addAll(figure.percentiles().keySet()));
        if (!names.isEmpty()) {
            text.append(percentiles(result, names));
        }
        lines(text, result.notes(), "");
        lines(text, result.absent(), "took no part: ");
        result.troubles()
                .forEach(trouble -> text.append(ansi.string("  @|bold,red not to be trusted|@: "))
                        .append(trouble)
                        .append('\n'));
        return text.toString();
    }

    private static void lines(StringBuilder text, Map<Who, String> about, String words) {
        about.forEach((who, what) -> text.append("  ")
                .append(who.title())
                .append(": ")
                .append(words)
                .append(what)
                .append('\n'));
    }

    private String table(Result result) {
        Who baseline = result.figures().get(0).who();
        Table table = new Table(ansi, 2)
                .row("", "     time", " of " + baseline.title(), "quartiles", "forks", "  B/op", "sockfd takes");
        for (Figure figure : result.figures()) {
            Spread ratio = figure.ratio();
            boolean first = figure.who() == baseline;
            table.row(
                    figure.who() == Who.SOCKFD
                            ? "@|bold " + figure.who().title() + "|@"
                            : String.format("%-21s", figure.who().title()),
                    String.format("%9s", Texts.time(figure.nanos())),
                    String.format("%5s", Texts.ratio(ratio.median())),
                    first ? "" : range(ratio.lower(), ratio.upper()),
                    first ? "" : range(ratio.best(), ratio.worst()),
                    String.format("%6s", Texts.bytes(figure.bytes())),
                    share(figure.sockfd()));
        }
        return table.toString();
    }

    private static String range(double from, double to) {
        return Texts.ratio(from) + " to " + Texts.ratio(to);
    }

    private static String share(@Nullable Spread sockfd) {
        if (sockfd == null) {
            return "";
        }
        String text = Texts.ratio(sockfd.median()) + " of it, worst fork " + Texts.ratio(sockfd.worst());
        return sockfd.median() <= 1 ? "@|green " + text + "|@" : text;
    }

    private String percentiles(Result result, Set<String> names) {
        List<String> head = new ArrayList<>(List.of(""));
        names.forEach(name -> head.add(String.format("%8s", name)));
        Table table = new Table(ansi, 2).row(head.toArray(new String[0]));
        for (Figure figure : result.figures()) {
            List<String> cells = new ArrayList<>(List.of(figure.who().title()));
            for (String name : names) {
                Double nanos = figure.percentiles().get(name);
                cells.add(nanos == null ? "" : String.format("%8s", Texts.time(nanos)));
            }
            table.row(cells.toArray(new String[0]));
        }
        return table.toString();
    }
}
