package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.side.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The same rows in several files of results: of two machines, of several JDKs, of two versions. What is compared are ratios to
 * the baseline of the same run, never times.
 *
 * @param names of the runs, as a table's head
 * @param runs in the same order
 */
public record Comparison(List<String> names, List<Results> runs) {
    /** Two sets of forks differ when so much or less of chance is in it. */
    static final double CHANCE = 0.05;

    /** A row that is in two runs or more, by the same baseline; and in which of them it is not to be trusted. */
    record Block(Result row, Who baseline, List<Line> lines, List<String> troubles) {}

    /** A contestant: a figure for each run, empty where it took no part. */
    record Line(Who who, List<Optional<Figure>> figures) {
        /** Its ratio in a later run by that in the first, with the forks that are farthest apart. */
        Optional<Spread> change(int run) {
            if (figures.get(0).isEmpty() || figures.get(run).isEmpty()) {
                return Optional.empty();
            }
            Spread before = figures.get(0).get().ratio();
            Spread now = figures.get(run).get().ratio();
            return Optional.of(new Spread(
                    now.median() / before.median(),
                    now.lower() / before.upper(),
                    now.upper() / before.lower(),
                    now.best() / before.worst(),
                    now.worst() / before.best()));
        }

        /** How likely it is that nothing has changed since the first run. */
        double chance(int run) {
            return figures.get(0).isEmpty() || figures.get(run).isEmpty()
                    ? 1
                    : Ranks.probability(
                            forks(figures.get(0).get()), forks(figures.get(run).get()));
        }

        /** Whether it has changed, whether that cannot be told from so few forks, or neither. */
        Verdict verdict(int run) {
            boolean apart = change(run)
                    .filter(change -> change.best() > 1 || change.worst() < 1)
                    .isPresent();
            return !apart ? Verdict.SAME : chance(run) <= CHANCE ? Verdict.DIFFERENT : Verdict.MAYBE;
        }

        private static double[] forks(Figure figure) {
            return figure.forks().stream().mapToDouble(Figure.Fork::ratio).toArray();
        }
    }

    /** Of a figure beside that of the first run. */
    enum Verdict {
        SAME(""),
        MAYBE("?"),
        DIFFERENT("*");

        private final String mark;

        Verdict(String mark) {
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (Result row : runs.get(0).rows()) {
            List<Optional<Result>> same = runs.stream()
                    .map(run -> run.rows().stream()
                            .filter(each -> each.row().equals(row.row())
                                    && baseline(each).equals(baseline(row)))
                            .findFirst())
                    .toList();
            if (!row.figures().isEmpty()
                    && same.stream().filter(Optional::isPresent).count() > 1) {
                List<Line> lines = new ArrayList<>();
                for (Who who : everybody(same)) {
                    lines.add(new Line(
                            who,
                            same.stream()
                                    .map(each -> each.flatMap(its -> its.figure(who)))
                                    .toList()));
                }
                blocks.add(new Block(row, row.figures().get(0).who(), lines, troubles(same)));
            }
        }
        return blocks;
    }

    /** Who took part in one of them at least: a JDK may lack what others have. */
    private static Set<Who> everybody(List<Optional<Result>> same) {
        Set<Who> everybody = EnumSet.noneOf(Who.class);
        same.forEach(each -> each.ifPresent(row -> row.figures().forEach(figure -> everybody.add(figure.who()))));
        return everybody;
    }

    private List<String> troubles(List<Optional<Result>> same) {
        List<String> troubles = new ArrayList<>();
        for (int i = 0; i < same.size(); i++) {
            String name = names.get(i);
            same.get(i).ifPresent(row -> row.troubles().forEach(trouble -> troubles.add(name + ": " + trouble)));
        }
        return troubles;
    }

    private static Optional<Who> baseline(Result row) {
        return row.figures().stream().map(Figure::who).findFirst();
    }

    /** Whether two sets of values differ, by the ranks of Mann and Whitney, exactly: the sets are the few forks of a row. */
    static final class Ranks {
        private Ranks() {}

        /** How probable ranks are that lie as far apart as these or farther, were both sets drawn from the same values. */
        static double probability(double[] one, double[] other) {
            int[] ranks = doubledRanks(one, other);
            int sum = Arrays.stream(ranks).limit(one.length).sum();
            double[] ways = ways(ranks, one.length);
            double all = Arrays.stream(ways).sum();
            double below = Arrays.stream(ways).limit(sum + 1L).sum();
            double above = Arrays.stream(ways).skip(sum).sum();
            return Math.min(1, 2 * Math.min(below, above) / all);
        }

        /** Twice the ranks, which are whole numbers for equal values too. */
        private static int[] doubledRanks(double[] one, double[] other) {
            double[] all = Arrays.copyOf(one, one.length + other.length);
            System.arraycopy(other, 0, all, one.length, other.length);
            return Arrays.stream(all)
                    .mapToInt(value -> (int)
                            (2 * Arrays.stream(all).filter(each -> each < value).count()
                                    + Arrays.stream(all)
                                            .filter(each -> each == value)
                                            .count()
                                    + 1))
                    .toArray();
        }

        /** By sum, in how many ways so many of the ranks have it. */
        private static double[] ways(int[] ranks, int many) {
            int most = Arrays.stream(ranks).sum();
            double[][] ways = new double[many + 1][most + 1];
            ways[0][0] = 1;
            for (int rank : ranks) {
                for (int taken = many; taken > 0; taken--) {
                    for (int sum = most; sum >= rank; sum--) {
                        ways[taken][sum] += ways[taken - 1][sum - rank];
                    }
                }
            }
            return ways[many];
        }
    }
}
