package io.sockfd.packet;

import io.sockfd.address.HardwareAddress;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Consumer;

/** Seeded Ethernet frames of every protocol. */
public final class Samples {
    private static final int KINDS = 20;

    private final Random random;
    private final PacketBuilder builder = new PacketBuilder();
    private int count;

    public Samples(long seed) {
        random = new Random(seed);
    }

    /** The next frame; the kinds come in turn. */
    public ByteBuffer next() {
        int kind = count++ % KINDS;
        builder.ethernet(e -> e.source(mac()).destination(mac()));
        if (random.nextInt(4) == 0) {
            builder.vlan(v -> v.vid(random.nextInt(4096)).pcp(random.nextInt(8)).dei(random.nextBoolean()));
            if (random.nextBoolean()) {
                builder.vlan(v -> v.vid(random.nextInt(4096)).pcp(random.nextInt(8)));
            }
        }
        switch (kind) {
            case 0 -> arp();
            case 1, 2, 3 -> ipv4(ip -> {}).tcp(this::tcp).payload(data());
            case 4, 5 -> ipv4(ip -> {}).udp(this::ports).payload(data());
            case 6 -> ipv4(ip -> {}).icmp(m -> m.echoRequest(u16(), u16())).payload(data());
            case 7 -> ipv4(ip -> {}).icmp(this::icmpError).payload(quoted4());
            case 8 ->
                ipv4(ip -> ip.moreFragments(random.nextBoolean()).fragmentOffset(1 + random.nextInt(500)))
                        .payload(data());
            case 9 -> ipv4(this::ipOptions).udp(this::ports).payload(data());
            case 10, 11 -> ipv6().tcp(this::tcp).payload(data());
            case 12 -> ipv6().udp(this::ports).payload(data());
            case 13 -> ipv6().icmp6(m -> m.echoRequest(u16(), u16())).payload(data());
            case 14 -> ipv6().icmp6(this::neighbor);
            case 15 -> ipv6().icmp6(this::router);
            case 16 -> ipv6().icmp6(this::icmp6Error).payload(quoted6());
            case 17 ->
                ipv6().hopByHop(h -> h.options().routerAlert(u16()))
                        .destinationOptions(
                                h -> h.options().append(Ipv6OptionList.TUNNEL_ENCAPSULATION_LIMIT, (byte) 4))
                        .udp(this::ports)
                        .payload(data());
            case 18 -> ipv6().routing(this::route).tcp(this::tcp).payload(data());
            default ->
                ipv6().fragment(f -> f.identification(u32())
                                .fragmentOffset(1 + random.nextInt(500))
                                .moreFragments(random.nextBoolean())
                                .nextHeader(Linux.IPPROTO_UDP))
                        .payload(data());
        }
        return builder.build();
    }

    private void arp() {
        builder.arp(a -> a.operation(1 + random.nextInt(2))
                .senderHardware(mac())
                .senderProtocol(v4())
                .targetHardware(mac())
                .targetProtocol(v4()));
    }

    private PacketBuilder ipv4(Consumer<Ipv4> more) {
        return builder.ipv4(ip -> {
            ip.source(v4()).destination(v4()).ttl(1 + random.nextInt(255)).tos(random.nextInt(256));
            ip.identification(u16()).dontFragment(random.nextBoolean());
            more.accept(ip);
        });
    }

    private PacketBuilder ipv6() {
        return builder.ipv6(ip -> ip.source(v6())
                .destination(v6())
                .hopLimit(1 + random.nextInt(255))
                .trafficClass(random.nextInt(256))
                .flowLabel(random.nextInt(1 << 20)));
    }

    private void ipOptions(Ipv4 ip) {
        switch (random.nextInt(4)) {
            case 0 -> ip.options().routerAlert(0);
            case 1 -> ip.options().recordRoute(1 + random.nextInt(9));
            case 2 -> ip.options().nop().looseSourceRoute(v4(), v4());
            default -> ip.options().timestamp(Ipv4Options.TIMESTAMPS_ONLY, 1 + random.nextInt(9));
        }
    }

    private void ports(Udp udp) {
        udp.sourcePort(port()).destinationPort(port());
    }

    private void tcp(Tcp tcp) {
        tcp.sourcePort(port()).destinationPort(port()).sequenceNumber(u32()).acknowledgmentNumber(u32());
        tcp.flags(random.nextInt(256)).window(u16()).urgentPointer(tcp.urg() ? u16() : 0);
        if (random.nextBoolean()) {
            tcp.options().mss(536 + random.nextInt(60_000)).sackPermitted().timestamps(u32(), u32());
            tcp.options().nop().windowScale(random.nextInt(15));
        } else if (random.nextBoolean()) {
            tcp.options().nop().nop().timestamps(u32(), u32()).nop().nop();
            tcp.options().sack(u32(), u32(), u32(), u32());
        }
    }

    private void icmpError(Icmp m) {
        switch (random.nextInt(4)) {
            case 0 -> m.type(Linux.ICMP_DEST_UNREACH).code(random.nextInt(4));
            case 1 ->
                m.type(Linux.ICMP_DEST_UNREACH).code(Linux.ICMP_FRAG_NEEDED).nextHopMtu(u16());
            case 2 -> m.type(Linux.ICMP_REDIRECT).code(random.nextInt(4)).gateway(v4());
            default -> m.type(Linux.ICMP_TIME_EXCEEDED).code(random.nextInt(2));
        }
    }

    private void icmp6Error(Icmp6 m) {
        switch (random.nextInt(3)) {
            case 0 -> m.type(Linux.ICMPV6_DEST_UNREACH).code(random.nextInt(7));
            case 1 -> m.type(Linux.ICMPV6_PKT_TOOBIG).mtu(1280 + random.nextInt(60_000));
            default -> m.type(Linux.ICMPV6_TIME_EXCEED).code(random.nextInt(2));
        }
    }

    private void neighbor(Icmp6 m) {
        switch (random.nextInt(3)) {
            case 0 -> m.type(Linux.ND_NEIGHBOR_SOLICIT).target(v6()).options().sourceLinkLayerAddress(mac());
            case 1 ->
                m.type(Linux.ND_NEIGHBOR_ADVERT)
                        .router(random.nextBoolean())
                        .solicited(random.nextBoolean())
                        .override(random.nextBoolean())
                        .target(v6())
                        .options()
                        .targetLinkLayerAddress(mac());
            default -> m.type(Linux.ND_REDIRECT).target(v6()).destination(v6());
        }
    }

    private void router(Icmp6 m) {
        if (random.nextInt(3) == 0) {
            m.type(Linux.ND_ROUTER_SOLICIT).options().sourceLinkLayerAddress(mac());
            return;
        }
        m.type(Linux.ND_ROUTER_ADVERT)
                .curHopLimit(64)
                .managed(random.nextBoolean())
                .routerLifetime(u16());
        m.reachableTime(u32()).retransTimer(u32());
        m.options()
                .sourceLinkLayerAddress(mac())
                .prefix("2001:db8:" + Integer.toHexString(u16()) + "::", 64, u32(), u32());
        m.options().mtu(u32()).dnsServers(u32(), v6(), v6());
    }

    private void route(Ipv6Routing r) {
        int[] types = {Ipv6Routing.SOURCE_ROUTE, Ipv6Routing.MOBILE, Ipv6Routing.SEGMENT_ROUTING};
        int type = types[random.nextInt(types.length)];
        if (type == Ipv6Routing.MOBILE) {
            r.route(type, v6()).segmentsLeft(1);
        } else {
            r.route(type, v6(), v6()).segmentsLeft(random.nextInt(2));
        }
    }

    private ByteBuffer quoted4() {
        return new PacketBuilder()
                .ipv4(ip -> ip.source(v4()).destination(v4()))
                .udp(this::ports)
                .payload(data())
                .build();
    }

    private ByteBuffer quoted6() {
        return new PacketBuilder()
                .ipv6(ip -> ip.source(v6()).destination(v6()))
                .udp(this::ports)
                .payload(data())
                .build();
    }

    private byte[] data() {
        byte[] data = new byte[random.nextInt(64)];
        random.nextBytes(data);
        return data;
    }

    private HardwareAddress mac() {
        byte[] mac = new byte[6];
        random.nextBytes(mac);
        mac[0] = 2;
        return HardwareAddress.of(mac);
    }

    private String v4() {
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private String v6() {
        return "2001:db8::" + Integer.toHexString(u16()) + ":" + Integer.toHexString(u16());
    }

    private int port() {
        return 50_100 + random.nextInt(1000);
    }

    private int u16() {
        return random.nextInt(0x1_0000);
    }

    private long u32() {
        return random.nextLong() & 0xffff_ffffL;
    }
}
