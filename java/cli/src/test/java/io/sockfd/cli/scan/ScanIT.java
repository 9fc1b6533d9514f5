package io.sockfd.cli.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sockfd.cli.Child;
import io.sockfd.cli.Tool;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Loopback only. */
@Tag("once")
class ScanIT {
    @Test
    void findsWhatListens() throws Exception {
        try (ServerSocket one = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            int first = Math.min(one.getLocalPort(), two.getLocalPort());
            int second = Math.max(one.getLocalPort(), two.getLocalPort());
            Child.Result result = Child.sockfd("scan", "--json", "127.0.0.1", "1-100," + first + "," + second);
            assertEquals(0, result.status(), result.err());
            assertEquals("", result.err());
            JsonObject report = JsonParser.parseString(result.out()).getAsJsonObject();
            assertEquals(102, report.get("scanned").getAsInt());
            assertTrue(report.get("complete").getAsBoolean());
            long found = 0;
            for (var row : report.get("open").getAsJsonArray()) {
                int port = row.getAsJsonObject().get("port").getAsInt();
                found += port == first || port == second ? 1 : 0;
            }
            assertEquals(2, found, result.out());
        }
    }

    @Test
    void refusesRanges() throws Exception {
        for (String range : new String[] {"192.0.2.0/24", "127.0.0.0/8"}) {
            Child.Result result = Child.sockfd("scan", range, "80");
            assertEquals(1, result.status(), result.out());
            assertEquals(1, result.errLines().size(), result.err());
            assertEquals("", result.out());
        }
    }

    @Test
    void rejectsPortsThatAreNone() throws Exception {
        for (String ports : new String[] {"0", "9-1", "70000"}) {
            Child.Result result = Child.sockfd("scan", "127.0.0.1", ports);
            assertEquals(2, result.status(), result.out());
            assertTrue(result.err().startsWith("sockfd: ports "), result.err());
        }
    }

    @Test
    void showsProgressOnATerminalOnly() throws Exception {
        assumeTrue(Tool.isInstalled("script"), "no script(1) to make a terminal");
        List<String> command = new ArrayList<>(List.of(Child.java().toString()));
        command.addAll(Child.nativeAccess("-Dsockfd.backend=" + Child.backend()));
        command.addAll(Child.tool());
        command.addAll(List.of("scan", "127.0.0.1", "1-100"));
        String line = String.join(" ", command);
        Child.Result terminal = Child.run(List.of("script", "-qec", line, "/dev/null"), Map.of(), Path.of("."));
        assertTrue(terminal.out().contains("100/100 ports"), terminal.out());
        Child.Result pipe = Child.run(command, Map.of(), Path.of("."));
        assertEquals("", pipe.err());
        assertTrue(pipe.out().startsWith("127.0.0.1: ") || pipe.out().startsWith("open "), pipe.out());
    }
}
