package io.sockfd.cli.ss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sockfd.cli.Child;
import io.sockfd.cli.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as users run it. */
@Tag("once")
class SsIT {
    @TempDir
    Path directory = Path.of("");

    private static JsonArray list(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("ss", "--json"));
        all.addAll(List.of(arguments));
        Child.Result result = Child.sockfd(all.toArray(new String[0]));
        assertEquals(0, result.status(), result.err());
        assertEquals(1, result.out().lines().count(), result.out());
        return JsonParser.parseString(result.out()).getAsJsonArray();
    }

    private static JsonObject only(JsonArray sockets, String netid, String side, String key, Object value) {
        List<JsonObject> found = Stream.of(sockets.asList().toArray(new JsonElement[0]))
                .map(JsonElement::getAsJsonObject)
                .filter(s -> s.get("netid").getAsString().equals(netid))
                .filter(s -> s.get("inode").getAsLong() != 0) // an earlier connection in TIME-WAIT
                .filter(s -> s.has(side) && s.getAsJsonObject(side).has(key))
                .filter(s -> s.getAsJsonObject(side).get(key).getAsString().equals(String.valueOf(value)))
                .toList();
        assertEquals(1, found.size(), found.toString());
        return found.get(0);
    }

    private static boolean isMine(JsonObject socket) {
        return socket.getAsJsonArray("processes").asList().stream()
                .anyMatch(p -> p.getAsJsonObject().get("pid").getAsLong()
                        == ProcessHandle.current().pid());
    }

    @Test
    void findsTheSocketsOfTheJdk() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        Path path = directory.resolve("listener");
        try (ServerSocketChannel server =
                        ServerSocketChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress(loopback, 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                DatagramChannel udp =
                        DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress(loopback, 0));
                ServerSocketChannel unix =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path))) {
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            int own = ((InetSocketAddress) client.getLocalAddress()).getPort();
            JsonArray sockets = list("-a", "-p", "-i", "-m");
            JsonObject connection = only(sockets, "tcp", "local", "port", own);
            assertEquals("ESTAB", connection.get("state").getAsString());
            assertEquals(port, connection.getAsJsonObject("peer").get("port").getAsInt());
            assertTrue(isMine(connection), connection.toString());
            assertTrue(connection.getAsJsonObject("tcpInfo").get("rttMicros").getAsLong() > 0, connection.toString());
            assertTrue(connection.getAsJsonObject("memory").get("rcvbuf").getAsLong() > 0, connection.toString());
            int udpPort = ((InetSocketAddress) udp.getLocalAddress()).getPort();
            JsonObject datagrams = only(sockets, "udp", "local", "port", udpPort);
            assertEquals("UNCONN", datagrams.get("state").getAsString());
            assertEquals(UnixDomainSocketAddress.of(path), unix.getLocalAddress());
            JsonObject listener = only(sockets, "u_str", "local", "name", path);
            assertEquals("LISTEN", listener.get("state").getAsString());
            assertTrue(isMine(listener) && isMine(datagrams), listener.toString());
            JsonArray waiting = list("-tl", "sport", "=", ":" + port);
            assertEquals(1, waiting.size(), waiting.toString());
            // the client has not been accepted
            assertEquals(1, waiting.get(0).getAsJsonObject().get("recvQ").getAsInt());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sprot = 80 ; sockfd: filter: 'sprot' is no condition: src, dst,",
                "state open ; sockfd: there is no state 'open': established,",
                "state established exclude established ; sockfd: no state is left to show",
                "--watch 0 ; sockfd: --watch 0.0: seconds, more than 0",
                "--watch soon ; sockfd: Invalid value for option '--watch'",
                "-A foo ; sockfd: -A foo: no such table: all, inet,",
                "-A udp,!udp ; sockfd: -A udp,!udp: no table is left to show",
                "-f foo ; sockfd: -f foo: no such family: inet,",
                "-F /nonexistent ; sockfd: -F /nonexistent: there is no such file",
                "-t cgroup /nosuch ; sockfd: filter: there is no control group '/nosuch'",
                "src link:nosuch ; sockfd: filter: 'nosuch' is no protocol of links"
            })
    void wrongUsageIsExplainedInALine(String arguments, String complaint) throws Exception {
        Child.Result result = Child.sockfd(("ss " + arguments).split(" ", -1));
        assertEquals(2, result.status(), result.err());
        assertEquals("", result.out());
        assertTrue(result.errLines().get(0).startsWith(complaint), result.err());
        assertTrue(result.errLines().get(1).startsWith("Usage: sockfd ss "), result.err());
    }

    @Test
    void endsAConnection() throws Exception {
        Path ended = directory.resolve("ended");
        try (Tool watcher = Tool.start(null, ended, "ss", "-E", "-tnH")) {
            awaitWatching(watcher);
            int port = connectAndEnd();
            awaitLine(ended, "127.0.0.1]:" + port);
            assertEquals(130, watcher.interrupt(), watcher.said());
        }
    }

    /** The port of the connection. */
    private static int connectAndEnd() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
            int port = ((InetSocketAddress) client.getLocalAddress()).getPort();
            Child.Result result = Child.sockfd("ss", "-KtnH", "sport", "=", ":" + port);
            assumeTrue(!result.err().contains("EPERM"), "to end a socket needs CAP_NET_ADMIN");
            assertEquals(0, result.status(), result.err());
            assertTrue(result.out().matches("ESTAB 0 +0 +\\S+:" + port + " +\\S+:[0-9]+\n"), result.out());
            IOException end = assertThrows(IOException.class, () -> client.read(java.nio.ByteBuffer.allocate(1)));
            assertTrue(String.valueOf(end.getMessage()).contains("abort"), end.toString());
            assertTrue(accepted.isOpen());
            return port;
        }
    }

    /** It is a netlink socket in a group of sock_diag. */
    private static void awaitWatching(Tool watcher) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            boolean joined = Files.readAllLines(Path.of("/proc/net/netlink")).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .anyMatch(words -> words.length > 3 && words[1].equals("4") && !words[3].equals("00000000"));
            if (joined) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it does not watch: " + watcher.said());
    }

    private static void awaitLine(Path file, String part) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (Files.readAllLines(file).stream().noneMatch(line -> line.contains(part))) {
            assertTrue(System.nanoTime() < deadline, "no " + part + " in: " + Files.readString(file));
            Thread.sleep(20);
        }
    }

    @Test
    void countsByProcess() throws Exception {
        try (ServerSocketChannel one = ServerSocketChannel.open().bind(null);
                ServerSocketChannel two = ServerSocketChannel.open().bind(null)) {
            assertTrue(one.isOpen() && two.isOpen());
            Child.Result result = Child.sockfd("ss", "-tl", "--by-process", "--json");
            assertEquals(0, result.status(), result.err());
            JsonObject mine = JsonParser.parseString(result.out()).getAsJsonArray().asList().stream()
                    .map(JsonElement::getAsJsonObject)
                    .filter(row -> row.get("pid").getAsLong()
                            == ProcessHandle.current().pid())
                    .findFirst()
                    .orElseThrow();
            assertTrue(mine.get("sockets").getAsInt() >= 2, mine.toString());
            assertEquals(mine.get("sockets"), mine.getAsJsonObject("states").get("LISTEN"));
            Child.Result text = Child.sockfd("ss", "-tl", "--by-process");
            assertTrue(text.out().startsWith("Sockets  Recv-Q  Send-Q  Pid"), text.out());
        }
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(Child.interruptibleJava());
        command.addAll(Child.nativeAccess("-Dsockfd.backend=" + Child.backend()));
        command.addAll(Child.tool());
        command.add("ss");
        command.addAll(List.of(arguments));
        return command;
    }

    @Test
    void outputThatNobodyTakesIsAFailure() throws Exception {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" > /dev/full", "sh"));
        shell.addAll(command("-a"));
        Child.Result result = Child.run(shell, Map.of(), directory);
        assertEquals(1, result.status(), result.err());
        assertEquals(1, result.errLines().size(), result.err());
        assertTrue(result.err().startsWith("sockfd: the output cannot be written"), result.err());
    }

    @Test
    void watchesUntilItIsInterrupted() throws Exception {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(command("-s", "--watch", "0.1"))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (totals(out) < 3 && process.isAlive() && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertTrue(totals(out) >= 3, Files.readString(out));
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-INT", "" + process.pid())
                            .start()
                            .waitFor());
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(130, process.exitValue(), Files.readString(out));
            assertTrue(Files.readString(out).endsWith("\n\n"), "the last one is whole");
            assertTrue(!Files.readString(out).contains("\033"), "nothing for a terminal in a file");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static long totals(Path file) throws Exception {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("Total: "))
                .count();
    }

    @Test
    void othersProcessesNeedRoot() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/setpriv")),
                "another user is played with setpriv, by root");
        List<String> unprivileged =
                new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all"));
        // root without capabilities cannot look into processes of other capabilities, and still reads the class path
        unprivileged.addAll(command("-tap"));
        Child.Result result = Child.run(unprivileged, Map.of(), Path.of("."));
        assertEquals(0, result.status(), result.err());
        assertEquals(1, result.errLines().size(), result.err());
        assertTrue(
                result.err()
                        .matches(
                                "sockfd: [0-9]+ processes of others may not be looked into: CAP_SYS_PTRACE is missing .*\\n"),
                result.err());
    }
}
