package io.sockfd.benchmarks.report;

import java.util.Arrays;

/** Whether two sets of values differ, by the ranks of Mann and Whitney, exactly: the sets are the few forks of a row. */
final class Ranks {
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
