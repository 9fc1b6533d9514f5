package io.sockfd.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.option.FilterProgram;
import io.sockfd.option.FilterProgram.Instruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            div #0; ret a                          | 0 | div #0x0: divides by zero
            ld #1; mod #0; ret a                   | 1 | mod #0x0: divides by zero
            lsh #32; ret a                         | 0 | shifts by more than 31 bits
            rsh #-1; ret a                         | 0 | shifts by more than 31 bits
            st M[16]; ret a                        | 0 | st M[16]: names a cell outside
            ld M[0]; ret a                         | 0 | loads a cell that is not stored
            jeq #0, s, l; s: st M[1]; l: ld M[1]; ret a | 2 | not stored on every way
            ld [-1]; ret a                         | 0 | an extension that the kernel does not have
            ret x                                  | 0 | a code that the kernel does not know
            ld #1                                  | 0 | is the last one and no ret
            { 0x15, 0, 1, 0 }; ret a               | 0 | jumps behind the end
            { 0x05, 0, 0, 1 }; ret a               | 0 | jumps behind the end
            { 0x05, 0, 0, 0xffffffff }; ret a      | 0 | jumps behind the end
            { 0xfff, 0, 0, 0 }; ret a              | 0 | a code that the kernel does not know
            """)
    void namesTheInstruction(String text, int index, String message) {
        FilterProgram program = Assembler.assemble(text.replace(";", "\n"));
        BpfException e = assertThrows(BpfException.class, () -> Verifier.verify(program));
        assertTrue(String.valueOf(e.getMessage()).startsWith("instruction " + index + " of 0 to "), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ret #0
            ret a
            jeq #0, s, t; s: st M[1]; ja l; t: stx M[1]; l: ld M[1]; ret a
            ld [-4056]; ret a
            ld [-1048576]; ldb [-2097152]; ret a
            div x; lsh x; lsh #31; ret a
            st M[0]; ret a; ld M[0]; ret a
            """)
    void letsThrough(String text) {
        FilterProgram program = Assembler.assemble(text.replace(";", "\n"));
        assertSame(program, Verifier.verify(program));
    }

    @Test
    void emptyProgramsAndWideJumpsAreRefused() {
        assertThrows(BpfException.class, () -> Verifier.verify(FilterProgram.of()));
        FilterProgram wide = FilterProgram.of(new Instruction(0x15, 256, 0, 0), new Instruction(6, 0, 0, 0));
        BpfException e = assertThrows(BpfException.class, () -> Verifier.verify(wide));
        assertEquals(
                "instruction 0 of 0 to 1, { 0x15, 256, 0, 0x00000000 }: has a jump that does not fit into 8 bits",
                e.getMessage());
    }
}
