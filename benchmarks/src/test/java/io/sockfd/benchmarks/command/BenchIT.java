package io.sockfd.benchmarks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.report.Aggregate;
import io.sockfd.benchmarks.report.Figure;
import io.sockfd.benchmarks.report.Result;
import io.sockfd.benchmarks.side.Campaign;
import io.sockfd.benchmarks.side.Sample;
import io.sockfd.benchmarks.side.Settings;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real row in a real JVM, too short to tell anything but that all of it works. */
@Tag("once")
class BenchIT {
    /**
     * The JIT's threads are on the same processor, with the same priority, and get their turn after a tenth of a second (sched(7),
     * SCHED_RR): the warm-up of all contestants together is some of these. Before it sockfd takes 14 times as long as C.
     */
    private static final Settings SHORT = new Settings(1, 15, 200, 60, -1).pinned();

    private static Result measure(Row row) throws InterruptedException {
        Map<Row, List<Who>> selection = Selection.of(List.of(row), EnumSet.allOf(Who.class), false);
        Campaign.Watcher nobody = new Campaign.Watcher() {
            @Override
            public void begins(Row begun) {}

            @Override
            public void ends() {}
        };
        List<Sample> samples =
                new Campaign(Campaign.inForks(selection, SHORT), nobody, () -> false).run(List.of(row), SHORT.forks());
        return Aggregate.of(samples.get(0));
    }

    @Test
    void everybodyIsMeasuredOrHasAReason() throws InterruptedException {
        Row row = Operations.row("unix/64");
        Result result = measure(row);
        Set<Who> accounted = new TreeSet<>(result.absent().keySet());
        result.figures().forEach(figure -> accounted.add(figure.who()));
        assertEquals(new TreeSet<>(row.who()), accounted, result.troubles().toString());
        Figure sockfd = result.figure(Who.SOCKFD).orElseThrow();
        assertTrue(sockfd.nanos() > 10 && sockfd.nanos() < 1e6, sockfd.toString());
        assertTrue(sockfd.ratio().median() > 0.1 && sockfd.ratio().median() < 10, sockfd.toString());
    }

    @Test
    void whatAForkSaysBeforeItFailsIsShown() throws InterruptedException {
        Result result = measure(Row.of("none", "such", "a row that the JVM does not know"));
        assertTrue(result.figures().isEmpty());
        assertTrue(
                result.troubles().toString().contains("there is no row none/such"),
                result.troubles().toString());
    }
}
