package io.sockfd.cli.capture;

import io.sockfd.packet.ChecksumStatus;
import io.sockfd.packet.Ipv4;
import io.sockfd.packet.Ipv6;
import io.sockfd.packet.Packet;
import io.sockfd.packet.Tcp;
import io.sockfd.packet.Udp;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What -v adds: the fields of the IP header, and whether checksums are right. */
final class PacketFields {
    private PacketFields() {}

    /**
     * Into the text of the packet, which begins there.
     *
     * @param shown the packet with the numbers of the text: those of TCP may be counted from the conversation's first
     */
    static void insert(Packet packet, Packet shown, StringBuilder text, int begin, int verbose) {
        Ipv4 ip4 = packet.ipv4();
        Ipv6 ip6 = packet.ipv6();
        if (verbose > 1) {
            sequence(shown.tcp(), text, begin);
        }
        checksum(packet, text, begin, verbose);
        if (ip4 != null) {
            insert(text, begin, "IP ", fields(packet, ip4));
        } else if (ip6 != null) {
            insert(text, begin, "IP6 ", fields(ip6));
        }
    }

    private static void insert(StringBuilder text, int begin, String name, String fields) {
        int at = text.indexOf(name, begin);
        if (at >= 0) {
            text.insert(at + name.length(), fields);
        }
    }

    private static String fields(Packet packet, Ipv4 ip) {
        String flags = (ip.dontFragment() ? "DF" : "") + (ip.moreFragments() ? "+" : "");
        String bad = packet.networkChecksum() == ChecksumStatus.BAD
                ? String.format(Locale.ROOT, ", bad cksum %x!", ip.headerChecksum())
                : "";
        return String.format(
                Locale.ROOT,
                "(tos 0x%x%s, ttl %d, id %d, offset %d, flags [%s], proto %s (%d), length %d%s)%n    ",
                ip.tos(),
                switch (ip.ecn()) {
                    case 1 -> ",ECT(1)";
                    case 2 -> ",ECT(0)";
                    case 3 -> ",CE";
                    default -> "";
                },
                ip.ttl(),
                ip.identification(),
                ip.fragmentOffset() * 8,
                flags.isEmpty() ? "none" : flags,
                protocol(ip.protocol()),
                ip.protocol(),
                ip.totalLength(),
                bad);
    }

    private static String fields(Ipv6 ip) {
        return String.format(
                Locale.ROOT,
                "(%s%shlim %d, next-header %s (%d) payload length: %d) ",
                ip.trafficClass() == 0 ? "" : String.format(Locale.ROOT, "class 0x%02x, ", ip.trafficClass()),
                ip.flowLabel() == 0 ? "" : String.format(Locale.ROOT, "flowlabel 0x%05x, ", ip.flowLabel()),
                ip.hopLimit(),
                protocol(ip.nextHeader()),
                ip.nextHeader(),
                ip.payloadLengthField());
    }

    private static String protocol(int number) {
        return switch (number) {
            case 0 -> "Options";
            case 1 -> "ICMP";
            case 2 -> "IGMP";
            case 4 -> "IPIP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 41 -> "IPv6";
            case 43 -> "Routing";
            case 44 -> "Fragment";
            case 47 -> "GRE";
            case 50 -> "ESP";
            case 51 -> "AH";
            case 58 -> "ICMPv6";
            case 60 -> "DSTOPT";
            case 89 -> "OSPF";
            case 103 -> "PIM";
            case 132 -> "SCTP";
            default -> "unknown";
        };
    }

    /** -vv shows the sequence number of a segment that takes none, too. */
    private static void sequence(@Nullable Tcp tcp, StringBuilder text, int begin) {
        int flags = text.indexOf("Flags [", begin);
        int at = flags < 0 ? -1 : text.indexOf("]", flags);
        if (tcp != null && at >= 0 && text.indexOf(", seq ", at) < 0) {
            text.insert(at + 1, ", seq " + tcp.sequenceNumber());
        }
    }

    private static void checksum(Packet packet, StringBuilder text, int begin, int verbose) {
        Tcp tcp = packet.tcp();
        Udp udp = packet.udp();
        ChecksumStatus status = packet.transportChecksum();
        if (tcp != null) {
            int flags = text.indexOf("Flags [", begin);
            int at = flags < 0 ? -1 : text.indexOf("]", flags);
            String result = switch (status) {
                case GOOD -> "correct";
                case BAD -> "incorrect";
                case OFFLOADED -> "offloaded";
                default -> "";
            };
            if (at >= 0 && !result.isEmpty()) {
                text.insert(at + 1, String.format(Locale.ROOT, ", cksum 0x%04x (%s)", tcp.checksum(), result));
            }
        } else if (udp != null) {
            String result = switch (status) {
                case GOOD -> packet.ipv6() != null || verbose > 1 ? "[udp sum ok] " : ""; // as tcpdump chooses
                case BAD -> String.format(Locale.ROOT, "[bad udp cksum 0x%04x!] ", udp.checksum());
                case OFFLOADED -> String.format(Locale.ROOT, "[udp cksum 0x%04x offloaded] ", udp.checksum());
                case ABSENT -> "[no cksum] ";
                default -> "";
            };
            int at = text.indexOf(": ", begin);
            if (at >= 0) {
                text.insert(at + 2, result);
            }
        }
    }
}
