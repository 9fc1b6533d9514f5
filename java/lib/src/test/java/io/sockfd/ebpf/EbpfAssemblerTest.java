package io.sockfd.ebpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.struct.BpfInstruction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("once")
class EbpfAssemblerTest {
    /** In hexadecimal as in the kernel's instruction set: code, destination, source, offset, immediate. */
    private static List<String> read(EbpfCode code) {
        ByteBuffer b = code.encode();
        boolean little = b.order() == java.nio.ByteOrder.LITTLE_ENDIAN;
        List<String> instructions = new ArrayList<>();
        for (int at = 0; at < b.capacity(); at += BpfInstruction.SIZE) {
            int registers = BpfInstruction.regs(b, at);
            instructions.add("%02x %d %d %d %d"
                    .formatted(
                            BpfInstruction.code(b, at),
                            little ? registers & 0xf : registers >>> 4,
                            little ? registers >>> 4 : registers & 0xf,
                            (short) BpfInstruction.off(b, at),
                            BpfInstruction.imm(b, at)));
        }
        return instructions;
    }

    /** The numbers are those of RFC 9669. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "r1 = r2 ~ bf 1 2 0 0",
                "w1 = w2 ~ bc 1 2 0 0",
                "r3 = -1 ~ b7 3 0 0 -1",
                "w3 = 0xffffffff ~ b4 3 0 0 -1",
                "r1 += r2 ~ 0f 1 2 0 0",
                "r1 -= 7 ~ 17 1 0 0 7",
                "w1 *= 7 ~ 24 1 0 0 7",
                "r1 /= r2 ~ 3f 1 2 0 0",
                "r1 s/= r2 ~ 3f 1 2 1 0",
                "r1 %= 3 ~ 97 1 0 0 3",
                "w1 s%= 3 ~ 94 1 0 1 3",
                "r1 &= 255 ~ 57 1 0 0 255",
                "r1 |= r9 ~ 4f 1 9 0 0",
                "r1 ^= r9 ~ af 1 9 0 0",
                "r1 <<= 32 ~ 67 1 0 0 32",
                "r1 >>= 32 ~ 77 1 0 0 32",
                "r1 s>>= r2 ~ cf 1 2 0 0",
                "r1 = -r1 ~ 87 1 0 0 0",
                "w1 = -w1 ~ 84 1 0 0 0",
                "r1 = (s8)r2 ~ bf 1 2 8 0",
                "w1 = (s16)w2 ~ bc 1 2 16 0",
                "r1 = be16 r1 ~ dc 1 0 0 16",
                "r1 = le64 r1 ~ d4 1 0 0 64",
                "r1 = bswap32 r1 ~ d7 1 0 0 32",
                "r2 = *(u32 *)(r1 +16) ~ 61 2 1 16 0",
                "r2 = *(u8 *)(r1 -1) ~ 71 2 1 -1 0",
                "r2 = *(u16*)(r1 + 0x10) ~ 69 2 1 16 0",
                "r2 = *(u64 *)(r10) ~ 79 2 10 0 0",
                "r2 = *(s16 *)(r1 +2) ~ 89 2 1 2 0",
                "*(u32 *)(r10 -4) = r2 ~ 63 10 2 -4 0",
                "*(u8 *)(r10 -4) = 9 ~ 72 10 0 -4 9",
                "*(u64 *)(r10 -8) = -1 ~ 7a 10 0 -8 -1",
                "r0 = *(u16 *)skb[12] ~ 28 0 0 0 12",
                "r0 = *(u8 *)skb[r7 + 2] ~ 50 0 7 0 2",
                "lock *(u64 *)(r1 +0) += r2 ~ db 1 2 0 0",
                "lock *(u32 *)(r1 +8) &= r2 ~ c3 1 2 8 80",
                "r2 = atomic64_fetch_add((u64 *)(r1 +0), r2) ~ db 1 2 0 1",
                "w2 = atomic_xchg((u32 *)(r1 +4), w2) ~ c3 1 2 4 225",
                "r0 = atomic64_cmpxchg((u64 *)(r1 +0), r0, r3) ~ db 1 3 0 241",
                "goto pc+1 ~ 05 0 0 1 0",
                "if r1 == r2 goto pc+3 ~ 1d 1 2 3 0",
                "if r1 != 0 goto pc-3 ~ 55 1 0 -3 0",
                "if w1 s< -5 goto pc+3 ~ c6 1 0 3 -5",
                "if r1 & 0x80 goto pc+3 ~ 45 1 0 3 128",
                "if r1 >= r2 goto pc+0 ~ 3d 1 2 0 0",
                "if r1 s<= r2 goto pc+0 ~ dd 1 2 0 0",
                "call redirect_map ~ 85 0 0 0 51",
                "call bpf_redirect_map#51 ~ 85 0 0 0 51",
                "call 51 ~ 85 0 0 0 51",
                "exit ~ 95 0 0 0 0",
                "12: (bf) r6 = r1 ~ bf 6 1 0 0",
            })
    void anInstruction(String text, String expected) {
        assertEquals(List.of(expected), read(EbpfAssembler.assemble(text)));
    }

    @Test
    void wideLoadsAndMaps() {
        EbpfCode code = EbpfAssembler.assemble("r1 = 0x123456789abcdef0 ll\nr2 = map[a]\nr3 = map_value[b] +16");
        assertEquals(
                List.of(
                        "18 1 0 0 " + 0x9abcdef0,
                        "00 0 0 0 " + 0x12345678,
                        "18 2 0 0 0",
                        "00 0 0 0 0",
                        "18 3 0 0 0",
                        "00 0 0 0 16"),
                read(code));
        assertEquals(Set.of("a", "b"), code.names());
        assertEquals(6, code.length());
    }

    @Test
    void labelsGoBothWaysAndCallFunctions() {
        EbpfCode code = EbpfAssembler.assemble("""
                        r1 = 10
                again:  r1 -= 1             // a comment
                        if r1 != 0 goto again
                        if r1 == 0 goto out
                        r0 = 1
                out:    call double; exit
                double: r0 = r1
                        r0 += r0
                        exit
                """);
        assertEquals(
                List.of(
                        "b7 1 0 0 10",
                        "17 1 0 0 1",
                        "55 1 0 -2 0",
                        "15 1 0 1 0",
                        "b7 0 0 0 1",
                        "85 0 1 0 1",
                        "95 0 0 0 0",
                        "bf 0 1 0 0",
                        "0f 0 0 0 0",
                        "95 0 0 0 0"),
                read(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "r1 = w2 ~ different width",
                "r11 = 1 ~ no instruction: r11 = 1",
                "r1 = 0x1ffffffff ~ 0x1ffffffff ll loads 64",
                "r1 = 99999999999999999999 ll ~ more than 64 bits",
                "goto nowhere ~ no label nowhere",
                "a: a: exit ~ a is there twice",
                "*(u32 *)(r1 +70000) = r2 ~ 16 bits",
                "r1 = be16 r2 ~ changes one register",
                "r1 = map[a] +3 ~ map_value[a]",
                "call no_such_helper ~ no label no_such_helper",
                "frobnicate ~ no instruction: frobnicate",
                "r1 ?= 3 ~ no instruction",
                "if r1 === 3 goto pc+1 ~ no instruction",
            })
    void aFaultNamesItsLine(String text, String reason) {
        EbpfException wrong = assertThrows(
                EbpfException.class, () -> EbpfAssembler.assemble("r0 = 0\n" + text.replace(": a:", ":\na:")));
        String message = String.valueOf(wrong.getMessage());
        assertTrue(message.startsWith("line 2: ") || message.startsWith("line 3: "), message);
        assertTrue(message.contains(reason), message);
    }

    @Test
    void anEmptyTextAndAJumpTooFarAreWrong() {
        assertThrows(EbpfException.class, () -> EbpfAssembler.assemble(" // nothing\n"));
        String far = "goto end\n" + "r0 = 0\n".repeat(40_000) + "end: exit";
        EbpfException wrong = assertThrows(EbpfException.class, () -> EbpfAssembler.assemble(far));
        assertTrue(String.valueOf(wrong.getMessage()).contains("40000"), wrong.toString());
    }

    @Test
    void bytesAreReadBack() {
        EbpfCode code = EbpfAssembler.assemble("r1 = map[m]; r0 = 0; if r0 s> -3 goto pc+1; exit; exit");
        ByteBuffer bytes = code.encode();
        assertEquals(read(code), read(EbpfCode.of(bytes)));
        assertEquals(Set.of("m"), EbpfCode.of(bytes).referring(0, "m").names());
        assertThrows(EbpfException.class, () -> EbpfCode.of(bytes).referring(2, "m"));
        assertThrows(EbpfException.class, () -> EbpfCode.of(ByteBuffer.allocate(0)));
        assertThrows(EbpfException.class, () -> EbpfCode.of(ByteBuffer.allocate(12)));
    }
}
