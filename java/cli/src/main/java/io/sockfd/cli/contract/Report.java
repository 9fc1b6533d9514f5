package io.sockfd.cli.contract;

import io.sockfd.cli.contract.Outcome.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the rows came to on all backends, and the one line that says it. */
public final class Report {
    private final Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
    private final List<String> leaks = new ArrayList<>();

    public void add(String backend, Outcome outcome) {
        outcomes.computeIfAbsent(backend, name -> new ArrayList<>()).add(outcome);
    }

    public void addLeaks(String backend, Map<Integer, String> leaked) {
        leaked.forEach(
                (number, what) -> leaks.add(backend + ": descriptor " + number + " (" + what + ") is still open"));
    }

    public Map<String, List<Outcome>> outcomes() {
        return outcomes;
    }

    /** Descriptors that the rows left behind. */
    public List<String> leaks() {
        return leaks;
    }

    public boolean failed() {
        return !leaks.isEmpty() || outcomes.isEmpty() || count(Kind.FAILED) > 0;
    }

    /** Rows that ran, on all backends together. */
    public long ran() {
        return count(Kind.PASSED) + count(Kind.FAILED);
    }

    public long count(Kind kind) {
        return outcomes.values().stream()
                .flatMap(List::stream)
                .filter(outcome -> outcome.kind() == kind)
                .count();
    }

    /** Reason to the number of rows that were skipped for it, on one backend. */
    public Map<String, Set<String>> gaps() {
        Map<String, Set<String>> gaps = new LinkedHashMap<>();
        outcomes.values()
                .forEach(ofBackend -> ofBackend.stream()
                        .filter(outcome -> outcome.kind() == Kind.SKIPPED)
                        .forEach(outcome -> gaps.computeIfAbsent(outcome.shown(), reason -> new TreeSet<>())
                                .add(outcome.row().name())));
        return gaps;
    }

    /** {@code passed, 700 checks on ffm} and the like. */
    public String verdict() {
        String on = String.join(", ", outcomes.keySet());
        if (outcomes.isEmpty()) {
            return "FAILED: no backend can be loaded";
        }
        if (failed()) {
            List<String> names = new ArrayList<>();
            outcomes.forEach((backend, ofBackend) -> ofBackend.stream()
                    .filter(outcome -> outcome.kind() == Kind.FAILED)
                    .forEach(outcome -> names.add(backend + " " + outcome.row().name())));
            names.addAll(leaks);
            return "FAILED: " + names.size() + " of " + ran() + " (" + String.join(", ", names) + ")";
        }
        Map<String, Set<String>> gaps = gaps();
        if (gaps.isEmpty()) {
            return "passed, " + ran() + " checks on " + on;
        }
        int skipped = gaps.values().stream().mapToInt(Set::size).sum();
        List<String> reasons = new ArrayList<>();
        gaps.forEach((reason, rows) -> reasons.add(String.join(", ", rows) + ": " + reason));
        return "passed with gaps: " + skipped + " skipped (" + String.join("; ", reasons) + "), " + ran()
                + " checks on " + on;
    }
}
