package io.sockfd.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sockfd.cli.Child;
import io.sockfd.cli.Tool;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What top counts of datagrams whose number and length are known. */
@Tag("once")
class TopIT {
    private static final int COUNT = 50;
    private static final int PAYLOAD = 1000;
    private static final int HEADERS = 28;

    @TempDir
    Path directory = Path.of("");

    @Test
    void countsAFlow() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        Path out = directory.resolve("out");
        try (DatagramSocket from = new DatagramSocket(0, loopback);
                DatagramSocket to = new DatagramSocket(0, loopback)) {
            int port = to.getLocalPort();
            try (Tool tool =
                    Tool.start(null, out, "top", "-i", "lo", "-n", "-s", "0.2", "--json", "udp", "port", "" + port)) {
                long deadline = System.nanoTime() + 20_000_000_000L;
                while (Files.size(out) == 0 && System.nanoTime() < deadline) {
                    Thread.sleep(20);
                }
                assumeTrue(Files.size(out) > 0, "needs CAP_NET_RAW"); // it says so, and ends
                for (int i = 0; i < COUNT; i++) {
                    from.send(new DatagramPacket(new byte[PAYLOAD], PAYLOAD, loopback, port));
                }
                JsonObject last;
                do {
                    Thread.sleep(50);
                    last = last(out);
                } while (last.get("packets").getAsInt() < COUNT && System.nanoTime() < deadline);
                assertEquals(0, tool.interrupt(), tool.said());
                assertEquals(COUNT, last.get("packets").getAsInt());
                assertEquals(1, last.getAsJsonArray("flows").size(), last.toString());
                JsonObject flow = last.getAsJsonArray("flows").get(0).getAsJsonObject();
                // loopback shows a packet as it comes: the receiver is this end
                assertEquals(port, flow.get("localPort").getAsInt());
                assertEquals(from.getLocalPort(), flow.get("remotePort").getAsInt());
                assertEquals(
                        (long) COUNT * (PAYLOAD + HEADERS),
                        flow.get("receivedBytes").getAsLong());
            }
        }
    }

    private static JsonObject last(Path out) throws Exception {
        String text = Files.readString(out);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1).strip();
        JsonElement json = JsonParser.parseString(whole.substring(whole.lastIndexOf('\n') + 1));
        return json.getAsJsonObject();
    }

    @Test
    void aLookIsATable() throws Exception {
        Child.Result result = Child.sockfd("top", "-i", "lo", "-n", "-c", "1", "-s", "0.1");
        assumeTrue(!result.err().contains("CAP_NET_RAW"), "needs CAP_NET_RAW");
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("\nProto  Local "), result.out());
        result.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
        assertEquals(2, Child.sockfd("top").status());
        assertEquals(2, Child.sockfd("top", "-i", "lo", "prot 80").status());
    }
}
