package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Always;
import io.sockfd.bpf.Condition.Compare;
import io.sockfd.bpf.Condition.Not;
import io.sockfd.bpf.Condition.Value;
import io.sockfd.bpf.Condition.Value.Binary;
import io.sockfd.bpf.Condition.Value.Constant;
import io.sockfd.bpf.Condition.Value.Load;
import io.sockfd.bpf.Condition.Value.Negative;
import io.sockfd.bpf.Condition.Value.PacketLength;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads comparisons, such as {@code tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn}. */
final class ValueParser {
    static final int DEEPEST = 50;

    /** From the weakest to the strongest, as in C; those of a level go from left to right. */
    private static final List<Map<String, Integer>> LEVELS = List.of(
            Map.of("|", BPF_OR),
            Map.of("^", BPF_XOR),
            Map.of("&", BPF_AND),
            Map.of("<<", BPF_LSH, ">>", BPF_RSH),
            Map.of("+", BPF_ADD, "-", BPF_SUB),
            Map.of("*", BPF_MUL, "/", BPF_DIV, "%", BPF_MOD));

    private static final Set<String> RELATIONS = Set.of("<", ">", "<=", ">=", "=", "==", "!=");

    private static final Map<String, Integer> NAMES = Map.ofEntries(
            Map.entry("tcpflags", 13),
            Map.entry("tcp-fin", 0x01),
            Map.entry("tcp-syn", 0x02),
            Map.entry("tcp-rst", 0x04),
            Map.entry("tcp-push", 0x08),
            Map.entry("tcp-ack", 0x10),
            Map.entry("tcp-urg", 0x20),
            Map.entry("tcp-ece", 0x40),
            Map.entry("tcp-cwr", 0x80),
            Map.entry("icmptype", 0),
            Map.entry("icmpcode", 1),
            Map.entry("icmp-echoreply", ICMP_ECHOREPLY),
            Map.entry("icmp-unreach", ICMP_DEST_UNREACH),
            Map.entry("icmp-sourcequench", ICMP_SOURCE_QUENCH),
            Map.entry("icmp-redirect", ICMP_REDIRECT),
            Map.entry("icmp-echo", ICMP_ECHO),
            Map.entry("icmp-routeradvert", 9),
            Map.entry("icmp-routersolicit", 10),
            Map.entry("icmp-timxceed", ICMP_TIME_EXCEEDED),
            Map.entry("icmp-paramprob", ICMP_PARAMETERPROB),
            Map.entry("icmp-tstamp", ICMP_TIMESTAMP),
            Map.entry("icmp-tstampreply", ICMP_TIMESTAMPREPLY),
            Map.entry("icmp-ireq", ICMP_INFO_REQUEST),
            Map.entry("icmp-ireqreply", ICMP_INFO_REPLY),
            Map.entry("icmp-maskreq", ICMP_ADDRESS),
            Map.entry("icmp-maskreply", ICMP_ADDRESSREPLY),
            Map.entry("icmp6type", 0),
            Map.entry("icmp6code", 1),
            Map.entry("icmp6-destinationunreach", 1),
            Map.entry("icmp6-packettoobig", 2),
            Map.entry("icmp6-timeexceeded", 3),
            Map.entry("icmp6-parameterproblem", 4),
            Map.entry("icmp6-echo", 128),
            Map.entry("icmp6-echoreply", 129),
            Map.entry("icmp6-routersolicit", 133),
            Map.entry("icmp6-routeradvert", 134),
            Map.entry("icmp6-neighborsolicit", 135),
            Map.entry("icmp6-neighboradvert", 136),
            Map.entry("icmp6-redirect", 137));

    private final FilterTokens tokens;
    private final Primitives primitives;
    private Condition guard = new Always(true);
    private int depth;

    ValueParser(FilterTokens tokens, Primitives primitives) {
        this.tokens = tokens;
        this.primitives = primitives;
    }

    /** Whether the next token can only begin a comparison. */
    boolean begins() {
        String word = tokens.peek();
        return word.equals("len")
                || word.equals("-")
                || NAMES.containsKey(word)
                || (tokens.peekSecond().equals("[") && Primitives.isProtocol(word));
    }

    /** Whether the next token is one that may begin a comparison and something else too. */
    boolean mayBegin() {
        String second = tokens.peekSecond();
        boolean operator = RELATIONS.contains(second) || LEVELS.stream().anyMatch(level -> level.containsKey(second));
        return tokens.peek().equals("(") || (operator && isNumber(tokens.peek()));
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && Character.isDigit(word.charAt(0));
    }

    /** {@code value relation value}; false where a header that it reads is not there. */
    Condition comparison() {
        guard = new Always(true);
        depth = 0;
        Value left = value(0);
        String relation = tokens.peek();
        if (!RELATIONS.contains(relation)) {
            throw tokens.wrong("a comparison needs one of < > <= >= = !=");
        }
        tokens.next();
        Value right = value(0);
        Condition compared = switch (relation) {
            case ">" -> new Compare(left, BPF_JGT, right);
            case ">=" -> new Compare(left, BPF_JGE, right);
            case "<" -> new Not(new Compare(left, BPF_JGE, right));
            case "<=" -> new Not(new Compare(left, BPF_JGT, right));
            case "!=" -> new Not(new Compare(left, BPF_JEQ, right));
            default -> new Compare(left, BPF_JEQ, right);
        };
        return guard.and(compared);
    }

    private Value value(int level) {
        if (level == LEVELS.size()) {
            return operand();
        }
        Value left = value(level + 1);
        Map<String, Integer> operators = LEVELS.get(level);
        for (Integer op = operators.get(tokens.peek()); op != null; op = operators.get(tokens.peek())) {
            tokens.next();
            left = binary(left, op, value(level + 1));
        }
        return left;
    }

    private Value binary(Value left, int op, Value right) {
        if (right instanceof Constant constant) {
            int k = constant.value();
            if (k == 0 && (op == BPF_DIV || op == BPF_MOD)) {
                throw tokens.wrong("a division by zero");
            } else if (k >>> 5 != 0 && (op == BPF_LSH || op == BPF_RSH)) {
                throw tokens.wrong("a shift by more than 31 bits");
            } else if (left instanceof Constant other) {
                return new Constant(Interpreter.compute(op, other.value(), k));
            }
        }
        return new Binary(left, op, right);
    }

    private Value operand() {
        if (++depth > DEEPEST) {
            throw tokens.wrong("this is nested too deep");
        }
        try {
            String word = tokens.peek();
            if (tokens.accept("-")) {
                Value value = operand();
                return value instanceof Constant constant ? new Constant(-constant.value()) : new Negative(value);
            } else if (tokens.accept("(")) {
                Value inner = value(0);
                tokens.expect(")");
                return inner;
            } else if (tokens.accept("len")) {
                return new PacketLength();
            } else if (NAMES.containsKey(word)) {
                return new Constant(NAMES.getOrDefault(tokens.next(), 0));
            } else if (isNumber(word)) {
                Value number = new Constant(Numbers.parse(word));
                tokens.next();
                return number;
            }
            return field();
        } finally {
            depth--;
        }
    }

    /** {@code name[offset:size]}. */
    private Value field() {
        String name = tokens.peek();
        if (!Primitives.isProtocol(name) || !tokens.peekSecond().equals("[")) {
            throw tokens.wrong("a number, len, or the bytes of a header, such as tcp[13], is missing");
        }
        tokens.next();
        tokens.expect("[");
        Value offset = value(0);
        if (offset instanceof Constant constant && constant.value() >>> 16 != 0) {
            throw tokens.wrong("an offset is a number from 0 to 65535");
        }
        int size = BPF_B;
        if (tokens.accept(":")) {
            size = switch (tokens.peek()) {
                case "1" -> BPF_B;
                case "2" -> BPF_H;
                case "4" -> BPF_W;
                default -> throw tokens.wrong("1, 2 or 4 bytes can be read at once");
            };
            tokens.next();
        }
        tokens.expect("]");
        Primitives.Field field = primitives.header(name);
        guard = guard.and(field.guard());
        return new Load(offset, field.base(), field.ipHeader(), size);
    }
}
