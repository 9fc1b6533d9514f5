package io.sockfd.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sockfd.raw.Leg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * No program on the public packages other than {@code io.sockfd.raw} can crash the JVM, or make the kernel read or write
 * memory that is not the caller's. The programs run one after the other in a child; when one ends it, the rest goes on in
 * another.
 */
@Tag("thinned")
class HostileIT {
    private static final int LEAST = 40;
    /** For all programs in one child, with the machine busy. */
    private static final long PATIENCE_S = 240;

    private static final int MOST_CHILDREN = 5;

    @TempDir
    private Path folder;

    private Leg.Result run(List<String> arguments) throws IOException, InterruptedException {
        List<String> options = List.of(
                "-Xmx512m",
                "-Xcheck:jni",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"));
        return Leg.runUnder(PATIENCE_S, List.of(), options, Hostile.class.getName(), arguments.toArray(String[]::new));
    }

    private List<Path> crashes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("hs_err"))
                    .toList();
        }
    }

    @Test
    void aCrashIsSeen() throws Exception {
        Leg.Result result = run(List.of(Hostile.CRASH.name()));
        assertNotEquals(0, result.status(), result.output());
        assertEquals(1, crashes().size(), result.output());
    }

    @TestFactory
    Stream<DynamicTest> programs() throws Exception {
        List<Program> all = Hostile.all();
        List<Program> programs = Leg.part(all);
        List<String> others = all.stream()
                .filter(program -> !programs.contains(program))
                .map(Program::name)
                .toList();
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (int child = 0; child < MOST_CHILDREN && outcomes.size() < programs.size(); child++) {
            List<String> done = new ArrayList<>(others);
            done.addAll(outcomes.keySet());
            read(run(done), outcomes);
        }
        int crashes = crashes().size();
        long survived =
                outcomes.values().stream().filter(Hostile.SURVIVED::equals).count();
        System.out.println(survived + " hostile programs survived, " + crashes + " crashes");
        Stream<DynamicTest> each = programs.stream()
                .map(program -> DynamicTest.dynamicTest(
                        program.name(), () -> judge(outcomes.getOrDefault(program.name(), "was not run"))));
        return Stream.concat(each, Stream.of(DynamicTest.dynamicTest("all of them", () -> {
            assertEquals(0, crashes, "hs_err files");
            assertTrue(survived >= LEAST * programs.size() / all.size(), survived + " programs survived");
        })));
    }

    private static void judge(String outcome) {
        if (outcome.startsWith(Hostile.IMPOSSIBLE)) {
            abort(outcome);
        } else if (!outcome.equals(Hostile.SURVIVED)) {
            fail(outcome);
        }
    }

    private static void read(Leg.Result result, Map<String, String> outcomes) {
        String begun = "";
        for (String line : result.output().split("\n", -1)) {
            if (line.startsWith(Hostile.BEGIN)) {
                begun = line.substring(Hostile.BEGIN.length());
                outcomes.put(begun, "ended the JVM with status " + result.status() + "\n" + result.output());
            } else if (line.startsWith(Hostile.SURVIVED)) {
                outcomes.put(line.substring(Hostile.SURVIVED.length()), Hostile.SURVIVED);
            } else if (line.startsWith(Hostile.FAILED)) {
                outcomes.put(
                        begun,
                        line
                                + result.output()
                                        .substring(result.output().indexOf(line) + line.length())
                                        .lines()
                                        .limit(20)
                                        .reduce("", (a, b) -> a + "\n" + b));
            } else if (line.startsWith(Hostile.IMPOSSIBLE)) {
                String rest = line.substring(Hostile.IMPOSSIBLE.length());
                outcomes.put(rest.substring(0, rest.indexOf(": needs")), line);
            }
        }
    }
}
