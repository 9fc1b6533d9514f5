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
import java.util.ArrayList;
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

    /** libpcap's own optimizer is the measure; {@code -Dsockfd.grid=true} prints the lengths. */
    @Test
    void aProgramIsHardlyLongerThanLibpcaps() throws IOException {
        int theirs = 0;
        int ours = 0;
        List<String> longer = new ArrayList<>();
        for (Known known : libpcap().toList()) {
            int their = Listing.parse(known.numbers).instructions().size();
            int our = FilterExpression.compile(known.expression, known.link)
                    .instructions()
                    .size();
            if (Boolean.getBoolean("sockfd.grid")) {
                System.out.printf("%4d %4d  %s%n", their, our, known);
            }
            theirs += their;
            ours += our;
            if (our > Math.max(their + 1, their * 1.2) && known.link != Framing.PACKET_RAW) {
                longer.add(our + " instead of " + their + ": " + known);
            }
        }
        assertEquals(List.of(), longer);
        assertTrue(ours <= theirs * 1.02, ours + " instructions in all, libpcap's are " + theirs);
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
            tcp port                                | column 9, at the end: an address, a name or a number is
            port prt                                | column 6, at prt: prt is no port (0 to 65535) and no name in
            tcp port ntp                            | column 10, at ntp: ntp is a port of udp, not of tcp
            portrange 5-x                           | 5-x is no port
            port 65536                              | column 6, at 65536: a port is at most 65535
            host nobody.invalid                     | no host of this name is known: nobody.invalid
            host 10.0.0.256                         | column 6, at 10.0.0.256
            net 10.0.0.0/33                         | a prefix of IPv4 is at most 32
            net ::/129                              | a prefix of IPv6 is at most 128
            host 10.0.0.0/8                         | a mask goes with net only
            net 10.0.0.1/8                          | has bits behind its mask
            net 10.0.0.0 mask 255                   | column 19, at 255: a mask is missing
            net 10.1.0.0 mask 255.0.0.0             | has bits behind its mask
            port 10.1                               | port does not go with an address
            port (80 or tcp)                        | column 13, at tcp: an address, a name or a number is
            tcp 80                                  | column 5, at 80: host, net, port, src, dst or proto is
            tcp and 10.0.0.1                        | a primitive is missing here
            1 = 2                                   | takes no packet at all of ETHERNET
            tcp)                                    | column 4, at ): a parenthesis is closed
            ip6 broadcast                           | there is no ip6 broadcast
            ether host 1:2:3:4:5                    | this is no Ethernet address
            gateway router                          | gateway is not supported
            ether ra 2:0:0:0:0:1                    | ra is supported on 802.11 only
            llc x                                   | llc knows i, s, u
            mpls and arp                            | behind mpls only ip and ip6 can be told
            09 = 9                                  | column 1, at 09
            pppoes and vlan                         | vlan is not supported on this link type, PPP
            ether host 10.0.0.1                     | an Ethernet address is missing
            tcp and                                 | column 8, at the end: a primitive is missing
            80                                      | a primitive is missing
            (tcp or udp                             | column 12, at the end: ) is missing
            tcp udp                                 | column 5, at udp
            lane                                    | at lane: lane is not supported: it is of ATM
            not ppp and tcp                         | ppp alone says nothing
            tcp or prt 80                           | at prt: prt: unknown word
            port 80 or prt                          | prt is no port
            icmp port 80                            | icmp has no ports
            tcp host 10.0.0.1                       | tcp has no host with an IPv4
            ip host ::1                             | ip has no host with an IPv6
            tcp[13:3] = 1                           | 1, 2 or 4 bytes
            tcp[13] &                               | column 10, at the end
            tcp[13]                                 | a comparison needs one of
            ip[0] / 0 = 1                           | a division by zero
            ip[0] << 32 = 1                         | a shift by more than 31 bits
            tcp $ udp                               | column 5: $ does not belong into a filter
            vlan 4096                               | a VLAN is a number up to 4095
            ip broadcast                            | needs the netmask of the interface
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
        StringBuilder many = new StringBuilder("tcp port 80");
        for (int port = 81; port < 1000; port++) {
            many.append(" or udp dst port ")
                    .append(port)
                    .append(" or tcp[")
                    .append(port)
                    .append("] = 1");
        }
        assertThrows(BpfException.class, () -> FilterExpression.compile(many.toString(), Framing.ETHERNET));
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
