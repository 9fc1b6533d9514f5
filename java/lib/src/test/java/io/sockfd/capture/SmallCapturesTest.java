package io.sockfd.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.bpf.Ancillary;
import io.sockfd.bpf.BpfException;
import io.sockfd.bpf.FilterExpression;
import io.sockfd.bpf.Framing;
import io.sockfd.bpf.Interpreter;
import io.sockfd.packet.Packet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small captures, each of which stands for a kind that was shown or filtered wrongly once. */
@Tag("once")
class SmallCapturesTest {
    private static PcapReader open(String name) throws IOException {
        InputStream in =
                Objects.requireNonNull(SmallCapturesTest.class.getResourceAsStream("cases/" + name + ".pcap"), name);
        return PcapReader.of(Channels.newChannel(in));
    }

    /** The texts of the packets that a filter takes, as a reader of the file compiles and runs it. */
    private static List<String> read(String name, String filter) throws IOException {
        List<String> texts = new ArrayList<>();
        Packet packet = new Packet();
        Ancillary ancillary = new Ancillary();
        try (PcapReader reader = open(name)) {
            while (reader.next()) {
                Interpreter program =
                        new Interpreter(FilterExpression.compile(filter, Framing.ofFile(reader.linkType())));
                if (program.run(reader.data(), ancillary.length((int) reader.originalLength())) != 0) {
                    texts.add(packet.wrap(reader.data(), reader.linkType(), reader.originalLength())
                            .toString());
                }
            }
        }
        return texts;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            01-null-filter          ; icmp                                 ; 1
            01-null-filter          ; not icmp                             ; 0
            01-null-filter          ; ip6 or arp                           ; 0
            01b-loop-filter         ; icmp                                 ; 1
            01b-loop-filter         ; not icmp                             ; 0
            02-snaplen-tcp-length   ; greater 500                          ; 1
            02-snaplen-tcp-length   ; less 500                             ; 0
            02-snaplen-tcp-length   ; len = 1454                           ; 1
            04-sll-outbound         ; outbound                             ; 1
            04-sll-outbound         ; inbound                              ; 1
            19-precedence           ; tcp[13] & 2 | tcp[13] & 16 != 0      ; 2
            19-precedence           ; 1 ^ 3 & 2 = 3                        ; 2
            19-precedence           ; 1 | 2 ^ 3 = 1                        ; 2
            """)
    void aFilterTakes(String file, String filter, int count) throws IOException {
        assertEquals(count, read(file, filter).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            05-eth-outbound   ; outbound ; do not say which way they went
            05-eth-outbound   ; inbound  ; do not say which way they went
            01-null-filter    ; outbound ; do not say which way they went
            16-radiotap-filter; icmp     ; no filter for packets of link type IEEE802_11_RADIOTAP
            """)
    void aFilterThatTheFileCannotAnswerIsRefused(String file, String filter, String message) {
        BpfException e = assertThrows(BpfException.class, () -> read(file, filter));
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            02-snaplen-tcp-length; 0; Flags [P.], seq 1000:2400, ack 2000, win 502, length 1400 [truncated]
            06-bigtcp-ipv6-plen0 ; 0; IP6 fd00::1.40000 > fd00::2.80: Flags [P.], seq 1000:67000, ack 2000, win 502, length 66000
            07-flags-order-ae    ; 0; Flags [S.E], seq 1, ack 2, win 502, options [mss 1460], length 0
            07-flags-order-ae    ; 1; Flags [.W], ack 2, win 502, length 0
            07-flags-order-ae    ; 2; Flags [SEWe], seq 1, win 502, options [mss 1460], length 0
            08-ipv6-ah-tcp       ; 0; IP6 fd00::1.40000 > fd00::2.443: AH(spi=0x00000001,seq=0x1) Flags [P.], seq 1:6, ack 2, win 502, length 5
            08-ipv6-ah-tcp       ; 1; IP 10.9.0.1.40000 > 10.9.0.2.443: AH(spi=0x00000001,seq=0x1) Flags [P.], seq 1:6, ack 2, win 502, length 5
            09-llc-snap-ip       ; 0; IP 10.9.0.1 > 10.9.0.2: ICMP echo request, id 7, seq 1, length 40
            18-icmp-unreach      ; 0; IP 10.9.0.1 > 10.9.0.2: ICMP 10.9.0.1 udp port 33434 unreachable, length 58
            20-tcp-options       ; 0; options [mptcp capable v0,tfo cookie 6363636363636363,md5 6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d], length 0
            21-tunnels           ; 0; IP 10.9.0.1 > 10.9.0.2: IP 10.9.0.1 > 10.9.0.2: ICMP echo request, id 7, seq 1, length 40
            21-tunnels           ; 1; MPLS (label 100, tc 0, [S], ttl 64) IP 10.9.0.1 > 10.9.0.2: ICMP echo request, id 7, seq 1, length 40
            21-tunnels           ; 2; PPPoE [ses 0x5] IP 10.9.0.1 > 10.9.0.2: ICMP echo request, id 7, seq 1, length 40
            21-tunnels           ; 3; IP 10.9.0.1 > 10.9.0.2: GREv0, length 64: IP 10.9.0.1 > 10.9.0.2: ICMP echo request, id 7, seq 1, length 40
            """)
    void aPacketIsShownAs(String file, int index, String text) throws IOException {
        String shown = read(file, "").get(index);
        assertTrue(shown.endsWith(text), shown);
    }

    @Test
    void aFileOfTwoLinkTypesIsReadWithBoth() throws IOException {
        try (PcapReader reader = PcapReader.of(Channels.newChannel(Objects.requireNonNull(
                SmallCapturesTest.class.getResourceAsStream("cases/10-two-linktypes.pcapng"))))) {
            List<Integer> types = new ArrayList<>();
            while (reader.next()) {
                types.add(reader.linkType());
            }
            assertEquals(List.of(1, 101), types);
        }
    }
}
