package io.sockfd.benchmarks.side;

import io.sockfd.benchmarks.Processors;

/**
 * How long to measure.
 *
 * @param forks JVMs, one after the other
 * @param rounds slices of each contestant in a JVM
 * @param sliceMicros how long the baseline's slice takes; the others do the same number of operations
 * @param warmUpMillis for each contestant, before the first round
 * @param cpu the processor that the JVM is pinned to, or -1
 */
public record Settings(int forks, int rounds, int sliceMicros, int warmUpMillis, int cpu) {
    public static final Settings QUICK = new Settings(2, 100, 1000, 250, 1);
    public static final Settings NORMAL = new Settings(3, 150, 1000, 400, 1);
    public static final Settings FULL = new Settings(5, 200, 1000, 300, 1);

    /** The same on the processor that suits best. */
    public Settings pinned() {
        return pinnedTo(Processors.toPinTo());
    }

    Settings pinnedTo(int processor) {
        return new Settings(forks, rounds, sliceMicros, warmUpMillis, processor);
    }
}
