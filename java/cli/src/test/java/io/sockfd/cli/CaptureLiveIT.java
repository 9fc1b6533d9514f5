package io.sockfd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.PcapFormat;
import io.sockfd.capture.PcapWriter;
import io.sockfd.cli.capture.Capture;
import io.sockfd.netns.NetworkNamespace;
import io.sockfd.packet.LinkType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What capture shows of a live interface is what tcpdump shows: 30 command lines of each watch the same frames on a pair of
 * interfaces that nothing else uses.
 */
@Tag("once")
@Timeout(120)
class CaptureLiveIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Each ends by {@code -c} with as many packets as tcpdump finds in a file of the frames. */
    private static final List<String> LINES = List.of(
            "-i a0",
            "-i a0 -S",
            "-i a0 -q",
            "-i a0 -e",
            "-i a0 -t",
            "-i a0 -v",
            "-i a0 -vv",
            "-i a0 -x",
            "-i a0 -xx",
            "-i a0 -X",
            "-i a0 -XX",
            "-i a0 -A",
            "-i a0 -e -q",
            "-i a0 -s 96",
            "-i a0 net 10.9 and not tcp",
            "-i a0 -p",
            "-i a0 -Q in",
            "-i b0 -Q out",
            "-i b0 -e",
            "-i any",
            "-i any -e",
            "-i any -Q in",
            "-i any -Q out -t",
            "-i a0 tcp",
            "-i a0 udp and ip",
            "-i a0 ip6",
            "-i a0 icmp",
            "-i a0 port 9999",
            "-i a0 tcp[tcpflags] & tcp-syn != 0",
            "-i any greater 100");

    @TempDir
    static Path directory;

    private final String namespace = "sockfdc" + ProcessHandle.current().pid();
    private boolean made;

    private static int shell(String script) throws IOException, InterruptedException {
        return Child.run(List.of("sh", "-c", script), Map.of(), Path.of(".")).status();
    }

    /** The frames must be all that is there: no addresses, so no neighbor discovery. */
    private void open() throws IOException, InterruptedException {
        made = shell("ip netns add " + namespace) == 0;
        assumeTrue(made, "network namespaces need ip(8) and root");
        int status = shell(String.join(
                " && ",
                "ip -n N link add a0 type veth peer name b0".replace("N", namespace),
                "ip -n N link set a0 addrgenmode none".replace("N", namespace),
                "ip -n N link set b0 addrgenmode none".replace("N", namespace),
                "ip -n N link set a0 up".replace("N", namespace),
                "ip -n N link set b0 up".replace("N", namespace)));
        assertEquals(0, status, "a pair of interfaces");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        assertTrue(!made || shell("ip netns del " + namespace) == 0);
    }

    /** One line in both programs. */
    private final class Pair {
        private final String line;
        private final Path out;
        private final Path err;
        private final Process theirs;
        private final StringWriter ours = new StringWriter();
        private final StringWriter said = new StringWriter();
        private final CompletableFuture<Integer> status;

        Pair(int number, String line, NetworkNamespace inside) throws Exception {
            this.line = line;
            out = directory.resolve("out" + number);
            err = directory.resolve("err" + number);
            List<String> words =
                    new ArrayList<>(List.of("-nn", "-l", "--immediate-mode", "-B", "16384", "-c", count(line)));
            words.addAll(List.of(line.split(" ", -1)));
            List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace, "tcpdump"));
            command.addAll(words);
            theirs = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            words.removeAll(List.of("--immediate-mode", "-B", "16384")); // ours shows each packet at once
            status = CompletableFuture.supplyAsync(() -> run(inside, words), task -> new Thread(task, line).start());
        }

        private int run(NetworkNamespace inside, List<String> words) {
            try {
                return inside.call(() -> new CommandLine(new Capture())
                        .setOverwrittenOptionsAllowed(true)
                        .setOut(new PrintWriter(ours, true))
                        .setErr(new PrintWriter(said, true))
                        .execute(words.toArray(String[]::new)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        boolean listens() throws IOException {
            return said.toString().contains("listening on")
                    && Files.readString(err).contains("listening on");
        }

        /** What differs, empty for nothing. */
        String compare() throws Exception {
            if (!theirs.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return line + ": tcpdump did not end: " + Files.readString(out) + Files.readString(err);
            }
            int ended = status.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String expected = comparable(Files.readString(out));
            String shown = comparable(ours.toString());
            return ended == theirs.exitValue() && expected.equals(shown)
                    ? ""
                    : line + ": tcpdump ends with " + theirs.exitValue() + ":\n" + expected + "capture with " + ended
                            + ":\n" + shown + said;
        }

        void end() {
            theirs.destroyForcibly();
        }
    }

    /** That a packet was cut is said, by choice, though what is shown of it is whole. */
    private static String comparable(String text) {
        return text.replaceAll("(?m)^[0-9:]{8}\\.[0-9]{6}", "TIME").replace(" [truncated]", "");
    }

    /** Of any, a frame is seen twice: where it goes out, and where it comes in. */
    private static String count(String line) throws Exception {
        Path file = directory.resolve("frames.pcap");
        List<String> command = new ArrayList<>(List.of("tcpdump", "-nn", "-t", "-r", file.toString()));
        String[] words = line.replaceAll("-i [a-z0-9]+|-Q [a-z]+|-s [0-9]+|(?<= |^)-[a-zA-Z]+", "")
                .strip()
                .split(" +", -1);
        command.addAll(Stream.of(words).filter(word -> !word.isEmpty()).toList());
        Child.Result result = Child.run(command, Map.of(), directory);
        assertEquals(0, result.status(), result.err());
        boolean twice = line.contains("any") && !line.contains("-Q");
        return Long.toString(result.out().lines().count() * (twice ? 2 : 1));
    }

    @Test
    void linesAreTcpdumps() throws Exception {
        assumeTrue(Tool.isInstalled("tcpdump"), "no tcpdump here (Debian: apt-get install tcpdump)");
        open();
        List<ByteBuffer> frames = CaptureLinesIT.packets();
        try (PcapWriter writer =
                PcapWriter.open(directory.resolve("frames.pcap"), PcapFormat.pcap(), LinkType.EN10MB)) {
            for (ByteBuffer frame : frames) {
                writer.write(0, frame);
            }
        }
        List<Pair> pairs = new ArrayList<>();
        try (NetworkNamespace inside = NetworkNamespace.named(namespace);
                PacketSocket sender = inside.call(() -> PacketSocket.on("b0"))) {
            for (String line : LINES) {
                pairs.add(new Pair(pairs.size(), line, inside));
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (Pair pair : pairs) {
                while (!pair.listens()) {
                    assertTrue(System.nanoTime() < deadline, () -> pair.line + " does not listen: " + pair.said);
                    Thread.sleep(20);
                }
            }
            for (ByteBuffer frame : frames) {
                sender.send(frame.duplicate());
                Thread.sleep(10); // in this mode, tcpdump's ring holds few packets
            }
            List<String> differences = new ArrayList<>();
            for (Pair pair : pairs) {
                String difference = pair.compare();
                if (!difference.isEmpty()) {
                    differences.add(difference);
                }
            }
            assertEquals("", String.join("\n", differences), () -> differences.size() + " of " + LINES.size());
        } finally {
            pairs.forEach(Pair::end);
        }
    }
}
