package io.sockfd.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sockfd.bpf.Assembler;
import io.sockfd.bpf.BpfException;
import io.sockfd.bpf.Disassembler;
import io.sockfd.bpf.FilterExpression;
import io.sockfd.bpf.Framing;
import io.sockfd.bpf.Interpreter;
import io.sockfd.bpf.Listing;
import io.sockfd.bpf.Verifier;
import io.sockfd.option.FilterProgram;
import java.nio.ByteBuffer;

/** One text in each of the three languages. */
public final class FilterTarget {
    private static final int FRAME = 60;

    private FilterTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, ISO_8859_1);
        expression(text);
        assembly(text);
        try {
            Listing.parse(text);
        } catch (BpfException e) {
            // refused
        }
    }

    private static void expression(String text) {
        FilterProgram program;
        try {
            program = FilterExpression.compile(text, Framing.ETHERNET);
        } catch (BpfException e) {
            return;
        }
        Verifier.verify(program); // what it compiles must be valid
        new Interpreter(program).run(ByteBuffer.allocate(FRAME));
    }

    private static void assembly(String text) {
        FilterProgram program;
        try {
            program = Assembler.assemble(text);
        } catch (BpfException e) {
            return;
        }
        if (!program.equals(Assembler.assemble(Disassembler.disassemble(program)))) {
            throw new AssertionError("does not come back");
        }
    }
}
