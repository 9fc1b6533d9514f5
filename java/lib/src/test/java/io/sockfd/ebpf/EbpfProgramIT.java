package io.sockfd.ebpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sockfd.Allocations;
import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("once")
class EbpfProgramIT {
    @BeforeAll
    static void needsRights() throws IOException {
        try {
            EbpfProgram.load(EbpfType.XDP, EbpfAssembler.assemble("r0 = 2; exit"))
                    .close();
        } catch (IOException e) {
            Errno errno = Errors.errnoOf(e).orElseThrow(() -> e);
            if (errno.equals(Errno.EPERM) || errno.equals(Errno.ENOSYS)) {
                abort(e.toString());
            }
            throw e;
        }
    }

    private static ByteBuffer key(int... numbers) {
        ByteBuffer key = ByteBuffer.allocate(numbers.length * Integer.BYTES).order(ByteOrder.nativeOrder());
        for (int number : numbers) {
            key.putInt(number);
        }
        return key.flip();
    }

    private static Errno errno(IOException e) {
        return Errors.errnoOf(e).orElseThrow();
    }

    private static int run(String text) throws IOException {
        try (EbpfProgram program = EbpfProgram.load(EbpfType.XDP, EbpfAssembler.assemble(text))) {
            return program.run(ByteBuffer.allocate(64).putShort(12, (short) 0x0800));
        }
    }

    // ---- maps ----------------------------------------------------------------------------------------------------

    @Test
    void anArray() throws IOException {
        try (EbpfMap map = EbpfMap.array(Long.BYTES, 4)) {
            assertEquals(0, map.get(3));
            map.put(3, -1L);
            assertEquals(-1, map.get(3));
            IOException beyond = assertThrows(IOException.class, () -> map.get(4));
            assertEquals(Errno.ENOENT, errno(beyond));
            beyond = assertThrows(IOException.class, () -> map.put(4, 1));
            assertEquals(Errno.E2BIG, errno(beyond));
            assertEquals(Errno.EINVAL, errno(assertThrows(IOException.class, () -> map.remove(0))));
            assertEquals(4, map.keys().size());
            assertThrows(IllegalStateException.class, () -> map.put(0, map), "its values are no sockets");
        }
        for (int size : new int[] {1, 2, 4}) {
            try (EbpfMap map = EbpfMap.array(size, 1)) {
                map.put(0, -1);
                assertEquals((1L << (8 * size)) - 1, map.get(0));
            }
        }
    }

    @Test
    void aHash() throws IOException {
        try (EbpfMap map = EbpfMap.hash(8, 12, 3)) {
            ByteBuffer value = ByteBuffer.allocate(16);
            assertFalse(map.lookup(key(1, 2), value));
            assertEquals(0, value.position());
            map.update(key(1, 2), key(7, 8, 9), Linux.BPF_NOEXIST);
            IOException there =
                    assertThrows(IOException.class, () -> map.update(key(1, 2), key(7, 8, 9), Linux.BPF_NOEXIST));
            assertEquals(Errno.EEXIST, errno(there));
            IOException none =
                    assertThrows(IOException.class, () -> map.update(key(5, 2), key(7, 8, 9), Linux.BPF_EXIST));
            assertEquals(Errno.ENOENT, errno(none));
            value.position(2);
            assertTrue(map.lookup(key(1, 2), value));
            assertEquals(key(7, 8, 9), value.flip().position(2));
            map.update(key(3, 4), key(0, 0, 0), Linux.BPF_ANY);
            map.update(key(5, 6), key(0, 0, 0), Linux.BPF_ANY);
            assertEquals(
                    Errno.E2BIG,
                    errno(assertThrows(IOException.class, () -> map.update(key(7, 8), key(0, 0, 0), Linux.BPF_ANY))));
            assertEquals(Set.of(key(1, 2), key(3, 4), key(5, 6)), Set.copyOf(map.keys()));
            assertTrue(map.delete(key(3, 4)));
            assertFalse(map.delete(key(3, 4)));
            assertEquals(Set.of(key(1, 2), key(5, 6)), Set.copyOf(map.keys()));
            assertThrows(IllegalArgumentException.class, () -> map.lookup(key(1), value));
            assertThrows(IllegalArgumentException.class, () -> map.lookup(key(1, 2), ByteBuffer.allocate(11)));
            assertThrows(IllegalArgumentException.class, () -> map.update(key(1, 2), key(1), 0));
            assertThrows(IllegalStateException.class, () -> map.get(1));
        }
    }

    @Test
    void mapsSayWhatIsWrong() throws IOException {
        assertEquals(Errno.EINVAL, errno(assertThrows(IOException.class, () -> EbpfMap.hash(0, 8, 4))));
        assertThrows(IllegalArgumentException.class, () -> EbpfMap.array(-1, 4));
        assertThrows(IllegalArgumentException.class, () -> EbpfMap.create(Linux.BPF_MAP_TYPE_PERCPU_ARRAY, 4, 8, 4, 0));
        EbpfMap closed = EbpfMap.array(8, 1);
        closed.close();
        assertThrows(ClosedChannelException.class, () -> closed.get(0));
        EbpfCode code = EbpfAssembler.assemble("r1 = map[m]; r0 = 0; exit");
        EbpfException missing = assertThrows(EbpfException.class, () -> EbpfProgram.load(EbpfType.XDP, code));
        assertTrue(missing.toString().contains("with(\"m\", map)"), missing.toString());
        assertThrows(EbpfException.class, () -> code.with("other", closed));
        assertThrows(ClosedChannelException.class, () -> EbpfProgram.load(EbpfType.XDP, code.with("m", closed)));
    }

    @Test
    void aMapAllocatesNothing() throws IOException {
        assumeFalse(System.getProperty("sockfd.backend", "").equals("jnr"), "jnr-ffi allocates for a call");
        try (EbpfMap map = EbpfMap.array(Long.BYTES, 4)) {
            long sum = 0;
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 40; round++) {
                long before = Allocations.soFar();
                for (int i = 0; i < 500; i++) {
                    map.put(1, i);
                    sum += map.get(1);
                }
                least = Math.min(least, Allocations.soFar() - before);
            }
            assertEquals(0, least, "bytes, and the sum " + sum);
        }
    }

    // ---- programs ------------------------------------------------------------------------------------------------

    @Test
    void programsCompute() throws IOException {
        assertEquals(42, run("r0 = 6; r1 = 7; r0 *= r1; exit"));
        assertEquals(-3, run("r0 = 3; w0 = -w0; exit"));
        assertEquals(5, run("r1 = 0x500000000 ll; r1 >>= 32; r0 = r1; exit"));
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        assertEquals(little ? 0x3412 : 0x1234, run("r0 = 0x1234; r0 = be16 r0; exit"));
        assertEquals(little ? 0x1234 : 0x3412, run("r0 = 0x1234; r0 = le16 r0; exit"));
        assertEquals(45, run("r0 = 0; r1 = 9\nagain: r0 += r1; r1 -= 1; if r1 s> 0 goto again\nexit"));
        assertEquals(
                7,
                run("*(u64 *)(r10 -8) = 3; r1 = r10; r2 = 4; lock *(u64 *)(r1 -8) += r2; r0 = *(u64 *)(r10 -8); exit"));
        assertEquals(12, run("r1 = 5; r2 = 7; call sum; exit\nsum: r0 = r1; r0 += r2; exit"));
        assertEquals(0x0800, run("""
                        r2 = *(u32 *)(r1 +0)    // data
                        r3 = *(u32 *)(r1 +4)    // data_end
                        r4 = r2
                        r4 += 14
                        r0 = 0
                        if r4 > r3 goto out
                        r0 = *(u16 *)(r2 +12)
                        r0 = be16 r0
                out:    exit
                """));
    }

    @Test
    void aProgramCountsInAMap() throws IOException {
        try (EbpfMap map = EbpfMap.array(Long.BYTES, 2);
                EbpfMap one = EbpfMap.array(2 * Long.BYTES, 1)) {
            EbpfCode code = EbpfAssembler.assemble("""
                            *(u32 *)(r10 -4) = 1
                            r2 = r10
                            r2 += -4
                            r1 = map[counts]
                            call map_lookup_elem
                            if r0 == 0 goto out
                            r1 = 1
                            lock *(u64 *)(r0 +0) += r1
                            r1 = map_value[one] +8
                            r2 = 10
                            lock *(u64 *)(r1 +0) += r2
                    out:    r0 = 2
                            exit
                    """).with("counts", map).with("one", one);
            try (EbpfProgram program = EbpfProgram.load(EbpfType.XDP, code)) {
                for (int i = 0; i < 5; i++) {
                    assertEquals(Linux.XDP_PASS, program.run(ByteBuffer.allocate(64)));
                }
            }
            assertEquals(5, map.get(1));
            assertEquals(0, map.get(0));
            ByteBuffer both = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
            assertTrue(one.lookup(key(0), both));
            assertEquals(0, both.getLong(0));
            assertEquals(50, both.getLong(8));
        }
    }

    /** What the verifier prints is the language of the assembler: each instruction of a program, printed, is itself again. */
    @Test
    void theVerifierPrintsWhatTheAssemblerReads() {
        List<String> instructions = List.of(
                "r6 = r1",
                "r7 = *(u32 *)(r6 +16)",
                "w7 += 5",
                "r8 = 4660",
                "r8 <<= 3",
                "r8 s>>= 1",
                "r8 ^= r7",
                "*(u64 *)(r10 -8) = r8",
                "*(u32 *)(r10 -16) = 7",
                "lock *(u64 *)(r10 -8) += r7",
                "r8 = atomic64_fetch_add((u64 *)(r10 -8), r8)",
                "r8 = be32 r8",
                "w8 = w7",
                "r8 &= 255",
                "r8 = -r8",
                "if w7 s< 0x3 goto pc+1",
                "r9 = 1",
                "r0 = *(u64 *)(r9 -64)", // no pointer: here it ends
                "exit");
        VerifierException refused = assertThrows(VerifierException.class, () -> {
            EbpfCode code = EbpfAssembler.assemble(String.join("\n", instructions));
            EbpfProgram.load(EbpfType.XDP, code, "GPL").close();
        });
        List<String> printed = refused.log()
                .lines()
                .map(Pattern.compile("^[0-9]+: \\([0-9a-f]{2}\\) ([^;]*?) *(;.*)?$")::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .collect(Collectors.toList());
        assertTrue(printed.size() >= 17, refused.log());
        for (String line : printed) {
            assertTrue(instructions.contains(line), line + " was not written: " + refused.log());
        }
    }

    @Test
    void theVerifiersReasonIsInTheException() {
        EbpfCode code = EbpfAssembler.assemble("r0 = *(u32 *)(r1 +4)\nr0 = *(u8 *)(r0 +0)\nexit");
        VerifierException refused = assertThrows(
                VerifierException.class,
                () -> EbpfProgram.load(EbpfType.XDP, code).close());
        assertEquals(Errno.EACCES, refused.errno());
        assertTrue(
                String.valueOf(refused.getMessage()).contains("BPF_PROG_LOAD of XDP, 3 instructions"),
                refused.toString());
        assertTrue(refused.log().contains("r0 = *(u8 *)(r0 +0)"), refused.log());
        assertTrue(String.valueOf(refused.getMessage()).contains("r0"), refused.toString());
        EbpfCode gpl = EbpfAssembler.assemble(
                "r1 = r10; r1 += -8; *(u64 *)(r10 -8) = 0; r2 = 8; call trace_printk; r0 = 0; exit");
        VerifierException licence = assertThrows(
                VerifierException.class,
                () -> EbpfProgram.load(EbpfType.XDP, gpl).close());
        assertTrue(licence.log().contains("GPL"), licence.log());
        IOException unknown = assertThrows(
                IOException.class,
                () -> EbpfProgram.load(new EbpfType("none", 9999, 0), EbpfAssembler.assemble("r0 = 0; exit"))
                        .close());
        assertEquals(Errno.EINVAL, errno(unknown));
    }

    // ---- sockets -------------------------------------------------------------------------------------------------

    @Test
    void aFilterOfASocket() throws IOException {
        EbpfCode code = EbpfAssembler.assemble("r6 = r1; r0 = *(u8 *)skb[8]; if r0 == 65 goto pc+1; r0 = 0; exit");
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (EbpfProgram program = EbpfProgram.load(EbpfType.SOCKET_FILTER, code);
                Socket in = Socket.udp().bind(any);
                Socket out = Socket.udp()) {
            assertTrue(out.connect(in.getLocalAddress()));
            program.filter(in);
            out.send(ByteBuffer.wrap(new byte[] {66, 1}), 0);
            out.send(ByteBuffer.wrap(new byte[] {65, 2}), 0);
            ByteBuffer first = ByteBuffer.allocate(8);
            assertEquals(2, in.recv(first, 0));
            assertEquals(65, first.get(0));
            in.setOption(SocketOptions.SO_DETACH_BPF, 0);
            out.send(ByteBuffer.wrap(new byte[] {66, 3}), 0);
            assertEquals(2, in.recv(first.clear(), 0));
            assertEquals(66, first.get(0));
        }
    }
}
