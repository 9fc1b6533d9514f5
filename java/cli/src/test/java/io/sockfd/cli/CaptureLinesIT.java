package io.sockfd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.address.HardwareAddress;
import io.sockfd.capture.PcapFormat;
import io.sockfd.capture.PcapReader;
import io.sockfd.capture.PcapWriter;
import io.sockfd.cli.capture.Capture;
import io.sockfd.packet.LinkType;
import io.sockfd.packet.PacketBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The lines of capture are those of tcpdump, for the options that people type. */
@Tag("once")
class CaptureLinesIT {
    private static final long TIME = 1_700_000_000_123_456_000L;

    @TempDir
    static Path directory;

    private static Path file;

    /** What came of a command. */
    private record Result(int status, String out, String err) {}

    private static PacketBuilder tcp(boolean there, int flags, long sequence, long acknowledged, int bytes) {
        return new PacketBuilder()
                .ethernet(e -> e.source(there ? "02:00:00:00:00:01" : "02:00:00:00:00:02")
                        .destination(there ? "02:00:00:00:00:02" : "02:00:00:00:00:01"))
                .ipv4(ip -> ip.source(there ? "10.9.0.1" : "10.9.0.2")
                        .destination(there ? "10.9.0.2" : "10.9.0.1")
                        .identification(7)
                        .dontFragment(true)
                        .tos(there ? 0 : 2))
                .tcp(t -> t.sourcePort(there ? 40000 : 9999)
                        .destinationPort(there ? 9999 : 40000)
                        .flags(flags)
                        .sequenceNumber(sequence)
                        .acknowledgmentNumber(acknowledged)
                        .window(502))
                .payload(new byte[bytes]);
    }

    static List<ByteBuffer> packets() {
        List<PacketBuilder> all = new ArrayList<>();
        all.add(tcp(true, 0x02, 4_000_000_000L, 0, 0));
        all.add(tcp(false, 0x12, 77_000, 4_000_000_001L, 0));
        all.add(tcp(true, 0x10, 4_000_000_001L, 77_001, 0));
        all.add(tcp(true, 0x18, 4_000_000_001L, 77_001, 5));
        all.add(tcp(false, 0x10, 77_001, 4_000_000_006L, 0));
        all.add(tcp(false, 0x18, 77_001, 4_000_000_006L, 100));
        all.add(tcp(true, 0x11, 4_000_000_006L, 77_101, 0));
        all.add(tcp(false, 0x14, 77_101, 4_000_000_007L, 0));
        all.add(new PacketBuilder()
                .ethernet(e -> e.source("02:00:00:00:00:01").destination("02:00:00:00:00:02"))
                .ipv4(ip -> ip.source("10.9.0.1").destination("10.9.0.2"))
                .udp(u -> u.sourcePort(41000).destinationPort(9998))
                .payload("hello, world\tof packets\n".getBytes(StandardCharsets.US_ASCII)));
        all.add(new PacketBuilder()
                .ethernet(e -> e.source("02:00:00:00:00:01").destination("02:00:00:00:00:02"))
                .ipv6(ip -> ip.source("fd00::1").destination("fd00::2").flowLabel(0x12345))
                .udp(u -> u.sourcePort(41000).destinationPort(9998))
                .payload(new byte[9]));
        all.add(new PacketBuilder()
                .ethernet(e -> e.source("02:00:00:00:00:01").destination("02:00:00:00:00:02"))
                .ipv4(ip -> ip.source("10.9.0.1").destination("10.9.0.2").ttl(1))
                .icmp(i -> i.type(8).identifier(7).sequenceNumber(1))
                .payload(new byte[56]));
        return all.stream().map(PacketBuilder::build).toList();
    }

    @BeforeAll
    static void write() throws IOException {
        assumeTrue(Tool.isInstalled("tcpdump"), "no tcpdump here (Debian: apt-get install tcpdump)");
        file = directory.resolve("lines.pcap");
        try (PcapWriter writer = PcapWriter.open(file, PcapFormat.pcap(), LinkType.EN10MB)) {
            long time = TIME;
            for (ByteBuffer packet : packets()) {
                writer.write(time, packet);
                time += 1_234_567_000L;
            }
        }
    }

    private static Result ours(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Failures failures = new Failures(() -> false);
        int status = new CommandLine(new Capture())
                .setOverwrittenOptionsAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        return new Result(status, out.toString(), err.toString());
    }

    private static Result theirs(List<String> arguments) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        List<String> command = new ArrayList<>(List.of("tcpdump"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "tcpdump did not end");
        } finally {
            process.destroyForcibly();
        }
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.ISO_8859_1),
                Files.readString(err, StandardCharsets.ISO_8859_1));
    }

    private static List<String> words(String line) {
        return Stream.concat(Stream.of("-nn", "-r", file.toString()), Stream.of(line.split(" ", -1)))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-S",
                "-q",
                "-e",
                "-t",
                "-tt",
                "-ttt",
                "-tttt",
                "-ttttt",
                "-v",
                "-vv udp",
                "-v -S tcp",
                "-vv tcp",
                "-x -c 2",
                "-xx -c 4",
                "-X udp",
                "-XX -c 1",
                "-A udp",
                "-vX icmp",
                "-e -q udp",
                "-l -c 3",
                "-s 0 ip6",
                "-t -c 5 tcp port 9999",
                "-tt src host 10.9.0.2",
                "tcp[tcpflags] & tcp-syn != 0",
                "-t greater 100",
                "-e -t ip6 or icmp",
                "-t net 10.9 and not tcp",
                "-t ip[8] = 1",
                "-q -S -t portrange 9990-9999",
                "-d tcp port 80",
                "-dd udp",
                "-ddd host 10.9.0.1 and tcp",
                "-d vlan 5 and ip6",
            })
    void aLineIsTcpdumps(String line) throws Exception {
        List<String> words = words(line);
        Result theirs = theirs(words);
        Result ours = ours(words);
        assertEquals(theirs.out, ours.out);
        assertEquals(theirs.status, ours.status, ours.err);
    }

    private static PacketBuilder udp(int source, int destination, String payload) {
        return new PacketBuilder()
                .ethernet(e -> e.source("02:00:00:00:00:01").destination("02:00:00:00:00:02"))
                .ipv4(ip -> ip.source("10.9.0.1").destination("10.9.0.2"))
                .udp(u -> u.sourcePort(source).destinationPort(destination))
                .payload(HexFormat.of().parseHex(payload));
    }

    private static PacketBuilder igmp(String payload) {
        return new PacketBuilder()
                .ethernet(e -> e.source("02:00:00:00:00:01").destination("01:00:5e:00:00:16"))
                .ipv4(ip ->
                        ip.source("10.9.0.1").destination("224.0.0.22").ttl(1).protocol(2))
                .payload(HexFormat.of().parseHex(payload));
    }

    /** Names, types and answers of DNS; groups of IGMP. */
    @Test
    void messagesOfApplicationsAreShownAsTcpdumpDoes() throws Exception {
        String name = "03777777076578616d706c65036f726700";
        List<PacketBuilder> all = List.of(
                udp(40000, 53, "04d201000001000000000000" + name + "00010001"),
                udp(40000, 53, "04d301100001000000000001" + name + "001c0001" + "0000291000000080000000"),
                udp(40000, 53, "04d400000001000000000000" + name + "00210001"),
                udp(
                        53,
                        40000,
                        "04d281800001000300010000" + name + "000f0001" + "c00c0005000100000e100006036e7331c010"
                                + "c00c00010001000000e10004c0000201" + "c010000f0001000000e10009000a046d61696cc010"
                                + "c01000020001000000e10006036e7331c010"),
                udp(
                        53,
                        40000,
                        "04d385800001000200000000" + name + "001c0001"
                                + "c00c001c0001000000e1001020010db8000000000000000000000001"
                                + "c01000210001000000e100100001000214660473697031036e657400"),
                udp(53, 40000, "04d481830001000000000000" + name + "00010001"),
                udp(
                        53,
                        40000,
                        "04d585a00001000100000000" + name + "00100001"
                                + "c01000100001000000e1000b0a763d73706631202d616c"),
                udp(53, 40000, "04d681820000000000000000"),
                igmp("1100eeff00000000"),
                igmp("1164ee9b00000000"),
                igmp("1600fafde0000005"),
                igmp("1700f9fde0000005"));
        Path apps = directory.resolve("applications.pcap");
        try (PcapWriter writer = PcapWriter.open(apps, PcapFormat.pcap(), LinkType.EN10MB)) {
            for (PacketBuilder packet : all) {
                writer.write(TIME, packet.build());
            }
        }
        List<String> words = List.of("-nn", "-t", "-r", apps.toString());
        Result theirs = theirs(words);
        assertEquals(theirs.out, ours(words).out);
        assertEquals(all.size(), theirs.out.lines().count());
    }

    /** Of hosts with an Ethernet address, and of an interface that has none. */
    @ParameterizedTest
    @ValueSource(strings = {"-e", "-e -q", "-e -t -v"})
    void cookedLinksAreShownAsTcpdumpDoes(String line) throws Exception {
        for (int linkType : new int[] {LinkType.LINUX_SLL, LinkType.LINUX_SLL2}) {
            Path cooked = directory.resolve("cooked" + linkType + ".pcap");
            try (PcapWriter writer = PcapWriter.open(cooked, PcapFormat.pcap(), linkType)) {
                for (int type = 0; type < 5; type++) {
                    for (String from : List.of("02:00:00:00:00:07", "")) {
                        writer.write(
                                TIME,
                                cooked(
                                        linkType,
                                        type,
                                        from.isEmpty()
                                                ? HardwareAddress.of(new byte[0])
                                                : HardwareAddress.parse(from)));
                    }
                }
            }
            List<String> words = Stream.concat(
                            Stream.of("-nn", "-r", cooked.toString()), Stream.of(line.split(" ", -1)))
                    .toList();
            assertEquals(theirs(words).out, ours(words).out);
        }
    }

    private static ByteBuffer cooked(int linkType, int type, HardwareAddress from) {
        PacketBuilder builder = new PacketBuilder();
        if (linkType == LinkType.LINUX_SLL) {
            builder.linuxSll(s -> s.packetType(type).hardwareType(1).source(from));
        } else {
            builder.linuxSll2(s ->
                    s.packetType(type).hardwareType(1).interfaceIndex(70_000).source(from));
        }
        return builder.ipv4(ip -> ip.source("10.9.0.1").destination("10.9.0.2"))
                .udp(u -> u.sourcePort(41000).destinationPort(9998))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp port", "host", "tcp or prt 80", "-t ip6 broadcast", "port 70000", "(tcp", "tcp)"})
    void aWrongFilterIsRefusedByBoth(String line) throws Exception {
        Result ours = ours(words(line));
        assertTrue(theirs(words(line)).status != 0, line);
        assertEquals(2, ours.status, ours.err);
        assertTrue(ours.err.contains("filter: column "), ours.err);
    }

    /** Nobody would see it otherwise: no packet comes that could be refused. */
    @Test
    void aWrongFilterIsSaidOnAnEmptyFile() throws IOException {
        for (PcapFormat format : List.of(PcapFormat.pcap(), PcapFormat.pcapng())) {
            Path empty = directory.resolve("empty");
            PcapWriter.open(empty, format, LinkType.EN10MB).close();
            Result result = ours(List.of("-r", empty.toString(), "tcp", "prt", "80"));
            assertEquals(2, result.status, result.err);
            assertTrue(result.err.contains("filter: column 5, at prt: prt: unknown word"), result.err);
        }
    }

    @Test
    void filesFollowEachOtherBySize() throws IOException {
        Path big = directory.resolve("big.pcap");
        try (PcapWriter writer = PcapWriter.open(big, PcapFormat.pcap(), LinkType.EN10MB)) {
            for (int i = 0; i < 50; i++) {
                writer.write(TIME + i * 1_000_000_000L, ByteBuffer.allocate(60_000));
            }
        }
        Path to = directory.resolve("part");
        assertEquals(0, ours(List.of("-r", big.toString(), "-C", "1", "-w", to.toString())).status);
        assertEquals(50, packets("part") + packets("part1") + packets("part2"));
        Path ring = directory.resolve("ring");
        assertEquals(0, ours(List.of("-r", big.toString(), "-C", "1", "-W", "2", "-w", ring.toString())).status);
        assertEquals(17, packets("ring1"), "the second file");
        assertTrue(packets("ring0") < 17, "the third file in place of the first");
        Path timed = directory.resolve("at-%s");
        Result late = ours(List.of("-r", big.toString(), "-G", "20", "-W", "2", "-w", timed.toString()));
        assertEquals(0, late.status, late.err);
        assertEquals(20, packets("at-1700000000"));
        assertEquals(20, packets("at-1700000020"));
    }

    private static int packets(String name) throws IOException {
        int packets = 0;
        try (PcapReader reader = PcapReader.open(directory.resolve(name))) {
            while (reader.next()) {
                packets++;
            }
        }
        return packets;
    }

    @Test
    void aLineOfJsonIsAnObject() {
        Result result = ours(words("--json udp and ip"));
        assertEquals(1, result.out.lines().count());
        assertTrue(
                result.out.contains("\"source\":\"10.9.0.1\",\"destination\":\"10.9.0.2\",\"protocol\":\"udp\","
                        + "\"sourcePort\":41000,\"destinationPort\":9998"),
                result.out);
    }

    @Test
    void theInterfacesAreListed() {
        Result result = ours(List.of("-D"));
        assertEquals(0, result.status, result.err);
        assertTrue(result.out.contains(".lo ["), result.out);
        assertTrue(result.out.contains(".any "), result.out);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-C 1",
                "-W 2 -w x",
                "-G 5",
                "-Q up",
                "-tttttt",
                "-s -1",
                "-d -y NOSUCH tcp",
                "-C 1 -w -",
                "-c -1"
            })
    void aWrongOptionIsRefused(String line) {
        assertEquals(2, ours(words(line)).status);
    }
}
