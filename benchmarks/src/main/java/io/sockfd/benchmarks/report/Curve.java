package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.Who;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rows of one operation that differ in one number.
 *
 * @param title the operation and what is counted
 * @param rows at least three, from the smallest number to the largest
 * @param words what each contestant's slope is
 */
record Curve(String title, String axis, List<Result> rows, List<String> words) {
    private static final int FEWEST = 3;

    private record Point(int at, Figure figure) {}

    /** Those that some rows make. */
    static List<Curve> of(List<Result> rows) {
        Map<String, List<Result>> groups = new LinkedHashMap<>();
        for (Result row : rows) {
            if (row.axis() != null && !row.figures().isEmpty()) {
                groups.computeIfAbsent(row.operation() + " by " + row.axis(), unused -> new ArrayList<>())
                        .add(row);
            }
        }
        List<Curve> curves = new ArrayList<>();
        groups.forEach((title, points) -> {
            if (points.size() >= FEWEST) {
                points.sort(Comparator.comparingInt(Result::at));
                curves.add(new Curve(title, String.valueOf(points.get(0).axis()), points, words(points)));
            }
        });
        return curves;
    }

    private static List<String> words(List<Result> rows) {
        Map<Who, List<Point>> byWho = new EnumMap<>(Who.class);
        for (Result row : rows) {
            row.figures()
                    .forEach(figure -> byWho.computeIfAbsent(figure.who(), who -> new ArrayList<>())
                            .add(new Point(row.at(), figure)));
        }
        Who baseline = rows.get(0).figures().get(0).who();
        List<String> words = new ArrayList<>();
        byWho.forEach((who, points) -> {
            if (points.size() >= FEWEST) {
                words.add(who.title() + ": " + slope(points) + (who == baseline ? "" : by(points, baseline)));
            }
        });
        return words;
    }

    private static String slope(List<Point> points) {
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        double more = (last.figure.nanos() - first.figure.nanos()) / (last.at - first.at);
        return String.format(
                Locale.ROOT,
                "%s at %,d, %s at %,d, %s %s for each more; twice as many take %s times as long at first, %s in the end",
                Texts.time(first.figure.nanos()),
                first.at,
                Texts.time(last.figure.nanos()),
                last.at,
                small(Math.abs(more)),
                more < 0 ? "less" : "more",
                doubled(first, points.get(1)),
                doubled(points.get(points.size() - 2), last));
    }

    /** Far less than a nanosecond too. */
    private static String small(double nanos) {
        return nanos >= 0.01 ? Texts.time(nanos) : String.format(Locale.ROOT, "%.2f ps", nanos * 1000);
    }

    /** By the power law through two points. */
    private static String doubled(Point from, Point to) {
        double power = Math.log(to.figure.nanos() / from.figure.nanos()) / Math.log((double) to.at / from.at);
        return Texts.ratio(Math.pow(2, power));
    }

    private static String by(List<Point> points, Who baseline) {
        return "; " + Texts.ratio(points.get(0).figure.ratio()) + " of " + baseline.title() + " at first, "
                + Texts.ratio(points.get(points.size() - 1).figure.ratio()) + " in the end";
    }
}
