package io.sockfd.benchmarks.side;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.benchmarks.Processors;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On made-up measurements. */
class CampaignTest {
    private static final double[] QUIET = {100, 101, 102, 103};
    private static final double[] NOISY = {100, 110, 120, 130};

    private final Row first = Row.of("op", "1", "one");
    private final Row second = Row.of("op", "2", "two");
    private final List<String> seen = new ArrayList<>();
    private final Campaign.Watcher watcher = new Campaign.Watcher() {
        @Override
        public void begins(Row row) {
            seen.add(row.id());
        }

        @Override
        public void ends() {
            seen.add("end");
        }
    };

    private static ForkResult result(double stolen, double... baseline) {
        return new ForkResult("op/1", Map.of(Who.C, baseline), Map.of(), Map.of(), Map.of(), stolen);
    }

    /** One fork of the first row: each measurement gives the next of these. */
    private Sample runOnce(ForkResult... results) throws InterruptedException {
        Deque<ForkResult> left = new ArrayDeque<>(List.of(results));
        Sample sample = new Campaign((row, fork) -> left.remove(), watcher, () -> false)
                .run(List.of(first), 1)
                .get(0);
        assertTrue(left.isEmpty(), left.size() + " not asked for");
        return sample;
    }

    @Test
    void allRowsHaveTheirTurnBeforeAnyHasItsSecond() throws InterruptedException {
        List<String> measured = new ArrayList<>();
        new Campaign(
                        (row, fork) -> {
                            measured.add(row.id() + "#" + fork);
                            return result(0, QUIET);
                        },
                        watcher,
                        () -> false)
                .run(List.of(first, second), 2);
        assertEquals(List.of("op/1#0", "op/2#0", "op/1#1", "op/2#1"), measured);
        assertEquals(List.of("op/1", "end", "op/2", "end", "op/1", "end", "op/2", "end"), seen);
    }

    @Test
    void aQuietForkIsMeasuredOnce() throws InterruptedException {
        Sample sample = runOnce(result(0.01, QUIET));
        assertEquals(1, sample.forks().size());
        assertEquals(List.of(), sample.troubles());
    }

    @Test
    void aNoisyForkIsMeasuredAgain() throws InterruptedException {
        ForkResult good = result(0, QUIET);
        Sample sample = runOnce(result(0, NOISY), good);
        assertEquals(List.of(good), sample.forks());
        assertEquals(List.of(), sample.troubles());
    }

    @Test
    void afterThreeTheQuietestIsKeptAndComplainedAbout() throws InterruptedException {
        ForkResult least = result(0.03, QUIET);
        Sample sample = runOnce(result(0.5, QUIET), least, result(0, 100, 150, 200, 250));
        assertEquals(List.of(least), sample.forks());
        assertEquals(1, sample.troubles().size());
        assertEquals(
                "fork 1: 3.0 % of the time stolen, the baseline's quartiles 1.5 % apart",
                sample.troubles().get(0));
    }

    @Test
    void aRowThatFailsIsLeftOutOfWhatFollows() throws InterruptedException {
        List<String> measured = new ArrayList<>();
        List<Sample> samples = new Campaign(
                        (row, fork) -> {
                            measured.add(row.id());
                            if (row.id().equals("op/1")) {
                                throw new IOException("op/1: no luck");
                            }
                            return result(0, QUIET);
                        },
                        watcher,
                        () -> false)
                .run(List.of(first, second), 2);
        assertEquals(List.of("op/1", "op/2", "op/2"), measured);
        assertEquals(List.of("op/1: no luck"), samples.get(0).troubles());
        assertEquals(2, samples.get(1).forks().size());
        assertEquals(4, seen.stream().filter("end"::equals).count());
    }

    @Test
    void stopsWithWhatThereIs() throws InterruptedException {
        List<String> measured = new ArrayList<>();
        List<Sample> samples = new Campaign(
                        (row, fork) -> {
                            measured.add(row.id());
                            return result(0, NOISY);
                        },
                        watcher,
                        () -> measured.size() == 1)
                .run(List.of(first, second), 5);
        assertEquals(List.of("op/1"), measured);
        assertEquals(1, samples.get(0).forks().size());
        assertEquals(0, samples.get(1).forks().size());
    }

    @Test
    void theLastProcessorOfAList() {
        assertEquals(8, Processors.lastOf("0-3,8"));
        assertEquals(3, Processors.lastOf("0-3"));
        assertEquals(0, Processors.lastOf("0"));
    }
}
