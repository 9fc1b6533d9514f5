package io.sockfd.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.FuzzCount;
import io.sockfd.option.FilterProgram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What nobody would write: it gives the documented exception or a result. More of it with {@code -Dfuzz.rounds=200000}. */
class FuzzTest {
    private static final int PROGRAMS = Integer.getInteger("fuzz.rounds", 20_000);
    private static final int TEXTS = PROGRAMS / 2;
    private static final int FILTERS = PROGRAMS / 3;
    private static final long SEED = 20;

    @Test
    void anyInstructionsGoThroughEverything() {
        RandomPrograms programs = new RandomPrograms(SEED);
        Ancillary ancillary = new Ancillary().device(1, 772);
        int valid = 0;
        for (int i = 0; i < PROGRAMS; i++) {
            FilterProgram program = i % 4 == 0 ? programs.mostlyValid() : programs.arbitrary();
            String text = Disassembler.disassemble(program);
            assertEquals(program, Assembler.assemble(text), text);
            assertEquals(program, Listing.parse(Listing.decimal(program)));
            if (!program.instructions().isEmpty()) {
                assertEquals(program, Listing.parse(Listing.structs(program)));
            }
            if (verifies(program)) {
                valid++;
                new Interpreter(program).run(ByteBuffer.wrap(programs.packet(64)), ancillary);
            } else if (i % 16 == 0) {
                assertThrows(BpfException.class, () -> new Interpreter(program));
            }
        }
        FuzzCount.report("BPF programs", PROGRAMS, PROGRAMS - valid);
        assertTrue(valid > PROGRAMS / 20, valid + " valid programs");
        assertNotEquals(PROGRAMS, valid);
    }

    private static boolean verifies(FilterProgram program) {
        try {
            Verifier.verify(program);
            return true;
        } catch (BpfException e) {
            return false;
        }
    }

    @Test
    void anyTextIsAssembledOrRefused() {
        RandomPrograms programs = new RandomPrograms(SEED);
        Random random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = damaged(Disassembler.disassemble(programs.arbitrary()), random);
            try {
                FilterProgram program = Assembler.assemble(text);
                assertEquals(program, Assembler.assemble(Disassembler.disassemble(program)), text);
            } catch (BpfException e) {
                refused++;
                assertTrue(String.valueOf(e.getMessage()).startsWith("line "), e.getMessage());
            }
            try {
                Listing.parse(text);
            } catch (BpfException e) {
                assertTrue(e.getMessage() != null);
            }
        }
        FuzzCount.report("BPF assembler texts", TEXTS, refused);
        assertTrue(refused > TEXTS / 4 && refused < TEXTS, refused + " refused");
    }

    /** With a few characters changed, taken out or put in. */
    static String damaged(String text, Random random) {
        String alphabet = "ldhbxstjmeqagr[]()#%&*+-,.:;{}0123456789fM \n\t/\\\"'é\u0000";
        StringBuilder damaged = new StringBuilder(text);
        for (int faults = 1 + random.nextInt(4); faults > 0; faults--) {
            int at = random.nextInt(damaged.length() + 1);
            char c = alphabet.charAt(random.nextInt(alphabet.length()));
            if (at == damaged.length() || random.nextInt(3) == 0) {
                damaged.insert(at, c);
            } else if (random.nextBoolean()) {
                damaged.deleteCharAt(at);
            } else {
                damaged.setCharAt(at, c);
            }
        }
        return damaged.toString();
    }

    @Test
    void anyFilterIsCompiledOrRefused() throws IOException {
        List<FilterExpressionTest.Known> known = FilterExpressionTest.libpcap().toList();
        Random random = new Random(SEED);
        Frames frames = new Frames(SEED);
        int refused = 0;
        for (int i = 0; i < FILTERS; i++) {
            FilterExpressionTest.Known filter = known.get(random.nextInt(known.size()));
            String text = damaged(filter.expression(), random);
            try {
                FilterProgram program = FilterExpression.compile(text, filter.link());
                new Interpreter(program).run(frames.next(filter.link()));
            } catch (BpfException e) {
                refused++;
                assertTrue(String.valueOf(e.getMessage()).startsWith("column "), text + ": " + e.getMessage());
            }
        }
        FuzzCount.report("filter expressions", FILTERS, refused);
        assertTrue(refused > FILTERS / 4 && refused < FILTERS, refused + " refused");
    }
}
