package io.sockfd.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.option.FilterProgram;
import io.sockfd.raw.Linux;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The compiler of filter expressions, against the programs that libpcap makes of the same text. */
class FilterExpressionTest {
    private static final int PACKETS = 1000;
    private static final long SEED = 80;

    /** A line of the table. */
    record Known(Framing link, String expression, String numbers) {
        @Override
        public String toString() {
            return link + " " + expression;
        }
    }

    static Stream<Known> libpcap() throws IOException {
        InputStream in = Objects.requireNonNull(FilterExpressionTest.class.getResourceAsStream("libpcap.txt"));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<Known> all = reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(columns -> new Known(Framing.valueOf(columns[0]), columns[1], columns[2]))
                    .toList();
            return all.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("libpcap")
    void takesWhatLibpcapTakes(Known known) {
        FilterProgram theirs = Listing.parse(known.numbers);
        FilterProgram ours = FilterExpression.compile(known.expression, known.link);
        Interpreter their = new Interpreter(theirs);
        Interpreter our = new Interpreter(ours);
        Frames frames = new Frames(SEED);
        Ancillary ancillary = new Ancillary().device(1, Linux.ARPHRD_LOOPBACK);
        for (int i = 0; i < PACKETS; i++) {
            ByteBuffer packet = frames.next(known.link);
            if (frames.tagOutside < 0) {
                ancillary.noVlan();
            } else {
                ancillary.vlan(Linux.ETH_P_8021Q, frames.tagOutside);
            }
            ancillary.packetType(i % 5);
            assertEquals(
                    their.run(packet, ancillary),
                    our.run(packet, ancillary),
                    () -> known + "\n" + hex(packet) + "\ntheirs:\n" + Disassembler.disassemble(theirs) + "ours:\n"
                            + Disassembler.disassemble(ours));
        }
    }

    private static String hex(ByteBuffer packet) {
        byte[] bytes = new byte[packet.limit()];
        packet.get(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Otherwise an agreement on nothing would be one. */
    @Test
    void mostOfTheFiltersTakeSomePacketsAndLeaveOthers() throws IOException {
        List<Known> all = libpcap().toList();
        long telling = all.stream()
                .filter(known -> {
                    Interpreter interpreter = new Interpreter(Listing.parse(known.numbers));
                    Frames frames = new Frames(SEED);
                    int taken = 0;
                    for (int i = 0; i < PACKETS; i++) {
                        taken += interpreter.matches(frames.next(known.link)) ? 1 : 0;
                    }
                    return taken > 0 && taken < PACKETS;
                })
                .count();
        assertTrue(telling > all.size() * 8 / 10, telling + " of " + all.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            tcp port                                | column 9, at the end: a port is a number
            port http                               | column 6, at http: a port is a number
            port 65536                              | column 6, at 65536: a port is at most 65535
            host www.example.org                    | names are not looked up
            host 10.0.0.256                         | column 6, at 10.0.0.256
            host 10.0                               | column 6, at 10.0
            net 10.0.0.1/8                          | has bits behind its prefix of 8
            net 10.0.0.0 mask 255.0.255.0           | has its ones on the left
            net 10.0.0.0/33                         | a prefix is a number from 0 to 32
            ether host 10.0.0.1                     | an Ethernet address is missing
            tcp and                                 | column 8, at the end: a primitive is missing
            80                                      | a primitive is missing
            (tcp or udp                             | column 12, at the end: ) is missing
            tcp udp                                 | column 5, at udp
            mpls                                    | at mpls: mpls is not supported
            not ppp and tcp                         | at ppp: ppp is not supported
            tcp or prt 80                           | at prt: prt: unknown word
            port 80 or prt                          | prt: unknown word
            icmp port 80                            | icmp has no ports
            tcp host 10.0.0.1                       | tcp has no IPv4 address
            ip host ::1                             | ip has no IPv6 address
            tcp[13:3] = 1                           | 1, 2 or 4 bytes
            tcp[13] &                               | column 10, at the end
            tcp[13]                                 | a comparison needs one of
            ip[0] / 0 = 1                           | a division by zero
            ip[0] << 32 = 1                         | a shift by more than 31 bits
            tcp $ udp                               | column 5: $ does not belong into a filter
            vlan 4096                               | a VLAN is a number from 0 to 4095
            ip broadcast                            | cannot be told from a packet alone
            ether proto 46                          | up to 1500 it is a length
            """)
    void saysWhatIsWrong(String text, String message) {
        BpfException e = assertThrows(BpfException.class, () -> FilterExpression.compile(text, Framing.ETHERNET));
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }

    @Test
    void whatIsTooDeepOrTooLongIsRefused() {
        String deep = "(".repeat(100) + "tcp" + ")".repeat(100);
        assertThrows(BpfException.class, () -> FilterExpression.compile(deep, Framing.ETHERNET));
        assertThrows(BpfException.class, () -> FilterExpression.compile("not ".repeat(100_000), Framing.ETHERNET));
        String arithmetic = "(".repeat(100_000) + "1 = 1";
        assertThrows(BpfException.class, () -> FilterExpression.compile(arithmetic, Framing.ETHERNET));
        String many = "tcp port 80" + " or tcp port 81".repeat(900);
        assertThrows(BpfException.class, () -> FilterExpression.compile(many, Framing.ETHERNET));
    }

    /** More than 255 instructions between a jump and its target. */
    @Test
    void aLongFilterJumpsFar() {
        String text = "tcp port 1" + " or tcp port 1".repeat(60) + " or udp port 53";
        Interpreter interpreter = new Interpreter(FilterExpression.compile(text, Framing.ETHERNET));
        Interpreter same = new Interpreter(FilterExpression.compile("tcp port 1 or udp port 53", Framing.ETHERNET));
        Frames frames = new Frames(SEED);
        int taken = 0;
        for (int i = 0; i < PACKETS; i++) {
            ByteBuffer packet = frames.next(Framing.ETHERNET);
            assertEquals(same.run(packet), interpreter.run(packet));
            taken += same.matches(packet) ? 1 : 0;
        }
        assertTrue(taken > 10, taken + " taken");
    }

    /** What a socket of PACKET and DGRAM gets is RAW_IP with the protocol beside it. */
    @Test
    void thePacketWithoutItsLinkHeaderIsFilteredByItsProtocol() {
        Interpreter cooked = new Interpreter(FilterExpression.compile("ip6 and udp port 53", Framing.PACKET_DGRAM));
        Interpreter raw = new Interpreter(FilterExpression.compile("ip6 and udp port 53", Framing.RAW_IP));
        Frames frames = new Frames(SEED);
        Ancillary ancillary = new Ancillary();
        int taken = 0;
        for (int i = 0; i < PACKETS; i++) {
            ByteBuffer packet = frames.next(Framing.RAW_IP);
            ancillary.protocol((packet.get(0) >> 4) == 4 ? Linux.ETH_P_IP : Linux.ETH_P_IPV6);
            assertEquals(raw.run(packet), cooked.run(packet, ancillary));
            taken += raw.matches(packet) ? 1 : 0;
        }
        assertTrue(taken > 10, taken + " taken");
    }

    @Test
    void theResultIsTheNumberOfBytesToKeep() {
        ByteBuffer packet = ByteBuffer.allocate(60);
        assertEquals(96, new Interpreter(FilterExpression.compile("", Framing.ETHERNET, 96)).run(packet));
        assertEquals(0, new Interpreter(FilterExpression.compile("tcp", Framing.ETHERNET, 96)).run(packet));
    }
}
