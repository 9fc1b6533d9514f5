package io.sockfd.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.side.ForkResult;
import io.sockfd.benchmarks.side.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

class ComparisonTest {
    /** A row whose forks have sockfd at these ratios to C. */
    private static Result row(String variant, double... sockfd) {
        List<ForkResult> forks = new ArrayList<>();
        for (double ratio : sockfd) {
            Map<Who, double[]> nanos = new EnumMap<>(Who.class);
            nanos.put(Who.C, new double[] {200});
            nanos.put(Who.SOCKFD, new double[] {200 * ratio});
            forks.add(new ForkResult("unix/" + variant, nanos, Map.of(), Map.of(), Map.of(), 0));
        }
        Row row = Row.of("unix", variant, "send and receive").at("bytes", Integer.parseInt(variant));
        return Aggregate.of(new Sample(row, forks, List.of()));
    }

    private static Comparison comparison(Result before, Result after) {
        return new Comparison(List.of("before", "after"), List.of(MadeUp.results(before), MadeUp.results(after)));
    }

    private static Comparison.Line sockfd(Comparison comparison) {
        return comparison.blocks().get(0).lines().get(1);
    }

    /** Against the tables of Mann and Whitney: 2 of the 70 ways to choose 4 of 8, of 252 to choose 5 of 10, of 20 to choose 3 of 6. */
    @ParameterizedTest
    @CsvSource({"3, 0.1", "4, 0.0285714", "5, 0.00793651", "10, 0.00001082509"})
    void setsThatLieApartAreAsProbableAsTheTablesSay(int many, double probability) {
        double[] low = new double[many];
        double[] high = new double[many];
        for (int i = 0; i < many; i++) {
            low[i] = i;
            high[i] = 100 + i;
        }
        assertEquals(probability, Comparison.Ranks.probability(low, high), probability / 10_000);
        assertEquals(probability, Comparison.Ranks.probability(high, low), probability / 10_000);
    }

    @Test
    void equalSetsAreEqual() {
        assertEquals(1, Comparison.Ranks.probability(new double[] {1, 1, 1}, new double[] {1, 1, 1}), 1e-9);
        assertEquals(1, Comparison.Ranks.probability(new double[] {1, 4}, new double[] {2, 3}), 1e-9);
    }

    @Test
    void whatIsApartInEnoughForksIsDifferent() {
        Comparison.Line line =
                sockfd(comparison(row("64", 1.00, 1.01, 1.02, 1.03, 1.04), row("64", 1.10, 1.11, 1.12, 1.13, 1.14)));
        assertEquals(Comparison.Verdict.DIFFERENT, line.verdict(1));
        assertEquals(1.12 / 1.02, line.change(1).orElseThrow().median(), 1e-9);
        assertEquals(1.14 / 1.00, line.change(1).orElseThrow().worst(), 1e-9);
    }

    @Test
    void whatIsApartInFewForksMayBeChance() {
        assertEquals(
                Comparison.Verdict.MAYBE,
                sockfd(comparison(row("64", 1.00, 1.01), row("64", 1.1, 1.2))).verdict(1));
    }

    @Test
    void whatOverlapsIsTheSame() {
        assertEquals(
                Comparison.Verdict.SAME,
                sockfd(comparison(row("64", 1, 1.02, 1.04, 1.06), row("64", 1.05, 1.07, 1.08, 1.09)))
                        .verdict(1));
    }

    @Test
    void onlyRowsOfBothAreShown() {
        Comparison comparison = new Comparison(
                List.of("a", "b"),
                List.of(
                        MadeUp.results(row("1", 1.5), row("64", 1.25)),
                        MadeUp.results(row("64", 1.0), row("4096", 1.0))));
        String text = new ComparisonReport(comparison).text(Ansi.OFF);
        assertTrue(text.contains("unix/64") && !text.contains("unix/1 ") && !text.contains("unix/4096"), text);
        assertTrue(text.contains("0.80 [0.80]"), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        String markdown = new ComparisonReport(comparison).markdown();
        assertTrue(markdown.contains("|  | sockfd | 1.25 [1.25] | 1.00 [1.00]? |"), markdown);
    }

    @Test
    void filesOfOneNameAreToldApartByTheirFolders() {
        assertEquals(
                List.of("jdk17", "jdk25"), ComparisonReport.names(List.of("a/jdk17/results.json", "a/jdk25.json")));
        assertEquals(List.of("a/x", "b/x"), ComparisonReport.names(List.of("a/x.json", "b/x.json")));
    }

    /** 100 ns and 2 for each byte: a curve has its slope and its doublings in words. */
    @Test
    void aCurveSaysItsSlope() {
        List<Result> rows = new ArrayList<>();
        for (int bytes : new int[] {10, 100, 1000}) {
            rows.add(row(Integer.toString(bytes), (100 + 2 * bytes) / 200.0));
        }
        List<Curve> curves = Curve.of(rows);
        assertEquals(1, curves.size());
        assertEquals("unix by bytes", curves.get(0).title());
        String words = curves.get(0).words().get(1);
        assertTrue(
                words.startsWith("sockfd: 120 ns at 10, 2.10 us at 1,000, 2.00 ns more for each more; "
                        + "twice as many take 1.32 times as long at first, 1.80 in the end"),
                words);
        assertEquals(List.of(), Curve.of(rows.subList(0, 2)));
    }
}
