package io.sockfd.bpf;

import static io.sockfd.bpf.Opcode.BPF_H;
import static io.sockfd.raw.Linux.*;

import io.sockfd.option.FilterProgram;
import io.sockfd.option.FilterProgram.Instruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a program together, with names for the targets of jumps.
 *
 * <pre>{@code
 * FilterProgram arp = new ProgramBuilder()
 *         .ldh(12).jeq(ETH_P_ARP, "take", "drop")
 *         .label("take").ret(-1)
 *         .label("drop").ret(0)
 *         .build();
 * }</pre>
 *
 * <p>A conditional jump reaches 255 instructions; one that has further to go gets a {@code ja} of its own.
 */
public final class ProgramBuilder {
    private static final int REACH = 0xff;

    /** An instruction whose jumps still have names; line is that of the text it comes from, 0 for none. */
    private record Draft(
            Instruction plain,
            @Nullable String jt,
            @Nullable String jf,
            boolean jumps,
            int line) {}

    private final List<Draft> drafts = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private int line;

    /** The line of the source that the next instructions come from, for messages. */
    ProgramBuilder line(int number) {
        line = number;
        return this;
    }

    /** Names the next instruction. */
    public ProgramBuilder label(String name) {
        if (labels.putIfAbsent(name, drafts.size()) != null) {
            throw new BpfException(where(line) + "the label " + name + " is there twice");
        }
        return this;
    }

    /** Any instruction as it is. */
    public ProgramBuilder add(Instruction instruction) {
        drafts.add(new Draft(instruction, null, null, false, line));
        return this;
    }

    /** An instruction that does not jump, such as {@code BPF_ALU | BPF_AND | BPF_K}. */
    public ProgramBuilder add(int code, int k) {
        return add(new Instruction(code, 0, 0, k));
    }

    /**
     * A conditional jump.
     *
     * @param code such as {@code BPF_JMP | BPF_JSET | BPF_K}
     * @param jt the label to go to when true, null for the next instruction
     * @param jf the label to go to when false, null for the next instruction
     */
    public ProgramBuilder jump(int code, int k, @Nullable String jt, @Nullable String jf) {
        drafts.add(new Draft(new Instruction(code, 0, 0, k), jt, jf, true, line));
        return this;
    }

    /** Goes on at the label. */
    public ProgramBuilder ja(String label) {
        drafts.add(new Draft(new Instruction(BPF_JMP | BPF_JA, 0, 0, 0), label, null, true, line));
        return this;
    }

    /** A = the 32 bits at this byte of the packet, which are in network byte order as in all loads. */
    public ProgramBuilder ld(int offset) {
        return add(BPF_LD | BPF_W | BPF_ABS, offset);
    }

    /** A = the 16 bits at this byte of the packet. */
    public ProgramBuilder ldh(int offset) {
        return add(BPF_LD | BPF_H | BPF_ABS, offset);
    }

    /** A = this byte of the packet. */
    public ProgramBuilder ldb(int offset) {
        return add(BPF_LD | BPF_B | BPF_ABS, offset);
    }

    /** Compares A with k. */
    public ProgramBuilder jeq(int k, @Nullable String jt, @Nullable String jf) {
        return jump(BPF_JMP | BPF_JEQ | BPF_K, k, jt, jf);
    }

    /** Ends, and keeps so many bytes of the packet: 0 none, -1 all. */
    public ProgramBuilder ret(int bytes) {
        return add(BPF_RET | BPF_K, bytes);
    }

    /**
     * The program; it is not verified.
     *
     * @throws BpfException for a label that is missing, behind its jump or at the very end, and for too many
     *     instructions
     */
    public FilterProgram build() {
        int[] extra = new int[drafts.size()]; // bit 0: jt is too far, bit 1: jf
        int[] position = new int[drafts.size() + 1];
        do {
            for (int i = 0; i < drafts.size(); i++) {
                position[i + 1] = position[i] + 1 + Integer.bitCount(extra[i]);
            }
        } while (widen(extra, position));
        if (position[drafts.size()] > BPF_MAXINSNS) {
            throw new BpfException(position[drafts.size()] + " instructions: at most " + BPF_MAXINSNS + " fit");
        }
        List<Instruction> program = new ArrayList<>(position[drafts.size()]);
        for (int i = 0; i < drafts.size(); i++) {
            emit(program, drafts.get(i), extra[i], i, position);
        }
        return new FilterProgram(program);
    }

    private boolean widen(int[] extra, int[] position) {
        boolean changed = false;
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            if (!draft.jumps || draft.plain.code() == (BPF_JMP | BPF_JA)) {
                continue;
            }
            int now = extra[i];
            if (target(draft, draft.jt, i, position) - position[i] - 1 > REACH) {
                now |= 1;
            }
            if (target(draft, draft.jf, i, position) - position[i] - 1 > REACH) {
                now |= 2;
            }
            changed |= now != extra[i];
            extra[i] = now;
        }
        return changed;
    }

    private void emit(List<Instruction> program, Draft draft, int extra, int i, int[] position) {
        Instruction plain = draft.plain;
        if (!draft.jumps) {
            program.add(plain);
            return;
        }
        int here = position[i] + 1;
        int jt = target(draft, draft.jt, i, position);
        if (plain.code() == (BPF_JMP | BPF_JA)) {
            program.add(new Instruction(plain.code(), 0, 0, jt - here));
            return;
        }
        int jf = target(draft, draft.jf, i, position);
        int farTrue = extra & 1;
        int farFalse = extra >> 1;
        program.add(new Instruction(
                plain.code(), farTrue == 1 ? 0 : jt - here, farFalse == 1 ? farTrue : jf - here, plain.k()));
        if (farTrue == 1) {
            program.add(new Instruction(BPF_JMP | BPF_JA, 0, 0, jt - here - 1));
        }
        if (farFalse == 1) {
            program.add(new Instruction(BPF_JMP | BPF_JA, 0, 0, jf - here - 1 - farTrue));
        }
    }

    private int target(Draft draft, @Nullable String label, int i, int[] position) {
        if (label == null) {
            return position[i + 1];
        }
        Integer to = labels.get(label);
        if (to == null) {
            throw new BpfException(where(draft.line) + "there is no label " + label);
        } else if (to <= i) {
            throw new BpfException(where(draft.line) + "a jump back to " + label + ": jumps only go forward");
        } else if (to == drafts.size()) {
            throw new BpfException(where(draft.line) + "no instruction follows the label " + label);
        }
        return position[to];
    }

    static String where(int line) {
        return line == 0 ? "" : "line " + line + ": ";
    }
}
