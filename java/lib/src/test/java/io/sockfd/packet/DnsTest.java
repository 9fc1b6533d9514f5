package io.sockfd.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages of DNS, DHCP, IGMP and MLD, and what is left of damaged ones. */
@Tag("once")
class DnsTest {
    private static final boolean GRID = Boolean.getBoolean("sockfd.grid");
    private static final int DAMAGED = GRID ? 3_000_000 : 60_000;

    /** www.example.org A and AAAA, MX, TXT and SRV, with pointers to the question's name and into it. */
    static final String ANSWER = "04d2818000010005000100000377777707657861" + "6d706c65036f72670000ff0001"
            + "c00c00010001000000e10004c0000201"
            + "c00c001c0001000000e1001020010db8000000000000000000000001"
            + "c010000f0001000000e10009000a046d61696cc010"
            + "c01000100001000000e1000b0a763d73706631202d616c"
            + "c01000210001000000e100100001000214660473697031036e657400"
            + "c01000020001000000e10006036e7331c010";

    static Packet udp(String payload, int source, int destination) {
        ByteBuffer frame = new PacketBuilder()
                .ethernet(e -> {})
                .ipv4(ip -> ip.source("10.0.0.1").destination("10.0.0.2"))
                .udp(u -> u.sourcePort(source).destinationPort(destination))
                .payload(HexFormat.of().parseHex(payload))
                .build();
        return new Packet().wrap(frame, LinkType.EN10MB);
    }

    @Test
    void aQueryIsRead() {
        Packet packet = udp("04d20100000100000000000003777777076578616d706c65036f72670000010001", 40000, 53);
        Dns dns = packet.dns();
        assertNotNull(dns);
        assertEquals(1234, dns.identifier());
        assertTrue(dns.recursionDesired() && !dns.isResponse());
        assertEquals(List.of(new DnsQuestion("www.example.org.", 1, 1)), dns.questions());
        assertEquals("IP 10.0.0.1.40000 > 10.0.0.2.53: 1234+ A? www.example.org. (33)", packet.toString());
        assertEquals(33, packet.payloadLimit() - packet.payloadOffset());
    }

    @Test
    void compressedNamesAreRead() {
        Dns dns = udp(ANSWER, 53, 40000).dns();
        assertNotNull(dns);
        List<DnsRecord> answers = dns.answers();
        assertEquals(5, answers.size(), answers.toString());
        assertEquals(new DnsRecord("www.example.org.", 1, 1, 225, "192.0.2.1"), answers.get(0));
        assertEquals("2001:db8::1", answers.get(1).data());
        assertEquals(new DnsRecord("example.org.", 15, 1, 225, "mail.example.org. 10"), answers.get(2));
        assertEquals("\"v=spf1 -al\"", answers.get(3).data());
        assertEquals("sip1.net.:5222 1 2", answers.get(4).data());
        assertEquals("ns1.example.org.", dns.authorities().get(0).data());
    }

    /** A pointer to itself, one forward, and a name that never ends. */
    @Test
    void circlesEnd() {
        for (String name : List.of("c00c", "c010", "01" + "61c00c", "3f" + "61".repeat(63) + "c00c")) {
            Dns dns = udp("04d201000001000000000000" + name + "00010001", 40000, 53)
                    .dns();
            assertNotNull(dns);
            assertEquals(List.of(), dns.questions());
        }
    }

    @Test
    void whatIsNoMessageIsAPayload() {
        Packet packet = udp("0102", 40000, 53);
        assertNull(packet.dns());
        assertNull(packet.problem());
        assertEquals("IP 10.0.0.1.40000 > 10.0.0.2.53: UDP, length 2", packet.toString());
    }

    @Test
    void dhcpIsRead() {
        String discover = "01010600" + "3903f326" + "0000" + "0000" + "00".repeat(16) + "020000000001" + "00".repeat(10)
                + "00".repeat(192) + "63825363" + "350101" + "3204c0a80001" + "ff";
        Packet packet = udp(discover, 68, 67);
        Dhcp dhcp = packet.dhcp();
        assertNotNull(dhcp);
        assertEquals(1, dhcp.messageType());
        assertEquals(0x3903f326, dhcp.transaction());
        assertArrayEquals(new byte[] {(byte) 192, (byte) 168, 0, 1}, dhcp.option(50));
        assertEquals(
                "IP 10.0.0.1.68 > 10.0.0.2.67: BOOTP/DHCP, Request from 02:00:00:00:00:01, Discover, length 250",
                packet.toString());
    }

    /** From a relay to the server both ports are 67. */
    @Test
    void dhcpOfARelayIsRead() {
        String offer =
                "02010601" + "3903f326" + "00".repeat(8) + "0a000007" + "00".repeat(216) + "63825363" + "350102ff";
        Packet packet = udp(offer, 67, 67);
        assertNotNull(packet.dhcp());
        assertEquals(
                "IP 10.0.0.1.67 > 10.0.0.2.67: BOOTP/DHCP, Reply, Offer, your-IP 10.0.0.7, length 244",
                packet.toString());
    }

    @Test
    void dhcp6IsRead() {
        Packet packet = udp("010abcde" + "0001000a" + "00030001020000000001" + "00080002" + "0005", 546, 547);
        Dhcp6 solicit = packet.dhcp6();
        assertNotNull(solicit);
        assertEquals(1, solicit.messageType());
        assertEquals(0xabcde, solicit.transaction());
        assertArrayEquals(new byte[] {0, 5}, solicit.option(8));
        assertNull(solicit.option(2));
        assertEquals("IP 10.0.0.1.546 > 10.0.0.2.547: dhcp6 solicit", packet.toString());
        assertThrows(IllegalStateException.class, solicit::hopCount);
        assertThrows(IllegalStateException.class, solicit::peerAddress);
    }

    /** The message inside of a relay's is an option of it; one that ends too soon is none. */
    @Test
    void dhcp6OfARelayIsRead() {
        String addresses = "20010db8000000000000000000000001" + "fe800000000000000000000000000002";
        Packet packet = udp("0c02" + addresses + "00090004" + "010abcde", 547, 547);
        Dhcp6 relay = packet.dhcp6();
        assertNotNull(relay);
        assertEquals(2, relay.hopCount());
        assertEquals("2001:db8:0:0:0:0:0:1", relay.linkAddress().getHostAddress());
        assertEquals("fe80:0:0:0:0:0:0:2", relay.peerAddress().getHostAddress());
        assertArrayEquals(new byte[] {1, 10, (byte) 0xbc, (byte) 0xde}, relay.option(Dhcp6.RELAY_MESSAGE));
        assertThrows(IllegalStateException.class, relay::transaction);
        Dhcp6 cut = udp("0c02" + addresses + "00090005" + "010abcde", 547, 547).dhcp6();
        assertNotNull(cut);
        assertNull(cut.option(Dhcp6.RELAY_MESSAGE));
        assertNull(udp("0c02" + addresses.substring(2), 547, 547).dhcp6());
    }

    /** Of the second version the time is a number, of the third it has an exponent from 128 on. */
    @Test
    void timesOfIgmp() {
        Igmp igmp = new Igmp();
        assertEquals(
                208,
                igmp.wrap(ByteBuffer.wrap(HexFormat.of().parseHex("11d00000e0000001")))
                        .maxResponse());
        assertEquals(
                4096,
                igmp.wrap(ByteBuffer.wrap(HexFormat.of().parseHex("11d00000e000000100000000")))
                        .maxResponse());
    }

    /** Whatever the bytes are: no exception, no end of memory, no circle. */
    @Test
    void damagedMessagesGiveWhatIsWhole() {
        Random random = new Random(5);
        byte[] whole = HexFormat.of().parseHex(ANSWER);
        long records = 0;
        for (int i = 0; i < DAMAGED; i++) {
            byte[] bytes = whole.clone();
            for (int faults = random.nextInt(4); faults >= 0; faults--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Dns dns = new Dns().wrap(ByteBuffer.wrap(bytes, 0, 12 + random.nextInt(bytes.length - 11)));
            records += dns.questions().size()
                    + dns.answers().size()
                    + dns.additionals().size();
            StringBuilder text = new StringBuilder();
            dns.describe(text);
            assertTrue(text.length() < 4000, "the text has an end");
        }
        assertTrue(records > DAMAGED, records + " records");
    }
}
