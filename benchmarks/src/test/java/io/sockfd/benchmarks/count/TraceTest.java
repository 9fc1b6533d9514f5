package io.sockfd.benchmarks.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final Subject SUBJECT = new Subject("unix/64", "sockfd");

    private static String mark(String what) {
        return "10 access(\"" + what + SUBJECT + "\", F_OK) = -1 ENOENT (No such file or directory)";
    }

    private static List<String> window(String... calls) {
        List<String> lines = new ArrayList<>();
        lines.add(mark(CallsWindow.BEGIN));
        lines.addAll(List.of(calls));
        lines.add(mark(CallsWindow.END));
        return lines;
    }

    @Test
    void callsAreThoseBetweenTheMarks() {
        List<String> lines = new ArrayList<>(List.of("10 socket(AF_UNIX, SOCK_STREAM, 0) = 5"));
        lines.addAll(window(
                "10 sendto(5, \"access(\\0\"..., 64, MSG_NOSIGNAL, NULL, 0) = 64",
                "10 recvfrom(6,  <unfinished ...>",
                "11 openat(AT_FDCWD, \"/proc/stat\", O_RDONLY) = 7",
                "10 <... recvfrom resumed>\"\\0\"..., 64, 0, NULL, NULL) = 64",
                "10 sendto(5, \"\\0\"..., 64, MSG_NOSIGNAL, NULL, 0) = 64",
                "12 +++ exited with 0 +++"));
        lines.add("10 close(5) = 0");
        assertEquals(Map.of(SUBJECT, Map.of("sendto", 2, "recvfrom", 1)), Trace.parse(lines.stream()));
    }

    @Test
    void theQuietestOfSomeWindowsCounts() {
        List<String> lines = window("10 read(5, \"\", 1) = 0", "10 stat(\"/x\", {}) = 0");
        lines.addAll(window("10 read(5, \"\", 1) = 0"));
        lines.addAll(window("10 read(5, \"\", 1) = 0", "10 read(5, \"\", 1) = 0"));
        assertEquals(Map.of(SUBJECT, Map.of("read", 1)), Trace.parse(lines.stream()));
    }

    @Test
    void aThreadThatTakesPartCountsToo() {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < CallsWindow.TIMES; i++) {
            calls.add("11 read(5, \"\", 1) = 0");
        }
        assertEquals(
                Map.of(SUBJECT, Map.of("read", CallsWindow.TIMES)),
                Trace.parse(window(calls.toArray(String[]::new)).stream()));
    }

    @Test
    void aWindowWithoutAnEndIsAnError() {
        assertThrows(IllegalStateException.class, () -> Trace.parse(List.of(mark(CallsWindow.BEGIN)).stream()));
    }
}
