package io.sockfd.benchmarks.side;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Sampled;
import io.sockfd.benchmarks.Timed;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedTest {
    private static final Settings SETTINGS = new Settings(1, 40, 1000, 1, -1);

    private static int open;

    @BeforeEach
    void reset() {
        open = 0;
    }

    @Test
    void oneByOneGivesMediansAndPercentiles() throws Exception {
        Row row = Row.of("a", "b", "c").with(Who.C, Sleeper.class, 1).with(Who.NIO, Sleeper.class, 3);
        ForkResult result = measured(row, new Pace(5, 1, 10, true));
        double[] nanos = result.nanos().get(Who.NIO);
        assertNotNull(nanos);
        assertEquals(4, nanos.length); // 40 rounds of slices are 4 of these
        for (double each : nanos) {
            assertTrue(each >= 3_000_000, each + " ns for 3 ms");
        }
        Map<String, Double> percentiles = result.percentiles().get(Who.NIO);
        assertNotNull(percentiles);
        assertEquals(List.of("p50", "p90", "p99", "p99.9", "max"), List.copyOf(percentiles.keySet()));
        assertTrue(percentiles.values().stream().allMatch(each -> each >= 2_990_000), percentiles.toString());
        assertEquals(0, open);
    }

    @Test
    void whoKnowsBetterIsBelieved() throws Exception {
        ForkResult result = measured(Row.of("a", "b", "c").with(Who.C, Knower.class), new Pace(10, 3, 20, false));
        assertArrayEquals(new double[] {7, 7}, result.nanos().get(Who.C));
        // the warm-up is forgotten, and what this thread allocates is not its doing
        assertEquals(
                Map.of("p50", 5.0, "p90", 5.0, "p99", 5.0, "p99.9", 5.0, "max", 5.0),
                result.percentiles().get(Who.C));
        assertTrue(result.bytes().isEmpty());
    }

    @Test
    void disagreementEndsTheMeasurement() {
        Row row = Row.of("a", "b", "c").with(Who.C, Sleeper.class, 0).with(Who.NIO, Lazy.class);
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> measured(row, new Pace(5, 0, 1, false)));
        assertEquals("a/b: c did 5 where another did 4", failure.getMessage());
        assertEquals(0, open);
    }

    @Test
    void whoCannotTakePartIsNamed() throws Exception {
        Row row = Row.of("a", "b", "c").with(Who.C, Sleeper.class, 0).with(Who.NETTY, Absent.class);
        assertEquals(
                Map.of(Who.NETTY, "no epoll"),
                measured(row, new Pace(1, 0, 1, false)).absent());
        assertThrows(
                UnavailableException.class,
                () -> measured(Row.of("a", "b", "c").with(Who.NETTY, Absent.class), new Pace(1, 0, 1, false)));
    }

    private static ForkResult measured(Row row, Pace pace) throws Exception {
        return Fork.measure(row.paced(pace), List.copyOf(row.who()), SETTINGS, 1);
    }

    public static class Sleeper implements Contestant {
        private final int millis;

        public Sleeper(int millis) {
            this.millis = millis;
            open++;
        }

        @Override
        public long run(int times) throws InterruptedException {
            Thread.sleep((long) millis * times);
            return times;
        }

        @Override
        public void close() {
            open--;
        }
    }

    public static final class Lazy extends Sleeper {
        public Lazy() {
            super(0);
        }

        @Override
        public long run(int times) {
            return times - 1L;
        }
    }

    public static final class Absent implements Contestant {
        public Absent() throws UnavailableException {
            throw new UnavailableException("no epoll");
        }

        @Override
        public long run(int times) {
            return times;
        }

        @Override
        public void close() {}
    }

    public static final class Knower implements Timed, Sampled {
        private final Histogram samples = new Histogram(3);
        private boolean warm;

        @Override
        public long run(int times) {
            samples.recordValueWithCount(warm ? 5 : 1000, times);
            return times;
        }

        @Override
        public long nanos() {
            return 70;
        }

        @Override
        public Histogram samples() {
            return samples;
        }

        @Override
        public void forget() {
            warm = true;
            samples.reset();
        }

        @Override
        public void close() {}
    }
}
