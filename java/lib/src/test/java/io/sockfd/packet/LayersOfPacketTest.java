package io.sockfd.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was cut off, headers that are gone past, and what is inside of tunnels. */
@Tag("once")
class LayersOfPacketTest {
    private static final String MAC = "02:00:00:00:00:0a";
    private static final String ECHO = "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 7, seq 1, length 13";

    private final Packet packet = new Packet();

    private static PacketBuilder frame() {
        return new PacketBuilder().ethernet(e -> e.source(MAC).destination(MAC));
    }

    private static PacketBuilder ip4(PacketBuilder builder) {
        return builder.ipv4(ip -> ip.source("10.0.0.1").destination("10.0.0.2"));
    }

    private static PacketBuilder ip6(PacketBuilder builder) {
        return builder.ipv6(ip -> ip.source("fd00::1").destination("fd00::2"));
    }

    private static PacketBuilder echo(PacketBuilder builder) {
        return ip4(builder).icmp(m -> m.echoRequest(7, 1)).payload(new byte[5]);
    }

    private String text(PacketBuilder builder) {
        String text = packet.wrap(builder.build(), LinkType.EN10MB).toString();
        assertNull(packet.problem());
        return text;
    }

    /** Cut at every length behind the headers, the segment is as long as IP says. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasCutStillCounts(boolean six) {
        ByteBuffer whole = (six ? ip6(frame()) : ip4(frame()))
                .tcp(t -> t.sequenceNumber(1000).ack(true).fin(true))
                .payload(new byte[300])
                .build();
        int headers = whole.limit() - 300;
        for (int kept = headers; kept <= whole.limit(); kept++) {
            Tcp tcp = Objects.requireNonNull(
                    packet.wrap(whole, 0, kept, LinkType.EN10MB).tcp());
            assertEquals(kept - headers, tcp.payloadLength());
            assertEquals(300, tcp.payloadLengthOnWire());
            assertEquals(301, tcp.segmentLength());
            assertEquals(
                    1301, new PacketBuilder().tcp(t -> t.replyTo(tcp)).build().getInt(8));
            assertTrue(packet.toString().contains("seq 1000:1300")
                    && packet.toString().contains("length 300"));
            assertEquals(kept < whole.limit(), packet.isTruncated());
        }
    }

    @Test
    void messagesOfOtherProtocolsAreAsLongAsTheyWere() {
        ByteBuffer udp = ip4(frame()).udp(u -> {}).payload(new byte[100]).build();
        assertTrue(packet.wrap(udp, 0, 60, LinkType.EN10MB).toString().contains("UDP, length 100"));
        ByteBuffer icmp = echo(frame()).payload(new byte[100]).build();
        assertTrue(packet.wrap(icmp, 0, 60, LinkType.EN10MB).toString().contains("seq 1, length 113"));
        ByteBuffer icmp6 = ip6(frame())
                .icmp6(m -> m.echoRequest(1, 2))
                .payload(new byte[90])
                .build();
        assertTrue(packet.wrap(icmp6, 0, 70, LinkType.EN10MB).toString().contains("seq 2, length 98"));
        ByteBuffer arp = frame().arp(a -> {}).payload(new byte[18]).build();
        assertTrue(packet.wrap(arp.duplicate().limit(50), LinkType.EN10MB, 60)
                .toString()
                .endsWith("length 46"));
    }

    /** A segment longer than the length field can say (BIG TCP) has a length of 0. */
    @Test
    void aPayloadLengthOfZeroIsAllThatIsThere() {
        ByteBuffer frame =
                ip6(frame()).tcp(t -> t.ack(true)).payload(new byte[65_000]).build();
        ByteBuffer longer = ByteBuffer.allocate(frame.limit() + 3000).put(frame);
        longer.clear().putShort(14 + 4, (short) 0);
        Tcp tcp = Objects.requireNonNull(packet.wrap(longer, LinkType.EN10MB).tcp());
        assertEquals(68_000, tcp.payloadLength());
        assertNull(packet.problem());
        ByteBuffer padded = ByteBuffer.allocate(60).put(ip6(frame()).build()).clear();
        packet.wrap(padded, LinkType.EN10MB);
        assertEquals(0, packet.payloadLimit() - packet.payloadOffset(), "padding after no next header");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 12, 32})
    void ahIsGonePast(int icv) {
        for (UnaryOperator<PacketBuilder> ip :
                java.util.List.<UnaryOperator<PacketBuilder>>of(LayersOfPacketTest::ip4, LayersOfPacketTest::ip6)) {
            PacketBuilder builder = ip.apply(frame())
                    .ah(a -> a.spi(0x100).sequenceNumber(7).icv(new byte[icv]))
                    .udp(u -> u.sourcePort(1).destinationPort(2));
            String text = text(builder);
            assertTrue(text.contains(".2: AH(spi=0x00000100,seq=0x7) UDP, length 0"), text);
            assertEquals(icv, Objects.requireNonNull(packet.ah()).icv().length);
            assertEquals(ChecksumStatus.GOOD, packet.transportChecksum());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {135, 139, 140})
    void mobilityHipAndShim6AreGonePast(int protocol) {
        ByteBuffer frame = ip6(frame())
                .hopByHop(h -> h.nextHeader(protocol))
                .payload((byte) 17, (byte) 1, (byte) 0, (byte) 0)
                .payload(new byte[12])
                .payload(new PacketBuilder().udp(u -> u.destinationPort(9)).build())
                .build();
        packet.wrap(frame, LinkType.EN10MB);
        assertEquals(9, Objects.requireNonNull(packet.udp()).destinationPort());
        assertNull(packet.problem());
        assertEquals(Linux.IPPROTO_UDP, packet.protocol());
    }

    @Test
    void tunnelsAreTakenApart() {
        assertEquals("IP 10.0.0.1 > 10.0.0.2: " + ECHO, text(echo(ip4(frame()))));
        assertEquals("IP6 fd00::1 > fd00::2: " + ECHO, text(echo(ip6(frame()))));
        assertEquals(
                "IP 10.0.0.1 > 10.0.0.2: IP6 fd00::1 > fd00::2: no next header, length 0", text(ip6(ip4(frame()))));
        assertEquals(
                "IP 10.0.0.1 > 10.0.0.2: GREv0, length 37: " + ECHO,
                text(echo(ip4(frame()).gre(g -> {}))));
        assertEquals(
                "IP 10.0.0.1 > 10.0.0.2: GREv0, key=0x5, length 55: " + ECHO,
                text(echo(ip4(frame()).gre(g -> g.key(5)).ethernet(e -> {}))));
        assertEquals(
                "MPLS (label 16, tc 1, ttl 9)(label 17, tc 0, [S], ttl 8) " + ECHO,
                text(echo(frame().mpls(l -> l.label(16).trafficClass(1).ttl(9))
                        .mpls(l -> l.label(17).ttl(8)))));
        assertEquals("PPPoE [ses 0x7] " + ECHO, text(echo(frame().pppoe(s -> s.sessionId(7)))));
        assertEquals(
                "IP 10.0.0.1.1 > 10.0.0.2.4789: VXLAN, flags [I] (0x08), vni 42, " + ECHO,
                text(echo(ip4(frame())
                        .udp(u -> u.sourcePort(1).destinationPort(Vxlan.PORT))
                        .vxlan(v -> v.vni(42))
                        .ethernet(e -> {}))));
        assertEquals(
                "IP 10.0.0.1.1 > 10.0.0.2.6081: Geneve, Flags [none], vni 0x2a: " + ECHO,
                text(echo(ip4(frame())
                        .udp(u -> u.sourcePort(1).destinationPort(Geneve.PORT))
                        .geneve(v -> v.vni(42))
                        .ethernet(e -> {}))));
        assertEquals(ECHO, text(echo(frame().llc(l -> l.snap(0)))));
        assertTrue(Objects.requireNonNull(packet.llc()).isSnap());
    }

    /** As deep as there are tunnels, and what is deeper stays a payload. */
    @Test
    void tunnelsInTunnels() {
        PacketBuilder builder = frame();
        for (int i = 0; i < 12; i++) {
            ip4(builder);
        }
        assertTrue(text(echo(builder)).contains("ipip"));
        Packet inner = packet;
        int depth = 0;
        for (Packet next = packet.inner(); next != null; next = next.inner()) {
            assertNotNull(next.ipv4());
            inner = next;
            depth++;
        }
        assertEquals(8, depth);
        assertNull(inner.icmp());
    }

    @Test
    void aChecksumThatIsLeftToTheCardIsNotBad() {
        ByteBuffer frame = ip4(frame()).tcp(t -> {}).build();
        Objects.requireNonNull(packet.wrap(frame, LinkType.EN10MB).tcp()).checksum(0x1234);
        assertEquals(ChecksumStatus.BAD, packet.transportChecksum());
        assertEquals(ChecksumStatus.OFFLOADED, packet.checksumOffloaded(true).transportChecksum());
        packet.fillChecksums();
        assertEquals(ChecksumStatus.GOOD, packet.wrap(frame, LinkType.EN10MB).transportChecksum());
    }

    @Test
    void anErrorSaysWhatItIsAbout() {
        ByteBuffer quoted = ip4(new PacketBuilder())
                .tcp(t -> t.destinationPort(443))
                .build()
                .limit(28);
        String text =
                text(ip4(frame()).icmp(m -> m.type(Linux.ICMP_TIME_EXCEEDED)).payload(quoted));
        assertTrue(text.contains("ICMP time exceeded in-transit, 10.0.0.2 tcp port 443, length"), text);
        ByteBuffer quoted6 =
                ip6(new PacketBuilder()).udp(u -> u.destinationPort(53)).build();
        text = text(ip6(frame())
                .icmp6(m -> m.type(Linux.ICMPV6_DEST_UNREACH).code(Linux.ICMPV6_PORT_UNREACH))
                .payload(quoted6));
        assertTrue(text.contains("destination unreachable, port, fd00::2 udp port 53"), text);
        ByteBuffer gre = ip4(new PacketBuilder()).gre(g -> {}).build();
        text = text(ip4(frame())
                .icmp(m -> m.type(Linux.ICMP_DEST_UNREACH).code(Linux.ICMP_PROT_UNREACH))
                .payload(gre));
        assertTrue(text.contains("ICMP 10.0.0.2 protocol gre unreachable"), text);
    }

    @Test
    void theNinthFlagIsAe() {
        ByteBuffer segment = new PacketBuilder()
                .tcp(t ->
                        t.flags(Tcp.SYN | Tcp.ECE | Tcp.CWR | Tcp.AE).options().mss(1460))
                .build();
        Tcp tcp = new Tcp().wrap(segment);
        assertTrue(tcp.ae());
        assertEquals(24, tcp.headerLength());
        assertEquals(0x1c2, tcp.flags());
        assertEquals(0xc2, tcp.ae(false).flags());
        assertEquals(6, tcp.flags(0).dataOffset());
    }

    /** The first fragment has the beginning of what is inside, as tcpdump shows it; the others have no header. */
    @Test
    void aFirstFragmentIsLookedInto() {
        PacketBuilder builder = frame().ipv4(ip -> ip.source("10.0.0.9")
                .destination("10.0.0.8")
                .moreFragments(true)
                .identification(7));
        String text = text(echo(builder.gre(g -> {})));
        assertEquals("IP 10.0.0.9 > 10.0.0.8: frag (id 7, offset 0, more) GREv0, length 37: " + ECHO, text);
        builder =
                frame().ipv4(ip -> ip.source("10.0.0.9").destination("10.0.0.8").fragmentOffset(3));
        packet.wrap(echo(builder.gre(g -> {})).build(), LinkType.EN10MB);
        assertNull(packet.gre());
        assertNull(packet.inner());
    }

    /** An 802.3 frame behind a tag has its length there. */
    @Test
    void llcBehindATag() {
        ByteBuffer frame = echo(frame().vlan(v -> v.vid(5)).llc(l -> l.snap(0))).build();
        assertEquals(frame.limit() - 18, frame.getShort(16));
        packet.wrap(frame, LinkType.EN10MB);
        assertNotNull(packet.llc());
        assertEquals("vlan 5, p 0, " + ECHO, packet.toString());
    }
}
