package io.sockfd.capture;

import io.sockfd.packet.Dhcp;
import io.sockfd.packet.Dhcp6;
import io.sockfd.packet.Dns;
import io.sockfd.packet.DnsQuestion;
import io.sockfd.packet.DnsRecord;
import io.sockfd.packet.Igmp;
import io.sockfd.packet.Packet;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DNS, DHCP, DHCPv6 and IGMP under Wireshark's names. */
final class MessageFields {
    /** Of a record of services, {@code _service._protocol.name}. */
    private static final List<String> SRV_OWNER = List.of("dns.srv.service", "dns.srv.proto", "dns.srv.name");

    private MessageFields() {}

    static void read(PacketFields f, Packet p) {
        dns(f, p.dns());
        dhcp(f, p.dhcp());
        Dhcp6 dhcp6 = p.dhcp6();
        if (dhcp6 != null) {
            f.layer("dhcpv6");
            dhcp6(f, dhcp6);
        }
        igmp(f, p.igmp());
    }

    private static void igmp(PacketFields f, @Nullable Igmp igmp) {
        if (igmp == null) {
            return;
        }
        f.layer("igmp");
        f.hex("igmp.type", igmp.type(), 2);
        f.hex("igmp.checksum", igmp.checksum(), 4);
        if (igmp.type() == Igmp.REPORT_3) {
            f.put("igmp.num_grp_recs", igmp.recordCount());
        } else if (igmp.type() != Igmp.REPORT_1) {
            f.put("igmp.max_resp", igmp.maxResponse());
        }
    }

    private static void dns(PacketFields f, @Nullable Dns dns) {
        if (dns == null) {
            return;
        }
        f.layer("dns");
        f.hex("dns.id", dns.identifier(), 4);
        f.hex("dns.flags", dns.flags(), 4);
        f.put("dns.flags.response", dns.isResponse());
        f.put("dns.flags.opcode", dns.opcode());
        f.put("dns.flags.truncated", dns.isCutShort());
        f.put("dns.flags.recdesired", dns.recursionDesired());
        if (dns.isResponse()) {
            f.put("dns.flags.authoritative", dns.isAuthoritative());
            f.put("dns.flags.recavail", dns.recursionAvailable());
            f.put("dns.flags.rcode", dns.responseCode());
        }
        if (dns.isResponse() || dns.isAuthentic()) {
            f.put("dns.flags.authenticated", dns.isAuthentic());
        }
        f.put("dns.flags.checkdisable", dns.checkingDisabled());
        f.put("dns.count.queries", dns.questionCount());
        f.put("dns.count.answers", dns.answerCount());
        f.put("dns.count.auth_rr", dns.authorityCount());
        f.put("dns.count.add_rr", dns.additionalCount());
        for (DnsQuestion question : dns.questions()) {
            f.put("dns.qry.name", name(question.name()));
            f.put("dns.qry.type", question.type());
            f.hex("dns.qry.class", question.dnsClass(), 4);
        }
        for (List<DnsRecord> section : List.of(dns.answers(), dns.authorities(), dns.additionals())) {
            for (DnsRecord r : section) {
                dnsRecord(f, r);
            }
        }
    }

    private static void dnsRecord(PacketFields f, DnsRecord r) {
        if (r.type() == 33) {
            String[] labels = name(r.name()).split("\\.", 3);
            for (int i = 0; i < labels.length; i++) {
                f.put(SRV_OWNER.get(i), labels[i]);
            }
        } else {
            f.put("dns.resp.name", name(r.name()));
        }
        f.put("dns.resp.type", r.type());
        f.hex("dns.resp.class", r.dnsClass(), 4);
        f.put("dns.resp.ttl", r.ttl());
        String[] words = r.data().split(" ", -1);
        switch (r.type()) {
            case 1 -> f.put("dns.a", r.data());
            case 28 -> f.put("dns.aaaa", r.data());
            case 2 -> f.put("dns.ns", name(r.data()));
            case 5 -> f.put("dns.cname", name(r.data()));
            case 12 -> f.put("dns.ptr.domain_name", name(r.data()));
            case 39 -> f.put("dns.dname", name(r.data()));
            case 15 -> {
                f.put("dns.mx.preference", words[1]);
                f.put("dns.mx.mail_exchange", name(words[0]));
            }
            case 33 -> {
                f.put("dns.srv.priority", words[1]);
                f.put("dns.srv.weight", words[2]);
                f.put("dns.srv.port", words[0].substring(words[0].lastIndexOf(':') + 1));
                f.put("dns.srv.target", name(words[0].substring(0, words[0].lastIndexOf(':'))));
            }
            case 16 -> {
                for (String text : words) {
                    f.put("dns.txt", text.substring(1, text.length() - 1));
                }
            }
            default -> {
                // its data has no text
            }
        }
    }

    /** Ours end with a dot, Wireshark's do not, and the root has a name. */
    private static String name(String name) {
        return name.equals(".") ? "<Root>" : name.substring(0, name.length() - 1);
    }

    private static void dhcp(PacketFields f, @Nullable Dhcp dhcp) {
        if (dhcp == null) {
            return;
        }
        f.layer("dhcp");
        f.put("dhcp.type", dhcp.isRequest() ? 1 : 2);
        f.hex("dhcp.id", dhcp.transaction() & 0xffff_ffffL, 8);
        f.put("dhcp.ip.client", dotted(dhcp.clientAddress()));
        f.put("dhcp.ip.your", dotted(dhcp.yourAddress()));
        f.put("dhcp.ip.server", dotted(dhcp.serverAddress()));
        f.put("dhcp.hw.mac_addr", HexFormat.ofDelimiter(":").formatHex(dhcp.hardwareAddress()));
        if (dhcp.messageType() > 0) {
            f.put("dhcp.option.dhcp", dhcp.messageType());
        }
        option(f, "dhcp.option.requested_ip_address", dhcp.option(50));
        option(f, "dhcp.option.dhcp_server_id", dhcp.option(54));
    }

    private static void option(PacketFields f, String field, byte @Nullable [] address) {
        if (address != null) {
            f.put(field, dotted(ByteBuffer.wrap(address).getInt()));
        }
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    private static void dhcp6(PacketFields f, Dhcp6 m) {
        f.put("dhcpv6.msgtype", m.messageType());
        if (m.isRelayed()) {
            f.put("dhcpv6.hopcount", m.hopCount());
            f.address("dhcpv6.linkaddr", m.linkAddress());
            f.address("dhcpv6.peeraddr", m.peerAddress());
            byte[] carried = m.option(Dhcp6.RELAY_MESSAGE);
            if (carried != null) {
                dhcp6(f, new Dhcp6().wrap(ByteBuffer.wrap(carried)));
            }
            return;
        }
        f.hex("dhcpv6.xid", m.transaction(), 6);
        byte[] client = m.option(1);
        if (client != null) {
            f.put("dhcpv6.duid.bytes", HexFormat.of().formatHex(client));
        }
        byte[] elapsed = m.option(8);
        if (elapsed != null) {
            f.put("dhcpv6.elapsed_time", (ByteBuffer.wrap(elapsed).getShort() & 0xffff) * 10);
        }
    }
}
