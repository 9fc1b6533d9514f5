package io.sockfd.benchmarks.count;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code strace -f} wrote: the calls between the marks of {@link CallsWindow}. */
final class Trace {
    /** {@code 4711 sendto(5, "…", 64, …} with or without a result; a call that is resumed was seen before. */
    private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\((.*)");

    private static final Pattern MARK =
            Pattern.compile(".*\"(" + CallsWindow.BEGIN + "|" + CallsWindow.END + ")([^\"]*)\".*");

    private final Map<Subject, Map<String, Integer>> least = new HashMap<>();
    private final Map<String, Map<String, Integer>> byThread = new HashMap<>();
    private @Nullable String thread;

    private Trace() {}

    /** The calls of each window; the one with the fewest where there are several of a name. */
    static Map<Subject, Map<String, Integer>> parse(Stream<String> lines) {
        Trace trace = new Trace();
        lines.map(CALL::matcher)
                .filter(Matcher::matches)
                .forEach(call -> trace.call(call.group(1), call.group(2), call.group(3)));
        if (trace.thread != null) {
            throw new IllegalStateException("the trace ends in a window");
        }
        return trace.least;
    }

    private void call(String caller, String name, String arguments) {
        Matcher mark = MARK.matcher(arguments);
        if (!mark.matches()) {
            if (thread != null) {
                byThread.computeIfAbsent(caller, c -> new TreeMap<>()).merge(name, 1, Integer::sum);
            }
        } else if (mark.group(1).equals(CallsWindow.BEGIN)) {
            byThread.clear();
            thread = caller;
        } else {
            Map<String, Integer> calls = calls();
            least.merge(Subject.of(mark.group(2)), calls, (a, b) -> sum(b) < sum(a) ? b : a);
            thread = null;
        }
    }

    /** Those of the thread that set the marks, and of threads that take part; a compiler's or collector's do little. */
    private Map<String, Integer> calls() {
        Map<String, Integer> calls = new TreeMap<>();
        byThread.forEach((caller, its) -> {
            if (caller.equals(thread) || sum(its) >= CallsWindow.TIMES / 2) {
                its.forEach((name, count) -> calls.merge(name, count, Integer::sum));
            }
        });
        return calls;
    }

    private static int sum(Map<String, Integer> calls) {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }
}
