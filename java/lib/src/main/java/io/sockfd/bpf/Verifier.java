package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.option.FilterProgram;
import io.sockfd.option.FilterProgram.Instruction;
import java.util.Arrays;
import java.util.List;

/**
 * The kernel's checks of a classic program, with a reason where the kernel has EINVAL only: known instructions, jumps
 * that stay inside, constants that can divide and shift, memory that is stored before it is loaded on every way, a {@code
 * ret} at the end, 1 to 4096 instructions. All jumps go forward, so a program that passes also ends.
 */
public final class Verifier {
    private static final int ALL_CELLS = (1 << BPF_MEMWORDS) - 1;

    private Verifier() {}

    /**
     * Checks a program.
     *
     * @return the program
     * @throws BpfException names the first instruction that the kernel would refuse
     */
    public static FilterProgram verify(FilterProgram program) {
        List<Instruction> code = program.instructions();
        if (code.isEmpty()) {
            throw new BpfException("the program is empty: one that takes everything is ret #0xffffffff");
        }
        for (int pc = 0; pc < code.size(); pc++) {
            checkAlone(code, pc);
        }
        int last = code.size() - 1;
        if ((code.get(last).code() & Opcode.CLASS) != BPF_RET) {
            throw wrong(code, last, "is the last one and no ret");
        }
        checkMemory(code);
        return program;
    }

    private static void checkAlone(List<Instruction> program, int pc) {
        Instruction i = program.get(pc);
        int code = i.code();
        if (!Opcode.allowed(code)) {
            throw wrong(program, pc, "has a code that the kernel does not know");
        } else if ((i.jt() | i.jf()) >>> 8 != 0) {
            throw wrong(program, pc, "has a jump that does not fit into 8 bits");
        }
        int after = program.size() - pc - 1; // instructions behind this one
        switch (code) {
            case BPF_ALU | BPF_DIV | BPF_K, BPF_ALU | BPF_MOD | BPF_K ->
                check(i.k() != 0, program, pc, "divides by zero");
            case BPF_ALU | BPF_LSH | BPF_K, BPF_ALU | BPF_RSH | BPF_K ->
                check(i.k() >>> 5 == 0, program, pc, "shifts by more than 31 bits");
            case BPF_LD | BPF_MEM, BPF_LDX | BPF_MEM, BPF_ST, BPF_STX ->
                check(i.k() >>> 4 == 0, program, pc, "names a cell outside of M[0] to M[15]");
            case BPF_LD | BPF_W | BPF_ABS, BPF_LD | BPF_H | BPF_ABS, BPF_LD | BPF_B | BPF_ABS -> {
                boolean packet = i.k() >= 0 || i.k() < SKF_AD_OFF;
                check(
                        packet || Extension.known(i.k()),
                        program,
                        pc,
                        "loads an extension that the kernel does not have");
            }
            case BPF_JMP | BPF_JA ->
                check(Integer.compareUnsigned(i.k(), after) < 0, program, pc, "jumps behind the end");
            default -> {
                boolean inside = i.jt() < after && i.jf() < after;
                check(!Opcode.isConditional(code) || inside, program, pc, "jumps behind the end");
            }
        }
    }

    /** A load needs a store on every way to it. One pass is enough: all ways lead forward. */
    private static void checkMemory(List<Instruction> program) {
        int[] stored = new int[program.size()];
        Arrays.fill(stored, ALL_CELLS);
        int now = 0;
        for (int pc = 0; pc < program.size(); pc++) {
            Instruction i = program.get(pc);
            now &= stored[pc];
            int code = i.code();
            if (code == BPF_ST || code == BPF_STX) {
                now |= 1 << i.k();
            } else if (code == (BPF_LD | BPF_MEM) || code == (BPF_LDX | BPF_MEM)) {
                check((now & (1 << i.k())) != 0, program, pc, "loads a cell that is not stored on every way to it");
            } else if (code == (BPF_JMP | BPF_JA)) {
                stored[pc + 1 + i.k()] &= now;
                now = ALL_CELLS;
            } else if (Opcode.isConditional(code)) {
                stored[pc + 1 + i.jt()] &= now;
                stored[pc + 1 + i.jf()] &= now;
                now = ALL_CELLS;
            }
            // nothing for ret: the kernel lets the cells stored before one count behind it too
        }
    }

    private static void check(boolean right, List<Instruction> program, int pc, String otherwise) {
        if (!right) {
            throw wrong(program, pc, otherwise);
        }
    }

    private static BpfException wrong(List<Instruction> program, int pc, String what) {
        return new BpfException("instruction " + pc + " of 0 to " + (program.size() - 1) + ", "
                + Disassembler.text(program, pc) + ": " + what);
    }
}
