package io.sockfd.benchmarks.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.benchmarks.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processor time of a command is its own and that of what it ran, and one that fails is told with what it said. */
class CommandRowsTest {
    private static final String NATIVE = "sockfd.bench.native";
    private static final String HOME = "sockfd.home";
    private static final String BUSY = "i=0; while [ $i -lt %d ]; do i=$((i+1)); done";

    @TempDir
    Path home = Path.of("");

    @BeforeAll
    static void findNatives() {
        if (System.getProperty(NATIVE) == null) {
            System.setProperty(NATIVE, "../native/target/bench");
        }
        assumeTrue(Files.isExecutable(Path.of(System.getProperty(NATIVE), "cpu")), "built without a C compiler");
    }

    @AfterAll
    static void forgetHome() {
        System.clearProperty(HOME);
    }

    private static long nanos(String script) throws Exception {
        try (CommandRows.Original shell = new CommandRows.Original(List.of("sh", "-c", script))) {
            assertEquals(3, shell.run(3));
            assertEquals(3, shell.samples().getTotalCount());
            shell.forget();
            assertEquals(0, shell.samples().getTotalCount());
            return shell.nanos();
        }
    }

    @Test
    void timeIsThatOfTheProcessorAndNotOfTheClock() throws Exception {
        long little = nanos("sleep 0.1");
        assertTrue(little > 0 && little < 100_000_000, little + " ns");
        assertTrue(nanos(String.format(BUSY, 300_000)) > 4 * nanos(String.format(BUSY, 1000)), "more work, more time");
        String child = "sh -c '" + String.format(BUSY, 300_000) + "'; true";
        assertTrue(nanos(child) > 4 * little, "what a child takes is counted");
    }

    @Test
    void aCommandThatFailsTakesNoPart() {
        UnavailableException failure = assertThrows(
                UnavailableException.class,
                () -> new CommandRows.Original(List.of("sh", "-c", "echo not today >&2; exit 3")));
        assertTrue(String.valueOf(failure.getMessage()).contains("not today"), failure.getMessage());
        assertThrows(UnavailableException.class, () -> new CommandRows.Original(List.of("no-such-program")));
    }

    @Test
    void aCommandThatFailsLaterIsAnError() throws Exception {
        Path script = home.resolve("once");
        try (CommandRows.Original once =
                new CommandRows.Original(List.of("sh", "-c", "[ ! -e " + script + " ] && : >" + script))) {
            assertThrows(IOException.class, () -> once.run(1));
        }
    }

    /** The launcher is what the row's home has; it makes its archive in the background, and is waited for. */
    @Test
    void theLauncherIsRunWithItsArchiveOrWithout() throws Exception {
        Path launcher = home.resolve("sockfd");
        Files.writeString(launcher, """
                #!/bin/sh
                cd "${0%/*}" || exit 9
                mkdir -p target/a.jsa.lock
                echo "$SOCKFD_CACHE $*" >>said
                { sleep 0.3; rmdir target/a.jsa.lock; } >/dev/null 2>&1 &
                """);
        assertTrue(launcher.toFile().setExecutable(true));
        System.setProperty(HOME, home.toString());
        Files.createDirectories(home.resolve("target"));
        try (CommandRows.Launched launched = new CommandRows.Launched(List.of("nc", "-z", "h", "PORT"), true)) {
            assertEquals(1, launched.run(1));
            List<String> said = Files.readAllLines(home.resolve("said"));
            assertEquals(3, said.size(), said::toString);
            assertTrue(said.get(0).matches("yes nc -z h [0-9]+"), said::toString);
        }
        new CommandRows.Launched(List.of("ss"), false).close();
        assertTrue(Files.readAllLines(home.resolve("said")).contains("no ss"));
        System.clearProperty(HOME);
        assertThrows(UnavailableException.class, () -> new CommandRows.Launched(List.of("ss"), true));
    }
}
