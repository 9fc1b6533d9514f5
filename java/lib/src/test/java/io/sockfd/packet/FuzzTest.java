package io.sockfd.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.FuzzCount;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged packets. More of them with {@code -Dfuzz.rounds=200000}, and others with {@code -Dfuzz.seed=5}. */
class FuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 8_000);
    private static final long SEED = Long.getLong("fuzz.seed", 0);
    private static final int[] LINK_TYPES = {
        LinkType.EN10MB,
        LinkType.RAW,
        LinkType.NULL,
        LinkType.LOOP,
        LinkType.LINUX_SLL,
        LinkType.LINUX_SLL2,
        LinkType.IPV4,
        LinkType.IPV6,
        12345
    };
    private static final Header<?>[] VIEWS = {
        new Ethernet(),
        new Vlan(),
        new Arp(),
        new Ipv4(),
        new Ipv6(),
        new Ipv6Extension(),
        new Ipv6Routing(),
        new Ipv6Fragment(),
        new Icmp(),
        new Icmp6(),
        new Udp(),
        new Tcp(),
        new LinuxSll(),
        new LinuxSll2(),
        new Llc(),
        new Ah(),
        new Mpls(),
        new Pppoe(),
        new Gre(),
        new Vxlan(),
        new Geneve(),
        new Dns(),
        new Dhcp(),
        new Dhcp6(),
        new Igmp()
    };

    private final Packet packet = new Packet();
    private long read;

    /** Everything there is to read; the sum keeps it from being left out. */
    private void readAll(ByteBuffer b, int linkType) {
        readAll(packet.wrap(b, linkType), b);
    }

    private void readAll(Packet packet, ByteBuffer b) {
        read += packet.toString().length();
        read += packet.networkChecksum() == ChecksumStatus.GOOD && packet.transportChecksum() == ChecksumStatus.GOOD
                ? 1
                : 0;
        assertTrue(packet.payloadOffset() >= b.position(), "the payload begins in the frame");
        assertTrue(packet.payloadLimit() <= b.limit(), "the payload ends in the frame");
        assertTrue(packet.payloadOffset() <= packet.payloadLimit(), "the payload has a length");
        read += packet.payload().remaining();
        Ipv4 ip = packet.ipv4();
        if (ip != null) {
            readOptions(ip.options());
            read += ip.totalLength() + ip.fragmentOffset() + ip.source().hashCode();
        }
        Ipv6Extension hopByHop = packet.hopByHop();
        if (hopByHop != null) {
            readOptions(hopByHop.options());
        }
        Ipv6Extension destination = packet.destinationOptions();
        if (destination != null) {
            readOptions(destination.options());
        }
        Ipv6Routing routing = packet.routing();
        for (int i = 0; routing != null && i < routing.addresses(); i++) {
            read += routing.address(i).hashCode();
        }
        Icmp6 icmp6 = packet.icmp6();
        if (icmp6 != null) {
            readOptions(icmp6.options());
            if (icmp6.isNeighborDiscovery() && icmp6.type() >= 135) {
                read += icmp6.target().hashCode();
            }
        }
        Tcp tcp = packet.tcp();
        if (tcp != null) {
            readOptions(tcp.options());
        }
        Arp arp = packet.arp();
        if (arp != null) {
            read += declared(
                    () -> arp.senderHardware().hashCode() + arp.targetProtocol().hashCode());
        }
        readMessages(packet);
        Packet inner = packet.inner();
        if (inner != null) {
            readAll(inner, b);
        }
    }

    private void readMessages(Packet packet) {
        Dns dns = packet.dns();
        if (dns != null) {
            read += dns.questions().size()
                    + dns.answers().size()
                    + dns.additionals().size();
        }
        Dhcp dhcp = packet.dhcp();
        if (dhcp != null) {
            read += dhcp.messageType() + dhcp.hardwareAddress().length;
        }
        Dhcp6 dhcp6 = packet.dhcp6();
        if (dhcp6 != null) {
            byte[] option = dhcp6.option(dhcp6.isRelayed() ? Dhcp6.RELAY_MESSAGE : 3);
            read += option == null ? dhcp6.messageType() : option.length;
        }
        Igmp igmp = packet.igmp();
        if (igmp != null) {
            read += igmp.maxResponse() + igmp.recordCount();
        }
        Gre gre = packet.gre();
        if (gre != null) {
            read += (gre.hasKey() ? gre.key() : 0) + (gre.hasSequenceNumber() ? gre.sequenceNumber() : 0);
        }
        Ah ah = packet.ah();
        if (ah != null) {
            read += ah.icv().length;
        }
    }

    private void readOptions(Options<?> options) {
        int count = 0;
        try {
            while (options.next()) {
                assertTrue(++count < 3000, "the options end");
                read += options.kind() + options.data().length;
                readOption(options);
            }
        } catch (PacketException e) {
            assertNotNull(e.getMessage());
        }
    }

    private void readOption(Options<?> options) {
        if (options instanceof TcpOptionList o) {
            switch (o.kind()) {
                case TcpOptionList.MSS -> read += o.mss();
                case TcpOptionList.WINDOW_SCALE -> read += o.windowScale();
                case TcpOptionList.TIMESTAMPS -> read += o.tsVal() + o.tsEcr();
                case TcpOptionList.SACK -> read += o.sackLeft(0) + o.sackRight(o.sackBlocks() - 1);
                default -> read++;
            }
        } else if (options instanceof NdOptions o) {
            switch (o.kind()) {
                case NdOptions.SOURCE_LINK_LAYER_ADDRESS ->
                    read += o.linkLayerAddress().hashCode();
                case NdOptions.PREFIX_INFORMATION -> read += o.prefix().hashCode() + o.validLifetime();
                case NdOptions.MTU -> read += o.mtu();
                case NdOptions.RDNSS -> read += o.dnsServer(o.dnsServers() - 1).hashCode();
                default -> read++;
            }
        } else if (options instanceof Ipv4Options o) {
            switch (o.kind()) {
                case Ipv4Options.RECORD_ROUTE -> {
                    for (int i = 0; i < o.routeLength(); i++) {
                        read += o.routeAddress(i) + o.pointer();
                    }
                }
                case Ipv4Options.TIMESTAMP -> read += o.timestampFlag() + o.timestampWords();
                case Ipv4Options.ROUTER_ALERT -> read += o.routerAlert();
                default -> read++;
            }
        } else if (options instanceof Ipv6OptionList o) {
            switch (o.kind()) {
                case Ipv6OptionList.ROUTER_ALERT -> read += o.routerAlert();
                case Ipv6OptionList.JUMBO_PAYLOAD -> read += o.jumboPayload();
                default -> read++;
            }
        }
    }

    private static int declared(java.util.function.IntSupplier reading) {
        try {
            return reading.getAsInt();
        } catch (PacketException e) {
            return 1;
        }
    }

    /** A view alone throws its own exception only, and keeps its payload inside. */
    private void view(Header<?> view, ByteBuffer b) {
        try {
            view.wrap(b);
        } catch (PacketException e) {
            assertEquals(0, view.buffer().capacity(), "what is malformed is not wrapped");
            return;
        }
        assertTrue(view.payloadOffset() <= b.limit() && view.payloadLimit() <= b.limit());
        assertTrue(view.payloadLength() >= 0, view.name());
    }

    @Test
    void damagedPackets() {
        Samples samples = new Samples(SEED + 11);
        RandomFrames tunnels = new RandomFrames(SEED + 11);
        Random random = new Random(SEED + 12);
        int malformed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ByteBuffer b = round % 2 == 0 ? samples.next() : tunnels.next(LinkType.EN10MB);
            int flips = 1 + random.nextInt(4);
            for (int i = 0; i < flips; i++) {
                // the headers are in front
                b.put(random.nextInt(Math.min(b.limit(), 14 + random.nextInt(round % 2 == 0 ? 90 : 400))), (byte)
                        random.nextInt());
            }
            if (random.nextInt(3) == 0) {
                b.limit(random.nextInt(b.limit() + 1));
            }
            int linkType = random.nextInt(4) == 0 ? LINK_TYPES[random.nextInt(LINK_TYPES.length)] : LinkType.EN10MB;
            try {
                readAll(b, linkType);
                view(VIEWS[round % VIEWS.length], b);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("round " + round + " of link type " + linkType, e);
            }
            malformed += packet.problem() != null ? 1 : 0;
        }
        FuzzCount.report("damaged packets", ROUNDS, malformed);
        assertTrue(malformed > ROUNDS / 20, "only " + malformed + " were malformed");
        assertTrue(read != 0, "something was read");
    }

    @Test
    void bytesThatWereNeverAPacket() {
        Random random = new Random(SEED + 13);
        ByteBuffer b = ByteBuffer.allocateDirect(160);
        int malformed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            b.clear();
            for (int i = 0; i < b.capacity(); i += 8) {
                b.putLong(i, random.nextInt(4) == 0 ? 0 : random.nextLong());
            }
            b.put(0, (byte) (random.nextBoolean() ? 0x45 : 0x60));
            b.put(random.nextBoolean() ? 6 : 9, new byte[] {0, 1, 6, 17, 43, 44, 58, 60}[random.nextInt(8)]);
            b.limit(random.nextInt(b.capacity() + 1));
            readAll(b, LinkType.RAW);
            readAll(b, LINK_TYPES[random.nextInt(LINK_TYPES.length)]);
            for (Header<?> view : VIEWS) {
                view(view, b);
            }
            malformed += packet.problem() != null ? 1 : 0;
        }
        FuzzCount.report("bytes that were never a packet", ROUNDS, malformed);
    }

    @Test
    void everyTruncation() {
        Samples samples = new Samples(SEED + 14);
        RandomFrames tunnels = new RandomFrames(SEED + 14);
        for (int i = 0; i < 400; i++) {
            ByteBuffer whole = i % 2 == 0 ? samples.next() : tunnels.next(LinkType.EN10MB);
            readAll(whole, LinkType.EN10MB);
            assertEquals(null, packet.problem(), packet.toString());
            int layers = packet.payloadOffset();
            for (int length = 0; length < whole.capacity(); length++) {
                readAll(whole.limit(length), LinkType.EN10MB);
                boolean short0 = length < layers && !packet.isFragment();
                assertTrue(
                        !short0 || packet.problem() != null || packet.isTruncated(),
                        () -> "cut off, and nothing said: " + packet);
            }
        }
    }
}
