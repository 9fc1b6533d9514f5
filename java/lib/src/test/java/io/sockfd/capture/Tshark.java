package io.sockfd.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Wireshark's programs, run. */
final class Tshark {
    /** Between the values of a field that occurs more than once. */
    static final String AGGREGATOR_PATTERN = "\\|";

    private static final String AGGREGATOR = "|";
    private static final List<String> PREFERENCES = List.of(
            "vlan.version:IEEE 802.1Q-2005", // after it, no 802.3 frame has a tag
            "ip.check_checksum:TRUE",
            "tcp.check_checksum:TRUE",
            "udp.check_checksum:TRUE",
            "ip.defragment:FALSE",
            "ipv6.defragment:FALSE",
            "tcp.relative_sequence_numbers:FALSE",
            "tcp.analyze_sequence_numbers:FALSE");

    private Tshark() {}

    /** Ends the test as not run when one of the programs is not there. */
    static void require(String... programs) throws InterruptedException {
        for (String program : programs) {
            boolean there;
            try {
                there = run(Path.of("/dev/null"), program, "-v") == 0;
            } catch (IOException e) {
                there = false;
            }
            assumeTrue(there, "no " + program + " here (Debian: apt-get install tshark)");
        }
    }

    static int run(Path out, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it did not end");
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A line for each packet: the fields with tabs between them, of each all the values. */
    static void fields(Path file, Path out, Collection<String> fields) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-T", "fields"));
        command.addAll(List.of("-E", "occurrence=a", "-E", "aggregator=" + AGGREGATOR));
        for (String preference : PREFERENCES) {
            command.addAll(List.of("-o", preference));
        }
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        assertEquals(0, run(out, command.toArray(String[]::new)), () -> String.join(" ", command));
    }
}
