package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;

/** How instruction codes are made up, and which of them the kernel runs. */
final class Opcode {
    /** The class, BPF_CLASS: the low three bits. */
    static final int CLASS = 0x07;

    /** The operation of ALU and JMP, BPF_OP. */
    static final int OP = 0xf0;

    /** Two bytes, the size between BPF_W and BPF_B. */
    static final int BPF_H = 0x08;

    private Opcode() {}

    /** A jump with two targets. */
    static boolean isConditional(int code) {
        return (code & CLASS) == BPF_JMP && (code & OP) != BPF_JA;
    }

    /** What chk_code_allowed of the kernel's net/core/filter.c allows. */
    static boolean allowed(int code) {
        return switch (code) {
            case BPF_LD | BPF_W | BPF_ABS,
                    BPF_LD | BPF_H | BPF_ABS,
                    BPF_LD | BPF_B | BPF_ABS,
                    BPF_LD | BPF_W | BPF_IND,
                    BPF_LD | BPF_H | BPF_IND,
                    BPF_LD | BPF_B | BPF_IND,
                    BPF_LD | BPF_W | BPF_LEN,
                    BPF_LD | BPF_IMM,
                    BPF_LD | BPF_MEM,
                    BPF_LDX | BPF_W | BPF_LEN,
                    BPF_LDX | BPF_B | BPF_MSH,
                    BPF_LDX | BPF_IMM,
                    BPF_LDX | BPF_MEM,
                    BPF_ST,
                    BPF_STX,
                    BPF_ALU | BPF_NEG,
                    BPF_JMP | BPF_JA,
                    BPF_RET | BPF_K,
                    BPF_RET | BPF_A,
                    BPF_MISC | BPF_TAX,
                    BPF_MISC | BPF_TXA -> true;
            default -> isBinary(code);
        };
    }

    /** Arithmetic and comparisons, each with K and with X. */
    private static boolean isBinary(int code) {
        if (code < 0 || code > 0xff) {
            return false;
        }
        int op = code & OP;
        return switch (code & CLASS) {
            case BPF_ALU -> op <= BPF_XOR && op != BPF_NEG;
            case BPF_JMP -> op == BPF_JEQ || op == BPF_JGT || op == BPF_JGE || op == BPF_JSET;
            default -> false;
        };
    }
}
