package io.sockfd.benchmarks.count;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one operation costs one contestant; null for what was not counted.
 *
 * @param calls system calls by name
 * @param instructions in user mode
 * @param bytes allocated
 */
record Budget(
        Subject subject,
        @Nullable Map<String, Double> calls,
        @Nullable Double instructions,
        @Nullable Double bytes) {
    static final String HEAD = "row\tcontestant\tcalls\tinstructions\tbytes\twhich calls";
    private static final String NONE = "-";

    Budget {
        calls = calls == null ? null : new TreeMap<>(calls);
    }

    /** System calls of all names. */
    @Nullable
    Double allCalls() {
        return calls == null
                ? null
                : calls.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** A line of the table. */
    String line() {
        return String.join(
                "\t",
                subject.row(),
                subject.who(),
                text(allCalls(), 2),
                text(instructions, 0),
                text(bytes, 1),
                calls == null
                        ? NONE
                        : calls.entrySet().stream()
                                .map(call -> call.getKey() + " " + text(call.getValue(), 4))
                                .collect(Collectors.joining(", ")));
    }

    static Budget parse(String line) {
        List<String> words = List.of(line.split("\t", -1));
        if (words.size() != 6) {
            throw new IllegalArgumentException("not six columns: '" + line + "'");
        }
        return new Budget(
                new Subject(words.get(0), words.get(1)),
                calls(words.get(5)),
                number(words.get(3)),
                number(words.get(4)));
    }

    /** What is counted now, and for the rest what was counted before. */
    Budget orElse(Budget before) {
        return new Budget(
                subject,
                calls == null ? before.calls : calls,
                instructions == null ? before.instructions : instructions,
                bytes == null ? before.bytes : bytes);
    }

    private static @Nullable Map<String, Double> calls(String text) {
        if (text.equals(NONE)) {
            return null;
        }
        Map<String, Double> calls = new TreeMap<>();
        if (!text.isEmpty()) {
            for (String call : text.split(", ", -1)) {
                int blank = call.indexOf(' ');
                calls.put(call.substring(0, blank), Double.valueOf(call.substring(blank + 1)));
            }
        }
        return calls;
    }

    private static @Nullable Double number(String text) {
        return text.equals(NONE) ? null : Double.valueOf(text);
    }

    /** As few digits as say the same. */
    private static String text(@Nullable Double value, int digits) {
        if (value == null) {
            return NONE;
        }
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return digits == 0 ? text : text.replaceFirst("\\.?0+$", "");
    }
}
