package io.sockfd.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.capture.PcapFormat;
import io.sockfd.capture.PcapReader;
import io.sockfd.capture.PcapWriter;
import io.sockfd.cli.Child;
import io.sockfd.packet.LinkType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the network tools do with nothing but this host, and with what is wrong. */
@Tag("once")
class LoopbackIT {
    @BeforeEach
    void onOneLeg() {
        assumeTrue(Child.backend().equals("ffm"), "once is enough: what differs is tested in the library");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | ping -c 1 nosuchhost.invalid | nosuchhost.invalid cannot be resolved",
                "2 | ping -c 1 -I nosuch0 127.0.0.1 | there is no interface nosuch0; there are: ",
                "2 | ping -c 1 -f 192.0.2.1 | limited to loopback",
                "1 | traceroute -6 127.0.0.1 | 127.0.0.1 has no IPv6 address",
                "1 | mtu nosuchhost.invalid | cannot be resolved",
                "2 | arp nosuch0 10.0.0.1 | there is no interface nosuch0",
                "1 | capture -i nosuch0 | there is no interface nosuch0",
                "1 | capture -r /nonexistent | there is no such file"
            })
    void failuresAreOneLine(int status, String arguments, String part) throws Exception {
        Child.Result result = Child.sockfd(arguments.split(" ", -1));
        assertEquals(status, result.status(), result.toString());
        assertEquals(1, result.errLines().size(), result.err());
        assertTrue(result.err().startsWith("sockfd: "), result.err());
        assumeTrue(!result.err().contains("CAP_NET_RAW"), "the want of a privilege comes first");
        assertTrue(result.err().contains(part), result.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ping -t 256 ::1 | -t is a number of hops, 1 to 255: 256",
                "traceroute -I -T ::1 | mutually exclusive",
                "mtu -l 20 ::1 | -l is a number of bytes",
                "arp lo | Missing required parameter: 'ADDRESS'",
                "capture | give -i IFACE or -r FILE",
                "capture --xdp -i any | --xdp is for what comes to one interface",
                "capture -i lo tcp port | filter: ",
                "capture -i lo lane | lane is not supported",
                "capture -i lo tcp or prt 80 | prt: unknown word",
                "scan 127.0.0.1 70000 | ports 70000: numbers from 1 to 65535",
                "relay foo bar | the form is HOST:PORT",
                "caputre -i lo | did you mean capture",
                "capture --verison | did you mean --version?"
            })
    void wrongUsageIsExplained(String arguments, String part) throws Exception {
        Child.Result result = Child.sockfd(arguments.split(" ", -1));
        assertEquals(2, result.status(), result.toString());
        assertTrue(result.errLines().get(0).contains(part), result.err());
    }

    @Test
    void thePathToThisHostIsShort() throws Exception {
        Child.Result udp = Child.sockfd("traceroute", "-n", "-q", "1", "-w", "2", "127.0.0.1");
        assertEquals(0, udp.status(), udp.toString());
        assertTrue(udp.out().lines().toList().get(1).matches(" 1  127\\.0\\.0\\.1  [0-9.]+ ms"), udp.out());
        Child.Result mtu = Child.sockfd("mtu", "-n", "127.0.0.1");
        assertEquals(0, mtu.status(), mtu.toString());
        assertTrue(mtu.out().endsWith("Path: pmtu 65535, hops 1\n"), mtu.out());
    }

    /** The one file of -w has one link type, unless it is pcapng. */
    @Test
    void packetsOfTwoLinkTypesAreNotWrittenAsOne(@TempDir Path directory) throws Exception {
        Path two = directory.resolve("two.pcapng");
        try (PcapWriter writer = PcapWriter.open(two, PcapFormat.pcapng(), LinkType.EN10MB)) {
            writer.write(1, ByteBuffer.allocate(60));
            writer.write(writer.addInterface(LinkType.RAW), 2, ByteBuffer.allocate(40), 40);
        }
        Path pcap = directory.resolve("copy.pcap");
        Child.Result refused = Child.sockfd("capture", "-r", two.toString(), "-w", pcap.toString());
        assertEquals(1, refused.status(), refused.toString());
        assertTrue(refused.err().contains("the packets are of EN10MB and RAW"), refused.err());
        Path next = directory.resolve("copy.pcapng");
        Child.Result written = Child.sockfd("capture", "-r", two.toString(), "-w", next.toString());
        assertEquals(0, written.status(), written.toString());
        try (PcapReader reader = PcapReader.open(next)) {
            assertTrue(reader.next());
            assertEquals(LinkType.EN10MB, reader.linkType());
            assertTrue(reader.next());
            assertEquals(LinkType.RAW, reader.linkType());
        }
    }

    /** A file filters by the length on the wire, and refuses what it cannot say. */
    @Test
    void aFileIsFilteredByWhatItSays(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("cut.pcap");
        try (PcapWriter writer = PcapWriter.open(file, PcapFormat.pcap(), LinkType.EN10MB)) {
            writer.write(0, 1, ByteBuffer.allocate(60), 1454);
        }
        Child.Result greater = Child.sockfd("capture", "-r", file.toString(), "greater", "500");
        assertTrue(greater.err().contains("1 packets captured"), greater.err());
        Child.Result outbound = Child.sockfd("capture", "-r", file.toString(), "outbound");
        assertEquals(2, outbound.status(), outbound.toString());
        assertTrue(outbound.err().contains("do not say which way they went"), outbound.err());
    }

    @Test
    void aReaderThatHasGoneEndsPing() throws Exception {
        Child.Result probe = Child.sockfd("ping", "-c", "1", "127.0.0.1");
        assumeTrue(!probe.err().contains("CAP_NET_RAW"), "no ICMP socket here");
        assertEquals(0, probe.status(), probe.toString());
        String command = "'" + String.join("' '", Network.sockfd("ping", "-i", "0.1", "127.0.0.1")) + "' | head -n 1";
        Child.Result result = Child.run(List.of("timeout", "20", "sh", "-c", command), Map.of(), Path.of("."));
        assertEquals(0, result.status(), result.toString());
        assertEquals(1, result.out().lines().count(), result.out());
        assertEquals(1, result.errLines().size(), result.err());
        assertTrue(result.err().contains("its reader has gone"), result.err());
    }
}
