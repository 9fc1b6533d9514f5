package io.sockfd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.sockfd.capture.PcapFormat;
import io.sockfd.capture.PcapWriter;
import io.sockfd.packet.LinkType;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names that others chose do not reach a terminal as they are. */
@Tag("once")
@Timeout(120)
class TerminalIT {
    private static final String NAME = "x\u001b[2J\r\u007f";
    private static final String PRINTED = "x\\x1b[2J\\x0d\\x7f";
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n\t]]");

    @TempDir
    Path temporary = Path.of("");

    private static Child.Result sockfd(String... arguments) throws Exception {
        Child.Result result = Child.java(
                Child.nativeAccess(
                        "-Dsockfd.backend=" + Child.backend(),
                        "-Dsun.jnu.encoding=UTF-8",
                        "-Dstdout.encoding=UTF-8",
                        "-Dstderr.encoding=UTF-8",
                        "-Dsun.stdout.encoding=UTF-8",
                        "-Dsun.stderr.encoding=UTF-8"),
                arguments);
        assertFalse(UNSAFE.matcher(result.out() + result.err()).find(), () -> Printable.lines(result.toString()));
        return result;
    }

    @Test
    void aFileToRead() throws Exception {
        Path file = temporary.resolve(NAME);
        PcapWriter.open(file, PcapFormat.pcap(), LinkType.EN10MB).close();
        Child.Result result = sockfd("capture", "-r", file.toString());
        assertTrue(result.err().contains(PRINTED + "\n"), result.err());
        assertEquals(0, result.status());
    }

    @Test
    void aTargetThatFails() throws Exception {
        String target = "unix:" + temporary.resolve(NAME);
        Child.Result quiet = sockfd("check", "-q", target);
        assertTrue(quiet.err().contains(PRINTED + ": no such file: "), quiet.err());
        JsonElement rows =
                JsonParser.parseString(sockfd("check", "--json", target).out());
        assertEquals(
                target,
                rows.getAsJsonArray().get(0).getAsJsonObject().get("target").getAsString());
        assertTrue(sockfd("check", "--trace", "x\u001b[2J").status() > 0);
    }

    @Test
    void aSocketsName() throws Exception {
        Path path = temporary.resolve(NAME);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            Child.Result result = sockfd("ss", "-xl", "--json");
            assertTrue(
                    StreamSupport.stream(
                                    JsonParser.parseString(result.out())
                                            .getAsJsonArray()
                                            .spliterator(),
                                    false)
                            .map(row -> row.getAsJsonObject().getAsJsonObject("local"))
                            .anyMatch(local -> local.has("name")
                                    && local.get("name").getAsString().contains("[2J")),
                    result.out());
        }
    }

    /** A carriage return alone would let it write over the line. */
    @Test
    void aProcessesName() throws Exception {
        assumeTrue(Tool.isInstalled("python3"), "no python3");
        Process python = new ProcessBuilder("python3", "-c", """
                import socket, sys
                s = socket.socket()
                s.bind(('127.0.0.1', 0))
                s.listen()
                open('/proc/self/comm', 'w').write('x\\ry\\x1b\\x7f')
                print(s.getsockname()[1], flush=True)
                sys.stdin.read()
                """).start();
        try {
            String port = python.inputReader().readLine();
            Child.Result result = sockfd("ss", "-tlnp", "sport", "=", ":" + port);
            assertTrue(result.out().contains("((\"x\\x0dy\\x1b\\x7f\",pid=" + python.pid() + ","), result.out());
        } finally {
            python.destroyForcibly();
            assertTrue(python.waitFor(20, TimeUnit.SECONDS));
        }
    }
}
