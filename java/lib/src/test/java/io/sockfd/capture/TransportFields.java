package io.sockfd.capture;

import io.sockfd.packet.ChecksumStatus;
import io.sockfd.packet.Icmp;
import io.sockfd.packet.Icmp6;
import io.sockfd.packet.NdOptions;
import io.sockfd.packet.Packet;
import io.sockfd.packet.PacketException;
import io.sockfd.packet.Tcp;
import io.sockfd.packet.TcpOptionList;
import io.sockfd.raw.Linux;

/** TCP, ICMP and ICMPv6 under Wireshark's names. */
final class TransportFields {
    private TransportFields() {}

    static void tcp(PacketFields f, Packet p) {
        Tcp tcp = p.tcp();
        if (tcp == null) {
            return;
        }
        f.layer("tcp");
        f.put("tcp.srcport", tcp.sourcePort());
        f.put("tcp.dstport", tcp.destinationPort());
        if (f.hasTcpLength()) {
            f.put("tcp.len", tcp.payloadLengthOnWire());
        }
        f.put("tcp.seq", tcp.sequenceNumber());
        if (f.isRedirected()) {
            return;
        }
        f.put("tcp.ack_raw", tcp.acknowledgmentNumber());
        f.put("tcp.hdr_len", tcp.headerLength());
        f.hex("tcp.flags", tcp.flags(), 4);
        f.put("tcp.flags.ae", tcp.ae());
        f.put("tcp.flags.cwr", tcp.cwr());
        f.put("tcp.flags.ece", tcp.ece());
        f.put("tcp.flags.urg", tcp.urg());
        f.put("tcp.flags.ack", tcp.ack());
        f.put("tcp.flags.push", tcp.psh());
        f.put("tcp.flags.reset", tcp.rst());
        f.put("tcp.flags.syn", tcp.syn());
        f.put("tcp.flags.fin", tcp.fin());
        f.put("tcp.window_size_value", tcp.window());
        f.hex("tcp.checksum", tcp.checksum(), 4);
        f.checksum("tcp.checksum.status", p.transportChecksum());
        f.put("tcp.urgent_pointer", tcp.urgentPointer());
        TcpOptionList options = tcp.options();
        while (options.next()) {
            option(f, options);
        }
        // each byte of padding is an option of its own to tshark
        for (int at = options.offset(); at < tcp.payloadOffset(); at++) {
            if (tcp.buffer().get(at) == 0) {
                f.put("tcp.option_kind", 0);
            }
        }
    }

    private static void option(PacketFields f, TcpOptionList o) {
        f.put("tcp.option_kind", o.kind());
        if (o.kind() != TcpOptionList.NOP) {
            f.put("tcp.option_len", o.length());
        }
        switch (o.kind()) {
            case TcpOptionList.MSS -> f.put("tcp.options.mss_val", o.mss());
            case TcpOptionList.WINDOW_SCALE -> f.put("tcp.options.wscale.shift", o.windowScale());
            case TcpOptionList.TIMESTAMPS -> {
                f.put("tcp.options.timestamp.tsval", o.tsVal());
                f.put("tcp.options.timestamp.tsecr", o.tsEcr());
            }
            case TcpOptionList.SACK -> {
                for (int i = 0; i < o.sackBlocks(); i++) {
                    f.put("tcp.options.sack_le", o.sackLeft(i));
                    f.put("tcp.options.sack_re", o.sackRight(i));
                }
            }
            default -> {
                // no field that a view has too
            }
        }
    }

    static void icmp(PacketFields f, Icmp icmp, ChecksumStatus status) {
        f.layer("icmp");
        f.put("icmp.type", icmp.type());
        f.put("icmp.code", icmp.code());
        f.hex("icmp.checksum", icmp.checksum(), 4);
        f.checksum("icmp.checksum.status", status);
        switch (icmp.type()) {
            case Linux.ICMP_ECHO, Linux.ICMP_ECHOREPLY -> {
                f.put("icmp.ident", icmp.identifier());
                f.put("icmp.seq", icmp.sequenceNumber());
            }
            case Linux.ICMP_REDIRECT -> f.address("icmp.redir_gw", icmp.gateway());
            case Linux.ICMP_PARAMETERPROB -> f.put("icmp.pointer", icmp.pointer());
            case Linux.ICMP_DEST_UNREACH -> {
                if (icmp.code() == Linux.ICMP_FRAG_NEEDED) {
                    f.put("icmp.mtu", icmp.nextHopMtu());
                }
            }
            default -> {
                // no field of its own
            }
        }
    }

    static void icmp6(PacketFields f, Icmp6 icmp, ChecksumStatus status) {
        f.layer("icmpv6");
        f.put("icmpv6.type", icmp.type());
        f.put("icmpv6.code", icmp.code());
        f.hex("icmpv6.checksum", icmp.checksum(), 4);
        f.checksum("icmpv6.checksum.status", status);
        switch (icmp.type()) {
            case Linux.ICMPV6_ECHO_REQUEST, Linux.ICMPV6_ECHO_REPLY -> {
                f.hex("icmpv6.echo.identifier", icmp.identifier(), 4);
                f.put("icmpv6.echo.sequence_number", icmp.sequenceNumber());
            }
            case Linux.ICMPV6_PKT_TOOBIG -> f.put("icmpv6.mtu", icmp.mtu());
            case Linux.ICMPV6_PARAMPROB -> f.put("icmpv6.pointer", icmp.pointer());
            case Linux.ND_NEIGHBOR_SOLICIT -> f.address("icmpv6.nd.ns.target_address", icmp.target());
            case Linux.ND_NEIGHBOR_ADVERT -> {
                f.put("icmpv6.nd.na.flag.r", icmp.router());
                f.put("icmpv6.nd.na.flag.s", icmp.solicited());
                f.put("icmpv6.nd.na.flag.o", icmp.override());
                f.address("icmpv6.nd.na.target_address", icmp.target());
            }
            case Linux.ND_ROUTER_ADVERT -> {
                f.put("icmpv6.nd.ra.cur_hop_limit", icmp.curHopLimit());
                f.put("icmpv6.nd.ra.flag.m", icmp.managed());
                f.put("icmpv6.nd.ra.flag.o", icmp.otherConfiguration());
                f.put("icmpv6.nd.ra.router_lifetime", icmp.routerLifetime());
                f.put("icmpv6.nd.ra.reachable_time", icmp.reachableTime());
                f.put("icmpv6.nd.ra.retrans_timer", icmp.retransTimer());
            }
            case Linux.ND_REDIRECT -> {
                f.address("icmpv6.nd.rd.target_address", icmp.target());
                f.address("icmpv6.rd.na.destination_address", icmp.destination());
            }
            default -> {
                // no field of its own
            }
        }
        NdOptions options = icmp.options();
        while (isThere(options)) {
            option(f, options);
        }
    }

    /** They reach to the end of the message: what was cut off is one that does not fit. */
    private static boolean isThere(NdOptions options) {
        try {
            return options.next();
        } catch (PacketException e) {
            return false;
        }
    }

    private static void option(PacketFields f, NdOptions o) {
        f.put("icmpv6.opt.type", o.kind());
        f.put("icmpv6.opt.length", o.length() / 8);
        switch (o.kind()) {
            case NdOptions.SOURCE_LINK_LAYER_ADDRESS, NdOptions.TARGET_LINK_LAYER_ADDRESS ->
                f.put("icmpv6.opt.linkaddr", o.linkLayerAddress());
            case NdOptions.PREFIX_INFORMATION -> {
                f.put("icmpv6.opt.prefix.length", o.prefixLength());
                f.put("icmpv6.opt.prefix.flag.l", o.onLink());
                f.put("icmpv6.opt.prefix.flag.a", o.autonomous());
                f.put("icmpv6.opt.prefix.valid_lifetime", o.validLifetime());
                f.put("icmpv6.opt.prefix.preferred_lifetime", o.preferredLifetime());
                f.address("icmpv6.opt.prefix", o.prefix());
            }
            case NdOptions.MTU -> f.put("icmpv6.opt.mtu", o.mtu());
            case NdOptions.RDNSS -> {
                f.put("icmpv6.opt.rdnss.lifetime", o.dnsLifetime());
                for (int i = 0; i < o.dnsServers(); i++) {
                    f.address("icmpv6.opt.rdnss", o.dnsServer(i));
                }
            }
            default -> {
                // no field that a view has too
            }
        }
    }
}
