package io.sockfd.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.option.FilterProgram;
import io.sockfd.option.FilterProgram.Instruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
    private static final FilterProgram ARP = FilterProgram.of(
            new Instruction(0x28, 0, 0, 12),
            new Instruction(0x15, 0, 1, 0x806),
            new Instruction(0x06, 0, 0, -1),
            new Instruction(0x06, 0, 0, 0));

    private static final String STRUCTS = """
            { 0x28, 0, 0, 0x0000000c },
            { 0x15, 0, 1, 0x00000806 },
            { 0x6, 0, 0, 0xffffffff },
            { 0x6, 0, 0, 0x00000000 },
            """;

    /** As tcpdump -ddd, bpf_asm, tcpdump -dd and bpf_asm -c print it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4\n40 0 0 12\n21 0 1 2054\n6 0 0 4294967295\n6 0 0 0\n",
                "4,40 0 0 12,21 0 1 2054,6 0 0 4294967295,6 0 0 0,\n",
                "{ 0x28, 0, 0, 0x0000000c },\n{ 0x15, 0, 1, 0x00000806 },\n{ 0x6, 0, 0, 0xffffffff },\n{ 0x6, 0, 0, 0 },\n",
                "{ 0x28,  0,  0, 0x0000000c },{ 0x15,  0,  1, 0x00000806 },{0x06,0,0,0xffffffff},{ 0x06, 0, 0, 0 }",
            })
    void reads(String text) {
        assertEquals(ARP, Listing.parse(text));
    }

    @Test
    void writes() {
        assertEquals("4\n40 0 0 12\n21 0 1 2054\n6 0 0 4294967295\n6 0 0 0\n", Listing.decimal(ARP));
        assertEquals(STRUCTS, Listing.structs(ARP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "2\n6 0 0 0",
                "1\n6 0 0",
                "1\n6 0 0 0 0",
                "1\n6 256 0 0",
                "1\n65536 0 0 0",
                "1\n6 0 0 4294967296",
                "{ 6, 0, 0 }",
                "{ 6, 0, 0, 0, 0 }",
                "{ 6, 0, 0, 0 } ret",
                "ret { 6, 0, 0, 0 }",
                "{ 6, -1, 0, 0 }",
                "{",
                "{ a, 0, 0, 0 }",
            })
    void refuses(String text) {
        assertThrows(BpfException.class, () -> Listing.parse(text));
    }

    @Test
    void moreThan4096AreRefused() {
        assertThrows(BpfException.class, () -> Listing.parse("{ 6, 0, 0, 0 },".repeat(4097)));
    }
}
