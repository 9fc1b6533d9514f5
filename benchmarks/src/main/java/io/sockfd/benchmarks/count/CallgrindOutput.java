package io.sockfd.benchmarks.count;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files that callgrind writes at each end of a window, one for each thread; see "Callgrind Format Specification". */
final class CallgrindOutput {
    private static final String TRIGGER = "desc: Trigger: Client Request: ";
    private static final String SUMMARY = "summary: ";

    private CallgrindOutput() {}

    /** Instructions for one operation of each contestant. */
    static Map<Subject, Double> read(Path directory) throws IOException {
        Map<String, Long> byWindow = new HashMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.toList();
        }
        for (Path file : files) {
            // names of functions may be in any encoding
            readOne(Files.readAllLines(file, StandardCharsets.ISO_8859_1), byWindow);
        }
        Map<Subject, Double> result = new HashMap<>();
        byWindow.forEach((window, many) -> {
            String end = " " + InstructionsWindow.MANY;
            if (window.endsWith(end)) {
                String name = window.substring(0, window.length() - end.length());
                Long few = byWindow.get(name + " " + InstructionsWindow.FEW);
                if (few == null) {
                    throw new IllegalStateException("callgrind has written no file for the shorter run of " + name);
                }
                result.put(
                        Subject.of(name), (double) (many - few) / (InstructionsWindow.MANY - InstructionsWindow.FEW));
            }
        });
        return result;
    }

    /** The thread that does the operations is the one that does most. */
    private static void readOne(List<String> lines, Map<String, Long> byWindow) {
        String window = "";
        for (String line : lines) {
            if (line.startsWith(TRIGGER)) {
                window = line.substring(TRIGGER.length()).strip();
            } else if (line.startsWith(SUMMARY)
                    && !window.isEmpty()) { // it says nothing of use about the end of the program
                long count = Long.parseLong(line.substring(SUMMARY.length()).strip());
                byWindow.merge(window, count, Math::max);
                return;
            }
        }
    }
}
