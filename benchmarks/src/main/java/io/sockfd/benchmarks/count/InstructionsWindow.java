package io.sockfd.benchmarks.count;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;
import org.jspecify.annotations.Nullable;

/** Talks to callgrind through C. Only what lies between a begin and an end is simulated; the rest runs fast. */
final class InstructionsWindow implements Counted.Window {
    /** What is counted is the difference: it takes the way in and out away. */
    static final int FEW = 500;

    static final int MANY = 1500;
    private static final int WARM_UP = 120_000; // a loop is compiled for good after 40,000 turns
    private static final int STEP = 500;
    private static final long MOST_NANOS = 20_000_000_000L;

    InstructionsWindow() {
        Native.load();
    }

    @Override
    public void count(String name, Contestant contestant) throws Exception {
        long start = System.nanoTime();
        for (int done = 0; done < WARM_UP && System.nanoTime() - start < MOST_NANOS; done += STEP) {
            contestant.run(STEP);
        }
        window(contestant, FEW, null); // what happens once per window happens for the first time
        window(contestant, FEW, name + " " + FEW);
        window(contestant, MANY, name + " " + MANY);
    }

    private static void window(Contestant contestant, int times, @Nullable String name) throws Exception {
        Native.check(begin(), "callgrind");
        contestant.run(times);
        end(name);
    }

    /** Gives a negative errno: ESRCH when nobody counts, ENOSYS when this was compiled without valgrind's headers. */
    private static native int begin();

    /** Has the count written under a name, if there is one. */
    private static native void end(@Nullable String name);
}
