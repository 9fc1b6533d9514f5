package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.raw.Leg;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The races of the descriptor, each some thousand times, and how they ended. */
@Timeout(120)
@Tag("grid")
@Tag("later")
class RaceIT {
    private static final int TIMES = Integer.getInteger("sockfd.race.times", 10_000);
    private static final long MOST_NS =
            TIMES > 10_000 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(Leg.isLong() ? 500 : 150);
    private static final int LEAST = 100;
    private static final Map<String, Supplier<Race>> RACES = new LinkedHashMap<>();

    static {
        RACES.put("a call against a close", CloseRace::new);
        RACES.put("close against close and reopen", CloseTwiceRace::new);
        RACES.put("release against a call", ReleaseRace::new);
        RACES.put("release against a close", ReleaseCloseRace::new);
        RACES.put("events against close and reopen", EpollRace::new);
        RACES.put("a wait against a close", WakeRace::new);
    }

    static Set<String> names() {
        return RACES.keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void endsAsAllowed(String name) throws Exception {
        Supplier<Race> races = Objects.requireNonNull(RACES.get(name));
        Map<String, Integer> allowed = new TreeMap<>();
        Map<String, Integer> forbidden = new TreeMap<>();
        long end = System.nanoTime() + Math.min(MOST_NS, Long.MAX_VALUE / 2);
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            int times = 0;
            while (times < TIMES && (times < LEAST || System.nanoTime() - end < 0)) {
                Race race = races.get();
                int[] acts = run(race, pool, times++);
                int left = race.end();
                (race.allows(acts[0], acts[1], left) ? allowed : forbidden)
                        .merge(Arrays.toString(acts) + " " + left, 1, Integer::sum);
            }
        } finally {
            pool.shutdownNow();
        }
        System.out.println(name + ": " + allowed);
        assertEquals(Map.of(), forbidden, () -> name + "; allowed were " + allowed);
    }

    /** Both at once, each a little later than the other in turn. */
    private static int[] run(Race race, ExecutorService pool, int turn) throws Exception {
        int[] acts = new int[2];
        AtomicInteger ready = new AtomicInteger();
        Future<?> other = pool.submit(() -> {
            meet(ready, turn & 7);
            acts[1] = race.second();
        });
        meet(ready, turn >>> 3 & 7);
        acts[0] = race.first();
        other.get(30, TimeUnit.SECONDS);
        return acts;
    }

    private static void meet(AtomicInteger ready, int later) {
        ready.incrementAndGet();
        for (int spins = 1; ready.get() < 2; spins++) {
            if (spins % 100 == 0) {
                LockSupport.parkNanos(1); // the other one may have no processor
            }
        }
        for (int i = later << 4; i > 0; i--) {
            Thread.onSpinWait();
        }
    }
}
