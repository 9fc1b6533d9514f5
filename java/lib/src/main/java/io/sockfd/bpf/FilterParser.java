package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Always;
import io.sockfd.bpf.Condition.Value;
import io.sockfd.bpf.Condition.Value.PacketLength;
import io.sockfd.bpf.FilterScanner.Kind;
import io.sockfd.bpf.FilterScanner.Token;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter expression. As in pcap-filter(7), {@code and} and {@code or} are equal and go from left to right, and an
 * address or a number alone takes the qualifiers of the primitive before it.
 */
final class FilterParser {
    private static final int MOST_TERMS = 1000;
    private static final Set<String> TYPES = Set.of("host", "net", "port", "portrange");

    /** What was read, and the qualifiers for what follows it; an id is an address, a name or a number alone. */
    private record Read(Condition condition, @Nullable Qualifiers qualifiers, boolean isId) {}

    private final FilterTokens tokens;
    private final Addresses addresses;
    private final Protocols protocols;
    private final Encapsulations encapsulations;
    private final LinkTypes types;
    private final Link link;
    private final FilterIds ids;
    private final ValueParser values;
    private final int netmask;
    private boolean vlan;
    private int terms;
    private int depth;
    /** Why the farthest attempt at a comparison failed, for a text that is nothing else either. */
    private @Nullable BpfException farthest;

    private int farthestMark = -1;

    FilterParser(String text, Framing framing, boolean tagOutside, int netmask) {
        tokens = new FilterTokens(text);
        link = new Link(framing, tagOutside);
        types = new LinkTypes(link);
        addresses = new Addresses(link, types);
        protocols = new Protocols(link, types);
        encapsulations = new Encapsulations(link, types);
        ids = new FilterIds(tokens, addresses, protocols, new Ports(link, types));
        values = new ValueParser(tokens, protocols);
        this.netmask = netmask;
    }

    /** The whole text. */
    Condition parse() {
        if (tokens.atEnd()) {
            return new Always(true);
        }
        try {
            Read all = expression(null, false);
            if (!tokens.atEnd()) {
                throw tokens.wrong(
                        tokens.token().kind() == Kind.WORD && tokens.is(")")
                                ? "a parenthesis is closed that was not opened"
                                : "an and or an or is missing before this");
            }
            return all.condition;
        } catch (BpfException e) {
            BpfException better = farthest != null && farthestMark > tokens.mark() ? farthest : e;
            String message = String.valueOf(better.getMessage());
            throw message.startsWith("column ") ? better : tokens.wrong(message);
        }
    }

    /** Whether the text asks for a VLAN, which makes it differ by where the tag is. */
    boolean asksForVlan() {
        return vlan;
    }

    /** Terms, or ids where they may stand; what begins with an id has nothing but ids. */
    private Read expression(@Nullable Qualifiers before, boolean idsMayBegin) {
        Read all = operand(before, idsMayBegin, false);
        while (tokens.is("and") || tokens.is("or")) {
            boolean and = tokens.next().text().equals("and");
            Read next = operand(all.qualifiers, true, all.isId);
            Condition both = and ? all.condition.and(next.condition) : all.condition.or(next.condition);
            all = new Read(both, next.qualifiers, all.isId);
        }
        return all;
    }

    private Read operand(@Nullable Qualifiers before, boolean idMay, boolean idMust) {
        if (++terms > MOST_TERMS || ++depth > ValueParser.DEEPEST) {
            throw tokens.wrong(terms > MOST_TERMS ? "more than " + MOST_TERMS + " terms" : "this is nested too deep");
        }
        try {
            if (tokens.accept("not")) {
                Read inner = operand(before, idMay, idMust);
                return new Read(inner.condition.not(), inner.qualifiers, inner.isId);
            }
            Condition comparison = idMust ? null : comparisonOrNull();
            if (comparison != null) {
                return new Read(comparison, null, false);
            } else if (tokens.accept("(")) {
                Read inner = idMust ? idList(before) : expression(before, idMay);
                tokens.expect(")");
                return new Read(inner.condition, before, inner.isId);
            } else if (isId()) {
                if (!idMay || before == null) {
                    throw noPrimitive();
                }
                return new Read(ids.read(before), before, true);
            } else if (idMust) {
                throw tokens.wrong("an address, a name or a number is missing: what is in parentheses behind a"
                        + " qualifier is of one kind");
            }
            return primitive();
        } finally {
            depth--;
        }
    }

    private Read idList(@Nullable Qualifiers before) {
        Read all = operand(before, true, true);
        while (tokens.is("and") || tokens.is("or")) {
            boolean and = tokens.next().text().equals("and");
            Read next = operand(before, true, true);
            all = new Read(and ? all.condition.and(next.condition) : all.condition.or(next.condition), before, true);
        }
        return all;
    }

    private boolean isId() {
        Kind kind = tokens.token().kind();
        return kind != Kind.WORD && kind != Kind.END;
    }

    /** A parenthesis may belong to arithmetic, and a number may be an address: tried first, and undone. */
    private @Nullable Condition comparisonOrNull() {
        if (values.begins()) {
            return values.comparison();
        } else if (!values.mayBegin()) {
            return null;
        }
        int mark = tokens.mark();
        try {
            return values.comparison();
        } catch (BpfException e) {
            if (tokens.mark() > Math.max(mark + 1, farthestMark)) {
                farthestMark = tokens.mark();
                farthest = e;
            }
            tokens.reset(mark);
            return null;
        }
    }

    private BpfException noPrimitive() {
        Token token = tokens.token();
        if (token.kind() == Kind.NAME) {
            return tokens.wrong(token.text() + ": unknown word");
        }
        return tokens.wrong("a primitive is missing here, such as host 10.0.0.1, port 80 or tcp");
    }

    private Read primitive() {
        Token token = tokens.token();
        String elsewhere = FilterWords.ELSEWHERE.get(token.text());
        if (token.kind() == Kind.END) {
            throw noPrimitive();
        } else if (elsewhere != null) {
            throw tokens.wrong(token.text() + " is not supported: it is of " + elsewhere);
        }
        Condition alone = special(token.text());
        return alone != null ? new Read(alone, null, false) : qualified();
    }

    /** What has no qualifiers. */
    private @Nullable Condition special(String word) {
        switch (word) {
            case "less",
                    "greater",
                    "byte",
                    "inbound",
                    "outbound",
                    "ifindex",
                    "vlan",
                    "mpls",
                    "pppoed",
                    "pppoes",
                    "geneve",
                    "vxlan",
                    "llc" -> tokens.next();
            default -> {
                return null;
            }
        }
        return switch (word) {
            case "less" ->
                new PacketLength().test(BPF_JGT, tokens.number("a length")).not();
            case "greater" -> new PacketLength().test(BPF_JGE, tokens.number("a length"));
            case "byte" -> bytes();
            case "inbound" -> link.outgoing().not();
            case "outbound" -> link.outgoing();
            case "ifindex" -> link.interfaceIndex(tokens.number("the index of an interface"));
            case "vlan" -> {
                vlan = true;
                yield numbered(encapsulations::vlan);
            }
            case "mpls" -> numbered(encapsulations::mpls);
            case "pppoed" -> encapsulations.discovery();
            case "pppoes" -> numbered(encapsulations::session);
            case "geneve" -> numbered(encapsulations::geneve);
            case "vxlan" -> numbered(encapsulations::vxlan);
            default ->
                tokens.token().kind() == Kind.NAME || tokens.is("rnr")
                        ? types.llc(tokens.next().text())
                        : types.llc();
        };
    }

    /** With a number or without one. */
    private Condition numbered(IntFunction<Condition> of) {
        int mark = tokens.mark();
        int parentheses = 0;
        while (tokens.accept("(")) {
            parentheses++;
        }
        if (!tokens.atNumber()) {
            tokens.reset(mark);
            return of.apply(Encapsulations.ANY);
        }
        Token token = tokens.next();
        for (; parentheses > 0; parentheses--) {
            tokens.expect(")");
        }
        if (token.value() == Encapsulations.ANY) {
            throw FilterTokens.wrong(token, "the number is too large");
        }
        return of.apply(token.value());
    }

    /** {@code byte 12 = 8}. */
    private Condition bytes() {
        int at = tokens.number("the place of the byte");
        String operator = tokens.next().text();
        Value value = link.linkHeader(at, BPF_B);
        int number = tokens.number("the value of the byte");
        return switch (operator) {
            case "=" -> value.is(number);
            case "<" -> value.test(BPF_JGE, number).not();
            case ">" -> value.test(BPF_JGT, number);
            case "&" -> value.test(BPF_JSET, number);
            case "|" -> value.with(BPF_OR, number).is(0).not();
            default -> throw tokens.wrong("byte N is followed by one of = < > & |");
        };
    }

    private Read qualified() {
        String protocol =
                FilterWords.PROTOCOLS.contains(tokens.peek()) ? tokens.next().text() : null;
        if (tokens.is("broadcast") || tokens.is("multicast")) {
            boolean multicast = tokens.next().text().equals("multicast");
            return new Read(addresses.cast(protocol, multicast, netmask), null, false);
        }
        String direction = direction();
        String type = TYPES.contains(tokens.peek()) && !isId() ? tokens.next().text() : null;
        if (direction == null && type == null) {
            if (tokens.is("proto") || tokens.is("protochain")) {
                type = tokens.next().text();
            } else if (tokens.is("gateway")) {
                throw tokens.wrong("gateway is not supported, as in libpcap with IPv6: write ether host and not host");
            } else if (protocol != null) {
                requireEnd();
                return new Read(protocols.named(protocol), null, false);
            } else {
                throw noPrimitive();
            }
        }
        Qualifiers qualifiers = new Qualifiers(protocol, direction, type);
        return new Read(list(qualifiers), qualifiers, false);
    }

    private void requireEnd() {
        if (isId()) {
            String word = tokens.peek();
            throw tokens.wrong(
                    tokens.token().kind() == Kind.NAME
                            ? word + ": unknown word"
                            : "host, net, port, src, dst or proto is missing before this");
        }
    }

    /** One id, or several in parentheses. */
    private Condition list(Qualifiers qualifiers) {
        if (tokens.is("(") || tokens.is("not")) {
            return operand(qualifiers, true, true).condition;
        } else if (!isId()) {
            throw tokens.wrong("an address, a name or a number is missing behind " + qualifiers.kind());
        }
        return ids.read(qualifiers);
    }

    private @Nullable String direction() {
        if (FilterWords.RADIO_DIRECTIONS.contains(tokens.peek()) && !isId()) {
            return tokens.next().text();
        }
        boolean source = tokens.is("src");
        if (!source && !tokens.is("dst")) {
            return null;
        }
        String first = tokens.next().text();
        if (tokens.is("or") || tokens.is("and")) {
            String joint = tokens.next().text();
            tokens.expect(source ? "dst" : "src");
            return "src " + joint + " dst";
        }
        return first;
    }
}
