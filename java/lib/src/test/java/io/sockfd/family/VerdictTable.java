package io.sockfd.family;

import java.util.List;
import java.util.TreeMap;

/** Family × type × how many tests passed, failed and were skipped. */
final class VerdictTable {
    private VerdictTable() {}

    static String of(List<Verdict> verdicts) {
        TreeMap<String, int[]> rows = new TreeMap<>();
        for (Verdict verdict : verdicts) {
            int[] counts = rows.computeIfAbsent(
                    String.format("%-11s %-32s", verdict.family(), verdict.type()), row -> new int[3]);
            counts[List.of(Verdict.PASSED, Verdict.FAILED, Verdict.SKIPPED).indexOf(verdict.outcome())]++;
        }
        StringBuilder table = new StringBuilder();
        table.append(String.format("%-11s %-32s %6s %6s %7s%n", "family", "type", "passed", "failed", "skipped"));
        int[] all = new int[3];
        rows.forEach((row, counts) -> {
            table.append(String.format("%s %6d %6d %7d%n", row, counts[0], counts[1], counts[2]));
            for (int i = 0; i < all.length; i++) {
                all[i] += counts[i];
            }
        });
        table.append(String.format("%-44s %6d %6d %7d%n", "", all[0], all[1], all[2]));
        verdicts.stream()
                .filter(verdict -> !verdict.is(Verdict.PASSED))
                .forEach(verdict -> table.append(String.format(
                        "%s: %s %s, %s: %s%n",
                        verdict.outcome(), verdict.family(), verdict.type(), verdict.test(), verdict.reason())));
        return table.toString();
    }
}
