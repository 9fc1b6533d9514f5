package io.sockfd.cli.capture;

import io.sockfd.address.HardwareAddress;
import io.sockfd.cli.Json;
import io.sockfd.packet.Ethernet;
import io.sockfd.packet.Ipv4;
import io.sockfd.packet.Ipv6;
import io.sockfd.packet.LinkType;
import io.sockfd.packet.LinuxSll;
import io.sockfd.packet.LinuxSll2;
import io.sockfd.packet.Packet;
import io.sockfd.packet.Tcp;
import io.sockfd.packet.Udp;
import io.sockfd.raw.Linux;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A packet as text, in tcpdump's form. */
final class PacketLine {
    private static final int MAC = 6;
    /** By the packet type of a cooked capture. */
    private static final String[] DIRECTIONS = {" In ", "  B ", "  M ", "  P ", "Out ", "??? "};

    private final Look look;
    private final PacketClock clock;
    private final Conversations conversations = new Conversations();
    private final Packet packet = new Packet();

    PacketLine(Look look) {
        this.look = look;
        clock = new PacketClock(look.times.length);
    }

    String of(Source source) {
        ByteBuffer data = source.data();
        packet.wrap(data, source.linkType(), source.length());
        packet.checksumOffloaded(source.isChecksumOffloaded());
        if (look.json) {
            return json(source) + System.lineSeparator();
        }
        StringBuilder text = new StringBuilder(128);
        clock.append(source.timestampNanos(), text);
        text.append(source.where());
        if (look.linkHeader) {
            link(text, source);
        }
        int begin = text.length();
        Packet shown =
                look.absolute ? packet : conversations.relative(packet, data, source.linkType(), source.length());
        shown.describe(text);
        if (look.quiet) {
            shorten(text, begin);
        } else if (look.verbose.length > 0) {
            PacketFields.insert(packet, shown, text, begin, look.verbose.length);
        }
        if (look.linkHeader) {
            withoutName(text, begin);
        }
        text.append(System.lineSeparator());
        bytes(text, data);
        return text.toString();
    }

    private void bytes(StringBuilder text, ByteBuffer data) {
        int network = networkOffset(data);
        if (look.both.length > 0 || look.hex.length > 0) {
            boolean whole = look.both.length > 1 || look.hex.length > 1;
            PacketBytes.dump(text, data, whole ? data.position() : network, look.both.length > 0);
        } else if (look.ascii.length > 0) {
            PacketBytes.text(text, data, look.ascii.length > 1 ? data.position() : network);
        }
    }

    /** Protocol and length of TCP, as tcpdump -q has it. */
    private void shorten(StringBuilder text, int begin) {
        Tcp tcp = packet.tcp();
        int flags = text.indexOf("Flags [", begin);
        int length = text.lastIndexOf(", length ");
        if (tcp != null && flags >= 0 && length > flags) {
            text.replace(flags, length + ", length ".length(), "tcp ");
        }
    }

    /** The link header has said it. */
    private static void withoutName(StringBuilder text, int begin) {
        for (String name : new String[] {"IP ", "IP6 "}) {
            if (text.indexOf(name, begin) == begin) {
                text.delete(begin, begin + name.length());
            }
        }
    }

    private void link(StringBuilder text, Source source) {
        Ethernet ethernet = packet.ethernet();
        LinuxSll2 sll2 = packet.linuxSll2();
        LinuxSll sll = packet.linuxSll();
        if (ethernet != null) {
            text.append(ethernet.source()).append(" > ").append(ethernet.destination());
            type(text, ethernet.etherType());
        } else if (sll2 != null) {
            text.append("ifindex ").append(sll2.interfaceIndex()).append(' ');
            cooked(text, sll2.source(), sll2.protocol(), source.length());
            return;
        } else if (sll != null) {
            text.append(DIRECTIONS[Math.min(sll.packetType(), DIRECTIONS.length - 1)]);
            cooked(text, sll.source(), sll.protocol(), source.length());
            return;
        } else {
            text.append(LinkType.name(source.linkType()));
        }
        text.append(", length ").append(source.length()).append(": ");
    }

    /** Where and in which direction, as tcpdump has it before each line of LINUX_SLL2. */
    static String where(String name, int packetType) {
        String way = switch (packetType) {
            case Linux.PACKET_OUTGOING -> "Out";
            case Linux.PACKET_BROADCAST -> "B";
            case Linux.PACKET_MULTICAST -> "M";
            case Linux.PACKET_OTHERHOST -> "P";
            default -> "In";
        };
        return String.format(Locale.ROOT, "%-5s %-3s ", name, way);
    }

    private void cooked(StringBuilder text, HardwareAddress from, int type, long length) {
        if (from.length() == MAC) {
            text.append(from).append(' ');
        }
        if (!look.quiet) {
            text.append(ethertype(type)).append(", length ").append(length).append(": ");
        }
    }

    private void type(StringBuilder text, int type) {
        text.append(", ").append(look.quiet ? name(type) : ethertype(type));
    }

    private static String ethertype(int type) {
        return String.format(Locale.ROOT, "ethertype %s (0x%04x)", name(type), type);
    }

    private static String name(int type) {
        return switch (type) {
            case 0x0800 -> "IPv4";
            case 0x86dd -> "IPv6";
            case 0x0806 -> "ARP";
            case 0x8035 -> "Reverse ARP";
            case 0x8100 -> "802.1Q";
            case 0x88a8 -> "802.1Q-QinQ";
            case 0x8847 -> "MPLS unicast";
            case 0x8863 -> "PPPoE D";
            case 0x8864 -> "PPPoE S";
            case 0x88cc -> "LLDP";
            default -> "Unknown";
        };
    }

    /** Where the bytes behind the link header begin. */
    private int networkOffset(ByteBuffer data) {
        Ethernet ethernet = packet.ethernet();
        LinuxSll2 sll2 = packet.linuxSll2();
        LinuxSll sll = packet.linuxSll();
        return ethernet != null
                ? ethernet.payloadOffset()
                : sll2 != null ? sll2.payloadOffset() : sll != null ? sll.payloadOffset() : data.position();
    }

    private String json(Source source) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", BigDecimal.valueOf(source.timestampNanos(), 9));
        fields.put("linkType", LinkType.name(source.linkType()));
        fields.put("length", source.length());
        fields.put("captured", source.data().remaining());
        if (!source.where().isBlank() && !source.where().startsWith("?")) {
            fields.put("interface", source.where().strip().split(" +", -1)[0]);
        }
        Ipv4 ip4 = packet.ipv4();
        Ipv6 ip6 = packet.ipv6();
        if (ip4 != null) {
            fields.put("source", ip4.source().getHostAddress());
            fields.put("destination", ip4.destination().getHostAddress());
        } else if (ip6 != null) {
            fields.put("source", ip6.source().getHostAddress());
            fields.put("destination", ip6.destination().getHostAddress());
        }
        Tcp tcp = packet.tcp();
        Udp udp = packet.udp();
        if (tcp != null) {
            ports(fields, "tcp", tcp.sourcePort(), tcp.destinationPort());
        } else if (udp != null) {
            ports(fields, "udp", udp.sourcePort(), udp.destinationPort());
        }
        StringBuilder text = new StringBuilder();
        packet.describe(text);
        fields.put("text", text.toString());
        return Json.line(fields);
    }

    private static void ports(Map<String, Object> fields, String protocol, int source, int destination) {
        fields.put("protocol", protocol);
        fields.put("sourcePort", source);
        fields.put("destinationPort", destination);
    }
}
