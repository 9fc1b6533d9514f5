package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Backend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is open is listed, and a leak's report names the line that opened it, where that was asked for. */
@Tag("once")
class LeaksIT {
    @Test
    void aHundredSocketsAreListedAndALeakIsTraced() throws Exception {
        String said = child("trace");
        List<String> open =
                said.lines().filter(line -> line.startsWith("open ")).toList();
        assertEquals(101, open.size(), said);
        assertEquals(
                100,
                open.stream()
                        .filter(line -> line.matches(
                                "open \\d+ Socket 127\\.0\\.0\\.1:\\d+, \\d+ s.* at .*LeaksChild\\.openUdp\\(.*\\d\\)"))
                        .count(),
                said);
        assertEquals(1, open.stream().filter(line -> line.contains(", in use")).count(), said);
        assertEquals(
                1, open.stream().filter(line -> line.contains("[eventpoll]")).count(), said);
        assertTrue(said.contains("the bean has 100\n"), said);
        assertTrue(said.contains("closed 0\n"), said);
        assertTrue(said.contains("was not closed"), said);
        assertTrue(said.contains("at io.sockfd.LeaksChild.leak(LeaksChild.java:"), said);
    }

    @Test
    void aListHasNoStacks() throws Exception {
        String said = child("list");
        assertEquals(
                101,
                said.lines()
                        .filter(line -> line.startsWith("open ") && line.endsWith(" at null"))
                        .count(),
                said);
        assertTrue(said.contains("-Dsockfd.leaks=trace tells where"), said);
    }

    @Test
    void whoDidNotAskIsToldHow() {
        String message = String.valueOf(
                assertThrows(IllegalStateException.class, OpenDescriptor::all).getMessage());
        assertTrue(message.contains("-Dsockfd.leaks=list"), message);
        assertEquals(-1, Management.counters().getOpenCount());
        assertEquals(List.of(), Management.counters().getOpen());
        assertEquals(Backend.chosen().name(), Management.counters().getBackend());
    }

    private static String child(String leaks) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-Dsockfd.leaks=" + leaks,
                "-Dsockfd.backend=" + Backend.chosen().name()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LeaksChild.class.getName()));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(child.waitFor(20, TimeUnit.SECONDS), said);
        assertEquals(0, child.exitValue(), said);
        return said;
    }
}
