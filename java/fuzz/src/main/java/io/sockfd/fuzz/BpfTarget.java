package io.sockfd.fuzz;

import io.sockfd.bpf.Assembler;
import io.sockfd.bpf.BpfException;
import io.sockfd.bpf.Disassembler;
import io.sockfd.bpf.Interpreter;
import io.sockfd.bpf.Verifier;
import io.sockfd.option.FilterProgram;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Instructions of eight bytes each, and what is left as the packet. */
public final class BpfTarget {
    private static final int MOST = 64;

    private BpfTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        ByteBuffer bytes = ByteBuffer.wrap(data);
        List<FilterProgram.Instruction> instructions = new ArrayList<>();
        while (bytes.remaining() >= 8 && instructions.size() < MOST) {
            instructions.add(new FilterProgram.Instruction(
                    bytes.getShort() & 0x1ff, bytes.get() & 0xff, bytes.get() & 0xff, bytes.getInt()));
        }
        FilterProgram program = new FilterProgram(instructions);
        String text = Disassembler.disassemble(program);
        try {
            Verifier.verify(program);
        } catch (BpfException e) {
            return;
        }
        if (!Assembler.assemble(text).equals(program)) {
            throw new AssertionError("does not assemble to itself:\n" + text);
        }
        new Interpreter(program).run(bytes.slice());
    }
}
