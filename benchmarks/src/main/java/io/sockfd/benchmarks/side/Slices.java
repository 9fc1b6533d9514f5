package io.sockfd.benchmarks.side;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Timed;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures a row in this JVM. */
final class Slices implements AutoCloseable {
    /** Of contestants of wide rows little is measured, or a run takes long: the JIT sees so many of them before … */
    private static final int LEAST_RUNS = 2000;
    /** … unless the warm-up takes so many times as long. */
    private static final int MOST = 5;

    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Row row;
    private final Settings settings;
    private final List<Turn> turns = new ArrayList<>();
    private final Map<Who, String> absent = new EnumMap<>(Who.class);

    /** A contestant and what was seen of it. */
    private static final class Turn {
        final Who who;
        final Contestant contestant;
        final double[] nanos;
        long bytes;

        Turn(Who who, Contestant contestant, int rounds) {
            this.who = who;
            this.contestant = contestant;
            nanos = new double[rounds];
        }
    }

    Slices(Row row, List<Who> who, Settings settings) throws Exception {
        this.row = row;
        this.settings = settings;
        for (Who each : who) {
            try {
                turns.add(new Turn(each, row.open(each), settings.rounds()));
            } catch (UnavailableException e) {
                absent.put(each, String.valueOf(e.getMessage()));
            }
        }
        if (turns.isEmpty()) {
            throw new UnavailableException(row.id() + ": nobody can take part: " + absent);
        }
    }

    ForkResult measure(int rotation) throws Exception {
        int times = warmUp();
        double things = (double) times * row.divisor();
        List<Turn> order = new ArrayList<>(turns);
        Collections.rotate(order, rotation);
        ProcessorTime before = ProcessorTime.now(settings.cpu());
        for (int round = 0; round < settings.rounds(); round++) {
            long agreed = Long.MIN_VALUE;
            for (Turn turn : order) {
                long allocated = threads.getCurrentThreadAllocatedBytes();
                long start = System.nanoTime();
                long result = turn.contestant.run(times);
                turn.nanos[round] = took(turn, System.nanoTime() - start) / things;
                turn.bytes += counted(turn, threads.getCurrentThreadAllocatedBytes() - allocated);
                agreed = agree(agreed, result, turn.who);
            }
            Collections.rotate(order, 1);
        }
        double stolen = ProcessorTime.now(settings.cpu()).stolenSince(before);
        Map<Who, double[]> nanos = new EnumMap<>(Who.class);
        Map<Who, Double> bytes = new EnumMap<>(Who.class);
        for (Turn turn : turns) {
            nanos.put(turn.who, turn.nanos);
            bytes.put(turn.who, turn.bytes / things / settings.rounds());
        }
        return new ForkResult(row.id(), nanos, bytes, Map.of(), absent, stolen);
    }

    /** Until the JIT has seen everybody often enough, in the same alternation; gives the operations of a slice. */
    private int warmUp() throws Exception {
        long budget = settings.warmUpMillis() * 1_000_000L * turns.size();
        double slice = settings.sliceMicros() * 1000.0;
        long start = System.nanoTime();
        int times = 1;
        long most = row.isWide() ? MOST * budget : budget;
        long runs = 0;
        for (int round = 0;
                round < 5
                        || System.nanoTime() - start < budget
                        || (runs < LEAST_RUNS && System.nanoTime() - start < most);
                round++) {
            double nanosEach = 0;
            runs += times;
            for (Turn turn : turns) {
                long begin = System.nanoTime();
                turn.contestant.run(times);
                if (nanosEach == 0) { // of the baseline, which is the first
                    nanosEach = (double) (System.nanoTime() - begin) / times;
                }
            }
            times = (int) Math.max(1, Math.min(2.0 * times, slice / nanosEach));
        }
        return times;
    }

    private static long took(Turn turn, long whole) {
        return turn.contestant instanceof Timed timed ? timed.nanos() : whole;
    }

    private static long counted(Turn turn, long whole) {
        return turn.contestant instanceof Timed timed ? timed.bytes(whole) : whole;
    }

    private long agree(long agreed, long result, Who who) {
        if (agreed != Long.MIN_VALUE && agreed != result) {
            throw new IllegalStateException(
                    row.id() + ": " + who.id() + " did " + result + " where another did " + agreed);
        }
        return result;
    }

    @Override
    public void close() throws IOException {
        for (Turn turn : turns) {
            turn.contestant.close();
        }
    }
}
