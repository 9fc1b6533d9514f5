package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.option.FilterProgram;
import io.sockfd.option.FilterProgram.Instruction;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssemblerTest {
    /** The examples of the kernel's documentation, and the code of each addressing mode as its header has it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ld [12]               | 0x20 0 0 12
            ldh [12]              | 0x28 0 0 12
            ldb [23]              | 0x30 0 0 23
            ld [x+4]              | 0x40 0 0 4
            ldh [x + 16]          | 0x48 0 0 16
            ldb [%x+1]            | 0x50 0 0 1
            ldh [x-2]             | 0x48 0 0 0xfffffffe
            ld #0x10              | 0x00 0 0 16
            ldi #7                | 0x00 0 0 7
            ldi 7                 | 0x00 0 0 7
            ld #len               | 0x80 0 0 0
            ld M[3]               | 0x60 0 0 3
            ldx #1                | 0x01 0 0 1
            ldxi 1                | 0x01 0 0 1
            ldx #len              | 0x81 0 0 0
            ldx M[15]             | 0x61 0 0 15
            ldx 4*([14]&0xf)      | 0xb1 0 0 14
            LDXB 4 * ([0] & 0x0f) | 0xb1 0 0 0
            st M[0]               | 0x02 0 0 0
            stx m[1]              | 0x03 0 0 1
            add #1                | 0x04 0 0 1
            add x                 | 0x0c 0 0 0
            sub #-1               | 0x14 0 0 0xffffffff
            mul x                 | 0x2c 0 0 0
            div #2                | 0x34 0 0 2
            or #0b101             | 0x44 0 0 5
            and #0377             | 0x54 0 0 255
            lsh #2                | 0x64 0 0 2
            rsh x                 | 0x7c 0 0 0
            neg                   | 0x84 0 0 0
            mod #3                | 0x94 0 0 3
            xor %x                | 0xac 0 0 0
            tax                   | 0x07 0 0 0
            txa                   | 0x87 0 0 0
            ret a                 | 0x16 0 0 0
            ret #-1               | 0x06 0 0 0xffffffff
            ret x                 | 0x0e 0 0 0
            ld #proto             | 0x20 0 0 0xfffff000
            ld proto              | 0x20 0 0 0xfffff000
            ldh #type             | 0x28 0 0 0xfffff004
            ldb #ifidx            | 0x30 0 0 0xfffff008
            ld #nla               | 0x20 0 0 0xfffff00c
            ld #nlan              | 0x20 0 0 0xfffff010
            ld #mark              | 0x20 0 0 0xfffff014
            ld #queue             | 0x20 0 0 0xfffff018
            ld #hatype            | 0x20 0 0 0xfffff01c
            ld #rxhash            | 0x20 0 0 0xfffff020
            ld #cpu               | 0x20 0 0 0xfffff024
            ld #vlan_tci          | 0x20 0 0 0xfffff02c
            ld #vlan_avail        | 0x20 0 0 0xfffff030
            ld #vlan_pr           | 0x20 0 0 0xfffff030
            ld #poff              | 0x20 0 0 0xfffff034
            ld #rand              | 0x20 0 0 0xfffff038
            ld #vlan_tpid         | 0x20 0 0 0xfffff03c
            { 0x15, 1, 2, 0x800 } | 0x15 1 2 0x800
            """)
    void translates(String text, String numbers) {
        FilterProgram expected = Listing.parse("1\n" + numbers);
        assertEquals(expected, Assembler.assemble(text));
    }

    @Test
    void jumpsGoToLabels() {
        FilterProgram program = Assembler.assemble("""
                # IPv4 and TCP, or ARP
                        ldh [12]
                        jeq #0x806, take   ; falls through otherwise
                        jne #0x800, drop
                        /* a comment
                           of two lines */
                        ldb [23]
                        jlt #6, drop
                        jle x, over
                over:   jgt #6, drop, next
                next:
                        jset #4, take, drop
                take:   ret #-1
                drop:   ret #0
                """);
        FilterProgram expected = FilterProgram.of(
                new Instruction(0x28, 0, 0, 12),
                new Instruction(0x15, 6, 0, 0x806),
                new Instruction(0x15, 0, 6, 0x800),
                new Instruction(0x30, 0, 0, 23),
                new Instruction(0x35, 0, 4, 6),
                new Instruction(0x2d, 0, 0, 0),
                new Instruction(0x25, 2, 0, 6),
                new Instruction(0x45, 0, 1, 4),
                new Instruction(0x06, 0, 0, -1),
                new Instruction(0x06, 0, 0, 0));
        assertEquals(expected, program);
        assertEquals(expected, Assembler.assemble(Disassembler.disassemble(program)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            load [1]                  | no instruction is called load
            ldb #5                    | ldb does not take #5
            ldx 4*([14]&0xff)         | only 4*([k]&0xf) can be computed
            st [1]                    | st does not take [1]
            add                       | add needs an operand
            tax #1                    | tax takes no operand, not #1
            ld #0x1ffffffff           | the number 0x1ffffffff has more than 32 bits
            ld #08                    | no number: 08
            jeq #1                    | jeq does not take #1
            jeq #1, a, b, c           | jeq does not take #1,a,b,c
            jne #1, a, b              | jne does not take #1,a,b
            jeq #1, nowhere           | there is no label nowhere
            { 1, 2, 3 }               | not { code, jt, jf, k }
            { 1, 256, 3, 4 }          | jt is 256, more than 255
            12                        | no instruction: 12
            """)
    void namesTheLineOfWhatIsWrong(String text, String message) {
        BpfException e = assertThrows(BpfException.class, () -> Assembler.assemble("ret #0\n\n" + text + "\nret #0\n"));
        assertTrue(String.valueOf(e.getMessage()).startsWith("line 3: "), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }

    @Test
    void jumpsGoForwardToInstructions() {
        assertEquals("line 2: a jump back to a: jumps only go forward", message("a: ret #0\nja a"));
        assertEquals("line 1: no instruction follows the label end", message("ja end\nend:"));
        assertEquals("line 2: the label a is there twice", message("a: ret #0\na: ret #1"));
        assertEquals("4097 instructions: at most 4096 fit", message("ret #0\n".repeat(4097)));
    }

    private static String message(String text) {
        return String.valueOf(
                assertThrows(BpfException.class, () -> Assembler.assemble(text)).getMessage());
    }

    /** Both ways of a jump too far for 8 bits. */
    @Test
    void aFarJumpGetsHelp() {
        for (int size : new int[] {253, 254, 255, 256, 257, 300, 600}) {
            FilterProgram program = Assembler.assemble("ldb [0]\njeq #1, yes, no\n" + "ldb [0]\n".repeat(size)
                    + "yes: ret #1\n" + "ldb [0]\n".repeat(size) + "no: ret #2");
            Interpreter interpreter = new Interpreter(program);
            assertEquals(1, interpreter.run(ByteBuffer.wrap(new byte[] {1})), "size " + size);
            assertEquals(2, interpreter.run(ByteBuffer.wrap(new byte[] {0})), "size " + size);
        }
    }

    @Test
    void theBuilderSaysTheSame() {
        FilterProgram built = new ProgramBuilder()
                .ldh(12)
                .jeq(ETH_P_ARP, "take", null)
                .ja("drop")
                .label("take")
                .ret(-1)
                .label("drop")
                .ret(0)
                .build();
        assertEquals(built, Assembler.assemble("ldh [12]\njeq #0x806, take\nja drop\ntake: ret #-1\ndrop: ret #0"));
    }
}
