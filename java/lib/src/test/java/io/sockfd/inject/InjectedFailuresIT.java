package io.sockfd.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Leg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs of all kinds, of which one system call after the other fails with what its manual page names: none hangs, none
 * leaves a descriptor, a mapping or a thread behind, each exception names the call and the errno, others are not disturbed,
 * and the same program works the next time.
 *
 * <p>The first and the last call of each kind with one error each; every call with every error by {@code ./mvnw verify -P
 * grid}.
 */
@Tag("once")
class InjectedFailuresIT {
    private static final boolean ALL = Boolean.getBoolean("sockfd.inject.all");
    private static final String GUARDS = "-Dsockfd.guard.calls=" + System.getProperty("sockfd.guard.calls", "1000");
    private static final int AT_LEAST_PROGRAMS = 13;
    private static final int AT_LEAST = 150;
    private static final int MOST_HANGS = 20;
    private static final long PATIENCE_S = ALL ? 7200 : 300;

    /** What the children said, put together. */
    private final List<String> faults = new ArrayList<>();

    private final List<String> skips = new ArrayList<>();
    private int runs;
    private int passed;
    private int named;

    @TempDir
    private Path folder;

    @Test
    void noneHangsNoneLeaksAndEachIsNamed() throws Exception {
        List<String> names = List.copyOf(Programs.all().keySet());
        if (ALL) {
            for (String name : names) {
                run("all", List.of(name));
            }
        } else {
            run("1", names);
        }
        System.out.printf(
                "%d injected failures under %d programs: %d were dealt with, %d were thrown; left out: %s%n",
                runs, names.size() - skips.size(), passed, named, skips);
        assertEquals(List.of(), faults);
        assertTrue(names.size() - skips.size() >= AT_LEAST_PROGRAMS, skips.toString());
        assertTrue(passed + named >= AT_LEAST, passed + " + " + named);
    }

    /** In a process of its own, and after a hang in the next one from there on. */
    private void run(String errors, List<String> programs) throws Exception {
        int done = 0;
        for (int i = 0; i < MOST_HANGS; i++) {
            List<String> arguments = new ArrayList<>(List.of(errors, Integer.toString(done)));
            arguments.addAll(programs);
            Leg.Result result = Leg.runUnder(
                    PATIENCE_S,
                    network(),
                    List.of(
                            FailingLibc.OPTION,
                            "-ea",
                            GUARDS,
                            "-XX:-CreateCoredumpOnCrash",
                            "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log")),
                    InjectChild.class.getName(),
                    arguments.toArray(new String[0]));
            done = Math.max(done, read(result.output()));
            if (result.status() == 0) {
                runs += done;
                return;
            }
            if (result.status() != InjectChild.HANGS) {
                faults.add("status " + result.status() + ": " + tail(result.output()) + kept(result));
                return;
            }
        }
        faults.add("too many hangs");
    }

    /** What a child left that the JVM or the C library ended: it may not happen again for long. */
    private String kept(Leg.Result result) throws IOException {
        Path place = Files.createDirectories(Path.of("target", "injected"));
        Path output = Files.createTempFile(place, "status-" + result.status() + "-", ".log");
        Files.writeString(output, result.output());
        StringBuilder text = new StringBuilder("\nall of the output: " + output.toAbsolutePath());
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.copy(file, place.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                text.append('\n')
                        .append(Files.readString(file).lines().limit(80).collect(Collectors.joining("\n")));
            }
        }
        return text.toString();
    }

    /** Takes the findings from the output, and gives the number of the last run in it. */
    private int read(String output) {
        int last = 0;
        StringBuilder fault = new StringBuilder();
        for (String line : output.lines().toList()) {
            boolean isLine = line.startsWith("RUN ") || line.startsWith("END ") || line.startsWith("SKIP ");
            if ((isLine || line.startsWith("FAULT ")) && fault.length() > 0) {
                faults.add(fault.toString());
                fault.setLength(0);
            }
            if (line.startsWith("RUN ")) {
                last = Integer.parseInt(line.split(" ", 3)[1]);
            } else if (line.startsWith("SKIP ")) {
                skips.add(line);
            } else if (line.equals("END PASSED")) {
                passed++;
            } else if (line.equals("END NAMED")) {
                named++;
            } else if (line.startsWith("FAULT ") || fault.length() > 0) {
                fault.append(line).append('\n');
            }
        }
        if (fault.length() > 0) {
            faults.add(fault.toString());
        }
        return last;
    }

    private static String tail(String output) {
        return output.substring(Math.max(0, output.length() - 4000));
    }

    /** A network of its own for the child, where this user may have one. */
    private static List<String> network() throws IOException, InterruptedException {
        for (String option : List.of("-n", "-rn")) {
            Process process;
            try {
                process = new ProcessBuilder("unshare", option, "true").start();
            } catch (IOException e) {
                return List.of(); // no unshare(1) here
            }
            if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return List.of("unshare", option);
            }
        }
        return List.of();
    }
}
