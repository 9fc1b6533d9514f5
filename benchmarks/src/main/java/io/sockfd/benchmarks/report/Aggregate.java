package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.side.ForkResult;
import io.sockfd.benchmarks.side.Sample;
import io.sockfd.benchmarks.side.Spread;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes figures of what the JVMs measured. */
public final class Aggregate {
    private Aggregate() {}

    public static Result of(Sample sample) {
        Row row = sample.row();
        Map<Who, String> absent = new EnumMap<>(Who.class);
        sample.forks().forEach(fork -> absent.putAll(fork.absent()));
        List<Figure> figures = new ArrayList<>();
        for (Who who : present(sample.forks())) {
            figures.add(figure(who, sample.forks()));
        }
        return new Result(
                row.id(),
                row.title(),
                row.metric(),
                row.axis(),
                row.at(),
                row.isQuick(),
                figures,
                absent,
                new EnumMap<>(notes(row, figures)),
                List.copyOf(sample.troubles()));
    }

    /** Whom every JVM measured, in its order. */
    private static List<Who> present(List<ForkResult> forks) {
        if (forks.isEmpty()) {
            return List.of();
        }
        List<Who> present = new ArrayList<>(forks.get(0).nanos().keySet());
        forks.forEach(fork -> present.retainAll(fork.nanos().keySet()));
        return present;
    }

    private static Map<Who, String> notes(Row row, List<Figure> figures) {
        Map<Who, String> notes = new EnumMap<>(Who.class);
        figures.stream().map(Figure::who).filter(row.notes()::containsKey).forEach(who -> {
            String note = row.notes().get(who);
            if (note != null) {
                notes.put(who, note);
            }
        });
        return notes;
    }

    private static Figure figure(Who who, List<ForkResult> forks) {
        Who baseline = present(forks).get(0);
        List<Figure.Fork> each = new ArrayList<>();
        Map<String, List<Double>> percentiles = new TreeMap<>(Texts.PERCENTILES);
        for (ForkResult fork : forks) {
            Spread ratio = Spread.of(ratios(fork, who, baseline));
            each.add(new Figure.Fork(
                    Spread.median(nanos(fork, who)), ratio.median(), ratio.lower(), ratio.upper(), bytes(fork, who)));
            fork.percentiles()
                    .getOrDefault(who, Map.of())
                    .forEach((name, nanos) -> percentiles
                            .computeIfAbsent(name, unused -> new ArrayList<>())
                            .add(nanos));
        }
        Map<String, Double> medians = new TreeMap<>(Texts.PERCENTILES);
        percentiles.forEach((name, nanos) -> medians.put(name, median(nanos)));
        return new Figure(
                who,
                median(forks.stream()
                        .map(fork -> Spread.median(nanos(fork, who)))
                        .toList()),
                Spread.of(
                        forks.stream().map(fork -> ratios(fork, who, baseline)).toList()),
                sockfdBy(who, forks),
                median(forks.stream().map(fork -> bytes(fork, who)).toList()),
                medians,
                each);
    }

    private static @Nullable Spread sockfdBy(Who who, List<ForkResult> forks) {
        if (who == Who.SOCKFD || !present(forks).contains(Who.SOCKFD)) {
            return null;
        }
        return Spread.of(
                forks.stream().map(fork -> ratios(fork, Who.SOCKFD, who)).toList());
    }

    /** Round by round. */
    private static double[] ratios(ForkResult fork, Who who, Who by) {
        double[] above = nanos(fork, who);
        double[] below = nanos(fork, by);
        if (above.length != below.length) {
            throw new IllegalArgumentException(
                    fork.row() + ": " + who.id() + " has " + above.length + " rounds, " + by.id() + " " + below.length);
        }
        double[] ratios = new double[above.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = above[i] / below[i];
        }
        return ratios;
    }

    private static double[] nanos(ForkResult fork, Who who) {
        double[] nanos = fork.nanos().get(who);
        if (nanos == null) {
            throw new IllegalArgumentException(fork.row() + " has no " + who.id());
        }
        return nanos;
    }

    private static double bytes(ForkResult fork, Who who) {
        return fork.bytes().getOrDefault(who, 0.0);
    }

    private static double median(List<Double> values) {
        return Spread.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
