package io.sockfd.packet;

import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;

/** What random packets of IP carry, tunnels excepted. */
final class RandomTransports {
    private final Dice dice;
    private final RandomMessages messages;

    RandomTransports(Dice dice) {
        this.dice = dice;
        messages = new RandomMessages(dice);
    }

    /** Of both versions of IP. */
    void transport(PacketBuilder builder, boolean six) {
        switch (dice.below(9)) {
            case 0, 1, 2 -> builder.tcp(this::tcp).payload(dice.data());
            case 3 -> builder.udp(this::ports).payload(dice.data());
            case 4 -> udp(builder, Dns.PORT, messages.dns());
            case 5 -> {
                if (six) {
                    udp(builder, dice.of(Dhcp6.SERVER_PORT, Dhcp6.CLIENT_PORT), messages.dhcp6());
                } else {
                    udp(builder, dice.of(Dhcp.SERVER_PORT, Dhcp.CLIENT_PORT), messages.dhcp());
                }
            }
            case 6, 7 -> {
                if (six) {
                    icmp6(builder);
                } else {
                    icmp(builder);
                }
            }
            default -> builder.udp(this::ports).payload(dice.data());
        }
    }

    private void udp(PacketBuilder builder, int port, byte[] message) {
        int other = dice.port();
        boolean to = dice.flip();
        builder.udp(u -> u.sourcePort(to ? other : port).destinationPort(to ? port : other))
                .payload(message);
    }

    byte[] igmp() {
        return messages.igmp();
    }

    byte[] sctp() {
        return messages.sctp();
    }

    private void ports(Udp udp) {
        udp.sourcePort(dice.port()).destinationPort(dice.port());
    }

    private void tcp(Tcp tcp) {
        tcp.sourcePort(dice.port()).destinationPort(dice.port());
        tcp.sequenceNumber(dice.u32()).acknowledgmentNumber(dice.u32());
        tcp.flags(dice.below(512)).window(dice.u16()).urgentPointer(dice.u16());
        TcpOptionList options = tcp.options();
        switch (dice.below(6)) {
            case 0 -> {
                options.mss(dice.u16()).sackPermitted().timestamps(dice.u32(), dice.u32());
                options.nop().windowScale(dice.below(15));
            }
            case 1 -> options.nop().nop().timestamps(dice.u32(), dice.u32()).sack(dice.u32(), dice.u32());
            case 2 -> options.sack(dice.u32(), dice.u32(), dice.u32(), dice.u32(), dice.u32(), dice.u32());
            case 3 -> options.append(TcpOptionList.USER_TIMEOUT, dice.bytes(2)).append(200, dice.bytes(dice.below(9)));
            case 4 -> options.append(TcpOptionList.MD5, dice.bytes(16)).nop().nop();
            default -> {
                // none
            }
        }
    }

    private void icmp(PacketBuilder builder) {
        if (dice.flip()) {
            builder.icmp(m ->
                            m.echoRequest(dice.u16(), dice.u16()).type(dice.of(Linux.ICMP_ECHO, Linux.ICMP_ECHOREPLY)))
                    .payload(dice.data());
            return;
        }
        builder.icmp(m -> {
                    switch (dice.below(5)) {
                        case 0 -> m.type(Linux.ICMP_DEST_UNREACH).code(dice.of(0, 1, 2, 3, 13));
                        case 1 ->
                            m.type(Linux.ICMP_DEST_UNREACH)
                                    .code(Linux.ICMP_FRAG_NEEDED)
                                    .nextHopMtu(dice.u16());
                        case 2 ->
                            m.type(Linux.ICMP_REDIRECT).code(dice.below(4)).gateway(dice.v4());
                        case 3 -> m.type(Linux.ICMP_PARAMETERPROB).pointer(dice.u8());
                        default -> m.type(Linux.ICMP_TIME_EXCEEDED).code(dice.below(2));
                    }
                })
                .payload(quoted(new PacketBuilder()
                        .ipv4(ip -> ip.source(dice.v4()).destination(dice.v4()).identification(dice.u16()))));
    }

    private ByteBuffer quoted(PacketBuilder builder) {
        if (dice.flip()) {
            builder.udp(this::ports);
        } else {
            builder.tcp(this::tcp);
        }
        return builder.payload(dice.data()).build();
    }

    private void icmp6(PacketBuilder builder) {
        switch (dice.below(6)) {
            case 0 ->
                builder.icmp6(m -> m.echoRequest(dice.u16(), dice.u16())
                                .type(dice.of(Linux.ICMPV6_ECHO_REQUEST, Linux.ICMPV6_ECHO_REPLY)))
                        .payload(dice.data());
            case 1 ->
                builder.icmp6(this::error)
                        .payload(quoted(new PacketBuilder()
                                .ipv6(ip -> ip.source(dice.v6()).destination(dice.v6()))));
            case 2 -> builder.icmp6(this::neighbor);
            case 3 -> builder.icmp6(this::router);
            case 4 -> {
                int type = dice.of(Linux.ICMPV6_MGM_QUERY, Linux.ICMPV6_MGM_REPORT, Linux.ICMPV6_MGM_REDUCTION);
                builder.icmp6(m -> m.type(type).identifier(dice.u16()))
                        .payload(messages.listener(type == Linux.ICMPV6_MGM_QUERY && dice.flip()));
            }
            default -> {
                int records = dice.below(4);
                builder.icmp6(m -> m.type(Linux.ICMPV6_MLD2_REPORT).sequenceNumber(records))
                        .payload(messages.multicastRecords(records));
            }
        }
    }

    private void error(Icmp6 m) {
        switch (dice.below(4)) {
            case 0 -> m.type(Linux.ICMPV6_DEST_UNREACH).code(dice.below(7));
            case 1 -> m.type(Linux.ICMPV6_PKT_TOOBIG).mtu(1280 + dice.below(60_000));
            case 2 -> m.type(Linux.ICMPV6_PARAMPROB).code(dice.below(3)).pointer(dice.u16());
            default -> m.type(Linux.ICMPV6_TIME_EXCEED).code(dice.below(2));
        }
    }

    private void neighbor(Icmp6 m) {
        switch (dice.below(3)) {
            case 0 ->
                m.type(Linux.ND_NEIGHBOR_SOLICIT).target(dice.v6()).options().sourceLinkLayerAddress(dice.mac());
            case 1 ->
                m.type(Linux.ND_NEIGHBOR_ADVERT)
                        .router(dice.flip())
                        .solicited(dice.flip())
                        .override(dice.flip())
                        .target(dice.v6())
                        .options()
                        .targetLinkLayerAddress(dice.mac());
            default -> m.type(Linux.ND_REDIRECT).target(dice.v6()).destination(dice.v6());
        }
    }

    private void router(Icmp6 m) {
        if (dice.oneIn(3)) {
            m.type(Linux.ND_ROUTER_SOLICIT).options().sourceLinkLayerAddress(dice.mac());
            return;
        }
        m.type(Linux.ND_ROUTER_ADVERT).curHopLimit(dice.u8()).managed(dice.flip());
        m.otherConfiguration(dice.flip()).routerLifetime(dice.u16());
        m.reachableTime(dice.u32()).retransTimer(dice.u32());
        m.options()
                .sourceLinkLayerAddress(dice.mac())
                .prefix("2001:db8:" + Integer.toHexString(dice.u16()) + "::", 64, dice.u32(), dice.u32());
        m.options().mtu(dice.u32()).dnsServers(dice.u32(), dice.v6(), dice.v6());
    }
}
