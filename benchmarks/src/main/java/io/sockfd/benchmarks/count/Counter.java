package io.sockfd.benchmarks.count;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Counts rows in child JVMs. Figures are for one of the row's things. */
public final class Counter {
    private static final long SECONDS = 600;

    /** What is the JVM's own, and comes by chance. */
    private static final String UNCOUNTED =
            "!futex,mmap,munmap,mprotect,madvise,brk,sched_yield,membarrier,rt_sigprocmask,"
                    + "rt_sigaction,rt_sigreturn,restart_syscall,clock_nanosleep";

    private Counter() {}

    /** Why system calls cannot be counted here, if so. */
    public static Optional<String> whyNoCalls() throws InterruptedException {
        try {
            Children.run(List.of("strace", "-f", "-qq", "-o", "/dev/null", "true"), 10);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("system calls are counted by strace, which must be there and allowed to use ptrace(2): "
                    + e.getMessage());
        }
    }

    /** Why instructions cannot be counted here, if so. */
    public static Optional<String> whyNoInstructions() throws InterruptedException {
        try {
            Children.run(List.of("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "true"), 60);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("instructions are counted by valgrind, which must be there: " + e.getMessage());
        }
    }

    /** System calls by name; who cannot take part is missing. All rows in one JVM: it does not change what is called. */
    static Map<Subject, Map<String, Double>> calls(List<Row> rows, List<Who> who)
            throws IOException, InterruptedException {
        Path trace = Files.createTempFile("sockfd-count", ".strace");
        try {
            List<String> strace = List.of(
                    "strace", "-f", "-qq", "-e", "signal=none", "-e", "trace=" + UNCOUNTED, "-o", trace.toString());
            Children.counted(strace, List.of(), arguments("calls", rows, who), SECONDS);
            Map<Subject, Map<String, Integer>> counted;
            try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1)) {
                counted = Trace.parse(lines.lines());
            }
            Map<Subject, Map<String, Double>> result = new HashMap<>();
            counted.forEach((subject, calls) -> {
                Map<String, Double> each = new HashMap<>();
                double things = (double) CallsWindow.TIMES * divisor(rows, subject);
                calls.forEach((name, count) -> each.put(name, count / things));
                result.put(subject, each);
            });
            return result;
        } finally {
            Files.deleteIfExists(trace);
        }
    }

    /** Bytes, in a JVM for each row: what the JIT has learnt from others decides how far it sees. */
    static Map<Subject, Double> bytes(Row row, List<Who> who) throws IOException, InterruptedException {
        List<String> lines =
                Children.counted(List.of(), List.of("-Xbatch"), arguments("bytes", List.of(row), who), SECONDS);
        Map<Subject, Double> result = new HashMap<>();
        for (String line : lines) {
            List<String> words = List.of(line.split(" ", -1));
            if (words.get(0).equals("bytes")) {
                result.put(Subject.of(words.get(1)), Double.parseDouble(words.get(2)) / row.divisor());
            }
        }
        return result;
    }

    /** Instructions of the calling thread in user mode, in a JVM for each row. */
    static Map<Subject, Double> instructions(Row row, List<Who> who) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("sockfd-count");
        try {
            List<String> valgrind = List.of(
                    "valgrind",
                    "--tool=callgrind",
                    "--smc-check=all-non-file",
                    // HotSpot looks at all registers when a null pointer is met
                    "--vex-iropt-register-updates=allregs-at-mem-access",
                    "--instr-atstart=no",
                    "--separate-threads=yes",
                    "--callgrind-out-file=" + directory.resolve("out"));
            // valgrind preloads a library of its own, which is no reason to go through libc
            List<String> java =
                    List.of("-Xbatch", "-Dsockfd.ffm.via=" + System.getProperty("sockfd.ffm.via", "kernel"));
            Children.counted(valgrind, java, arguments("instructions", List.of(row), who), SECONDS);
            Map<Subject, Double> result = new HashMap<>();
            CallgrindOutput.read(directory).forEach((subject, count) -> result.put(subject, count / row.divisor()));
            return result;
        } finally {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    private static List<String> arguments(String what, List<Row> rows, List<Who> who) {
        return Stream.concat(Stream.of(what), Counted.arguments(rows, who).stream())
                .toList();
    }

    private static int divisor(List<Row> rows, Subject subject) {
        return rows.stream()
                .filter(row -> row.id().equals(subject.row()))
                .findFirst()
                .orElseThrow()
                .divisor();
    }
}
