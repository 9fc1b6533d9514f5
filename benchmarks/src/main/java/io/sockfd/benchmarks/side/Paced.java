package io.sockfd.benchmarks.side;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Sampled;
import io.sockfd.benchmarks.Timed;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Measures a row that has a {@link Pace}. */
final class Paced implements AutoCloseable {
    private static final long LONGEST = 60_000_000_000L;
    private static final int DIGITS = 3;
    private static final int FEWEST_ROUNDS = 2;

    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Row row;
    private final Pace pace;
    private final Settings settings;
    private final List<Turn> turns = new ArrayList<>();
    private final Map<Who, String> absent = new EnumMap<>(Who.class);

    /** A contestant and what was seen of it. */
    private static final class Turn {
        final Who who;
        final Contestant contestant;
        final double[] nanos;
        final Histogram samples = new Histogram(LONGEST, DIGITS);
        long bytes;

        Turn(Who who, Contestant contestant, int rounds) {
            this.who = who;
            this.contestant = contestant;
            nanos = new double[rounds];
        }

        Histogram samples() {
            return contestant instanceof Sampled sampled ? sampled.samples() : samples;
        }
    }

    Paced(Row row, Pace pace, List<Who> who, Settings settings) throws Exception {
        this.row = row;
        this.pace = pace;
        this.settings = settings;
        int rounds = Math.max(FEWEST_ROUNDS, settings.rounds() / pace.share());
        try {
            for (Who each : who) {
                try {
                    turns.add(new Turn(each, row.open(each), rounds));
                } catch (UnavailableException e) {
                    absent.put(each, String.valueOf(e.getMessage()));
                }
            }
        } catch (Exception e) {
            close();
            throw e;
        }
        if (turns.isEmpty()) {
            throw new UnavailableException(row.id() + ": nobody can take part: " + absent);
        }
    }

    ForkResult measure(int rotation) throws Exception {
        List<Turn> order = new ArrayList<>(turns);
        Collections.rotate(order, rotation);
        long[] times = new long[pace.times()];
        for (int round = 0; round < pace.warmUps(); round++) {
            round(order, times, -1);
        }
        for (Turn turn : turns) {
            turn.bytes = 0;
            turn.samples.reset();
            if (turn.contestant instanceof Sampled sampled) {
                sampled.forget();
            }
        }
        int rounds = turns.get(0).nanos.length;
        ProcessorTime before = ProcessorTime.now(settings.cpu());
        for (int round = 0; round < rounds; round++) {
            round(order, times, round);
            Collections.rotate(order, 1);
        }
        double stolen = ProcessorTime.now(settings.cpu()).stolenSince(before);
        return result(stolen, (double) rounds * pace.times() * row.divisor());
    }

    /** Everybody once; {@code round} is negative in the warm-up. */
    private void round(List<Turn> order, long[] times, int round) throws Exception {
        long agreed = Long.MIN_VALUE;
        for (Turn turn : order) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            long result =
                    isSingle(turn.contestant) ? oneByOne(turn.contestant, times) : turn.contestant.run(times.length);
            double nanos = System.nanoTime() - start;
            turn.bytes += threads.getCurrentThreadAllocatedBytes() - allocated;
            if (agreed != Long.MIN_VALUE && agreed != result) {
                throw new IllegalStateException(
                        row.id() + ": " + turn.who.id() + " did " + result + " where another did " + agreed);
            }
            agreed = result;
            if (round >= 0) {
                turn.nanos[round] = figure(turn, times, nanos) / row.divisor();
            }
        }
    }

    private boolean isSingle(Contestant contestant) {
        return pace.single() && !(contestant instanceof Sampled);
    }

    private double figure(Turn turn, long[] times, double whole) {
        if (turn.contestant instanceof Timed timed) {
            return (double) timed.nanos() / times.length;
        } else if (!pace.single()) {
            return whole / times.length;
        }
        for (long each : times) {
            turn.samples.recordValue(Math.min(each, LONGEST));
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static long oneByOne(Contestant contestant, long[] times) throws Exception {
        long total = 0;
        long before = System.nanoTime();
        for (int i = 0; i < times.length; i++) {
            total += contestant.run(1);
            long now = System.nanoTime();
            times[i] = now - before;
            before = now;
        }
        return total;
    }

    private ForkResult result(double stolen, double things) {
        Map<Who, double[]> nanos = new EnumMap<>(Who.class);
        Map<Who, Double> bytes = new EnumMap<>(Who.class);
        Map<Who, Map<String, Double>> percentiles = new EnumMap<>(Who.class);
        for (Turn turn : turns) {
            nanos.put(turn.who, turn.nanos);
            if (!(turn.contestant instanceof Sampled)) { // whose work is done elsewhere
                bytes.put(turn.who, turn.bytes / things);
            }
            if (turn.samples().getTotalCount() > 0) {
                percentiles.put(turn.who, percentiles(turn.samples()));
            }
        }
        return new ForkResult(row.id(), nanos, bytes, percentiles, absent, stolen);
    }

    private static Map<String, Double> percentiles(Histogram histogram) {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", (double) histogram.getValueAtPercentile(50));
        percentiles.put("p90", (double) histogram.getValueAtPercentile(90));
        percentiles.put("p99", (double) histogram.getValueAtPercentile(99));
        percentiles.put("p99.9", (double) histogram.getValueAtPercentile(99.9));
        percentiles.put("max", (double) histogram.getMaxValue());
        return percentiles;
    }

    @Override
    public void close() throws IOException {
        for (Turn turn : turns) {
            turn.contestant.close();
        }
    }
}
