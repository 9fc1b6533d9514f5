package io.sockfd.benchmarks.side;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import org.jspecify.annotations.Nullable;

/** What the least system call takes here: it decides what a machine's figures are worth elsewhere. */
public final class SystemCall {
    private static final int TIMES = 1000;
    private static final int ROUNDS = 50;

    private SystemCall() {}

    /** Of getppid in C, the least of some rounds; null where there are no C programs. */
    public static @Nullable Double nanos() {
        try (Contestant c = Operations.row("call/getppid").open(Who.C)) {
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                c.run(TIMES);
                least = Math.min(least, System.nanoTime() - start);
            }
            return (double) least / TIMES;
        } catch (UnavailableException e) {
            return null;
        } catch (Exception e) { // a contestant may throw anything
            throw new IllegalStateException("getppid in C", e);
        }
    }
}
