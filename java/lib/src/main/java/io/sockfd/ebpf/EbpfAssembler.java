package io.sockfd.ebpf;

import static io.sockfd.raw.Linux.*;

import io.sockfd.ebpf.EbpfCode.Instruction;
import io.sockfd.ebpf.EbpfCode.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The assembler of eBPF. The text is that of the kernel's verifier and of LLVM, an instruction on a line or behind a {@code ;}:
 *
 * <pre>
 *         r2 = *(u32 *)(r1 +16)          // xdp_md: the queue; comments like this
 *         r1 = map[sockets]              // a map by a name, see {@link EbpfCode#with}
 *         r3 = 2                         // XDP_PASS where the map has none
 *         call redirect_map
 *         exit
 * </pre>
 *
 * <ul>
 *   <li>registers {@code r0} to {@code r10} of 64 bits, {@code w0} to {@code w9} their lower 32; arguments of a call are in r1
 *       to r5, its result in r0, r6 to r9 survive it, r10 is the end of the stack;
 *   <li>{@code rD = rS}, {@code rD = K}, {@code rD = K ll} of 64 bits, {@code rD = (s8)rS}; {@code += -= *= /= %= s/= s%= &=
 *       |= ^= <<= >>= s>>=} with a register or a number; {@code rD = -rD}; {@code rD = be16 rD}, {@code le32}, {@code bswap64};
 *   <li>{@code rD = *(u8 *)(rS +4)}, u16, u32, u64, s8, s16, s32; {@code *(u16 *)(rD -2) = rS} or a number; {@code r0 = *(u8
 *       *)skb[12]} and {@code skb[rS + 12]}, the loads of classic BPF, whose r6 is the context;
 *   <li>{@code lock *(u64 *)(rD +0) += rS}, {@code |= &= ^=}; {@code rS = atomic64_fetch_add((u64 *)(rD +0), rS)}, {@code _or
 *       _and _xor}, {@code atomic64_xchg} and {@code r0 = atomic64_cmpxchg((u64 *)(rD +0), r0, rS)}; {@code atomic_} for u32;
 *   <li>{@code goto LABEL}, {@code if rD == rS goto LABEL}, or with a number; {@code == != > >= < <= s> s>= s< s<= &}; for a
 *       label {@code pc+2} also counts instructions;
 *   <li>{@code rD = map[NAME]}, {@code rD = map_value[NAME] +8}, an address in the memory of an
 *       array of one entry;
 *   <li>{@code call NAME} of a helper, with its bpf_ or without, {@code call 51}; {@code call LABEL} of a function; {@code exit}.
 * </ul>
 *
 * <p>Numbers are decimal or 0x…, with a sign. What begins a line of the verifier's log, {@code 12: (bf)}, is passed over.
 *
 * @see <a href="https://docs.kernel.org/bpf/standardization/instruction-set.html">the instructions, in the kernel's
 *     documentation</a>
 */
public final class EbpfAssembler {
    private static final int BPF_MEMSX = 0x80; // linux/bpf.h, Linux 6.6
    private static final String REGISTER = "([rw])(10|[0-9])";
    private static final String NUMBER = "([-+]?(?:0x[0-9a-fA-F]+|[0-9]+))";
    private static final String OPERAND = "(?:" + REGISTER + "|" + NUMBER + ")";
    private static final String ADDRESS = "\\((?:r(10|[0-9])) ?([-+] ?(?:0x[0-9a-fA-F]+|[0-9]+))?\\)";
    private static final String SIZE = "\\(([us](?:8|16|32|64)) ?\\*\\)";
    private static final String TARGET = "([A-Za-z_]\\w*|pc[-+][0-9]+)";

    private static final Pattern NOTHING = Pattern.compile("^[0-9]+: *(\\([0-9a-f]{2}\\))? *");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z_]\\w*):(.*)");
    private static final Pattern ALU = Pattern.compile(REGISTER + " (s?[-+*/%&|^]|s?<<|s?>>)?= " + OPERAND);
    private static final Pattern WIDE = Pattern.compile("r([0-9]) = " + NUMBER + " ll");
    private static final Pattern MAP = Pattern.compile("r([0-9]) = (map|map_value)\\[([^\\]]+)\\](?: ?\\+ ?([0-9]+))?");
    private static final Pattern SIGNED = Pattern.compile(REGISTER + " = \\(s(8|16|32)\\) ?" + REGISTER);
    private static final Pattern NEGATIVE = Pattern.compile(REGISTER + " = -" + REGISTER);
    private static final Pattern SWAP = Pattern.compile("r([0-9]) = (be|le|bswap)(16|32|64) r([0-9])");
    private static final Pattern LOAD = Pattern.compile("([rw])([0-9]) = \\*" + SIZE + ADDRESS);
    private static final Pattern PACKET =
            Pattern.compile("r0 = \\*\\((u8|u16|u32) ?\\*\\)skb\\[(?:r([0-9]) ?\\+ ?)?" + NUMBER + "\\]");
    private static final Pattern STORE = Pattern.compile("\\*" + SIZE + ADDRESS + " = " + OPERAND);
    private static final Pattern LOCK = Pattern.compile("lock \\*" + SIZE + ADDRESS + " ([+|&^])= ([rw])([0-9])");
    private static final Pattern ATOMIC = Pattern.compile("([rw])([0-9]) = atomic(?:64)?_(fetch_add|fetch_or|fetch_and|"
            + "fetch_xor|xchg|cmpxchg) ?\\(" + SIZE + ADDRESS + ", ?(?:[rw]0, ?)?[rw]([0-9])\\)");
    private static final Pattern JUMP =
            Pattern.compile("if " + REGISTER + " (==|!=|>|>=|<|<=|s>|s>=|s<|s<=|&) " + OPERAND + " goto " + TARGET);
    private static final Pattern GOTO = Pattern.compile("goto " + TARGET);
    private static final Pattern CALL = Pattern.compile("call (?:bpf_)?(\\w+|pc[-+][0-9]+)(?:#[0-9]+)?");

    private static final Map<String, Integer> ALU_CODES = Map.ofEntries(
            Map.entry("+", BPF_ADD),
            Map.entry("-", BPF_SUB),
            Map.entry("*", BPF_MUL),
            Map.entry("/", BPF_DIV),
            Map.entry("s/", BPF_DIV),
            Map.entry("%", BPF_MOD),
            Map.entry("s%", BPF_MOD),
            Map.entry("&", BPF_AND),
            Map.entry("|", BPF_OR),
            Map.entry("^", BPF_XOR),
            Map.entry("<<", BPF_LSH),
            Map.entry(">>", BPF_RSH),
            Map.entry("s>>", BPF_ARSH));

    private static final Map<String, Integer> JUMP_CODES = Map.ofEntries(
            Map.entry("==", BPF_JEQ),
            Map.entry("!=", BPF_JNE),
            Map.entry(">", BPF_JGT),
            Map.entry(">=", BPF_JGE),
            Map.entry("<", BPF_JLT),
            Map.entry("<=", BPF_JLE),
            Map.entry("s>", BPF_JSGT),
            Map.entry("s>=", BPF_JSGE),
            Map.entry("s<", BPF_JSLT),
            Map.entry("s<=", BPF_JSLE),
            Map.entry("&", BPF_JSET));

    private static final Map<String, Integer> SIZES =
            Map.of("8", BPF_B, "16", 0x08, "32", BPF_W, "64", BPF_DW); // BPF_H

    private static final Map<String, Integer> ATOMICS = Map.of(
            "+", BPF_ADD,
            "|", BPF_OR,
            "&", BPF_AND,
            "^", BPF_XOR,
            "fetch_add", BPF_ADD | BPF_FETCH,
            "fetch_or", BPF_OR | BPF_FETCH,
            "fetch_and", BPF_AND | BPF_FETCH,
            "fetch_xor", BPF_XOR | BPF_FETCH,
            "xchg", BPF_XCHG,
            "cmpxchg", BPF_CMPXCHG);

    /** A jump or a call whose target has a name still. */
    private record Open(int instruction, String target, int line, boolean call) {}

    private final List<Instruction> code = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();

    private EbpfAssembler() {}

    /**
     * Translates a text.
     *
     * @throws EbpfException names the line
     */
    public static EbpfCode assemble(String text) {
        EbpfAssembler assembler = new EbpfAssembler();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int comment = lines[i].indexOf("//");
            for (String part : (comment < 0 ? lines[i] : lines[i].substring(0, comment)).split(";", -1)) {
                assembler.part(i + 1, part.strip());
            }
        }
        return assembler.finish();
    }

    private void part(int line, String text) {
        try {
            String rest = NOTHING.matcher(text)
                    .replaceFirst("")
                    .replaceAll("\\s+", " ")
                    .strip();
            Matcher label = LABEL.matcher(rest);
            if (label.matches()) {
                if (labels.putIfAbsent(label.group(1), code.size()) != null) {
                    throw new EbpfException("the label " + label.group(1) + " is there twice");
                }
                rest = label.group(2).strip();
            }
            if (!rest.isEmpty() && !(value(rest) || memory(rest) || flow(line, rest))) {
                throw new EbpfException("no instruction: " + rest);
            }
        } catch (EbpfException e) {
            throw new EbpfException("line " + line + ": " + e.getMessage());
        }
    }

    private EbpfCode finish() {
        for (Open jump : open) {
            Integer target = labels.get(jump.target());
            if (target == null) {
                throw new EbpfException("line " + jump.line() + ": there is no label " + jump.target());
            }
            Instruction i = code.get(jump.instruction());
            int distance = target - jump.instruction() - 1;
            code.set(
                    jump.instruction(), jump.call() ? call(BPF_PSEUDO_CALL, distance) : jump(i, distance, jump.line()));
        }
        if (code.isEmpty()) {
            throw new EbpfException("the text has no instruction");
        }
        return new EbpfCode(code, references, Map.of());
    }

    private static Instruction jump(Instruction i, int distance, int line) {
        if (distance != (short) distance) {
            throw new EbpfException(
                    "line " + line + ": the jump goes over " + distance + " instructions, more than 32767");
        }
        return new Instruction(i.code(), i.destination(), i.source(), distance, i.immediate());
    }

    private static Instruction call(int kind, int what) {
        return new Instruction(BPF_JMP | BPF_CALL, 0, kind, 0, what);
    }

    private void add(int code, int destination, int source, int offset, int immediate) {
        this.code.add(new Instruction(code, destination, source, offset, immediate));
    }

    // ---- registers and numbers -----------------------------------------------------------------------------------

    private boolean value(String text) {
        Matcher m = ALU.matcher(text);
        if (m.matches()) {
            String operator = m.group(3);
            boolean shift = operator != null && (operator.endsWith("<<") || operator.endsWith(">>"));
            Integer known = operator == null ? Integer.valueOf(BPF_MOV) : ALU_CODES.get(operator);
            if (known == null) {
                return false;
            }
            boolean signed = operator != null && operator.startsWith("s") && !shift;
            int alu = m.group(1).equals("r") ? BPF_ALU64 : BPF_ALU;
            operand(alu | known, m.group(2), signed ? 1 : 0, m, 4, m.group(1));
            return true;
        }
        return wide(text) || map(text) || changed(text);
    }

    /** An instruction whose second operand is a register or a number, in three groups from {@code at} on. */
    private void operand(int opcode, String destination, int offset, Matcher m, int at, String width) {
        String source = m.group(at + 1);
        if (source == null) {
            add(opcode | BPF_K, register(destination), 0, offset, number32(m.group(at + 2)));
        } else if (!width.equals(m.group(at))) {
            throw new EbpfException(
                    "two registers of different width, " + width + destination + " and " + m.group(at) + source);
        } else {
            add(opcode | BPF_X, register(destination), register(source), offset, 0);
        }
    }

    private boolean wide(String text) {
        Matcher m = WIDE.matcher(text);
        if (m.matches()) {
            long k = number(m.group(2));
            add(BPF_LD | BPF_IMM | BPF_DW, register(m.group(1)), 0, 0, (int) k);
            add(0, 0, 0, 0, (int) (k >>> Integer.SIZE));
            return true;
        }
        return false;
    }

    private boolean map(String text) {
        Matcher m = MAP.matcher(text);
        if (m.matches()) {
            boolean value = m.group(2).equals("map_value");
            if (!value && m.group(4) != null) {
                throw new EbpfException("an offset belongs to map_value[" + m.group(3) + "], the map's memory");
            }
            references.add(new Reference(code.size(), m.group(3), value));
            add(BPF_LD | BPF_IMM | BPF_DW, register(m.group(1)), 0, 0, 0);
            add(0, 0, 0, 0, m.group(4) == null ? 0 : number32(m.group(4)));
            return true;
        }
        return false;
    }

    private boolean changed(String text) {
        Matcher signed = SIGNED.matcher(text);
        Matcher negative = NEGATIVE.matcher(text);
        Matcher swap = SWAP.matcher(text);
        if (signed.matches()) {
            int alu = signed.group(1).equals("r") ? BPF_ALU64 : BPF_ALU;
            int bits = Integer.parseInt(signed.group(3));
            add(alu | BPF_MOV | BPF_X, register(signed.group(2)), register(signed.group(5)), bits, 0);
            return true;
        } else if (negative.matches()) {
            same(negative.group(2), negative.group(4));
            int alu = negative.group(1).equals("r") ? BPF_ALU64 : BPF_ALU;
            add(alu | BPF_NEG, register(negative.group(2)), 0, 0, 0);
            return true;
        } else if (swap.matches()) {
            same(swap.group(1), swap.group(4));
            boolean always = swap.group(2).equals("bswap");
            int alu = always ? BPF_ALU64 : BPF_ALU;
            int order = swap.group(2).equals("be") ? BPF_TO_BE : BPF_TO_LE;
            add(alu | BPF_END | order, register(swap.group(1)), 0, 0, number32(swap.group(3)));
            return true;
        }
        return false;
    }

    private static void same(String one, String other) {
        if (!one.equals(other)) {
            throw new EbpfException("this instruction changes one register, not r" + other + " into r" + one);
        }
    }

    // ---- memory --------------------------------------------------------------------------------------------------

    private boolean memory(String text) {
        Matcher load = LOAD.matcher(text);
        Matcher packet = PACKET.matcher(text);
        Matcher store = STORE.matcher(text);
        if (load.matches()) {
            boolean signed = load.group(3).startsWith("s");
            int mode = signed ? BPF_MEMSX : BPF_MEM;
            add(
                    BPF_LDX | mode | size(load.group(3)),
                    register(load.group(2)),
                    register(load.group(4)),
                    offset(load, 5),
                    0);
            return true;
        } else if (packet.matches()) {
            String index = packet.group(2);
            int mode = index == null ? BPF_ABS : BPF_IND;
            add(
                    BPF_LD | mode | size(packet.group(1)),
                    0,
                    index == null ? 0 : register(index),
                    0,
                    number32(packet.group(3)));
            return true;
        } else if (store.matches()) {
            boolean from = store.group(5) != null;
            add(
                    (from ? BPF_STX : BPF_ST) | BPF_MEM | size(store.group(1)),
                    register(store.group(2)),
                    from ? register(store.group(5)) : 0,
                    offset(store, 3),
                    from ? 0 : number32(store.group(6)));
            return true;
        }
        return atomic(text);
    }

    private boolean atomic(String text) {
        Matcher lock = LOCK.matcher(text);
        Matcher fetch = ATOMIC.matcher(text);
        if (lock.matches()) {
            atomic(lock.group(1), lock.group(2), offset(lock, 3), lock.group(6), lock.group(4));
            return true;
        } else if (fetch.matches()) {
            boolean compares = fetch.group(3).equals("cmpxchg");
            same(compares ? "0" : fetch.group(7), fetch.group(2));
            atomic(fetch.group(4), fetch.group(5), offset(fetch, 6), fetch.group(7), fetch.group(3));
            return true;
        }
        return false;
    }

    private void atomic(String size, String address, int offset, String source, String operation) {
        int code = BPF_STX | BPF_ATOMIC | size(size);
        add(code, register(address), register(source), offset, ATOMICS.getOrDefault(operation, 0));
    }

    private static int size(String name) {
        return SIZES.getOrDefault(name.substring(1), 0);
    }

    private static int offset(Matcher m, int group) {
        String written = m.group(group);
        long offset = written == null ? 0 : number(written.replace(" ", ""));
        if (offset != (short) offset) {
            throw new EbpfException("the offset " + offset + " does not fit into 16 bits");
        }
        return (int) offset;
    }

    // ---- jumps and calls -----------------------------------------------------------------------------------------

    private boolean flow(int line, String text) {
        Matcher jump = JUMP.matcher(text);
        Matcher always = GOTO.matcher(text);
        Matcher call = CALL.matcher(text);
        if (jump.matches()) {
            int opcode =
                    JUMP_CODES.getOrDefault(jump.group(3), 0) | (jump.group(1).equals("r") ? BPF_JMP : BPF_JMP32);
            int distance = distance(line, jump.group(7), false);
            operand(opcode, jump.group(2), distance, jump, 4, jump.group(1));
            return true;
        } else if (always.matches()) {
            add(BPF_JMP | BPF_JA, 0, 0, distance(line, always.group(1), false), 0);
            return true;
        } else if (call.matches()) {
            String name = call.group(1);
            Integer helper = Helpers.NUMBERS.get(name);
            boolean number = Character.isDigit(name.charAt(0));
            if (helper != null || number) {
                code.add(call(0, helper == null ? number32(name) : helper));
            } else {
                int distance = distance(line, name, true);
                code.add(call(BPF_PSEUDO_CALL, distance));
            }
            return true;
        } else if (text.equals("exit")) {
            add(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
            return true;
        }
        return false;
    }

    /** How far it is, when that is said; a name is looked up at the end. */
    private int distance(int line, String target, boolean call) {
        if (target.startsWith("pc+") || target.startsWith("pc-")) {
            return number32(target.substring(2));
        }
        open.add(new Open(code.size(), target, line, call));
        return 0;
    }

    // ---- numbers -------------------------------------------------------------------------------------------------

    private static int register(String digits) {
        return Integer.parseInt(digits);
    }

    private static int number32(String text) {
        long value = number(text);
        if (value != (int) value && value >>> Integer.SIZE != 0) {
            throw new EbpfException("the number " + text + " has more than 32 bits: r1 = " + text + " ll loads 64");
        }
        return (int) value;
    }

    private static long number(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        try {
            long value = digits.startsWith("0x")
                    ? Long.parseUnsignedLong(digits.substring(2), 16)
                    : Long.parseUnsignedLong(digits);
            return negative ? -value : value;
        } catch (NumberFormatException e) {
            throw new EbpfException("the number " + text + " has more than 64 bits");
        }
    }
}
