package io.sockfd.benchmarks.side;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Measures rows, all of them once, then all of them again: the forks of one row lie as far apart in time as can be, so that
 * a bad minute of the machine is in no more than one of them.
 */
public final class Campaign {
    /** A fork on a noisy machine is measured again so many times. */
    static final int REPETITIONS = 2;

    /** Measures a row once. */
    @FunctionalInterface
    public interface Measurement {
        ForkResult of(Row row, int fork) throws IOException, InterruptedException;
    }

    /** Sees how it goes on. */
    public interface Watcher {
        /** This row's turn has come. */
        void begins(Row row);

        /** One fork is done, after whatever repetitions. */
        void ends();
    }

    private final Measurement measurement;
    private final Watcher watcher;
    private final BooleanSupplier stop;

    /**
     * Nothing is measured yet.
     *
     * @param stop whether to come to an end with what there is; asked before and after each JVM
     */
    public Campaign(Measurement measurement, Watcher watcher, BooleanSupplier stop) {
        this.measurement = measurement;
        this.watcher = watcher;
        this.stop = stop;
    }

    /** In JVMs of their own, with these contestants. */
    public static Measurement inForks(Map<Row, List<Who>> who, Settings settings) {
        return (row, fork) -> Forks.run(row, who.getOrDefault(row, List.of()), fork, settings);
    }

    /** Measures; a row that fails is left out of the turns that follow. */
    public List<Sample> run(List<Row> rows, int forks) throws InterruptedException {
        List<Sample> samples = rows.stream().map(Sample::new).toList();
        List<Sample> going = new ArrayList<>(samples);
        for (int fork = 0; fork < forks; fork++) {
            for (Sample sample : samples) {
                if (stop.getAsBoolean()) {
                    return samples;
                }
                watcher.begins(sample.row());
                if (going.contains(sample) && !measured(sample, fork)) {
                    going.remove(sample);
                }
                watcher.ends();
            }
        }
        return samples;
    }

    private boolean measured(Sample sample, int fork) throws InterruptedException {
        try {
            ForkResult best = measurement.of(sample.row(), fork);
            for (int again = 0; again < REPETITIONS && isNoisy(sample.row(), best) && !stop.getAsBoolean(); again++) {
                ForkResult next = measurement.of(sample.row(), fork);
                best = Noise.of(next).level(sample.row()) < Noise.of(best).level(sample.row()) ? next : best;
            }
            sample.forks().add(best);
            if (isNoisy(sample.row(), best)) {
                sample.troubles().add("fork " + (fork + 1) + ": " + Noise.of(best));
            }
            return true;
        } catch (IOException e) {
            if (!stop.getAsBoolean()) { // an interrupted JVM is no failure
                sample.troubles().add(String.valueOf(e.getMessage()));
            }
            return false;
        }
    }

    private static boolean isNoisy(Row row, ForkResult result) {
        return Noise.of(result).isTooMuch(row);
    }
}
