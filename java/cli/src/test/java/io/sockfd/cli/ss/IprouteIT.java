package io.sockfd.cli.ss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.cli.Child;
import io.sockfd.netns.NetworkNamespace;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * The same rows as iproute2's ss gives, in a network namespace with a few hundred sockets of all kinds; and the sockets that
 * were opened there, where there is no iproute2.
 */
@Tag("once")
class IprouteIT {
    private static final int SECONDS = 60;
    private static final int ATTEMPTS = 3;

    @TempDir
    static Path directory = Path.of("");

    private static @Nullable Process python;
    private static long pid;
    private static int opened;

    @BeforeAll
    static void openSockets() throws Exception {
        List<String> probe = List.of("unshare", "-n", "python3", "-c", "");
        boolean possible = Files.isExecutable(Path.of("/usr/bin/unshare"))
                && Child.run(probe, Map.of(), Path.of(".")).status() == 0;
        assumeTrue(possible, "a network namespace needs root, unshare and python3");
        Path script = Path.of(Objects.requireNonNull(IprouteIT.class.getResource("/ss/sockets.py"))
                .toURI());
        Process process = new ProcessBuilder("unshare", "-n", "python3", script.toString(), directory.toString())
                .redirectError(directory.resolve("err").toFile())
                .start();
        python = process;
        // ends with the process, and that with this one: its input ends
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertTrue(line != null, Files.readString(directory.resolve("err")));
        String[] words = line.split(" ", -1);
        pid = Long.parseLong(words[0]);
        opened = Integer.parseInt(words[1]);
        assertTrue(opened > 300, line);
    }

    @AfterAll
    static void closeSockets() throws Exception {
        Process process = python;
        if (process != null) {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static <T> T inside(NetworkNamespace.Body<T, Exception> code) throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.ofProcess(pid)) {
            return namespace.call(code);
        }
    }

    private static String ours(String... arguments) throws Exception {
        return inside(() -> {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int status = new CommandLine(new Ss())
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .execute(arguments);
            assertEquals(0, status, err.toString());
            return out.toString();
        });
    }

    private static String theirs(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("nsenter", "-t", "" + pid, "-n", "ss", "-H", "-O"));
        command.addAll(List.of(arguments));
        Child.Result result = Child.run(command, Map.of(), directory);
        assertEquals(0, result.status(), result.err());
        return result.out();
    }

    /** Sorted, a socket per line, without what changes between two looks. */
    private static String rows(String listing) {
        return String.join(
                "\n",
                listing.replace("\n\t", " ")
                        .lines()
                        .map(line -> line.replaceAll(" +", " ").strip())
                        // the connections of the two programs themselves
                        .filter(line -> !line.matches("(nl )?UNCONN \\d+ \\d+ (tcpdiag|4):.*"))
                        // ss takes the kernel's number of the device for the C library's
                        .map(line -> line.replaceAll(" dev:\\d+/\\d+", ""))
                        .map(line -> line.replaceAll("timer:\\((\\w+),[^,]*", "timer:($1"))
                        .map(line -> line.replaceAll(" last(snd|rcv|ack):\\d+", ""))
                        .distinct() // ss shows netlink sockets twice that are in a group
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-an",
                "-a",
                "",
                "-ln",
                "-tan",
                "-uan",
                "-wan",
                "-xa",
                "-0a",
                "-4an",
                "-6a",
                "-4tx",
                "-tuwxap",
                "-tuanem",
                "-tanio",
                "-xaem",
                "-tan state time-wait",
                "-ta state fin-wait-2 state close-wait",
                "-tan exclude established",
                "-tuan sport = :http or sport = 53",
                "-tuan src 127.0.0.1 and not ( dport = :8080 or dport gt :30000 )",
                "-tuan src [::1] dst [::1]",
                "-tan src 0.0.0.0/0",
                "-tan src inet:0.0.0.0/0",
                "-uan dev lo",
                "-xa autobound",
                "-xa src unix:@sockfd-ss-*",
                "-uan sport != :53",
                "-tanio -O",
                "-tanm --inet-sockopt",
                "-tuan --tos --cgroup",
                "-0abe",
                "-taT",
                "-tunr -a",
                "-an -A unix_seqpacket",
                "-an -A packet_raw,packet_dgram,udp",
                "-an -A all,!tcp,!unix,!udp,!dccp",
                "-an -f link",
                "-f inet -A udp -an",
                "-an src netlink:rtnl",
                "-a src link:arp",
                "-an src link:*:lo",
                "-tan cgroup /sys/fs/cgroup/unified and sport = :80",
                "-xa src @sockfd-ss-1*0",
                "-tan sport 80 or src *:443",
                "-tan exclude listening exclude time-wait exclude established",
                "-tuan -4",
                "-6ltn",
                "-tane state listening",
                "-uane",
                "-ane -0",
                "-xamO",
                "-tap",
                "-uap",
                "-tan state all",
                "-tan state connected",
                "-tan state synchronized",
                "-tan state bucket",
                "-tan state big exclude listening",
                "-tan dst 127.0.0.1/8",
                "-tan src 127.0.0.1:80 or src 0.0.0.0:443",
                "-tan ! src 127.0.0.1 and ! src [::1]",
                "-tan ( sport = :80 or sport = :443 ) and not dport = :1",
                "-tan sport ge :8080 and sport le :8081",
                "-uan dev != lo and sport lt 100",
                "-uan fwmark = 0 and sport = 53",
                "-xln",
                "-x",
                "-wan -4"
            })
    void agrees(String line) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ss")), "iproute2 is not installed");
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ", -1);
        String[] withoutHeader = Arrays.copyOf(arguments, arguments.length + 1);
        System.arraycopy(arguments, 0, withoutHeader, 1, arguments.length);
        withoutHeader[0] = "-H";
        String theirs = "";
        String ours = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            theirs = rows(theirs(arguments));
            ours = rows(ours(withoutHeader));
            if (theirs.equals(ours)) {
                break;
            }
        }
        assertEquals("", difference(theirs, ours), line);
        assertTrue(!ours.isEmpty(), "something was compared");
    }

    /** The rows that only one of the two has. */
    private static String difference(String theirs, String ours) {
        List<String> onlyTheirs = new ArrayList<>(theirs.lines().toList());
        List<String> onlyOurs = new ArrayList<>(ours.lines().toList());
        onlyTheirs.removeAll(ours.lines().toList());
        onlyOurs.removeAll(theirs.lines().toList());
        return onlyTheirs.isEmpty() && onlyOurs.isEmpty()
                ? ""
                : "only iproute2: " + String.join("\n", onlyTheirs) + "\nonly here: " + String.join("\n", onlyOurs);
    }

    /** Needs no iproute2. */
    @Test
    void showsWhatPythonOpened() throws Exception {
        List<String> lines = ours("-anp").lines().toList();
        assertTrue(lines.get(0).matches("Netid State +Recv-Q Send-Q +Local Address:Port +Peer Address:Port +Process"));
        assertEquals(
                opened,
                lines.stream().filter(l -> l.contains(",pid=" + pid + ",")).count());
        int local = lines.get(0).indexOf("Address:Port") + "Address".length();
        for (String line : lines) {
            // addresses meet at their colons
            assertTrue(": *".indexOf(line.charAt(local)) >= 0, line);
            assertEquals(line.stripTrailing(), line);
        }
        for (String kind : new String[] {"u_str", "u_dgr", "u_seq", "p_raw", "p_dgr", "raw", "udp", "tcp", "nl"}) {
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(kind + " ")), kind);
        }
        for (String state : new String[] {"ESTAB", "FIN-WAIT-2", "CLOSE-WAIT", "TIME-WAIT", "LISTEN", "UNCONN"}) {
            assertTrue(lines.stream().anyMatch(line -> line.contains(" " + state + " ")), state);
        }
    }

    @Test
    void countsThem() throws Exception {
        String text = ours("-s");
        assertTrue(text.startsWith("Total: "), text);
        assertTrue(text.matches("(?s).*\\nRAW +5 +3 +2\\n.*"), text);
        assertTrue(text.matches("(?s).*, timewait 6\\).*"), text);
    }
}
