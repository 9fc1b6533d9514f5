package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Leg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Virtual threads that wait cost memory: no carrier, no processor. */
@Tag("grid")
@Tag("later")
class VirtualThreadsIT {
    private static final int CARRIERS = 4;
    private static final int SOCKETS = Leg.isLong() ? 10_000 : 2_000;
    private static final int IDLE_SECONDS = Leg.isLong() ? 4 : 1;

    @Test
    void aHundredThousandWaitAndAreAnswered(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Virtual.available(), "virtual threads are there from Java 21 on");
        int sockets = Math.min(SOCKETS, openFiles() - 500);
        Path recording = folder.resolve("pinned.jfr");
        Leg.Result result = Leg.run(
                List.of(
                        "-Xmx1g",
                        "-Djdk.virtualThreadScheduler.parallelism=" + CARRIERS,
                        "-Djdk.virtualThreadScheduler.maxPoolSize=" + CARRIERS,
                        "-XX:StartFlightRecording:filename=" + recording
                                + ",settings=none,+jdk.VirtualThreadPinned#enabled=true"
                                + ",+jdk.VirtualThreadPinned#threshold=20ms"),
                HundredThousandReaders.class.getName(),
                Integer.toString(sockets),
                Integer.toString(IDLE_SECONDS));
        assertEquals(0, result.status(), result.output());
        String line = result.output()
                .lines()
                .filter(l -> l.startsWith("readers "))
                .findFirst()
                .orElseThrow();
        System.out.println(System.getProperty("sockfd.backend") + ": " + line);
        assertEquals(10L * sockets, number(line, "answered"));
        assertTrue(number(line, "idle-cpu-permille") * IDLE_SECONDS <= 120, line); // in ticks of 10 ms, some of the JIT
        assertTrue(number(line, "carriers") <= CARRIERS, line);
        assertEquals(1, number(line, "pollers"), line);
        // who needs a class that another loads or initializes pins its carrier until then, which is the JDK's affair
        List<String> pinned = Arrays.stream(jfr("print", recording).split("(?=jdk.VirtualThreadPinned)", -1))
                .filter(event -> event.startsWith("jdk.VirtualThreadPinned")
                        && !event.contains("ClassLoader.loadClass")
                        && !event.contains("<clinit>"))
                .toList();
        assertEquals(List.of(), pinned);
    }

    /** The hard limit, which the JVM takes as its soft one. */
    private static int openFiles() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(l -> l.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
        String hard = line.replaceFirst("Max open files\\s+\\S+\\s+(\\S+).*", "$1");
        return hard.equals("unlimited") ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(hard));
    }

    private static long number(String line, String key) {
        return Long.parseLong(line.replaceFirst(".*\\b" + key + "\\s+(-?\\d+).*", "$1"));
    }

    /** What the JDK's own tool says of the recording. */
    private static String jfr(String command, Path recording) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jfr").toString();
        Process jfr = new ProcessBuilder(tool, command, "--stack-depth", "64", recording.toString())
                .redirectErrorStream(true)
                .start();
        String text = new String(jfr.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(jfr.waitFor(30, TimeUnit.SECONDS) && jfr.exitValue() == 0, text);
        return text;
    }
}
