package io.sockfd.benchmarks.count;

import io.sockfd.benchmarks.Contestant;
import java.lang.management.ManagementFactory;

/**
 * Asks the JVM for what this thread has allocated. With {@code -Xbatch} a compiler is done when its code is next run, however
 * busy the machine is; the least of some rounds counts all the same.
 */
final class BytesWindow implements Counted.Window {
    private static final int WARM_UP = 100_000; // a loop is compiled for good after 40,000 turns
    private static final int STEP = 100;
    private static final int ROUNDS = 10;
    private static final long MOST_WARM_UP_NANOS = 4_000_000_000L;
    private static final long MOST_ROUND_NANOS = 100_000_000;

    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Override
    public void count(String name, Contestant contestant) throws Exception {
        long start = System.nanoTime();
        int done = 0;
        while (done < WARM_UP && System.nanoTime() - start < MOST_WARM_UP_NANOS) {
            contestant.run(STEP);
            done += STEP;
        }
        long nanosEach = (System.nanoTime() - start) / done;
        int times = (int) Math.min(10_000, Math.max(STEP, MOST_ROUND_NANOS / Math.max(1, nanosEach)));
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least != 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            contestant.run(times);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        System.out.println("bytes " + name + " " + (double) least / times);
    }
}
