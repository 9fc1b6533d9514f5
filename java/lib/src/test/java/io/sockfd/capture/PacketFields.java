package io.sockfd.capture;

import io.sockfd.address.HardwareAddress;
import io.sockfd.packet.Ah;
import io.sockfd.packet.Arp;
import io.sockfd.packet.ChecksumStatus;
import io.sockfd.packet.Ethernet;
import io.sockfd.packet.Geneve;
import io.sockfd.packet.Gre;
import io.sockfd.packet.Icmp;
import io.sockfd.packet.Icmp6;
import io.sockfd.packet.Ipv4;
import io.sockfd.packet.Ipv4Options;
import io.sockfd.packet.Ipv6;
import io.sockfd.packet.Ipv6Extension;
import io.sockfd.packet.Ipv6Fragment;
import io.sockfd.packet.Ipv6OptionList;
import io.sockfd.packet.Ipv6Routing;
import io.sockfd.packet.LinkType;
import io.sockfd.packet.LinuxSll;
import io.sockfd.packet.LinuxSll2;
import io.sockfd.packet.Llc;
import io.sockfd.packet.Mpls;
import io.sockfd.packet.Packet;
import io.sockfd.packet.Pppoe;
import io.sockfd.packet.Udp;
import io.sockfd.packet.Vlan;
import io.sockfd.packet.Vxlan;
import io.sockfd.raw.Linux;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the views say of a frame, under Wireshark's names and in its order: of a name that occurs in several layers, a value
 * for each.
 */
final class PacketFields {
    /** The layers, as {@code frame.protocols} has them. */
    static final String LAYERS = "frame.protocols";

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    /** What an ICMP error quotes: Wireshark shows no length of TCP there. */
    private boolean quoted;
    /** Of what a redirect quotes, it reads 8 bytes behind IP. */
    private boolean redirected;
    /** In the first fragment of anything, it checks no sum of a transport, and shows no length of TCP, until IPv4 begins. */
    private boolean fragmented;

    static Map<String, List<String>> of(Packet packet) {
        PacketFields fields = new PacketFields();
        fields.read(packet);
        return fields.values;
    }

    void put(String field, Object value) {
        values.computeIfAbsent(field, f -> new ArrayList<>()).add(value.toString());
    }

    void put(String field, boolean on) {
        put(field, on ? "1" : "0");
    }

    void checksum(String field, ChecksumStatus status) {
        put(field, fragmented ? "2" : status(status));
    }

    boolean hasTcpLength() {
        return !quoted && !fragmented;
    }

    boolean isRedirected() {
        return redirected;
    }

    void hex(String field, long value, int digits) {
        String hex = Long.toHexString(value);
        put(field, "0x" + "0".repeat(Math.max(0, digits - hex.length())) + hex);
    }

    void address(String field, InetAddress address) {
        put(field, text(address));
    }

    void layer(String name) {
        put(LAYERS, name);
    }

    private static String status(ChecksumStatus status) {
        return switch (status) {
            case BAD -> "0";
            case GOOD -> "1";
            case UNVERIFIABLE -> "2";
            case ABSENT -> "3";
            case OFFLOADED -> throw new AssertionError("nobody said so");
        };
    }

    static String text(InetAddress address) {
        if (address.getAddress().length == 4) {
            return address.getHostAddress();
        }
        String text = io.sockfd.address.Inet6SocketAddress.of(address.getAddress(), 0, 0, 0)
                .toString();
        return text.substring(1, text.lastIndexOf(']'));
    }

    void read(Packet p) {
        boolean before = fragmented;
        fragmented = (fragmented && p.ipv4() == null) || p.isFragment();
        layers(p);
        fragmented = before;
    }

    private void layers(Packet p) {
        link(p);
        Ethernet ethernet = p.ethernet();
        for (int i = 0; i < p.vlans(); i++) {
            vlan(p.vlan(i), i == 0 && ethernet != null && ethernet.etherType() == 0x88a8);
        }
        llc(p.llc());
        if (p.mplsLabels() > 0) {
            layer("mpls");
        }
        for (int i = 0; i < p.mplsLabels(); i++) {
            mpls(p.mpls(i));
        }
        pppoe(p.pppoe());
        arp(p.arp());
        ipv4(p);
        ipv6(p);
        ah(p.ah());
        transport(p);
        gre(p.gre());
        vxlan(p.vxlan());
        geneve(p.geneve());
        MessageFields.read(this, p);
        Packet inner = p.inner();
        if (inner != null) {
            read(inner);
        }
    }

    private void link(Packet p) {
        Ethernet ethernet = p.ethernet();
        if (ethernet != null) {
            layer("eth");
            put("eth.dst", ethernet.destination());
            put("eth.src", ethernet.source());
            if (ethernet.etherType() >= Ethernet.LEAST_TYPE) {
                hex("eth.type", ethernet.etherType(), 4);
            } else {
                put("eth.len", ethernet.etherType());
            }
        }
        LinuxSll sll = p.linuxSll();
        if (sll != null) {
            cooked(sll.packetType(), sll.hardwareType(), sll.source(), sll.protocol());
        }
        LinuxSll2 sll2 = p.linuxSll2();
        if (sll2 != null) {
            cooked(sll2.packetType(), sll2.hardwareType(), sll2.source(), sll2.protocol());
            put("sll.ifindex", sll2.interfaceIndex());
        }
    }

    private void cooked(int type, int hardware, HardwareAddress source, int protocol) {
        layer("sll");
        put("sll.pkttype", type);
        put("sll.hatype", hardware);
        put("sll.halen", source.length());
        put("sll.src.eth", source);
        hex("sll.etype", protocol, 4);
    }

    private void vlan(Vlan tag, boolean service) {
        String name = service ? "ieee8021ad" : "vlan";
        layer(name);
        put(name + ".id", tag.vid());
        put(name + ".priority", tag.pcp());
        put(service ? name + ".dei" : "vlan.cfi", tag.dei());
        if (!service && tag.etherType() >= Ethernet.LEAST_TYPE) {
            hex("vlan.etype", tag.etherType(), 4);
        } else if (!service) {
            put("vlan.len", tag.etherType());
        }
    }

    private void llc(@Nullable Llc llc) {
        if (llc == null) {
            return;
        }
        layer("llc");
        hex("llc.dsap", llc.dsap(), 2);
        hex("llc.ssap", llc.ssap(), 2);
        hex("llc.control", llc.control(), 4);
        if (llc.isSnap()) {
            put("llc.oui", llc.organization());
            hex("llc.type", llc.type(), 4);
        }
    }

    private void mpls(Mpls label) {
        put("mpls.label", label.label());
        put("mpls.exp", label.trafficClass());
        put("mpls.bottom", label.isBottom());
        put("mpls.ttl", label.ttl());
    }

    private void pppoe(@Nullable Pppoe pppoe) {
        if (pppoe == null) {
            return;
        }
        layer(pppoe.isSession() ? "pppoes" : "pppoed");
        hex("pppoe.code", pppoe.code(), 2);
        hex("pppoe.session_id", pppoe.sessionId(), 4);
        put("pppoe.payload_length", pppoe.length());
        if (pppoe.isSession()) {
            hex("ppp.protocol", pppoe.protocol(), 4);
        }
    }

    private void arp(@Nullable Arp arp) {
        if (arp == null) {
            return;
        }
        layer("arp");
        put("arp.hw.type", arp.hardwareType());
        hex("arp.proto.type", arp.protocolType(), 4);
        put("arp.hw.size", arp.hardwareLength());
        put("arp.proto.size", arp.protocolLength());
        put("arp.opcode", arp.operation());
        put("arp.src.hw_mac", arp.senderHardware());
        address("arp.src.proto_ipv4", arp.senderProtocol());
        put("arp.dst.hw_mac", arp.targetHardware());
        address("arp.dst.proto_ipv4", arp.targetProtocol());
    }

    private void ipv4(Packet p) {
        Ipv4 ip = p.ipv4();
        if (ip == null) {
            return;
        }
        layer("ip");
        put("ip.version", ip.version());
        put("ip.hdr_len", ip.headerLength());
        hex("ip.dsfield", ip.tos(), 2);
        put("ip.dsfield.dscp", ip.dscp());
        put("ip.dsfield.ecn", ip.ecn());
        put("ip.len", ip.totalLength());
        hex("ip.id", ip.identification(), 4);
        put("ip.flags.df", ip.dontFragment());
        put("ip.flags.mf", ip.moreFragments());
        put("ip.frag_offset", ip.fragmentOffset());
        put("ip.ttl", ip.ttl());
        put("ip.proto", ip.protocol());
        hex("ip.checksum", ip.headerChecksum(), 4);
        put("ip.checksum.status", status(p.networkChecksum()));
        address("ip.src", ip.source());
        InetAddress destination = ip.destination();
        Ipv4Options options = ip.options();
        while (options.next()) {
            put("ip.opt.type", options.kind());
            switch (options.kind()) {
                case Ipv4Options.LOOSE_SOURCE_ROUTE, Ipv4Options.STRICT_SOURCE_ROUTE -> {
                    // Wireshark shows the end of the route
                    destination = options.route(options.routeLength() - 1);
                    put("ip.opt.len", options.length());
                    put("ip.opt.ptr", options.pointer());
                }
                case Ipv4Options.RECORD_ROUTE -> {
                    put("ip.opt.len", options.length());
                    put("ip.opt.ptr", options.pointer());
                }
                case Ipv4Options.TIMESTAMP -> {
                    put("ip.opt.len", options.length());
                    put("ip.opt.ptr", options.pointer());
                    put("ip.opt.overflow", options.timestampOverflow());
                    hex("ip.opt.flag", options.timestampFlag(), 2);
                }
                case Ipv4Options.ROUTER_ALERT -> {
                    put("ip.opt.len", options.length());
                    put("ip.opt.ra", options.routerAlert());
                }
                default -> {
                    // a single byte
                }
            }
        }
        if (options.offset() < ip.payloadOffset()) {
            put("ip.opt.type", 0); // the padding is an option of its own to tshark
        }
        address("ip.dst", destination);
    }

    private void ipv6(Packet p) {
        Ipv6 ip = p.ipv6();
        if (ip == null) {
            return;
        }
        layer("ipv6");
        put("ip.version", ip.version());
        put("ipv6.version", ip.version());
        hex("ipv6.tclass", ip.trafficClass(), 8);
        hex("ipv6.flow", ip.flowLabel(), 6);
        put("ipv6.plen", ip.payloadLengthField());
        put("ipv6.nxt", ip.nextHeader());
        put("ipv6.hlim", ip.hopLimit());
        address("ipv6.src", ip.source());
        address("ipv6.dst", ip.destination());
        options("ipv6.hopopts", p.hopByHop());
        Ipv6Routing routing = p.routing();
        if (routing != null) {
            put("ipv6.routing.nxt", routing.nextHeader());
            put("ipv6.routing.len", routing.hdrExtLen());
            put("ipv6.routing.type", routing.routingType());
            put("ipv6.routing.segleft", routing.segmentsLeft());
            String field = switch (routing.routingType()) {
                case Ipv6Routing.SOURCE_ROUTE -> "ipv6.routing.src.addr";
                case Ipv6Routing.MOBILE -> "ipv6.routing.mipv6.home_address";
                default -> "ipv6.routing.srh.addr";
            };
            for (int i = 0; i < routing.addresses(); i++) {
                address(field, routing.address(i));
            }
        }
        Ipv6Fragment fragment = p.fragment();
        if (fragment != null) {
            put("ipv6.fraghdr.nxt", fragment.nextHeader());
            put("ipv6.fraghdr.offset", fragment.fragmentOffset());
            put("ipv6.fraghdr.more", fragment.moreFragments());
            hex("ipv6.fraghdr.ident", fragment.identification(), 8);
        }
        options("ipv6.dstopts", p.destinationOptions());
    }

    private void options(String name, @Nullable Ipv6Extension header) {
        if (header == null) {
            return;
        }
        put(name + ".nxt", header.nextHeader());
        put(name + ".len", header.hdrExtLen());
        Ipv6OptionList options = header.options();
        while (options.next()) {
            hex("ipv6.opt.type", options.kind(), 2);
            if (options.kind() != Ipv6OptionList.PAD1) {
                put("ipv6.opt.length", options.length() - 2);
            }
            switch (options.kind()) {
                case Ipv6OptionList.ROUTER_ALERT -> put("ipv6.opt.router_alert", options.routerAlert());
                case Ipv6OptionList.TUNNEL_ENCAPSULATION_LIMIT -> put("ipv6.opt.tel", options.data()[0] & 0xff);
                default -> {
                    // no field of its own
                }
            }
        }
    }

    private void ah(@Nullable Ah ah) {
        if (ah == null) {
            return;
        }
        layer("ah");
        put("ah.next_header", ah.nextHeader());
        put("ah.length", ah.payloadLen());
        hex("ah.spi", ah.spi(), 8);
        put("ah.sequence", ah.sequenceNumber());
        put("ah.icv", ah.icv().length > 0 ? HexFormat.of().formatHex(ah.icv()) : "<MISSING>");
    }

    private void transport(Packet p) {
        Udp udp = p.udp();
        if (udp != null) {
            layer("udp");
            put("udp.srcport", udp.sourcePort());
            put("udp.dstport", udp.destinationPort());
            put("udp.length", udp.length());
            hex("udp.checksum", udp.checksum(), 4);
            if (udp.checksum() == 0 && p.ipv6() != null) {
                put("udp.checksum.status", 4); // it must have one
            } else if (redirected && udp.length() > Udp.SIZE) {
                put("udp.checksum.status", 2);
            } else {
                checksum("udp.checksum.status", p.transportChecksum());
            }
        }
        TransportFields.tcp(this, p);
        Icmp icmp = p.icmp();
        if (icmp != null) {
            TransportFields.icmp(this, icmp, p.transportChecksum());
            if (icmp.isError()) {
                redirected = icmp.type() == Linux.ICMP_REDIRECT;
                quoted(icmp.payload());
                redirected = false;
            }
        }
        Icmp6 icmp6 = p.icmp6();
        if (icmp6 != null) {
            TransportFields.icmp6(this, icmp6, p.transportChecksum());
            if (icmp6.isError()) {
                quoted(icmp6.payload());
            }
        }
    }

    private void quoted(java.nio.ByteBuffer bytes) {
        boolean before = quoted;
        quoted = true;
        read(new Packet().wrap(bytes, LinkType.RAW));
        quoted = before;
    }

    private void gre(@Nullable Gre gre) {
        if (gre == null) {
            return;
        }
        layer("gre");
        hex("gre.flags_and_version", gre.flags(), 4);
        put("gre.flags.version", gre.version());
        hex("gre.proto", gre.protocolType(), 4);
        if (gre.hasKey()) {
            hex("gre.key", gre.key(), 8);
        }
        if (gre.hasSequenceNumber()) {
            put("gre.sequence_number", gre.sequenceNumber());
        }
    }

    private void vxlan(@Nullable Vxlan vxlan) {
        if (vxlan == null) {
            return;
        }
        layer("vxlan");
        hex("vxlan.flags", (long) vxlan.flags() << Byte.SIZE, 4);
        put("vxlan.vni", vxlan.vni());
    }

    private void geneve(@Nullable Geneve geneve) {
        if (geneve == null) {
            return;
        }
        layer("geneve");
        put("geneve.flags.oam", geneve.isControl());
        put("geneve.flags.critical", geneve.hasCriticalOptions());
        hex("geneve.proto_type", geneve.protocolType(), 4);
        hex("geneve.vni", geneve.vni(), 6);
    }
}
