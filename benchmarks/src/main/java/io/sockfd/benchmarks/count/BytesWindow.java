package io.sockfd.benchmarks.count;

import io.sockfd.benchmarks.Contestant;
import java.lang.management.ManagementFactory;

/** Asks the JVM for what this thread has allocated. The compiler may still be at work: the least of some rounds counts. */
final class BytesWindow implements Counted.Window {
    private static final int LEAST_TIMES = 30_000;
    private static final int ROUNDS = 12;
    private static final long WARM_UP_NANOS = 400_000_000;
    private static final long MOST_NANOS = 3_000_000_000L;

    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Override
    public void count(String name, Contestant contestant) throws Exception {
        long start = System.nanoTime();
        long done = 0;
        int times = 100;
        long passed = 0;
        while (passed < WARM_UP_NANOS || (done < LEAST_TIMES && passed < MOST_NANOS)) {
            contestant.run(times);
            done += times;
            passed = System.nanoTime() - start;
        }
        times = (int) Math.max(100, Math.min(20_000, done / ROUNDS));
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least != 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            contestant.run(times);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        System.out.println("bytes " + name + " " + (double) least / times);
    }
}
