package io.sockfd.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.side.ForkResult;
import io.sockfd.benchmarks.side.Sample;
import io.sockfd.benchmarks.side.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AggregateTest {
    private static final double EXACT = 1e-9;

    private static Result aggregate(ForkResult... forks) {
        return Aggregate.of(new Sample(Row.of("unix", "64", "title"), List.of(forks), List.of()));
    }

    private static Figure figure(Result result, Who who) {
        return result.figure(who).orElseThrow();
    }

    /** The machine slows down tenfold for a round: no ratio sees it. */
    @Test
    void ratiosAreThoseOfARound() {
        Result result = aggregate(MadeUp.fork(
                new double[] {100, 1000, 100}, new double[] {110, 1100, 110}, new double[] {220, 2200, 220}));
        Figure sockfd = figure(result, Who.SOCKFD);
        assertEquals(1.1, sockfd.ratio().median(), EXACT);
        assertEquals(sockfd.ratio().lower(), sockfd.ratio().upper(), EXACT);
        Spread share = figure(result, Who.NETTY).sockfd();
        assertNotNull(share);
        assertEquals(0.5, share.median(), EXACT);
        assertEquals(0.5, share.worst(), EXACT);
    }

    @Test
    void forksAreSummedUpByTheirMedian() {
        double[] c = {100, 100, 100};
        Result result = aggregate(
                MadeUp.fork(c, new double[] {100, 105, 110}, c),
                MadeUp.fork(c, new double[] {110, 115, 120}, c),
                MadeUp.fork(c, new double[] {190, 200, 210}, c));
        Spread ratio = figure(result, Who.SOCKFD).ratio();
        assertEquals(1.15, ratio.median(), EXACT);
        assertEquals(1.05, ratio.best(), EXACT);
        assertEquals(2, ratio.worst(), EXACT);
        assertEquals(115, figure(result, Who.SOCKFD).nanos(), EXACT);
        assertEquals(3, figure(result, Who.SOCKFD).forks().size());
        assertEquals(1.05, figure(result, Who.SOCKFD).forks().get(0).ratio(), EXACT);
    }

    @Test
    void theRestIsCarriedAlong() {
        Result result = MadeUp.row("64", 1.1, 1.5);
        assertEquals(Who.C, result.figures().get(0).who());
        assertNull(figure(result, Who.SOCKFD).sockfd());
        assertEquals(32, figure(result, Who.NETTY).bytes(), EXACT);
        assertEquals(Map.of(Who.JNR, "no jnr-ffi here"), result.absent());
        assertEquals(Map.of(Who.NETTY, "does less"), result.notes());
        assertEquals(
                List.of("p50", "p99.9", "max"),
                new ArrayList<>(figure(result, Who.SOCKFD).percentiles().keySet()));
    }

    @Test
    void aRowThatFailedHasNoFigures() {
        Result result = Aggregate.of(new Sample(Row.of("unix", "64", "title"), List.of(), List.of("no luck")));
        assertTrue(result.figures().isEmpty());
        assertEquals(List.of("no luck"), result.troubles());
    }

    @Test
    void roundsThatDoNotMatchAreAnError() {
        ForkResult odd = MadeUp.fork(new double[] {1, 1}, new double[] {1}, new double[] {1, 1});
        assertThrows(IllegalArgumentException.class, () -> aggregate(odd));
    }

    @Test
    void everybodyHasAFamily() {
        for (Who who : Who.values()) {
            assertTrue(Family.of(who).members().contains(who), who.id());
        }
    }
}
