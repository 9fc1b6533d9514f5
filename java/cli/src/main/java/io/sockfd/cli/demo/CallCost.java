package io.sockfd.cli.demo;

import io.sockfd.raw.Backend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one call costs on each way into the kernel. All take turns in slices of a few milliseconds in this one JVM, so that
 * whatever disturbs the machine disturbs all of them; the numbers are medians over the rounds, and the ratios are medians
 * of the ratios within a round.
 */
final class CallCost implements AutoCloseable {
    static final int ROUNDS = 150;
    private static final int WARM_UP = 40;
    private static final int CALLS = 16_000;
    private static final int EXCHANGES = 2_500;

    /** The cost of one contestant; empty where it has no such call. */
    record Cost(String name, OptionalDouble call, OptionalDouble callRatio, double exchange, double exchangeRatio) {}

    private final List<Contestant> contestants = new ArrayList<>();

    /**
     * Opens the sockets of all.
     *
     * @param backends the first is what the ratios refer to
     */
    CallCost(List<Backend> backends) throws IOException {
        try {
            for (Backend backend : backends) {
                contestants.add(new BackendContestant(backend));
            }
            contestants.add(new NioContestant());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    List<Cost> measure() throws IOException {
        double[][] calls = new double[contestants.size()][ROUNDS];
        double[][] exchanges = new double[contestants.size()][ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                // another one begins each round
                int turn = Math.floorMod(i + round, contestants.size());
                Contestant contestant = contestants.get(turn);
                double call = contestant.hasCall() ? time(contestant::call, CALLS) : 0;
                double exchange = time(contestant::exchange, EXCHANGES);
                if (round >= 0) {
                    calls[turn][round] = call;
                    exchanges[turn][round] = exchange;
                }
            }
        }
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < contestants.size(); i++) {
            boolean has = contestants.get(i).hasCall();
            costs.add(new Cost(
                    contestants.get(i).name(),
                    has ? OptionalDouble.of(median(calls[i])) : OptionalDouble.empty(),
                    has ? OptionalDouble.of(ratio(calls[i], calls[0])) : OptionalDouble.empty(),
                    median(exchanges[i]),
                    ratio(exchanges[i], exchanges[0])));
        }
        return costs;
    }

    @FunctionalInterface
    private interface Slice {
        void run(int times) throws IOException;
    }

    private static double time(Slice slice, int times) throws IOException {
        long start = System.nanoTime();
        slice.run(times);
        return (double) (System.nanoTime() - start) / times;
    }

    private static double ratio(double[] own, double[] first) {
        double[] ratios = new double[own.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = own[i] / first[i];
        }
        return median(ratios);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    @Override
    public void close() {
        contestants.forEach(Contestant::close);
    }
}
