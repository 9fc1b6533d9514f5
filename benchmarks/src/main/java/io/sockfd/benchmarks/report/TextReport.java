package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.side.Spread;
import io.sockfd.cli.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** For the terminal: a block for each row, in 80 columns; in brackets the worst fork. */
public final class TextReport {
    /** Of a terminal that nobody has made wider. */
    static final int WIDTH = 80;

    private static final String INDENT = "    ";

    private final Ansi ansi;

    public TextReport(Ansi ansi) {
        this.ansi = ansi;
    }

    /** All rows, and what holds for all of them. */
    public String of(Results results) {
        StringBuilder text = new StringBuilder();
        results.rows().forEach(row -> text.append(block(row)).append('\n'));
        List<Curve> curves = Curve.of(results.rows());
        curves.forEach(curve -> text.append(ansi.string("@|bold " + curve.title() + "|@\n"))
                .append(paragraphs(curve.words()))
                .append('\n'));
        text.append(Texts.wrapped(results.machine().line(), WIDTH, "")).append('\n');
        return text.toString();
    }

    private String block(Result result) {
        StringBuilder text = new StringBuilder();
        text.append(heading(ansi, result)).append('\n');
        if (!result.figures().isEmpty()) {
            text.append(table(result));
        }
        Set<String> names = new TreeSet<>(Texts.PERCENTILES);
        result.figures().forEach(figure -> names.addAll(figure.percentiles().keySet()));
        if (!names.isEmpty()) {
            text.append(percentiles(result, names));
        }
        lines(text, result.notes(), "");
        lines(text, result.absent(), "took no part: ");
        troubles(ansi, text, result.troubles());
        return text.toString();
    }

    static void troubles(Ansi ansi, StringBuilder text, List<String> troubles) {
        troubles.forEach(trouble -> text.append(ansi.string("  @|bold,red not to be trusted|@: "))
                .append(Texts.wrapped(trouble, WIDTH - 23, INDENT))
                .append('\n'));
    }

    /** The name of a row and what it is. */
    static String heading(Ansi ansi, Result result) {
        String title = result.title() + (result.metric().equals("time") ? "" : " (" + result.metric() + ")");
        return ansi.string("@|bold " + result.row() + "|@") + "  "
                + Texts.wrapped(title, WIDTH - result.row().length() - 2, INDENT);
    }

    private static String paragraphs(List<String> texts) {
        return texts.stream()
                .map(each -> "  " + Texts.wrapped(each, WIDTH - 2, INDENT) + "\n")
                .collect(Collectors.joining());
    }

    private static void lines(StringBuilder text, Map<Who, String> about, String words) {
        about.forEach((who, what) -> text.append(paragraphs(List.of(who.title() + ": " + words + what))));
    }

    private String table(Result result) {
        Who baseline = result.figures().get(0).who();
        Table table =
                new Table(ansi, 2).row("", "   time", "of " + baseline.title(), "quartiles", "  B/op", "sockfd takes");
        for (Figure figure : result.figures()) {
            Spread ratio = figure.ratio();
            boolean first = figure.who() == baseline;
            table.row(
                    figure.who() == Who.SOCKFD
                            ? "@|bold " + figure.who().title() + "|@"
                            : String.format("%-18s", figure.who().title()),
                    String.format("%7s", Texts.time(figure.nanos())),
                    first ? Texts.ratio(1) : Texts.ratio(ratio),
                    first ? "" : Texts.ratio(ratio.lower()) + "-" + Texts.ratio(ratio.upper()),
                    String.format("%6s", Texts.bytes(figure.bytes())),
                    share(figure.sockfd()));
        }
        return table.toString();
    }

    private static String share(@Nullable Spread sockfd) {
        if (sockfd == null) {
            return "";
        }
        String text = Texts.ratio(sockfd);
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
