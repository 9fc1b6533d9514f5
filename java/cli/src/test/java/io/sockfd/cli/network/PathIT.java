package io.sockfd.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sockfd.cli.Child;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ping, traceroute, mtu, arp and capture across a router, against the kernel's own ICMP and ARP. */
@Tag("once")
class PathIT {
    private static Network network;

    @BeforeAll
    static void open() throws Exception {
        network = Network.open();
    }

    @AfterAll
    static void close() throws Exception {
        if (network != null) {
            network.close();
        }
    }

    private static void assertLine(Child.Result result, String pattern) {
        assertTrue(result.out().lines().anyMatch(line -> line.matches(pattern)), pattern + "\n" + result);
    }

    @Test
    void pingIsAnsweredAcrossTheRouter() throws Exception {
        Child.Result result = network.run("ping", "-c", "2", "-i", "0.1", "10.7.2.2");
        assertEquals(0, result.status(), result.toString());
        assertLine(result, "PING 10\\.7\\.2\\.2 \\(10\\.7\\.2\\.2\\) 56\\(84\\) bytes of data\\.");
        assertLine(result, "64 bytes from 10\\.7\\.2\\.2: icmp_seq=2 ttl=63 time=[0-9.]+ ms");
        assertLine(result, "2 packets transmitted, 2 received, 0% packet loss, time [0-9]+ms");
        assertLine(result, "rtt min/avg/max/mdev = [0-9.]+/[0-9.]+/[0-9.]+/[0-9.]+ ms.*");
    }

    @Test
    void pingShowsWhoDroppedIt() throws Exception {
        Child.Result expired = network.run("ping", "-c", "1", "-t", "1", "fd07:2::2");
        assertEquals(1, expired.status(), expired.toString());
        assertLine(expired, "From fd07:1::1 icmp_seq=1 Time exceeded: Hop limit");
        Child.Result tooLarge = network.run("ping", "-c", "1", "-M", "probe", "-s", "1450", "10.7.2.2");
        assertEquals(1, tooLarge.status(), tooLarge.toString());
        assertLine(tooLarge, "From 10\\.7\\.1\\.1 icmp_seq=1 Frag needed and DF set \\(mtu = 1400\\)");
        assertLine(tooLarge, "1 packets transmitted, 0 received, \\+1 errors, 100% packet loss, time [0-9]+ms");
    }

    @Test
    void floodStaysInTheNamespace() throws Exception {
        Child.Result result = network.run("ping", "-q", "-f", "-c", "500", "10.7.2.2");
        assertEquals(0, result.status(), result.toString());
        assertLine(result, "500 packets transmitted, 500 received, 0% packet loss.*");
        Child.Result refused = network.run("ping", "-f", "-c", "1", "192.0.2.1");
        assertEquals(2, refused.status(), refused.toString());
        assertEquals(1, refused.errLines().size(), refused.err());
        assertTrue(refused.err().contains("limited to loopback"), refused.err());
    }

    @ParameterizedTest
    @CsvSource({"-4, 10.7.2.2, 10.7.1.1", "-6, fd07:2::2, fd07:1::1", "-I, 10.7.2.2, 10.7.1.1", "-T, 10.7.2.2, 10.7.1.1"
    })
    void tracerouteFindsTheRouter(String method, String target, String router) throws Exception {
        Child.Result result = network.run("traceroute", "-n", "-w", "2", "--json", method, target);
        assertEquals(0, result.status(), result.toString());
        JsonObject trace = JsonParser.parseString(result.out()).getAsJsonObject();
        assertTrue(trace.get("reached").getAsBoolean(), result.out());
        JsonArray hops = trace.getAsJsonArray("hops");
        assertEquals(2, hops.size(), result.out());
        for (int i = 0; i < 2; i++) {
            JsonArray probes = hops.get(i).getAsJsonObject().getAsJsonArray("probes");
            assertEquals(3, probes.size());
            for (int j = 0; j < 3; j++) {
                assertEquals(
                        i == 0 ? router : target,
                        probes.get(j).getAsJsonObject().get("address").getAsString(),
                        result.out());
            }
        }
    }

    @Test
    void tracerouteMarksWhatIsUnreachable() throws Exception {
        // Linux answers five packets without a route at once, then one a second (net.ipv4.route.error_cost)
        Child.Result result = network.run("traceroute", "-n", "-q", "1", "-w", "2", "10.99.0.1");
        assertEquals(0, result.status(), result.toString());
        assertLine(result, " 1  10\\.7\\.1\\.1  [0-9.]+ ms !N");
    }

    @ParameterizedTest
    @CsvSource({"10.7.2.2, 10.7.1.1", "fd07:2::2, fd07:1::1"})
    void mtuShowsWhereThePathGetsNarrow(String target, String router) throws Exception {
        Child.Result result = network.run("mtu", "-n", target);
        assertEquals(0, result.status(), result.toString());
        assertLine(result, " 1:  \\[LOCALHOST] +pmtu 1500");
        assertLine(result, " 2:  " + router + " +[0-9.]+ ms pmtu 1400");
        assertLine(result, " 2:  " + target + " +[0-9.]+ ms reached");
        assertLine(result, " +Path: pmtu 1400, hops 2");
    }

    @Test
    void arpFindsTheNeighbour() throws Exception {
        Child.Result found = network.run("arp", "-c", "1", "l0", "10.7.1.1");
        assertEquals(0, found.status(), found.toString());
        assertLine(found, "Unicast reply from 10\\.7\\.1\\.1 \\[([0-9A-F]{2}:){5}[0-9A-F]{2}]  [0-9.]+ms");
        Child.Result duplicate = network.run("arp", "-D", "-c", "1", "l0", "10.7.1.1");
        assertEquals(1, duplicate.status(), duplicate.toString());
        Child.Result free = network.run("arp", "-D", "-c", "1", "l0", "10.7.1.77");
        assertEquals(0, free.status(), free.toString());
        Child.Result nobody = network.run("arp", "-c", "1", "l0", "10.7.1.77");
        assertEquals(1, nobody.status(), nobody.toString());
        Child.Result loopback = network.run("arp", "-c", "1", "lo", "127.0.0.1");
        assertEquals(2, loopback.status(), loopback.toString());
        assertTrue(loopback.err().contains("lo is no Ethernet interface"), loopback.err());
    }

    @Test
    void captureIsAFileThatOthersRead(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("any.pcap");
        Process capture = start("capture", "-i", "any", "-c", "2", "-w", file.toString(), "icmp and host 10.7.2.2");
        try {
            awaitListening(capture);
            assertEquals(0, network.run("ping", "-c", "1", "10.7.2.2").status());
            assertTrue(capture.waitFor(10, TimeUnit.SECONDS), "two packets did not end it");
            assertEquals(0, capture.exitValue());
        } finally {
            capture.destroyForcibly().waitFor();
        }
        Child.Result read = network.run("capture", "-r", file.toString(), "-x", "icmp[icmptype] = 0");
        assertEquals(0, read.status(), read.toString());
        assertLine(
                read,
                "[0-9:.]+ \\? +In +IP 10\\.7\\.2\\.2 > 10\\.7\\.1\\.2: ICMP echo reply, id [0-9]+, seq 1, length 64");
        assertLine(read, "\t0x0000:  4500 0054 .*");
        assertTrue(read.err().contains("1 packets captured"), read.err());
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "needs tshark for the rest");
        Child.Result tshark = Child.run(
                List.of("/usr/bin/tshark", "-r", file.toString(), "-T", "fields", "-e", "icmp.type", "-e", "ip.src"),
                java.util.Map.of(),
                directory);
        assertEquals("8\t10.7.1.2\n0\t10.7.2.2\n", tshark.out(), tshark.err());
    }

    /** The answers are taken: ping waits for them in vain. */
    @Test
    void captureTakesPacketsByXdp() throws Exception {
        // the neighbour is known then: answers of ARP would be taken, too
        assertEquals(0, network.run("ping", "-c", "1", "10.7.2.2").status());
        Process capture = start("capture", "--xdp", "-i", "l0", "-c", "2", "icmp and src host 10.7.2.2");
        try {
            awaitListening(capture);
            Child.Result ping = network.run("ping", "-c", "2", "-i", "0.2", "-W", "1", "10.7.2.2");
            assertEquals(1, ping.status(), ping.toString());
            assertTrue(capture.waitFor(10, TimeUnit.SECONDS), "two packets did not end it");
            String out = new String(capture.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(
                    2,
                    out.lines()
                            .filter(line -> line.contains("10.7.2.2 > 10.7.1.2: ICMP echo reply"))
                            .count(),
                    out);
        } finally {
            capture.destroyForcibly().waitFor();
        }
        assertEquals(0, network.run("ping", "-c", "1", "10.7.2.2").status(), "the program is gone with the tool");
    }

    /** The interface shows each packet twice, as it leaves and as it comes. */
    @ParameterizedTest
    @CsvSource({"lo", "any"})
    void aPacketOfLoopbackIsShownOnce(String device) throws Exception {
        Process capture = start("capture", "-i", device, "-c", "4", "icmp and host 127.0.0.1");
        try {
            awaitListening(capture);
            assertEquals(
                    0, network.run("ping", "-c", "2", "-i", "0.2", "127.0.0.1").status());
            assertTrue(capture.waitFor(10, TimeUnit.SECONDS), "four packets did not end it");
            String out = new String(capture.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(2, out.lines().filter(line -> line.contains("seq 1,")).count(), out);
            assertEquals(2, out.lines().filter(line -> line.contains("seq 2,")).count(), out);
        } finally {
            capture.destroyForcibly().waitFor();
        }
    }

    @Test
    void captureEndsInOrderAtCtrlC() throws Exception {
        Process capture = start("capture", "-i", "l0", "-e", "arp or icmp");
        try {
            awaitListening(capture);
            assertEquals(0, network.run("ping", "-c", "1", "10.7.1.1").status());
            Process kill = new ProcessBuilder("kill", "-TERM", Long.toString(capture.pid())).start();
            assertEquals(0, kill.waitFor());
            assertTrue(capture.waitFor(10, TimeUnit.SECONDS), "it did not end");
            assertEquals(0, capture.exitValue());
            String err = new String(capture.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(err.contains("packets captured") && err.contains("packets dropped by kernel"), err);
            String out = new String(capture.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(
                    out.contains(", ethertype IPv4 (0x0800), length 98: 10.7.1.2 > 10.7.1.1: ICMP echo request"), out);
        } finally {
            capture.destroyForcibly().waitFor();
        }
    }

    private static Process start(String... arguments) throws Exception {
        return new ProcessBuilder(Network.in(network.left(), Network.sockfd(arguments))).start();
    }

    /** Reads the first line of stderr, byte by byte so that the rest is left. */
    private static void awaitListening(Process capture) throws Exception {
        StringBuilder line = new StringBuilder();
        for (int c = capture.getErrorStream().read();
                c >= 0 && c != '\n';
                c = capture.getErrorStream().read()) {
            line.append((char) c);
        }
        assertTrue(line.toString().contains("listening on "), line.toString());
    }
}
