package io.sockfd.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.packet.Arp;
import io.sockfd.packet.ChecksumStatus;
import io.sockfd.packet.Ethernet;
import io.sockfd.packet.Icmp;
import io.sockfd.packet.Icmp6;
import io.sockfd.packet.Ipv4;
import io.sockfd.packet.Ipv4Options;
import io.sockfd.packet.Ipv6;
import io.sockfd.packet.Ipv6Fragment;
import io.sockfd.packet.Ipv6Routing;
import io.sockfd.packet.LinkType;
import io.sockfd.packet.NdOptions;
import io.sockfd.packet.Packet;
import io.sockfd.packet.Samples;
import io.sockfd.packet.Tcp;
import io.sockfd.packet.TcpOptionList;
import io.sockfd.packet.Udp;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark's reading of our packets and files is ours, field by field. */
@Tag("examples")
class TsharkIT {
    private static final int PACKETS = 10_000;
    /** Every so many-th has a wrong checksum. */
    private static final int WRONG = 7;

    private static final long TIME = 1_700_000_000_000_000_001L;

    private static final List<String> FIELDS =
            List.of(("eth.src eth.dst vlan.id vlan.priority arp.opcode arp.src.hw_mac arp.src.proto_ipv4 arp.dst.hw_mac"
                            + " arp.dst.proto_ipv4 ip.src ip.dst ip.ttl ip.proto ip.len ip.hdr_len ip.id ip.dsfield"
                            + " ip.flags.df ip.flags.mf ip.frag_offset ip.checksum.status ipv6.src ipv6.dst ipv6.hlim"
                            + " ipv6.plen ipv6.tclass ipv6.flow ipv6.routing.type ipv6.routing.segleft"
                            + " ipv6.fraghdr.offset ipv6.fraghdr.more ipv6.fraghdr.ident icmp.type icmp.code icmp.ident"
                            + " icmp.seq icmp.checksum.status icmp.mtu icmp.redir_gw icmpv6.type icmpv6.code"
                            + " icmpv6.echo.identifier icmpv6.echo.sequence_number icmpv6.checksum.status icmpv6.mtu"
                            + " icmpv6.nd.ns.target_address icmpv6.nd.na.target_address icmpv6.nd.rd.target_address"
                            + " icmpv6.rd.na.destination_address icmpv6.opt.linkaddr icmpv6.nd.ra.router_lifetime"
                            + " icmpv6.opt.prefix icmpv6.opt.type udp.srcport udp.dstport udp.length udp.checksum.status"
                            + " tcp.srcport tcp.dstport tcp.seq_raw tcp.ack_raw tcp.flags tcp.window_size_value"
                            + " tcp.hdr_len tcp.len tcp.checksum tcp.checksum.status tcp.options.mss_val"
                            + " tcp.options.wscale.shift tcp.options.sack_le tcp.options.sack_re"
                            + " tcp.options.timestamp.tsval tcp.options.timestamp.tsecr tcp.option_kind")
                    .split(" "));

    @TempDir
    static Path temp;

    @BeforeAll
    static void wireshark() throws Exception {
        for (String tool : List.of("tshark", "editcap")) {
            boolean there;
            try {
                there = run(temp.resolve("version"), tool, "-v") == 0;
            } catch (IOException e) {
                there = false;
            }
            assumeTrue(there, "no " + tool + " here (Debian: apt-get install tshark)");
        }
    }

    private static int run(Path out, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it did not end");
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<ByteBuffer> frames() {
        Samples samples = new Samples(31);
        Packet packet = new Packet();
        List<ByteBuffer> frames = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            ByteBuffer frame = samples.next();
            if (i % WRONG == 0) {
                damage(packet.wrap(frame, LinkType.EN10MB));
            }
            frames.add(frame);
        }
        return frames;
    }

    private static void damage(Packet p) {
        Tcp tcp = p.tcp();
        Udp udp = p.udp();
        Ipv4 ip = p.ipv4();
        if (tcp != null) {
            tcp.checksum(tcp.checksum() ^ 0x0101);
        } else if (udp != null) {
            // over IPv4 some without one
            udp.checksum(ip != null && udp.sourcePort() % 2 == 0 ? 0 : udp.checksum() ^ 0x8000);
        } else if (ip != null) {
            ip.headerChecksum(ip.headerChecksum() ^ 1);
        }
    }

    private static void write(Path file, PcapFormat format, List<ByteBuffer> frames) throws IOException {
        try (PcapWriter writer = PcapWriter.open(file, format, LinkType.EN10MB)) {
            for (int i = 0; i < frames.size(); i++) {
                writer.write(TIME + i, frames.get(i));
            }
        }
    }

    @Test
    void everyFieldIsAsTsharkReadsIt() throws Exception {
        Path file = temp.resolve("fields.pcap");
        List<ByteBuffer> frames = frames();
        write(file, PcapFormat.pcap(), frames);
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-T", "fields"));
        for (String preference : List.of(
                "ip.check_checksum:TRUE",
                "tcp.check_checksum:TRUE",
                "udp.check_checksum:TRUE",
                "ip.defragment:FALSE",
                "ipv6.defragment:FALSE",
                "tcp.relative_sequence_numbers:FALSE",
                "tcp.analyze_sequence_numbers:FALSE")) {
            command.addAll(List.of("-o", preference));
        }
        for (String field : FIELDS) {
            command.addAll(List.of("-e", field));
        }
        Path out = temp.resolve("fields");
        assertEquals(0, run(out, command.toArray(String[]::new)));
        List<String> lines = Files.readAllLines(out);
        assertEquals(PACKETS, lines.size());
        Packet packet = new Packet();
        Map<String, Integer> compared = new HashMap<>();
        for (int i = 0; i < PACKETS; i++) {
            Map<String, String> ours = read(packet.wrap(frames.get(i), LinkType.EN10MB));
            String[] theirs = lines.get(i).split("\t", -1);
            for (int f = 0; f < FIELDS.size(); f++) {
                String name = FIELDS.get(f);
                String mine = ours.getOrDefault(name, "");
                String value = theirs[f];
                if (!isRepeated(name) && value.indexOf(',') > 0) {
                    value = value.substring(0, value.indexOf(',')); // the rest is of what an ICMP error quotes
                }
                if (!mine.isEmpty() || !isOfTheQuoted(name, packet)) {
                    assertEquals(value, mine, name + " of packet " + (i + 1) + ": " + packet);
                    compared.merge(name, mine.isEmpty() ? 0 : 1, Integer::sum);
                }
            }
        }
        for (String name : FIELDS) {
            assertTrue(compared.getOrDefault(name, 0) > 0, name + " never occurred");
        }
    }

    private static boolean isRepeated(String field) {
        return field.startsWith("vlan.") || field.startsWith("tcp.option") || field.startsWith("icmpv6.opt.type");
    }

    private static boolean isOfTheQuoted(String field, Packet p) {
        Icmp icmp = p.icmp();
        Icmp6 icmp6 = p.icmp6();
        boolean error = icmp != null ? icmp.isError() : icmp6 != null && icmp6.isError();
        return error && field.startsWith("udp.");
    }

    private static Map<String, String> read(Packet p) {
        Map<String, String> m = new HashMap<>();
        Ethernet ethernet = p.ethernet();
        if (ethernet != null) {
            m.put("eth.src", ethernet.source().toString());
            m.put("eth.dst", ethernet.destination().toString());
        }
        for (int i = 0; i < p.vlans(); i++) {
            m.merge("vlan.id", "" + p.vlan(i).vid(), TsharkIT::join);
            m.merge("vlan.priority", "" + p.vlan(i).pcp(), TsharkIT::join);
        }
        Arp arp = p.arp();
        if (arp != null) {
            m.put("arp.opcode", "" + arp.operation());
            m.put("arp.src.hw_mac", arp.senderHardware().toString());
            m.put("arp.src.proto_ipv4", arp.senderProtocol().getHostAddress());
            m.put("arp.dst.hw_mac", arp.targetHardware().toString());
            m.put("arp.dst.proto_ipv4", arp.targetProtocol().getHostAddress());
        }
        ipv4(p, m);
        ipv6(p, m);
        icmp(p, m);
        icmp6(p, m);
        Udp udp = p.udp();
        if (udp != null) {
            m.put("udp.srcport", "" + udp.sourcePort());
            m.put("udp.dstport", "" + udp.destinationPort());
            m.put("udp.length", "" + udp.length());
            m.put("udp.checksum.status", status(p.transportChecksum()));
        }
        tcp(p, m);
        return m;
    }

    private static void ipv4(Packet p, Map<String, String> m) {
        Ipv4 ip = p.ipv4();
        if (ip == null) {
            return;
        }
        m.put("ip.src", ip.source().getHostAddress());
        m.put("ip.dst", ip.destination().getHostAddress());
        Ipv4Options options = ip.options();
        if (options.find(Ipv4Options.LOOSE_SOURCE_ROUTE)) {
            // Wireshark shows the end of the route
            m.put("ip.dst", options.route(options.routeLength() - 1).getHostAddress());
        }
        m.put("ip.ttl", "" + ip.ttl());
        m.put("ip.proto", "" + ip.protocol());
        m.put("ip.len", "" + ip.totalLength());
        m.put("ip.hdr_len", "" + ip.headerLength());
        m.put("ip.id", hex(ip.identification(), 4));
        m.put("ip.dsfield", hex(ip.tos(), 2));
        m.put("ip.flags.df", bit(ip.dontFragment()));
        m.put("ip.flags.mf", bit(ip.moreFragments()));
        m.put("ip.frag_offset", "" + ip.fragmentOffset());
        m.put("ip.checksum.status", status(p.networkChecksum()));
    }

    private static void ipv6(Packet p, Map<String, String> m) {
        Ipv6 ip = p.ipv6();
        if (ip == null) {
            return;
        }
        m.put("ipv6.src", text(ip.source()));
        m.put("ipv6.dst", text(ip.destination()));
        m.put("ipv6.hlim", "" + ip.hopLimit());
        m.put("ipv6.plen", "" + ip.payloadLengthField());
        m.put("ipv6.tclass", hex(ip.trafficClass(), 8));
        m.put("ipv6.flow", hex(ip.flowLabel(), 6));
        Ipv6Routing routing = p.routing();
        if (routing != null) {
            m.put("ipv6.routing.type", "" + routing.routingType());
            m.put("ipv6.routing.segleft", "" + routing.segmentsLeft());
        }
        Ipv6Fragment fragment = p.fragment();
        if (fragment != null) {
            m.put("ipv6.fraghdr.offset", "" + fragment.fragmentOffset());
            m.put("ipv6.fraghdr.more", bit(fragment.moreFragments()));
            m.put("ipv6.fraghdr.ident", hex(fragment.identification(), 8));
        }
    }

    private static void icmp(Packet p, Map<String, String> m) {
        Icmp icmp = p.icmp();
        if (icmp == null) {
            return;
        }
        m.put("icmp.type", "" + icmp.type());
        m.put("icmp.code", "" + icmp.code());
        m.put("icmp.checksum.status", status(p.transportChecksum()));
        switch (icmp.type()) {
            case Linux.ICMP_ECHO -> {
                m.put("icmp.ident", "" + icmp.identifier());
                m.put("icmp.seq", "" + icmp.sequenceNumber());
            }
            case Linux.ICMP_REDIRECT -> m.put("icmp.redir_gw", icmp.gateway().getHostAddress());
            case Linux.ICMP_DEST_UNREACH -> {
                if (icmp.code() == Linux.ICMP_FRAG_NEEDED) {
                    m.put("icmp.mtu", "" + icmp.nextHopMtu());
                }
            }
            default -> {}
        }
    }

    private static void icmp6(Packet p, Map<String, String> m) {
        Icmp6 icmp = p.icmp6();
        if (icmp == null) {
            return;
        }
        m.put("icmpv6.type", "" + icmp.type());
        m.put("icmpv6.code", "" + icmp.code());
        m.put("icmpv6.checksum.status", status(p.transportChecksum()));
        switch (icmp.type()) {
            case Linux.ICMPV6_ECHO_REQUEST -> {
                m.put("icmpv6.echo.identifier", hex(icmp.identifier(), 4));
                m.put("icmpv6.echo.sequence_number", "" + icmp.sequenceNumber());
            }
            case Linux.ICMPV6_PKT_TOOBIG -> m.put("icmpv6.mtu", "" + icmp.mtu());
            case Linux.ND_NEIGHBOR_SOLICIT -> m.put("icmpv6.nd.ns.target_address", text(icmp.target()));
            case Linux.ND_NEIGHBOR_ADVERT -> m.put("icmpv6.nd.na.target_address", text(icmp.target()));
            case Linux.ND_ROUTER_ADVERT -> m.put("icmpv6.nd.ra.router_lifetime", "" + icmp.routerLifetime());
            case Linux.ND_REDIRECT -> {
                m.put("icmpv6.nd.rd.target_address", text(icmp.target()));
                m.put("icmpv6.rd.na.destination_address", text(icmp.destination()));
            }
            default -> {}
        }
        NdOptions options = icmp.options();
        while (options.next()) {
            m.merge("icmpv6.opt.type", "" + options.kind(), TsharkIT::join);
            switch (options.kind()) {
                case NdOptions.SOURCE_LINK_LAYER_ADDRESS, NdOptions.TARGET_LINK_LAYER_ADDRESS ->
                    m.put("icmpv6.opt.linkaddr", options.linkLayerAddress().toString());
                case NdOptions.PREFIX_INFORMATION -> m.put("icmpv6.opt.prefix", text(options.prefix()));
                default -> {}
            }
        }
    }

    private static void tcp(Packet p, Map<String, String> m) {
        Tcp tcp = p.tcp();
        if (tcp == null) {
            return;
        }
        m.put("tcp.srcport", "" + tcp.sourcePort());
        m.put("tcp.dstport", "" + tcp.destinationPort());
        m.put("tcp.seq_raw", "" + tcp.sequenceNumber());
        m.put("tcp.ack_raw", "" + tcp.acknowledgmentNumber());
        m.put("tcp.flags", hex(tcp.flags(), 4));
        m.put("tcp.window_size_value", "" + tcp.window());
        m.put("tcp.hdr_len", "" + tcp.headerLength());
        m.put("tcp.len", "" + tcp.payloadLength());
        m.put("tcp.checksum", hex(tcp.checksum(), 4));
        m.put("tcp.checksum.status", status(p.transportChecksum()));
        TcpOptionList options = tcp.options();
        while (options.next()) {
            m.merge("tcp.option_kind", "" + options.kind(), TsharkIT::join);
            switch (options.kind()) {
                case TcpOptionList.MSS -> m.put("tcp.options.mss_val", "" + options.mss());
                case TcpOptionList.WINDOW_SCALE -> m.put("tcp.options.wscale.shift", "" + options.windowScale());
                case TcpOptionList.TIMESTAMPS -> {
                    m.put("tcp.options.timestamp.tsval", "" + options.tsVal());
                    m.put("tcp.options.timestamp.tsecr", "" + options.tsEcr());
                }
                case TcpOptionList.SACK -> {
                    for (int i = 0; i < options.sackBlocks(); i++) {
                        m.merge("tcp.options.sack_le", "" + options.sackLeft(i), TsharkIT::join);
                        m.merge("tcp.options.sack_re", "" + options.sackRight(i), TsharkIT::join);
                    }
                }
                default -> {}
            }
        }
        // the padding is an option of its own to tshark
        if (options.offset() < tcp.payloadOffset() && options.length() == 0) {
            m.merge("tcp.option_kind", "0", TsharkIT::join);
        }
    }

    private static String join(String a, String b) {
        return a + "," + b;
    }

    private static String hex(long value, int digits) {
        String hex = Long.toHexString(value);
        return "0x" + "0".repeat(Math.max(0, digits - hex.length())) + hex;
    }

    private static String bit(boolean on) {
        return on ? "1" : "0";
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

    private static String text(InetAddress six) {
        String text = io.sockfd.address.Inet6SocketAddress.of(six.getAddress(), 0, 0, 0)
                .toString();
        return text.substring(1, text.lastIndexOf(']'));
    }

    @Test
    void filesOfWiresharkAreReadByUs() throws Exception {
        List<ByteBuffer> frames = frames().subList(0, 500);
        Path ours = temp.resolve("ours.pcapng");
        write(ours, PcapFormat.pcapng(), frames);
        Path log = temp.resolve("log");
        for (String type : List.of("pcap", "pcapng", "nsecpcap")) {
            Path theirs = temp.resolve("theirs." + type);
            assertEquals(0, run(log, "editcap", "-F", type, ours.toString(), theirs.toString()));
            same(theirs, frames, type.equals("pcap") ? 1000 : 1, Integer.MAX_VALUE);
            Path snapped = temp.resolve("snapped." + type);
            assertEquals(0, run(log, "editcap", "-s", "40", "-F", type, ours.toString(), snapped.toString()));
            same(snapped, frames, type.equals("pcap") ? 1000 : 1, 40);
            Path tshark = temp.resolve("tshark." + type);
            assertEquals(0, run(log, "tshark", "-r", ours.toString(), "-F", type, "-w", tshark.toString()));
            same(tshark, frames, type.equals("pcap") ? 1000 : 1, Integer.MAX_VALUE);
        }
    }

    private static void same(Path file, List<ByteBuffer> frames, long unit, int snap) throws IOException {
        try (PcapReader reader = PcapReader.open(file)) {
            for (int i = 0; i < frames.size(); i++) {
                assertTrue(reader.next(), file + " ends after " + i);
                ByteBuffer frame = frames.get(i);
                assertEquals(frame.duplicate().limit(Math.min(frame.limit(), snap)), reader.data());
                assertEquals(frame.remaining(), reader.originalLength());
                assertEquals((TIME + i) / unit * unit, reader.timestampNanos());
                assertEquals(LinkType.EN10MB, reader.linkType());
            }
            assertFalse(reader.next());
        }
    }
}
