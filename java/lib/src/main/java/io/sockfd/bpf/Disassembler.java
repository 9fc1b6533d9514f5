package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.option.FilterProgram;
import io.sockfd.option.FilterProgram.Instruction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a program, which {@link Assembler#assemble} turns into the same program again; every line has a label with
 * its number. What cannot be said in the language stands there as four numbers.
 */
public final class Disassembler {
    private static final String[] ALU = {
        "add", "sub", "mul", "div", "or", "and", "lsh", "rsh", "neg", "mod", "xor",
    };
    private static final String[] JUMPS = {"ja", "jeq", "jgt", "jge", "jset"};

    private Disassembler() {}

    /** A line for each instruction, for instance {@code l2: jeq #0x800, l3, l7}. */
    public static String disassemble(FilterProgram program) {
        List<Instruction> list = program.instructions();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            text.append('l').append(i).append(":\t").append(text(list, i)).append('\n');
        }
        return text.toString();
    }

    /** One instruction without its label. */
    static String text(List<Instruction> program, int index) {
        Instruction i = program.get(index);
        String text = Opcode.isConditional(i.code()) || i.code() == (BPF_JMP | BPF_JA)
                ? jump(i, index, program.size())
                : i.jt() == 0 && i.jf() == 0 ? plain(i) : null;
        return text == null ? Listing.braces(i) : text;
    }

    private static @Nullable String jump(Instruction i, int index, int size) {
        int code = i.code();
        if (code == (BPF_JMP | BPF_JA)) {
            boolean inside = i.k() >= 0 && i.k() < size - index - 1;
            return inside && i.jt() == 0 && i.jf() == 0 ? "ja " + label(index, i.k()) : null;
        }
        boolean x = (code & BPF_X) != 0;
        boolean inside = inside(i.jt(), index, size) && inside(i.jf(), index, size);
        if (!Opcode.allowed(code) || !inside || (x && i.k() != 0)) {
            return null;
        }
        return JUMPS[(code & Opcode.OP) >> 4] + " " + (x ? "x" : hex(i)) + ", " + label(index, i.jt()) + ", "
                + label(index, i.jf());
    }

    private static boolean inside(int offset, int index, int size) {
        return offset >= 0 && offset <= 0xff && offset < size - index - 1;
    }

    private static String label(int index, int offset) {
        return "l" + (index + 1 + offset);
    }

    private static @Nullable String plain(Instruction i) {
        int k = i.k();
        return switch (i.code()) {
            case BPF_LD | BPF_W | BPF_ABS -> "ld " + absolute(k);
            case BPF_LD | BPF_H | BPF_ABS -> "ldh " + absolute(k);
            case BPF_LD | BPF_B | BPF_ABS -> "ldb " + absolute(k);
            case BPF_LD | BPF_W | BPF_IND -> "ld " + indirect(k);
            case BPF_LD | BPF_H | BPF_IND -> "ldh " + indirect(k);
            case BPF_LD | BPF_B | BPF_IND -> "ldb " + indirect(k);
            case BPF_LD | BPF_IMM -> "ld " + hex(i);
            case BPF_LD | BPF_MEM -> "ld " + cell(k);
            case BPF_LDX | BPF_B | BPF_MSH -> "ldxb 4*([" + k + "]&0xf)";
            case BPF_LDX | BPF_IMM -> "ldx " + hex(i);
            case BPF_LDX | BPF_MEM -> "ldx " + cell(k);
            case BPF_ST -> "st " + cell(k);
            case BPF_STX -> "stx " + cell(k);
            case BPF_RET | BPF_K -> "ret " + hex(i);
            default -> withoutConstant(i);
        };
    }

    private static @Nullable String withoutConstant(Instruction i) {
        int code = i.code();
        if ((code & Opcode.CLASS) == BPF_ALU && Opcode.allowed(code) && code != (BPF_ALU | BPF_NEG)) {
            boolean x = (code & BPF_X) != 0;
            return x && i.k() != 0 ? null : ALU[(code & Opcode.OP) >> 4] + " " + (x ? "x" : hex(i));
        } else if (i.k() != 0) {
            return null;
        }
        return switch (code) {
            case BPF_LD | BPF_W | BPF_LEN -> "ld #len";
            case BPF_LDX | BPF_W | BPF_LEN -> "ldx #len";
            case BPF_ALU | BPF_NEG -> "neg";
            case BPF_MISC | BPF_TAX -> "tax";
            case BPF_MISC | BPF_TXA -> "txa";
            case BPF_RET | BPF_A -> "ret a";
            case BPF_RET | BPF_X -> "ret x";
            default -> null;
        };
    }

    private static String absolute(int k) {
        Extension extension = Extension.of(k);
        return extension == null ? "[" + k + "]" : "#" + extension.word();
    }

    private static String indirect(int k) {
        return "[x+" + k + "]";
    }

    private static String cell(int k) {
        return "M[" + Integer.toUnsignedString(k) + "]";
    }

    private static String hex(Instruction i) {
        return "#0x" + Integer.toHexString(i.k());
    }
}
