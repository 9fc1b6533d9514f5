package io.sockfd.bpf;

import java.util.Random;

/** Expressions in every form of pcap-filter(7), from a seed; some are wrong. */
final class Expressions {
    private static final String[] PROTOCOLS = {
        "ip", "ip6", "arp", "rarp", "tcp", "udp", "sctp", "icmp", "icmp6", "igmp", "igrp", "pim", "vrrp", "carp", "ah",
        "esp", "atalk", "aarp", "decnet", "lat", "sca", "moprc", "mopdl", "iso", "esis", "isis", "es-is", "is-is", "l1",
        "l2", "iih", "lsp", "snp", "csnp", "psnp", "clnp", "stp", "ipx", "netbeui",
    };
    private static final String[] DIRECTIONS = {"", "", "src ", "dst ", "src or dst ", "src and dst ", "dst or src "};
    private static final String[] HOSTS = {
        "10.0.0.1",
        "10.0.0.2",
        "192.168.1.5",
        "224.0.0.1",
        "10.1",
        "1.2.3",
        "0x0a000001",
        "167772161",
        "127.0.0.1",
        "::1",
        "2001:db8::1",
        "fe80::1",
        "ff02::1",
        "2001:db8::10.0.0.1",
        "10.0.0.256",
    };
    private static final String[] NETS = {
        "10",
        "10.0",
        "192.168",
        "192.168.1",
        "10.0.0.0/8",
        "192.168.1.0/24",
        "10.0.0.1/32",
        "0.0.0.0/0",
        "10.0.0.1/8",
        "10.0.0.0 mask 255.0.0.0",
        "192.168 mask 255.255.0.0",
        "2001:db8::/32",
        "2001:db8::/64",
        "fe80::/10",
        "::/0",
        "ff00::/8",
        "2001:db8::1/128",
        "10.0.0.0/33",
        "2001:db8::1/64",
        "2560",
        "10.0.0.0 mask 255.0.255.0",
    };
    private static final String[] PORTS = {
        "80", "443", "53", "http", "domain", "ftp", "ssh", "ntp", "0x50", "65536", "1024", "nosuchport", "22", "20",
    };
    private static final String[] RANGES = {
        "20-22", "80-443", "443-80", "53", "ftp-data", "ftp-http", "20-65536", "http-https", "0-65535", "5-", "domain",
    };
    private static final String[] MACS = {
        "02:00:00:00:00:01",
        "02-00-00-00-00-02",
        "0200.0000.0001",
        "ff:ff:ff:ff:ff:ff",
        "020000000002",
        "2:0:0:0:0:1",
        "1:2:3:4:5",
    };
    private static final String[] SPECIAL = {
        "broadcast",
        "multicast",
        "ether broadcast",
        "ether multicast",
        "ip broadcast",
        "ip multicast",
        "ip6 multicast",
        "ip6 broadcast",
        "arp multicast",
        "less 60",
        "greater 60",
        "less 0x64",
        "byte 0 = 2",
        "byte 12 = 8",
        "byte 13 > 5",
        "byte 0 < 3",
        "llc",
        "llc i",
        "llc s",
        "llc u",
        "llc rr",
        "llc rnr",
        "llc rej",
        "llc ui",
        "llc ua",
        "llc disc",
        "llc dm",
        "llc sabme",
        "llc test",
        "llc xid",
        "llc frmr",
        "llc foo",
        "pppoed",
        "lane",
        "vpi 5",
        "on eth0",
        "type mgt",
        "fisu",
        "opc 5",
        "oam",
        "radio[0] = 1",
        "gateway 10.0.0.1",
        "ether proto 0x0800",
        "ether proto \\ip6",
        "ether proto \\arp",
        "ether proto 0x8847",
        "ether proto 5",
        "ether proto 0xfe",
        "ether proto 0xe0",
        "ether proto 0xf0",
        "ether proto 6",
        "ether proto \\stp",
        "ether proto \\loopback",
        "ether proto \\iso",
        "ether proto ip",
        "iso proto \\isis",
        "iso proto 0x82",
        "isis proto 18",
        "ip proto 6",
        "ip proto \\udp",
        "ip6 proto 17",
        "ip6 proto \\ipv6-icmp",
        "proto 132",
        "proto \\tcp",
        "proto 300",
        "tcp proto 5",
        "arp proto 5",
        "decnet host 1.2",
        "decnet src 1.2",
        "decnet dst host 1.3",
        "decnet host 1",
        "link proto 0x86dd",
        "ip host 10.0.0.1",
        "arp host 10.0.0.1",
        "rarp src host 10.0.0.2",
        "ip6 host ::1",
        "ip host ::1",
        "tcp host 10.0.0.1",
        "ether host 10.0.0.1",
        "host 02:00:00:00:00:01",
        "ip net 10",
        "arp net 10.0.0.0/8",
        "ip6 net 2001:db8::/32",
        "host localhost",
        "ip host localhost",
        "port (80 or 443)",
        "tcp port (http or 53)",
        "host (10.0.0.1 or 10.0.0.2)",
        "net (10 or 192.168)",
        "port (80 or tcp)",
        "not port not 80",
        "tcp 80",
        "tcp udp",
        "src 10.0.0.1",
        "dst 2001:db8::1",
        "src tcp",
        "tcp src 80",
        "port",
        "()",
        "and",
        "ether[70000] = 1",
        "ether[-1] = 1",
        "ip[-2:2] = 0x800",
        "1 = 1",
        "1 = 2",
        "tcp)",
        "(tcp",
        "ifname eth0",
        "slip[0] = 2",
        "fddi src 02:00:00:00:00:01",
        "wlan host 02:00:00:00:00:02",
        "ether src ff:ff:ff:ff:ff:ff",
        "ppp proto 0x21",
    };
    private static final String[] FIELDS = {
        "ether", "ip", "ip6", "arp", "rarp", "tcp", "udp", "sctp", "icmp", "icmp6", "igmp", "link", "decnet", "vrrp",
        "lat", "iso", "ah",
    };
    private static final String[] OPERATORS = {"+", "-", "*", "/", "&", "|", "<<", ">>", "^", "%"};
    private static final String[] RELATIONS = {"=", "==", "!=", "<", "<=", ">", ">="};
    private static final String[] NUMBERS = {
        "0",
        "1",
        "2",
        "4",
        "5",
        "6",
        "8",
        "17",
        "0x0f",
        "60",
        "64",
        "0x1fff",
        "255",
        "tcp-syn",
        "icmp-echo",
        "tcpflags",
    };
    private static final String[] ENCAPSULATIONS = {"vlan", "mpls", "pppoes", "geneve"};

    private final Random random;

    Expressions(long seed) {
        random = new Random(seed);
    }

    String next() {
        StringBuilder text = new StringBuilder();
        int terms = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(4);
        if (random.nextInt(5) == 0) {
            text.append(encapsulation()).append(" and ");
            if (random.nextInt(3) == 0) {
                text.append(encapsulation()).append(" and ");
            }
        }
        expression(text, terms, 0);
        return text.toString();
    }

    private String encapsulation() {
        String word = pick(ENCAPSULATIONS);
        return random.nextBoolean()
                ? word
                : word + " " + (random.nextInt(30) == 0 ? 0x0fff_ffff : 4 + random.nextInt(3));
    }

    private void expression(StringBuilder text, int terms, int depth) {
        for (int i = 0; i < terms; i++) {
            if (i > 0) {
                text.append(random.nextInt(2) == 0 ? " and " : random.nextInt(6) == 0 ? " || " : " or ");
            }
            if (random.nextInt(5) == 0) {
                text.append(random.nextBoolean() ? "not " : "!");
            }
            if (depth < 3 && random.nextInt(5) == 0) {
                text.append("(");
                expression(text, 1 + random.nextInt(3), depth + 1);
                text.append(")");
            } else if (i > 0 && random.nextInt(10) == 0) {
                text.append(pick(random.nextBoolean() ? PORTS : HOSTS));
            } else {
                primitive(text);
            }
        }
    }

    private void primitive(StringBuilder text) {
        switch (random.nextInt(12)) {
            case 0 -> text.append(pick(PROTOCOLS));
            case 1, 2 -> text.append(pick(DIRECTIONS)).append("host ").append(pick(HOSTS));
            case 3 -> text.append(pick(DIRECTIONS)).append("net ").append(pick(NETS));
            case 4, 5 -> {
                String[] over = {"", "", "tcp ", "udp ", "sctp ", "icmp "};
                text.append(over[random.nextInt(random.nextInt(6) == 0 ? 6 : 5)])
                        .append(pick(DIRECTIONS));
                text.append("port ").append(pick(PORTS));
            }
            case 6 -> text.append(pick(DIRECTIONS)).append("portrange ").append(pick(RANGES));
            case 7 ->
                text.append("ether ").append(pick(DIRECTIONS)).append("host ").append(pick(MACS));
            case 8, 9 -> comparison(text);
            case 10 -> text.append(random.nextInt(4) == 0 ? encapsulation() : pick(PROTOCOLS));
            default -> text.append(pick(SPECIAL));
        }
    }

    private void comparison(StringBuilder text) {
        value(text, 0);
        text.append(' ').append(pick(RELATIONS)).append(' ');
        if (random.nextInt(4) == 0) {
            value(text, 1);
        } else {
            text.append(pick(NUMBERS));
        }
    }

    private void value(StringBuilder text, int depth) {
        switch (random.nextInt(depth < 3 ? 8 : 5)) {
            case 0 -> text.append(random.nextBoolean() ? "len" : "length");
            case 1 -> text.append(pick(NUMBERS));
            case 2, 3, 4 -> {
                text.append(pick(FIELDS)).append('[');
                if (depth < 2 && random.nextInt(6) == 0) {
                    value(text, depth + 1);
                } else {
                    text.append(random.nextInt(24));
                }
                String[] sizes = {"", "", ":1", ":2", ":4", ":2", ":4", random.nextInt(9) == 0 ? ":3" : ""};
                text.append(pick(sizes)).append(']');
            }
            case 5 -> {
                text.append('(');
                value(text, depth + 1);
                text.append(')');
            }
            case 6 -> {
                text.append('-');
                value(text, depth + 2);
            }
            default -> {
                value(text, depth + 1);
                text.append(' ').append(pick(OPERATORS)).append(' ');
                if (random.nextBoolean()) {
                    text.append(pick(NUMBERS));
                } else {
                    value(text, depth + 1);
                }
            }
        }
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }
}
