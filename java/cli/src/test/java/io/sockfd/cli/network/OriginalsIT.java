package io.sockfd.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.cli.Child;
import io.sockfd.cli.Tool;
import io.sockfd.cli.arp.ArpCommand;
import io.sockfd.cli.ping.Ping;
import io.sockfd.cli.traceroute.Traceroute;
import io.sockfd.netns.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Command lines of ping, traceroute, arping and nc in the originals and here: the same rows, but for times, and the same
 * status. {@code originals/NAME.txt} has them; of each tool some in an ordinary run, all with {@code -Dsockfd.grid=true}. Those
 * of ss are in IprouteIT.
 */
@Tag("once")
@Timeout(120)
@Tag("grid")
class OriginalsIT {
    private static final int SOME = 5;

    @TempDir
    static Path directory = Path.of("");

    private static @Nullable Network network;
    private static @Nullable Process server;

    /**
     * A line of the table.
     *
     * @param words the command line; of nc a shell's, with $NC for the program
     * @param ours what ours ends with otherwise, by choice; null for the same
     */
    record Line(String tool, String words, @Nullable Integer ours) {
        @Override
        public String toString() {
            return tool + " " + words;
        }
    }

    private record Result(int status, String out) {}

    @BeforeAll
    static void open() throws Exception {
        network = Network.open();
        Path script = Path.of(Objects.requireNonNull(OriginalsIT.class.getResource("/originals/servers.py"))
                .toURI());
        Process process = new ProcessBuilder(
                        Network.in(network().left(), "python3", script.toString(), directory.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        server = process;
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertEquals("ready", out.readLine());
    }

    /** Its input ends, and it with that. */
    @AfterAll
    static void close() throws Exception {
        if (server != null) {
            server.getOutputStream().close();
            server.destroy();
        }
        if (network != null) {
            network.close();
        }
    }

    private static Network network() {
        return Objects.requireNonNull(network);
    }

    static Stream<Line> lines() throws IOException {
        List<Line> all = new ArrayList<>();
        for (String tool : List.of("ping", "traceroute", "arping", "nc")) {
            try (InputStream in =
                    Objects.requireNonNull(OriginalsIT.class.getResourceAsStream("/originals/" + tool + ".txt"))) {
                List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList();
                int most = Boolean.getBoolean("sockfd.grid") ? lines.size() : tool.equals("nc") ? 1 : SOME;
                lines.stream().limit(most).forEach(line -> all.add(line(tool, line)));
            }
        }
        return all.stream();
    }

    private static Line line(String tool, String text) {
        String[] parts = text.split("\\s+##\\s*ours ", 2);
        return new Line(tool, parts[0].strip(), parts.length < 2 ? null : Integer.valueOf(parts[1].strip()));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void agrees(Line line) throws Exception {
        assumeTrue(Tool.isInstalled(line.tool()), line.tool() + " is not installed");
        Result theirs = theirs(line);
        Result ours = ours(line);
        if (line.ours() != null) {
            assertEquals(line.ours(), ours.status(), ours.out());
            return;
        }
        for (int again = 0; again < 2 && !alike(theirs, ours); again++) { // an answer may come just at a deadline
            theirs = theirs(line);
            ours = ours(line);
        }
        assertEquals(comparable(theirs.out()), comparable(ours.out()));
        assertEquals(theirs.status(), ours.status(), ours.out());
    }

    private static boolean alike(Result theirs, Result ours) {
        return theirs.status() == ours.status() && comparable(theirs.out()).equals(comparable(ours.out()));
    }

    private Result theirs(Line line) throws Exception {
        if (line.tool().equals("nc")) {
            return shell(line, "nc");
        }
        List<String> command = new ArrayList<>(Network.in(network().left(), "env", "LC_ALL=C.UTF-8", line.tool()));
        command.addAll(Arrays.asList(line.words().split(" ", -1)));
        Child.Result result = Child.run(command, Map.of(), directory);
        return new Result(result.status(), result.out());
    }

    private Result ours(Line line) throws Exception {
        if (line.tool().equals("nc")) {
            return shell(line, "'" + String.join("' '", Network.sockfd("nc")) + "'");
        }
        Object command = switch (line.tool()) {
            case "ping" -> new Ping();
            case "traceroute" -> new Traceroute();
            default -> new ArpCommand();
        };
        StringWriter out = new StringWriter();
        try (NetworkNamespace left = NetworkNamespace.named(network().left())) {
            int status = left.call(() -> new CommandLine(command)
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(new StringWriter()))
                    .setOverwrittenOptionsAllowed(true)
                    .setExecutionExceptionHandler(
                            (e, parsed, result) -> parsed.getCommandSpec().exitCodeOnExecutionException())
                    .execute(line.words().split(" ", -1)));
            return new Result(status, out.toString());
        }
    }

    private Result shell(Line line, String program) throws Exception {
        String script = line.words().replace("$NC", program).replace("$DIR", directory.toString());
        List<String> command = Network.in(network().left(), "sh", "-c", script + " 2>&1");
        Child.Result result = Child.run(command, new HashMap<>(), directory);
        return new Result(result.status(), result.out());
    }

    /** Without what is another each time, and what the originals pad. */
    private static String comparable(String text) {
        String same = text.replace("\b \b", "")
                .replaceAll("time=[0-9.]+ ms", "time=T ms")
                .replaceAll("time [0-9]+ms", "time T")
                .replaceAll("= [0-9./]+ ms", "= T ms")
                .replaceAll(", pipe [0-9]+", "")
                .replaceAll("ipg/ewma [0-9.]+/[0-9.]+ ms", "ipg/ewma T")
                .replaceAll("ident=[0-9]+", "ident=I")
                .replaceAll("\\[[0-9]{10}\\.[0-9]{6}]", "[T]")
                .replaceAll("  [0-9.]+ ms", "  T ms")
                .replaceAll("  [0-9.]+ms", "  T")
                .replaceAll("(?m)^(sockfd nc|nc): ", "nc: ")
                .replace("\u0007", "<bell>")
                .replaceAll("[.E\b]{2,}", "<dots>");
        return String.join(
                "\n",
                same.lines()
                        .map(String::stripTrailing)
                        .filter(l -> !l.isEmpty())
                        .toList());
    }
}
