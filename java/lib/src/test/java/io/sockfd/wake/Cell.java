package io.sockfd.wake;

import io.sockfd.wake.Round.Ending;
import io.sockfd.wake.Waits.Wait;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** All rounds of one call on one kind of socket with one ending on one kind of thread. */
final class Cell implements Runnable {
    static final long MEDIAN_MS = 100;
    static final long WORST_MS = 2_000;
    private static final double MILLI = 1e6;

    final Wait wait;
    final Ending ending;
    final Threads threads;
    private final long[] latencies;
    private int done;
    private @Nullable Throwable failure;
    private @Nullable String missing;
    private boolean isAgain;

    Cell(Wait wait, Ending ending, Threads threads, int rounds) {
        this.wait = wait;
        this.ending = ending;
        this.threads = threads;
        this.latencies = new long[rounds];
    }

    /** The first round is ended at once, often before it waits; such a round is tried again with more patience. */
    @Override
    public void run() {
        try {
            wait.open().close();
        } catch (IOException e) {
            if (wait.kind().isMissing(e)) {
                missing = e.getMessage();
            } else {
                failure = e;
            }
            return;
        }
        try {
            int early = 0;
            while (done < latencies.length) {
                long latency = new Round(wait, ending).run(threads, done + early == 0 ? 0 : 2L << Math.min(early, 8));
                if (latency >= 0) {
                    latencies[done++] = latency;
                } else if (++early > 20) {
                    throw new AssertionError("never waited: closed before in " + early + " rounds");
                }
            }
            Arrays.sort(latencies);
            if (isLate()) {
                throw new AssertionError("ended too late");
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** All rounds came to the right end, but not soon enough: the machine may have been busy. */
    boolean isLate() {
        int all = latencies.length;
        return done == all && (latencies[(all - 1) / 2] > MEDIAN_MS * MILLI || latencies[all - 1] > WORST_MS * MILLI);
    }

    /** Once more, alone. */
    void again() {
        done = 0;
        failure = null;
        isAgain = true;
        run();
    }

    boolean isAgain() {
        return isAgain;
    }

    long[] latencies() {
        return Arrays.copyOf(latencies, done);
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Why there are no such sockets here. */
    @Nullable
    String missing() {
        return missing;
    }

    /** How many rounds, and the worst latency in milliseconds. */
    String summary() {
        if (missing != null) {
            return "- ";
        }
        double worst = Arrays.stream(latencies).max().orElse(0) / MILLI;
        return String.format("%d %7.2f%s", done, worst, failure != null ? "!" : isAgain ? "*" : " ");
    }

    @Override
    public String toString() {
        return wait + ", " + ending + ", " + threads + ": " + summary();
    }
}
