package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.option.FilterProgram;
import io.sockfd.option.FilterProgram.Instruction;
import java.util.List;
import java.util.Locale;

/** Programs in the notation of BSD's bpf(4), with the number of each instruction, as libpcap's bpf_image prints them. */
final class AssemblyText {
    private static final String[] ALU = {"add", "sub", "mul", "div", "or", "and", "lsh", "rsh", "neg", "mod", "xor"};
    private static final String[] JUMPS = {"ja", "jeq", "jgt", "jge", "jset"};

    private AssemblyText() {}

    static String of(FilterProgram program) {
        List<Instruction> list = program.instructions();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            line(text, i, list.get(i));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, int at, Instruction i) {
        String operand = operand(i);
        text.append(String.format(Locale.ROOT, "(%03d) %-8s %s", at, name(i.code()), operand));
        if (Opcode.isConditional(i.code())) {
            text.append(" ".repeat(Math.max(1, 17 - operand.length())));
            text.append("jt ").append(at + 1 + i.jt()).append("\tjf ").append(at + 1 + i.jf());
        } else if (i.code() == (BPF_JMP | BPF_JA)) {
            text.setLength(text.length() - operand.length());
            text.append(at + 1 + i.k());
        }
        text.append('\n');
    }

    private static String name(int code) {
        int size = code & 0x18;
        String letter = size == BPF_H ? "h" : size == BPF_B ? "b" : "";
        return switch (code & Opcode.CLASS) {
            case BPF_LD -> "ld" + letter;
            case BPF_LDX -> "ldx" + letter;
            case BPF_ST -> "st";
            case BPF_STX -> "stx";
            case BPF_ALU -> ALU[(code & Opcode.OP) >> 4];
            case BPF_JMP -> JUMPS[(code & Opcode.OP) >> 4];
            case BPF_RET -> "ret";
            default -> code == (BPF_MISC | BPF_TAX) ? "tax" : "txa";
        };
    }

    private static String operand(Instruction i) {
        int code = i.code();
        int k = i.k();
        Extension extension = Extension.of(k);
        return switch (code & Opcode.CLASS) {
            case BPF_LD, BPF_LDX ->
                switch (code & 0xe0) {
                    case BPF_ABS -> "[" + (extension == null ? Integer.toUnsignedString(k) : name(extension)) + "]";
                    case BPF_IND -> "[x + " + k + "]";
                    case BPF_LEN -> "#pktlen";
                    case BPF_MEM -> "M[" + k + "]";
                    case BPF_MSH -> "4*([" + k + "]&0xf)";
                    default -> hex(k);
                };
            case BPF_ST, BPF_STX -> "M[" + k + "]";
            case BPF_ALU -> code == (BPF_ALU | BPF_NEG) ? "" : (code & BPF_X) != 0 ? "x" : alu(code, k);
            case BPF_JMP -> (code & BPF_X) != 0 ? "x" : hex(k);
            case BPF_RET -> (code & 0x18) == BPF_A ? "" : "#" + Integer.toUnsignedString(k);
            default -> "";
        };
    }

    private static String alu(int code, int k) {
        int op = code & Opcode.OP;
        return op == BPF_AND || op == BPF_OR || op == BPF_XOR ? hex(k) : "#" + Integer.toUnsignedString(k);
    }

    private static String name(Extension extension) {
        return switch (extension) {
            case VLAN_TCI -> "vlan_tci";
            case VLAN_AVAIL -> "vlanp";
            case IFIDX -> "ifidx";
            case PROTO -> "proto";
            case TYPE -> "type";
            default -> extension.word();
        };
    }

    private static String hex(int k) {
        return "#0x" + Integer.toHexString(k);
    }
}
