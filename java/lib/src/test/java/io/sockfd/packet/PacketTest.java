package io.sockfd.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Allocations;
import io.sockfd.address.HardwareAddress;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PacketTest {
    private static final String A = "02:00:00:00:00:0a";
    private static final String B = "02:00:00:00:00:0b";

    private final Packet packet = new Packet();

    private static PacketBuilder frame() {
        return new PacketBuilder().ethernet(e -> e.source(A).destination(B));
    }

    private static ByteBuffer syn() {
        return frame().ipv4(ip -> ip.source("10.0.0.1").destination("10.0.0.2"))
                .tcp(t -> t.sourcePort(40000)
                        .destinationPort(80)
                        .sequenceNumber(1)
                        .window(64240)
                        .syn(true)
                        .options()
                        .mss(1460)
                        .sackPermitted()
                        .timestamps(7, 0)
                        .nop()
                        .windowScale(7))
                .build();
    }

    private static <T> T there(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    @Test
    void aSynAnsweredByHand() {
        packet.wrap(syn(), LinkType.EN10MB);
        assertEquals(
                "IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [S], seq 1, win 64240,"
                        + " options [mss 1460,sackOK,TS val 7 ecr 0,nop,wscale 7], length 0",
                packet.toString());
        Tcp syn = there(packet.tcp());
        ByteBuffer answer = new PacketBuilder()
                .ethernet(e -> e.replyTo(there(packet.ethernet())))
                .ipv4(ip -> ip.replyTo(there(packet.ipv4())))
                .tcp(t ->
                        t.replyTo(syn).syn(true).sequenceNumber(1000).options().mss(1400))
                .build();
        Packet reply = new Packet().wrap(answer, LinkType.EN10MB);
        assertEquals(
                "IP 10.0.0.2.80 > 10.0.0.1.40000: Flags [S.], seq 1000, ack 2, win 65535, options [mss 1400], length 0",
                reply.toString());
        assertEquals(B, there(reply.ethernet()).source().toString());
        assertEquals(A, there(reply.ethernet()).destination().toString());
        assertEquals(ChecksumStatus.GOOD, reply.networkChecksum());
        assertEquals(ChecksumStatus.GOOD, reply.transportChecksum());
    }

    @Test
    void anEchoRequestAndItsReply() {
        byte[] data = "hello".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = new PacketBuilder()
                .ipv4(ip -> ip.source("10.0.0.1").destination("10.0.0.2"))
                .icmp(m -> m.echoRequest(7, 1))
                .payload(data)
                .build();
        packet.wrap(request, LinkType.RAW);
        assertEquals("IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 7, seq 1, length 13", packet.toString());
        ByteBuffer reply = new PacketBuilder()
                .ipv4(ip -> ip.replyTo(there(packet.ipv4())))
                .icmp(m -> m.replyTo(there(packet.icmp())))
                .payload(packet.payload())
                .build();
        Packet got = new Packet().wrap(reply, LinkType.RAW);
        assertEquals("IP 10.0.0.2 > 10.0.0.1: ICMP echo reply, id 7, seq 1, length 13", got.toString());
        assertEquals(ByteBuffer.wrap(data), got.payload());
        assertEquals(ChecksumStatus.GOOD, got.transportChecksum());
    }

    @Test
    void theBytesAreThoseOfTheRfcs() {
        byte[] expected = java.util.HexFormat.of()
                .parseHex("4500001c000040004011" + "26cf" + "0a0000010a000002" + "04d20035" + "0008e6d4");
        ByteBuffer built = new PacketBuilder()
                .ipv4(ip -> ip.source("10.0.0.1").destination("10.0.0.2").dontFragment(true))
                .udp(u -> u.sourcePort(1234).destinationPort(53))
                .build();
        assertEquals(ByteBuffer.wrap(expected), built);
    }

    @Test
    void theBuffersOrderAndKindDoNotMatter() {
        ByteBuffer heap = syn();
        ByteBuffer direct =
                ByteBuffer.allocateDirect(200).order(ByteOrder.LITTLE_ENDIAN).position(51);
        ByteBuffer built = new PacketBuilder(direct)
                .ethernet(e -> e.source(A).destination(B))
                .ipv4(ip -> ip.source("10.0.0.1").destination("10.0.0.2"))
                .tcp(t -> t.sourcePort(40000)
                        .destinationPort(80)
                        .sequenceNumber(1)
                        .window(64240)
                        .syn(true)
                        .options()
                        .mss(1460)
                        .sackPermitted()
                        .timestamps(7, 0)
                        .nop()
                        .windowScale(7))
                .build();
        assertEquals(heap, built);
        assertEquals(
                packet.wrap(heap, LinkType.EN10MB).toString(),
                new Packet().wrap(built, LinkType.EN10MB).toString());
        assertEquals(0, direct.get(50), "nothing before the position");
        assertEquals(51, direct.position());
    }

    @Test
    void aLineForEachProtocol() {
        HardwareAddress mac = HardwareAddress.parse(A);
        line(
                "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                frame().arp(a ->
                        a.senderHardware(mac).senderProtocol("10.0.0.1").targetProtocol("10.0.0.2")));
        line(
                "ARP, Reply 10.0.0.1 is-at " + A + ", length 28",
                frame().arp(a -> a.operation(Arp.REPLY).senderHardware(mac).senderProtocol("10.0.0.1")));
        line(
                "vlan 100, p 3, vlan 200, p 0, DEI, IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 3",
                frame().vlan(v -> v.vid(100).pcp(3))
                        .vlan(v -> v.vid(200).dei(true))
                        .ipv4(ip -> ip.source("10.0.0.1").destination("10.0.0.2"))
                        .udp(u -> u.sourcePort(1).destinationPort(2))
                        .payload(new byte[3]));
        line(
                "IP 10.0.0.9 > 10.0.0.1: ICMP unreachable - need to frag (mtu 1400), length 8",
                ip4().icmp(m -> m.type(Linux.ICMP_DEST_UNREACH)
                        .code(Linux.ICMP_FRAG_NEEDED)
                        .nextHopMtu(1400)));
        line(
                "IP 10.0.0.9 > 10.0.0.1: ICMP time exceeded in-transit, length 8",
                ip4().icmp(m -> m.type(Linux.ICMP_TIME_EXCEEDED)));
        line(
                "IP 10.0.0.9 > 10.0.0.1: ICMP redirect to host 10.0.0.3, length 8",
                ip4().icmp(m ->
                        m.type(Linux.ICMP_REDIRECT).code(Linux.ICMP_REDIR_HOST).gateway("10.0.0.3")));
        line(
                "IP6 fe80::1 > fe80::2: ICMP6, neighbor solicitation, who has fe80::3, source " + A + ", length 32",
                ip6().icmp6(m -> m.type(Linux.ND_NEIGHBOR_SOLICIT)
                        .target("fe80::3")
                        .options()
                        .sourceLinkLayerAddress(mac)));
        line(
                "IP6 fe80::1 > fe80::2: ICMP6, neighbor advertisement, tgt is fe80::3, router, solicited, target " + A
                        + ", length 32",
                ip6().icmp6(m -> m.type(Linux.ND_NEIGHBOR_ADVERT)
                        .target("fe80::3")
                        .router(true)
                        .solicited(true)
                        .options()
                        .targetLinkLayerAddress(mac)));
        line(
                "IP6 fe80::1 > fe80::2: ICMP6, packet too big, mtu 1280, length 8",
                ip6().icmp6(m -> m.type(Linux.ICMPV6_PKT_TOOBIG).mtu(1280)));
        line(
                "IP6 fe80::1 > fe80::2: HBH srcrt (type 2, segleft 1) DSTOPT ICMP6, echo request, id 1, seq 2, length 8",
                ip6().hopByHop(h -> h.options().routerAlert(0))
                        .routing(r -> r.route(Ipv6Routing.MOBILE, "fe80::9"))
                        .destinationOptions(d -> {})
                        .icmp6(m -> m.echoRequest(1, 2)));
        line(
                "IP6 fe80::1 > fe80::2: frag (id 5, offset 1480) udp, length 4",
                ip6().fragment(f -> f.identification(5).fragmentOffset(185).nextHeader(17))
                        .payload(new byte[4]));
        line(
                "IP 10.0.0.9 > 10.0.0.1: options (RA) igmp type 0x0",
                new PacketBuilder()
                        .ethernet(e -> {})
                        .ipv4(ip -> ip.source("10.0.0.9")
                                .destination("10.0.0.1")
                                .protocol(2)
                                .options()
                                .routerAlert(0))
                        .payload(new byte[8]));
        line(
                "02:00:00:00:00:0a > 02:00:00:00:00:0b, ethertype LLDP 0x88cc, length 16",
                new PacketBuilder()
                        .ethernet(e -> e.source(A).destination(B).etherType(0x88cc))
                        .payload(new byte[2]));
    }

    private static PacketBuilder ip4() {
        return frame().ipv4(ip -> ip.source("10.0.0.9").destination("10.0.0.1"));
    }

    private static PacketBuilder ip6() {
        return frame().ipv6(ip -> ip.source("fe80::1").destination("fe80::2").hopLimit(255));
    }

    private void line(String expected, PacketBuilder builder) {
        assertEquals(expected, packet.wrap(builder.build(), LinkType.EN10MB).toString());
        assertNull(packet.problem());
        assertTrue(packet.transportChecksum() != ChecksumStatus.BAD, expected);
    }

    @Test
    void everyLinkType() {
        ByteBuffer ip = new PacketBuilder()
                .ipv6(i -> i.source("::1").destination("::1"))
                .udp(u -> {})
                .build();
        String text = "IP6 ::1.0 > ::1.0: UDP, length 0";
        assertEquals(text, packet.wrap(ip, LinkType.RAW).toString());
        assertEquals(text, packet.wrap(ip, LinkType.IPV6).toString());
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            for (int family : new int[] {Linux.AF_INET6, 24, 28, 30}) {
                ByteBuffer loop = ByteBuffer.allocate(4 + ip.remaining())
                        .order(order)
                        .putInt(family)
                        .put(ip.duplicate());
                assertEquals(text, packet.wrap(loop.flip(), LinkType.NULL).toString());
            }
        }
        ByteBuffer sll = new PacketBuilder()
                .linuxSll(
                        s -> s.packetType(Linux.PACKET_OUTGOING).hardwareType(1).source(HardwareAddress.parse(A)))
                .ipv6(i -> i.source("::1").destination("::1"))
                .udp(u -> {})
                .build();
        assertEquals(text, packet.wrap(sll, LinkType.LINUX_SLL).toString());
        assertEquals(A, there(packet.linuxSll()).source().toString());
        ByteBuffer sll2 = new PacketBuilder()
                .linuxSll2(
                        s -> s.interfaceIndex(9).packetType(Linux.PACKET_HOST).source(HardwareAddress.parse(B)))
                .ipv6(i -> i.source("::1").destination("::1"))
                .udp(u -> {})
                .build();
        assertEquals(text, packet.wrap(sll2, LinkType.LINUX_SLL2).toString());
        assertEquals(9, there(packet.linuxSll2()).interfaceIndex());
        assertNotNull(packet.wrap(ip, 999).problem());
    }

    @Test
    void whatIsWrongIsSaid() {
        ByteBuffer b = syn();
        PacketException e = assertThrows(PacketException.class, () -> new Ipv4().wrap(b));
        assertEquals("IPv4 has version 0", e.getMessage());
        e = assertThrows(PacketException.class, () -> new Ipv4().wrap(b, 14, 30));
        assertEquals("IPv4 is cut off: it takes 20 bytes, and there are 16", e.getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> new Ipv4().wrap(b, 14, b.limit() + 1));
        assertThrows(IllegalArgumentException.class, () -> new Tcp().compose(ByteBuffer.allocate(19), 0, 19));
        IllegalArgumentException value = assertThrows(
                IllegalArgumentException.class,
                () -> new Tcp().compose(b, 34, b.limit()).sourcePort(65536));
        assertEquals("sourcePort is 0 to 65535, not 65536", value.getMessage());
        b.put(46, (byte) 0xf0);
        packet.wrap(b, LinkType.EN10MB);
        assertNull(packet.tcp());
        assertNotNull(packet.ipv4());
        assertEquals("TCP is cut off: it says it has 60 bytes, and there are 40", packet.problem());
    }

    @Test
    void anOptionThatCannotBe() {
        ByteBuffer b = syn();
        TcpOptionList options = new Tcp().wrap(b, 34, b.limit()).options();
        for (int length : new int[] {0, 1, 3, 200}) {
            b.put(34 + 20 + 1, (byte) length);
            options.rewind();
            assertThrows(PacketException.class, options::next, "length " + length);
            assertThrows(PacketException.class, options::next, "it stays so");
        }
        assertTrue(packet.wrap(b, LinkType.EN10MB).toString().contains("options [bad opt]"));
        assertThrows(IllegalStateException.class, options::kind);
    }

    @Test
    void optionsDoNotOutgrowTheHeader() {
        Tcp tcp = new Tcp().compose(ByteBuffer.allocate(100), 0, 100);
        tcp.options().sack(1, 2, 3, 4, 5, 6, 7, 8);
        assertThrows(IllegalArgumentException.class, () -> tcp.options().timestamps(1, 2));
        assertEquals(56, tcp.headerLength());
        assertEquals(14, tcp.dataOffset());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Icmp6()
                        .compose(ByteBuffer.allocate(99), 0, 99)
                        .type(Linux.ND_ROUTER_SOLICIT)
                        .options()
                        .append(200, (byte) 1));
    }

    @Test
    void whatTheCaptureCutOffIsNoProblem() {
        ByteBuffer b = frame().ipv4(ip -> {})
                .udp(u -> {})
                .payload(new byte[100])
                .build()
                .limit(60);
        packet.wrap(b, LinkType.EN10MB);
        assertTrue(packet.isTruncated());
        assertNull(packet.problem());
        assertEquals(ChecksumStatus.UNVERIFIABLE, packet.transportChecksum());
        assertEquals("IP 0.0.0.0.0 > 0.0.0.0.0: UDP, length 100 [truncated]", packet.toString());
    }

    @Test
    void paddingIsNotPayload() {
        ByteBuffer udp = frame().ipv4(ip -> {}).udp(u -> {}).payload((byte) 1).build();
        packet.wrap(ByteBuffer.allocate(60).put(udp).clear(), LinkType.EN10MB);
        assertEquals(1, packet.payload().remaining());
        assertEquals(ChecksumStatus.GOOD, packet.transportChecksum());
    }

    @Test
    void aChangedPacketIsMendedAndABadOneIsSeen() {
        packet.wrap(syn(), LinkType.EN10MB);
        there(packet.ipv4()).destination("192.0.2.1");
        assertEquals(ChecksumStatus.BAD, packet.networkChecksum());
        assertEquals(ChecksumStatus.BAD, packet.transportChecksum());
        packet.fillChecksums();
        assertEquals(ChecksumStatus.GOOD, packet.networkChecksum());
        assertEquals(ChecksumStatus.GOOD, packet.transportChecksum());
    }

    @Test
    void whatAnIcmpErrorQuotesIsAPacket() {
        ByteBuffer quoted = syn().position(14);
        ByteBuffer error = new PacketBuilder()
                .ipv4(ip -> ip.source("10.0.0.9").destination("10.0.0.1"))
                .icmp(m -> m.type(Linux.ICMP_TIME_EXCEEDED))
                .payload(quoted.limit(14 + 28))
                .build();
        Icmp icmp = there(packet.wrap(error, LinkType.RAW).icmp());
        assertTrue(icmp.isError());
        Packet inner = new Packet().wrap(icmp.buffer(), icmp.payloadOffset(), icmp.payloadLimit(), LinkType.RAW);
        assertEquals(0x0a000002, there(inner.ipv4()).destinationAddress());
        assertTrue(inner.isTruncated());
        assertEquals("TCP is cut off: it takes 20 bytes, and there are 8", inner.problem());
    }

    @Test
    void moreThanIpCanSayIsRefused() {
        PacketBuilder b = new PacketBuilder().ipv4(ip -> {}).payload(new byte[65_516]);
        assertThrows(IllegalArgumentException.class, b::build);
        assertEquals(
                65_535,
                new PacketBuilder()
                        .ipv4(ip -> {})
                        .payload(new byte[65_515])
                        .build()
                        .remaining());
    }

    @Test
    void readingAllocatesNothing() {
        ByteBuffer b = syn();
        long sum = 0;
        for (int i = 0; i < 20_000; i++) {
            sum += read(b);
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = Allocations.soFar();
            for (int i = 0; i < 1000; i++) {
                sum += read(b);
            }
            least = Math.min(least, Allocations.soFar() - before);
        }
        assertTrue(sum != 0);
        assertEquals(0, least);
    }

    private long read(ByteBuffer b) {
        packet.wrap(b, LinkType.EN10MB);
        Tcp tcp = there(packet.tcp());
        long sum = tcp.sequenceNumber()
                + there(packet.ipv4()).sourceAddress()
                + there(packet.ethernet()).sourceAddress();
        TcpOptionList options = tcp.options();
        while (options.next()) {
            sum += options.kind();
        }
        return packet.transportChecksum() == packet.networkChecksum() ? sum : 0;
    }
}
