package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Always;
import io.sockfd.bpf.Condition.Compare;
import io.sockfd.bpf.Condition.Value;
import io.sockfd.bpf.Condition.Value.Binary;
import io.sockfd.bpf.Condition.Value.Constant;
import io.sockfd.bpf.Condition.Value.Load;
import io.sockfd.bpf.Condition.Value.Negative;
import io.sockfd.bpf.Condition.Value.PacketLength;
import io.sockfd.bpf.FilterScanner.Kind;
import java.util.Map;
import java.util.Set;

/** Reads comparisons, such as {@code tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn}. */
final class ValueParser {
    static final int DEEPEST = 50;

    private static final Map<String, Integer> OPERATORS = Map.ofEntries(
            Map.entry("|", BPF_OR),
            Map.entry("^", BPF_XOR),
            Map.entry("&", BPF_AND),
            Map.entry("<<", BPF_LSH),
            Map.entry(">>", BPF_RSH),
            Map.entry("+", BPF_ADD),
            Map.entry("-", BPF_SUB),
            Map.entry("*", BPF_MUL),
            Map.entry("/", BPF_DIV),
            Map.entry("%", BPF_MOD));

    /** As in libpcap's grammar, where {@code ^} and {@code %} have none: they take all that follows. */
    private static final Map<String, Integer> PRECEDENCE =
            Map.of("|", 1, "&", 2, "<<", 3, ">>", 3, "+", 4, "-", 4, "*", 5, "/", 5);

    private static final Set<String> RELATIONS = Set.of("<", ">", "<=", ">=", "=", "!=");

    private final FilterTokens tokens;
    private final Protocols protocols;
    private Condition guard = new Always(true);
    private int depth;

    ValueParser(FilterTokens tokens, Protocols protocols) {
        this.tokens = tokens;
        this.protocols = protocols;
    }

    /** Whether the next token can only begin a comparison. */
    boolean begins() {
        return tokens.is("len")
                || tokens.is("-")
                || (tokens.secondIs("[") && FilterWords.PROTOCOLS.contains(tokens.peek()));
    }

    /** Whether the next token is one that may begin a comparison and something else too. */
    boolean mayBegin() {
        return tokens.is("(") || tokens.atNumber();
    }

    /** {@code value relation value}; false where a header that it reads is not there. */
    Condition comparison() {
        guard = new Always(true);
        depth = 0;
        Value left = value(0);
        Condition ofLeft = guard;
        guard = new Always(true);
        String relation = tokens.peek();
        if (tokens.token().kind() != Kind.WORD || !RELATIONS.contains(relation)) {
            throw tokens.wrong("a comparison needs one of < > <= >= = !=");
        }
        tokens.next();
        Value right = value(0);
        Condition compared = switch (relation) {
            case ">" -> new Compare(left, BPF_JGT, right);
            case ">=" -> new Compare(left, BPF_JGE, right);
            case "<" -> new Compare(left, BPF_JGE, right).not();
            case "<=" -> new Compare(left, BPF_JGT, right).not();
            case "!=" -> new Compare(left, BPF_JEQ, right).not();
            default -> new Compare(left, BPF_JEQ, right);
        };
        return ofLeft.and(guard).and(compared);
    }

    /** With operators that bind at least so strongly. */
    private Value value(int strength) {
        if (++depth > DEEPEST) {
            throw tokens.wrong("this is nested too deep");
        }
        Value left = operand();
        while (tokens.token().kind() == Kind.WORD && OPERATORS.containsKey(tokens.peek())) {
            String operator = tokens.peek();
            int precedence = PRECEDENCE.getOrDefault(operator, 0);
            if (precedence != 0 && precedence <= strength) {
                break;
            }
            tokens.next();
            Condition guarded = guard; // of the left operand alone, as in libpcap
            left = binary(left, OPERATORS.getOrDefault(operator, 0), value(precedence));
            guard = guarded;
        }
        depth--;
        return left;
    }

    /** What is wrong is refused where it stands there as a number; what comes out as one is found when packets come. */
    private Value binary(Value left, int op, Value right) {
        if (right instanceof Constant constant) {
            int k = constant.value();
            if (k == 0 && (op == BPF_DIV || op == BPF_MOD)) {
                throw tokens.wrong("a division by zero");
            } else if (k >>> 5 != 0 && (op == BPF_LSH || op == BPF_RSH)) {
                throw tokens.wrong("a shift by more than 31 bits");
            }
        }
        return new Binary(left, op, right);
    }

    private Value operand() {
        if (tokens.accept("-")) {
            Value value = value(PRECEDENCE.size() + 1);
            return new Negative(value);
        } else if (tokens.accept("(")) {
            Value inner = value(0);
            tokens.expect(")");
            return inner;
        } else if (tokens.accept("len")) {
            return new PacketLength();
        } else if (tokens.atNumber()) {
            return new Constant(tokens.next().value());
        }
        return field();
    }

    /** {@code name[offset:size]}. */
    private Value field() {
        String name = tokens.peek();
        if (!FilterWords.PROTOCOLS.contains(name) || !tokens.secondIs("[")) {
            throw tokens.wrong("a number, len, or the bytes of a header, such as tcp[13], is missing");
        }
        tokens.next();
        tokens.expect("[");
        Value offset = value(0);
        int size = BPF_B;
        if (tokens.accept(":")) {
            size = switch (tokens.atNumber() ? tokens.token().value() : 0) {
                case 1 -> BPF_B;
                case 2 -> BPF_H;
                case 4 -> BPF_W;
                default -> throw tokens.wrong("1, 2 or 4 bytes can be read at once");
            };
            tokens.next();
        }
        tokens.expect("]");
        Protocols.Field field = protocols.field(name, offset);
        guard = guard.and(field.guard());
        return new Load(field.index(), field.k(), size);
    }
}
