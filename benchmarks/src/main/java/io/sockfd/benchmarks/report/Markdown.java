package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.side.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Tables of sockfd's time by everybody else's, for a README. */
public final class Markdown {
    private Markdown() {}

    /** How it was measured, in a paragraph. */
    public static String provenance(Results results) {
        return "Measured by `" + results.command() + "` on " + results.day() + ": "
                + results.machine().line() + "; "
                + versions(results)
                + ". A figure is sockfd's time by the time of the other, both doing the same in turns in"
                + " one JVM pinned to one processor: the median over "
                + results.settings().forks()
                + " JVMs of the median over " + results.settings().rounds()
                + " rounds. Less is better; an empty cell is something that they do not offer.";
    }

    /** What a figure is, and where it was taken, in two sentences. */
    public static String summary(Results results) {
        return "A figure is sockfd's time divided by the other's time for the same work. Less is better; an empty cell is"
                + " something that they do not offer. Measured on " + results.day() + ": "
                + results.machine().line() + ".";
    }

    private static String versions(Results results) {
        return results.machine().versions().entrySet().stream()
                .filter(version -> !version.getKey().equals("sockfd"))
                .map(version -> version.getKey() + " " + version.getValue())
                .collect(Collectors.joining(", "));
    }

    /** A line for each row in which sockfd took part, a column for everybody but the raw backends. */
    public static String table(List<Result> rows) {
        Set<Who> columns = EnumSet.noneOf(Who.class);
        for (Result row : rows) {
            row.figures().stream()
                    .filter(figure -> figure.sockfd() != null && Family.of(figure.who()) != Family.RAW)
                    .forEach(figure -> columns.add(figure.who()));
        }
        StringBuilder table = new StringBuilder();
        line(table, "sockfd's time by that of", columns.stream().map(Who::title).toList());
        line(table, "---", columns.stream().map(who -> "---:").toList());
        for (Result row : rows) {
            if (row.figures().stream().anyMatch(figure -> figure.sockfd() != null)) {
                line(
                        table,
                        title(row),
                        columns.stream().map(who -> cell(row, who)).toList());
            }
        }
        return table.toString();
    }

    private static void line(StringBuilder table, String first, List<String> rest) {
        table.append("| ").append(first);
        rest.forEach(cell -> table.append(" | ").append(cell));
        table.append(" |\n");
    }

    private static String title(Result row) {
        String title = row.metric().equals("time") ? row.title() : row.title() + " (" + row.metric() + ")";
        return title.replace("|", "\\|");
    }

    private static String cell(Result row, Who who) {
        return row.figure(who)
                .map(Figure::sockfd)
                .map(sockfd -> Texts.ratio(sockfd.median()))
                .orElse("");
    }

    private record Loss(Result row, Who who, Spread sockfd) {}

    /** Every row in which another library is faster, in a list; says so when there is none. */
    public static String losses(List<Result> rows) {
        List<Loss> losses = new ArrayList<>();
        for (Result row : rows) {
            for (Figure figure : row.figures()) {
                Spread sockfd = figure.sockfd();
                if (sockfd != null && sockfd.median() > 1 && isPeer(figure.who())) {
                    losses.add(new Loss(row, figure.who(), sockfd));
                }
            }
        }
        if (losses.isEmpty()) {
            return "None of " + rows.size() + " rows has another library before sockfd.\n";
        }
        losses.sort(Comparator.comparingDouble((Loss loss) -> loss.sockfd().median())
                .reversed());
        return losses.stream()
                .map(loss -> "* " + title(loss.row()) + ": "
                        + fine(loss.sockfd().median()) + " of "
                        + loss.who().title() + " (worst JVM "
                        + fine(loss.sockfd().worst()) + ")" + ofC(loss) + "\n")
                .collect(Collectors.joining());
    }

    /** What the same calls in C take of the other's time: no library can do much better. */
    private static String ofC(Loss loss) {
        if (loss.row().figures().get(0).who() != Who.C) {
            return "";
        }
        return loss.row()
                .figure(loss.who())
                .map(figure -> "; C itself " + fine(1 / figure.ratio().median()))
                .orElse("");
    }

    /** So that what is hardly above 1 shows. */
    private static String fine(double ratio) {
        return String.format(Locale.ROOT, "%.3f", ratio);
    }

    private static boolean isPeer(Who who) {
        return !who.ours() && who != Who.C;
    }
}
