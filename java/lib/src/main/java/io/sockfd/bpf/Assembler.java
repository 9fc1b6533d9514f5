package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.option.FilterProgram;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The assembler of classic BPF. The text is that of the kernel's bpf_asm, an instruction on a line:
 *
 * <pre>
 *         ldh [12]                  ; comments like this, or as in C
 *         jne #0x800, drop
 *         ldx 4*([14]&amp;0xf)
 *         ldh [x + 16]
 *         jeq #80, take, drop
 * take:   ret #0xffffffff
 * drop:   ret #0
 * </pre>
 *
 * <p>{@code ld ldh ldb ldi ldx ldxi ldxb st stx}, {@code jmp ja jeq jne jneq jlt jle jgt jge jset}, {@code add sub mul
 * div mod neg and or xor lsh rsh}, {@code tax txa ret}; operands {@code #k}, {@code x}, {@code [k]}, {@code [x+k]},
 * {@code M[k]}, {@code 4*([k]&0xf)}, {@code #len}, and the extensions {@code #proto #type #ifidx #nla #nlan #mark #queue
 * #hatype #rxhash #cpu #vlan_tci #vlan_avail #vlan_tpid #poff #rand}. Numbers are decimal, 0x…, 0b… or octal with a
 * leading 0. An instruction that has no other text may be given as its four numbers, <code>{ 0x06, 0, 0, 0xffff
 * }</code>. A conditional jump that goes further than 255 instructions gets a {@code ja} of its own.
 *
 * @see <a href="https://docs.kernel.org/networking/filter.html">the language, in the kernel's documentation</a>
 */
public final class Assembler {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern LABEL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\s*:(.*)", Pattern.DOTALL);
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern INSTRUCTION = Pattern.compile("([A-Za-z]+)\\s*(.*)", Pattern.DOTALL);
    /** [k] and [x+k], the k with a sign of its own or not. */
    private static final Pattern ADDRESS = Pattern.compile("\\[(%?x(?=[-+])\\+?)?([-+]?\\w+)]");

    private static final Pattern MEMORY = Pattern.compile("m\\[(\\w+)]");
    private static final Pattern HEADER = Pattern.compile("(\\w+)\\*\\(\\[([-+\\w]+)]&(\\w+)\\)");

    private static final Map<String, Integer> ALU = Map.ofEntries(
            Map.entry("add", BPF_ADD),
            Map.entry("sub", BPF_SUB),
            Map.entry("mul", BPF_MUL),
            Map.entry("div", BPF_DIV),
            Map.entry("mod", BPF_MOD),
            Map.entry("and", BPF_AND),
            Map.entry("or", BPF_OR),
            Map.entry("xor", BPF_XOR),
            Map.entry("lsh", BPF_LSH),
            Map.entry("rsh", BPF_RSH));

    private static final Map<String, Integer> JUMPS =
            Map.of("jeq", BPF_JEQ, "jgt", BPF_JGT, "jge", BPF_JGE, "jset", BPF_JSET);

    /** Those that exist only the other way round. */
    private static final Map<String, Integer> INVERSE =
            Map.of("jne", BPF_JEQ, "jneq", BPF_JEQ, "jle", BPF_JGT, "jlt", BPF_JGE);

    private final ProgramBuilder builder = new ProgramBuilder();

    private Assembler() {}

    /**
     * Translates a text. The program is not verified: {@link Verifier#verify} does that.
     *
     * @throws BpfException names the line
     */
    public static FilterProgram assemble(String text) {
        Assembler assembler = new Assembler();
        String[] lines = withoutComments(text).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            assembler.builder.line(i + 1);
            try {
                assembler.line(lines[i]);
            } catch (BpfException e) {
                String message = String.valueOf(e.getMessage());
                throw message.startsWith("line ") ? e : new BpfException(ProgramBuilder.where(i + 1) + message);
            }
        }
        return assembler.builder.build();
    }

    /** Comments of C leave their line ends, so that the lines keep their numbers. */
    private static String withoutComments(String text) {
        return COMMENT.matcher(text).replaceAll(comment -> comment.group().replaceAll("[^\n]+", " "));
    }

    private void line(String text) {
        int semicolon = text.indexOf(';');
        String rest = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
        Matcher label = LABEL.matcher(rest);
        while (label.matches()) {
            builder.label(label.group(1));
            rest = label.group(2).strip();
            label = LABEL.matcher(rest);
        }
        if (rest.isEmpty() || rest.startsWith("#")) {
            return;
        } else if (rest.startsWith("{")) {
            builder.add(Listing.instruction(rest));
            return;
        }
        Matcher instruction = INSTRUCTION.matcher(rest);
        if (!instruction.matches()) {
            throw new BpfException("no instruction: " + rest);
        }
        String name = instruction.group(1).toLowerCase(Locale.ROOT);
        String operands = SPACES.matcher(instruction.group(2)).replaceAll("");
        if (name.startsWith("j")) {
            jump(name, operands);
        } else {
            plain(name, operands);
        }
    }

    private void plain(String name, String written) {
        String operand = written.toLowerCase(Locale.ROOT);
        Integer alu = ALU.get(name);
        if (alu != null) {
            boolean x = isX(operand);
            builder.add(BPF_ALU | alu | (x ? BPF_X : BPF_K), x ? 0 : immediate(name, operand));
            return;
        }
        switch (name) {
            case "ld" -> load(name, BPF_W, operand);
            case "ldh" -> load(name, BPF_H, operand);
            case "ldb" -> load(name, BPF_B, operand);
            case "ldi" -> builder.add(BPF_LD | BPF_IMM, bareOrImmediate(operand));
            case "ldxi" -> builder.add(BPF_LDX | BPF_IMM, bareOrImmediate(operand));
            case "ldx", "ldxb" -> loadX(name, operand);
            case "st" -> builder.add(BPF_ST, cell(name, operand));
            case "stx" -> builder.add(BPF_STX, cell(name, operand));
            case "neg" -> alone(name, operand, BPF_ALU | BPF_NEG);
            case "tax" -> alone(name, operand, BPF_MISC | BPF_TAX);
            case "txa" -> alone(name, operand, BPF_MISC | BPF_TXA);
            case "ret" -> ret(operand);
            default -> throw new BpfException("no instruction is called " + name);
        }
    }

    private void load(String name, int size, String operand) {
        Matcher address = ADDRESS.matcher(operand);
        if (address.matches()) {
            boolean indirect = address.group(1) != null;
            builder.add(BPF_LD | size | (indirect ? BPF_IND : BPF_ABS), number(address.group(2)));
            return;
        }
        Extension extension = Extension.of(operand.startsWith("#") ? operand.substring(1) : operand);
        Matcher memory = MEMORY.matcher(operand);
        if (extension != null) {
            builder.add(BPF_LD | size | BPF_ABS, extension.k);
        } else if (size != BPF_W) {
            throw wrongOperand(name, operand);
        } else if (isLength(operand)) {
            builder.add(BPF_LD | BPF_W | BPF_LEN, 0);
        } else if (memory.matches()) {
            builder.add(BPF_LD | BPF_MEM, number(memory.group(1)));
        } else {
            builder.add(BPF_LD | BPF_IMM, immediate(name, operand));
        }
    }

    private void loadX(String name, String operand) {
        Matcher header = HEADER.matcher(operand);
        Matcher memory = MEMORY.matcher(operand);
        if (header.matches()) {
            if (number(header.group(1)) != 4 || number(header.group(3)) != 0xf) {
                throw new BpfException(
                        name + " " + operand + ": only 4*([k]&0xf) can be computed, an IP header's length");
            }
            builder.add(BPF_LDX | BPF_B | BPF_MSH, number(header.group(2)));
        } else if (name.equals("ldxb")) {
            throw wrongOperand(name, operand);
        } else if (isLength(operand)) {
            builder.add(BPF_LDX | BPF_W | BPF_LEN, 0);
        } else if (memory.matches()) {
            builder.add(BPF_LDX | BPF_MEM, number(memory.group(1)));
        } else {
            builder.add(BPF_LDX | BPF_IMM, immediate(name, operand));
        }
    }

    private void ret(String operand) {
        if (operand.equals("a") || operand.equals("%a")) {
            builder.add(BPF_RET | BPF_A, 0);
        } else if (isX(operand)) {
            builder.add(BPF_RET | BPF_X, 0); // bpf_asm takes it too; the verifier and the kernel refuse it
        } else {
            builder.add(BPF_RET | BPF_K, immediate("ret", operand));
        }
    }

    private void jump(String name, String operands) {
        String[] parts = operands.split(",", -1);
        if (name.equals("jmp") || name.equals("ja")) {
            builder.ja(target(name, operands, parts[0]));
            if (parts.length != 1) {
                throw wrongOperand(name, operands);
            }
            return;
        }
        Integer straight = JUMPS.get(name);
        Integer inverse = INVERSE.get(name);
        if (straight == null && inverse == null) {
            throw new BpfException("no instruction is called " + name);
        } else if (parts.length < 2 || parts.length > (straight == null ? 2 : 3)) {
            throw wrongOperand(name, operands);
        }
        String operand = parts[0].toLowerCase(Locale.ROOT);
        boolean x = isX(operand);
        int k = x ? 0 : immediate(name, operand);
        int source = BPF_JMP | (x ? BPF_X : BPF_K);
        String first = target(name, operands, parts[1]);
        if (straight != null) {
            builder.jump(source | straight, k, first, parts.length == 3 ? target(name, operands, parts[2]) : null);
        } else if (inverse != null) {
            builder.jump(source | inverse, k, null, first);
        }
    }

    private static String target(String name, String operands, String label) {
        if (!NAME.matcher(label).matches()) {
            throw wrongOperand(name, operands);
        }
        return label;
    }

    private void alone(String name, String operand, int code) {
        if (!operand.isEmpty()) {
            throw new BpfException(name + " takes no operand, not " + operand);
        }
        builder.add(code, 0);
    }

    private static int cell(String name, String operand) {
        Matcher memory = MEMORY.matcher(operand);
        if (!memory.matches()) {
            throw wrongOperand(name, operand);
        }
        return number(memory.group(1));
    }

    private static boolean isX(String operand) {
        return operand.equals("x") || operand.equals("%x");
    }

    private static boolean isLength(String operand) {
        return operand.equals("#len") || operand.equals("len");
    }

    private static int bareOrImmediate(String operand) {
        return number(operand.startsWith("#") ? operand.substring(1) : operand);
    }

    private static int immediate(String name, String operand) {
        if (!operand.startsWith("#")) {
            throw wrongOperand(name, operand);
        }
        return number(operand.substring(1));
    }

    private static BpfException wrongOperand(String name, String operand) {
        return new BpfException(name + (operand.isEmpty() ? " needs an operand" : " does not take " + operand));
    }

    private static int number(String text) {
        return Numbers.parse(text);
    }
}
