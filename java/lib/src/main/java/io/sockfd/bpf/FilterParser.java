package io.sockfd.bpf;

import io.sockfd.address.HardwareAddress;
import io.sockfd.bpf.Condition.Compare;
import io.sockfd.bpf.Condition.Not;
import io.sockfd.bpf.Condition.Value.Constant;
import io.sockfd.bpf.Condition.Value.PacketLength;
import io.sockfd.bpf.Primitives.Qualifiers;
import io.sockfd.raw.Linux;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a filter expression. As in pcap-filter(7), {@code and} and {@code or} are equal and go from left to right. */
final class FilterParser {
    private static final int MOST_TERMS = 1000;
    private static final int PORT_MAX = 0xffff;
    private static final int VLAN_MAX = 0xfff;
    private static final Set<String> TYPES = Set.of("host", "net", "port", "portrange", "proto");
    private static final Set<String> KEYWORDS = Set.of(
            "and",
            "or",
            "not",
            "src",
            "dst",
            "vlan",
            "less",
            "greater",
            "broadcast",
            "multicast",
            "inbound",
            "outbound");

    /** Of pcap-filter(7), and not understood here. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "aarp",
            "aal",
            "addr1",
            "addr2",
            "addr3",
            "addr4",
            "action",
            "atalk",
            "address1",
            "address2",
            "address3",
            "address4",
            "bcc",
            "byte",
            "carp",
            "clnp",
            "connectmsg",
            "csnp",
            "decnet",
            "dir",
            "direction",
            "dpc",
            "es-is",
            "esis",
            "fddi",
            "fisu",
            "gateway",
            "geneve",
            "hdpc",
            "hopc",
            "hsio",
            "hsls",
            "iih",
            "ifindex",
            "ifname",
            "igrp",
            "ilmic",
            "ipx",
            "is-is",
            "isis",
            "iso",
            "l1",
            "l2",
            "lane",
            "lat",
            "length",
            "link",
            "llc",
            "lsp",
            "lssu",
            "metac",
            "metaconnect",
            "mopdl",
            "moprc",
            "mpls",
            "msu",
            "netbeui",
            "oam",
            "oamf4",
            "oamf4ec",
            "oamf4sc",
            "on",
            "opc",
            "ppp",
            "pppoed",
            "pppoes",
            "protochain",
            "psnp",
            "ra",
            "radio",
            "reason",
            "rnr",
            "rset",
            "rulenum",
            "ruleset",
            "sc",
            "sio",
            "slip",
            "sls",
            "snp",
            "srnr",
            "stp",
            "subrulenum",
            "subtype",
            "ta",
            "tr",
            "type",
            "vci",
            "vpi",
            "vxlan",
            "wlan");

    private final FilterTokens tokens;
    private final Headers headers;
    private final Primitives primitives;
    private final ValueParser values;
    /** For an address or a number without any: those of the one before. */
    private @Nullable Qualifiers last;

    private boolean vlan;
    private int terms;
    private int depth;

    FilterParser(String text, Framing link, boolean tagOutside) {
        tokens = new FilterTokens(text);
        headers = new Headers(link, tagOutside);
        primitives = new Primitives(headers);
        values = new ValueParser(tokens, primitives);
    }

    /** The whole text. */
    Condition parse() {
        if (tokens.atEnd()) {
            return new Condition.Always(true);
        }
        Condition condition;
        try {
            condition = expression();
        } catch (BpfException e) {
            throw String.valueOf(e.getMessage()).startsWith("column ")
                    ? e
                    : tokens.wrong(String.valueOf(e.getMessage()));
        }
        if (!tokens.atEnd()) {
            throw tokens.wrong("an and or an or is missing before this");
        }
        return condition;
    }

    /** Whether the text asks for a VLAN, which makes it differ by where the tag is. */
    boolean asksForVlan() {
        return vlan;
    }

    private Condition expression() {
        Condition condition = term();
        while (true) {
            if (tokens.accept("and", "&&")) {
                condition = condition.and(term());
            } else if (tokens.accept("or", "||")) {
                condition = condition.or(term());
            } else {
                return condition;
            }
        }
    }

    private Condition term() {
        if (++terms > MOST_TERMS || ++depth > ValueParser.DEEPEST) {
            throw tokens.wrong(terms > MOST_TERMS ? "more than " + MOST_TERMS + " terms" : "this is nested too deep");
        }
        try {
            if (tokens.accept("not", "!")) {
                return new Not(term());
            } else if (values.begins()) {
                return values.comparison();
            }
            Condition comparison = values.mayBegin() ? comparisonOrNull() : null;
            if (comparison != null) {
                return comparison;
            } else if (tokens.accept("(")) {
                Condition inner = expression();
                tokens.expect(")");
                return inner;
            }
            return primitive();
        } finally {
            depth--;
        }
    }

    /** A parenthesis may belong to arithmetic, and a number may be an address: tried first, and undone. */
    private @Nullable Condition comparisonOrNull() {
        int mark = tokens.mark();
        try {
            return values.comparison();
        } catch (BpfException e) {
            tokens.reset(mark);
            return null;
        }
    }

    private Condition primitive() {
        if (tokens.accept("vlan")) {
            vlan = true;
            return headers.vlan(endsHere() || !isNumber(tokens.peek()) ? -1 : number(VLAN_MAX, "VLAN"));
        } else if (tokens.accept("less")) {
            return new Not(
                    new Compare(new PacketLength(), Linux.BPF_JGT, new Constant(number(Integer.MAX_VALUE, "length"))));
        } else if (tokens.accept("greater")) {
            return new Compare(new PacketLength(), Linux.BPF_JGE, new Constant(number(Integer.MAX_VALUE, "length")));
        } else if (tokens.accept("outbound")) {
            return headers.outgoing();
        } else if (tokens.accept("inbound")) {
            return new Not(headers.outgoing());
        }
        String protocol = Primitives.isProtocol(tokens.peek()) ? tokens.next() : null;
        if (protocol == null) {
            requireKnown(tokens.peek());
        }
        if (tokens.peek().equals("broadcast") || tokens.peek().equals("multicast")) {
            return primitives.cast(protocol, tokens.next());
        }
        String direction = direction();
        String type = TYPES.contains(tokens.peek()) ? tokens.next() : null;
        if (protocol != null && direction == null && type == null && endsHere()) {
            return primitives.protocol(protocol);
        } else if (protocol != null || direction != null || type != null) {
            last = new Qualifiers(protocol, direction, type == null ? "host" : type);
        } else if (last == null || endsHere() || KEYWORDS.contains(tokens.peek())) {
            throw tokens.wrong("a primitive is missing here, such as host 10.0.0.1, port 80 or tcp");
        }
        return ids(last);
    }

    /** A word at the place of a primitive, or of what follows a protocol, that is no number and no address. */
    private void requireKnown(String word) {
        boolean known = TYPES.contains(word) || KEYWORDS.contains(word) || FilterAddress.part(word) != null;
        if (UNSUPPORTED.contains(word)) {
            throw tokens.wrong(word + " is not supported");
        } else if (!known && word.matches("[A-Za-z][A-Za-z0-9-]*")) {
            throw tokens.wrong(word + ": unknown word");
        }
    }

    private @Nullable String direction() {
        boolean source = tokens.peek().equals("src");
        if (!source && !tokens.peek().equals("dst")) {
            return null;
        }
        String first = tokens.next();
        int mark = tokens.mark();
        String joint = tokens.next();
        if ((joint.equals("or") || joint.equals("and")) && tokens.accept(source ? "dst" : "src")) {
            return "src " + joint + " dst";
        }
        tokens.reset(mark);
        return first;
    }

    private boolean endsHere() {
        return tokens.atEnd() || Set.of(")", "and", "&&", "or", "||").contains(tokens.peek());
    }

    /** One, or several in parentheses. */
    private Condition ids(Qualifiers qualifiers) {
        if (!tokens.accept("(")) {
            return id(qualifiers);
        }
        Condition all = expression();
        tokens.expect(")");
        return all;
    }

    private Condition id(Qualifiers q) {
        return switch (q.type()) {
            case "port" -> {
                int port = port(tokens.peek());
                tokens.next();
                yield primitives.port(q, port, port);
            }
            case "portrange" -> portRange(q);
            case "proto" -> primitives.protocol(q.protocol(), protocolNumber(q));
            case "net" -> net(q);
            default -> host(q);
        };
    }

    private Condition portRange(Qualifiers q) {
        String word = tokens.peek();
        int hyphen = word.indexOf('-');
        int first = port(hyphen < 0 ? word : word.substring(0, hyphen));
        int second = hyphen < 0 ? first : port(word.substring(hyphen + 1));
        tokens.next();
        return primitives.port(q, Math.min(first, second), Math.max(first, second));
    }

    private int port(String word) {
        if (!isNumber(word)) {
            throw tokens.wrong("a port is a number here, 0 to 65535");
        }
        int port = Numbers.parse(word);
        if (port < 0 || port > PORT_MAX) {
            throw tokens.wrong("a port is at most 65535");
        }
        return port;
    }

    private int protocolNumber(Qualifiers q) {
        String word = tokens.peek();
        String name = word.startsWith("\\") ? word.substring(1) : word;
        int number = Primitives.number(q.protocol(), name);
        if (number >= 0) {
            tokens.next();
            return number;
        }
        return number("ether".equals(q.protocol()) ? PORT_MAX : 0xff, "protocol");
    }

    private Condition host(Qualifiers q) {
        if ("ether".equals(q.protocol())) {
            byte[] address = hardware(tokens.peek());
            tokens.next();
            return primitives.ethernet(q, address);
        }
        byte[] address = FilterAddress.whole(tokens.peek());
        if (address == null) {
            throw tokens.wrong("a numeric IPv4 or IPv6 address is missing; names are not looked up");
        }
        tokens.next();
        return primitives.address(q, address, address.length * 8);
    }

    private byte[] hardware(String word) {
        try {
            byte[] bytes = HardwareAddress.parse(word).bytes();
            if (bytes.length == 6) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // said below, with the place
        }
        throw tokens.wrong("an Ethernet address is missing, such as 02:00:00:00:00:01");
    }

    private Condition net(Qualifiers q) {
        FilterAddress net = FilterAddress.part(tokens.peek());
        if (net == null) {
            throw tokens.wrong("a network is missing, such as 10.0.0.0/8, 192.168 or fe80::/10");
        }
        tokens.next();
        int bits = net.bits();
        if (tokens.accept("/")) {
            bits = number(net.bytes().length * 8, "prefix");
        } else if (tokens.accept("mask")) {
            bits = FilterAddress.maskBits(tokens.peek());
            if (bits < 0 || net.bytes().length != 4) {
                throw tokens.wrong("a mask goes with IPv4 and has its ones on the left, such as 255.255.0.0");
            }
            tokens.next();
        }
        if (!net.endsWithin(bits)) {
            throw tokens.wrong("the network has bits behind its prefix of " + bits);
        }
        return primitives.address(q, net.bytes(), bits);
    }

    private int number(int most, String what) {
        String word = tokens.peek();
        int value = isNumber(word) ? Numbers.parse(word) : -1;
        if (value < 0 || value > most) {
            throw tokens.wrong("a " + what + " is a number from 0 to " + most);
        }
        tokens.next();
        return value;
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.charAt(0) >= '0' && word.charAt(0) <= '9';
    }
}
