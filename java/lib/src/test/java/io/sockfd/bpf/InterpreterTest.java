package io.sockfd.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.Allocations;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpreterTest {
    private static final byte[] PACKET = {0, 1, 2, 3, (byte) 0xf4, (byte) 0xff, (byte) 0xff, (byte) 0xfe};

    private static int run(String text, Ancillary ancillary) {
        return new Interpreter(Assembler.assemble(text.replace(";", "\n"))).run(ByteBuffer.wrap(PACKET), ancillary);
    }

    /** Results are unsigned. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ret #0xffffffff                                          | 4294967295
            ret a                                                    | 0
            txa; ret a                                               | 0
            ldb [4]; ret a                                           | 0xf4
            ldh [1]; ret a                                           | 0x0102
            ld [4]; ret a                                            | 0xf4fffffe
            ldh [6]; ret a                                           | 0xfffe
            ldh [7]; ret #1                                          | 0
            ld [5]; ret #1                                           | 0
            ldb [8]; ret #1                                          | 0
            ldb [0x7fffffff]; ret #1                                 | 0
            ldx #2; ldh [x+1]; ret a                                 | 0x03f4
            ldx #-1; ldb [x+3]; ret a                                | 2
            ldx #5; ld [x+0]; ret #1                                 | 0
            ldx 4*([4]&0xf); txa; ret a                              | 16
            ldx 4*([8]&0xf); ret #1                                  | 0
            ld #len; ret a                                           | 8
            ldx #len; txa; ret a                                     | 8
            ld #7; st M[3]; ld #0; ldx M[3]; stx M[4]; ld M[4]; ret a | 7
            ld #-1; add #2; ret a                                    | 1
            ld #1; sub #2; ret a                                     | 0xffffffff
            ld #0x10000; mul #0x10001; ret a                         | 0x10000
            ld #-2; div #2; ret a                                    | 0x7fffffff
            ld #-1; mod #10; ret a                                   | 5
            ldx #0; ld #5; div x; ret #9                             | 0
            ldx #0; ld #5; mod x; ret #9                             | 0
            ldx #33; ld #1; lsh x; ret a                             | 2
            ldx #33; ld #-1; rsh x; ret a                            | 0x7fffffff
            ld #1; neg; ret a                                        | 0xffffffff
            ld #12; xor #10; or #1; and #5; ret a                    | 5
            ld #-1; jgt #1, y, n; y: ret #1; n: ret #2               | 1
            ld #-1; jge #0x7fffffff, y, n; y: ret #1; n: ret #2      | 1
            ld #6; jset #9, y, n; y: ret #1; n: ret #2               | 2
            ldx #6; ld #6; jeq x, y, n; y: ret #1; n: ret #2         | 1
            ld #3; tax; ld #5; ld [-4056]; ret a                     | 6
            ld [-1048576]; ret #1                                    | 1
            ldb [-2097152]; ret #1                                   | 0
            ldb [-3000000]; ret #1                                   | 0
            ld #77; ld #ifidx; ret #1                                | 77
            ld #78; ld #hatype; ret #1                               | 78
            ja l; ret #1; l: ret #2                                  | 2
            """)
    void computesAsTheKernel(String text, String result) {
        assertEquals(Long.decode(result), Integer.toUnsignedLong(run(text, new Ancillary())));
    }

    @Test
    void extensionsComeFromTheArgument() {
        Ancillary ancillary = new Ancillary()
                .length(1500)
                .protocol(Linux.ETH_P_IPV6)
                .packetType(Linux.PACKET_OUTGOING)
                .device(7, Linux.ARPHRD_ETHER)
                .mark(-5)
                .queue(3)
                .rxhash(0x1234_5678)
                .cpu(2)
                .vlan(Linux.ETH_P_8021Q, 0x6005)
                .random(99)
                .payloadOffset(54)
                .headers(0, 2);
        String[] expected = {
            "#len",
            "1500",
            "#proto",
            "0x86dd",
            "#type",
            "4",
            "#ifidx",
            "7",
            "#hatype",
            "1",
            "#mark",
            "0xfffffffb",
            "#queue",
            "3",
            "#rxhash",
            "0x12345678",
            "#cpu",
            "2",
            "#vlan_tci",
            "0x6005",
            "#vlan_tpid",
            "0x8100",
            "#vlan_avail",
            "1",
            "#rand",
            "99",
            "#poff",
            "54",
            "[-1048576]",
            "0x0203f4ff",
            "[-2097152]",
            "0x00010203",
        };
        for (int i = 0; i < expected.length; i += 2) {
            long result = Integer.toUnsignedLong(run("ld " + expected[i] + "\nret a", ancillary));
            assertEquals(Long.decode(expected[i + 1]), result, expected[i]);
        }
        assertEquals(0, run("ld #vlan_avail; ret a", ancillary.noVlan()));
    }

    /** Two attributes, the second one with one inside. */
    @Test
    void attributesAreFound() {
        ByteBuffer packet = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
        packet.putShort((short) 5).putShort((short) 1).putInt(0);
        packet.putShort((short) 12).putShort((short) (2 | Linux.NLA_F_NESTED));
        packet.putShort((short) 8).putShort((short) 3).putInt(0).putInt(0).flip();
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            packet.order(order);
            assertEquals(8, attribute("ld #0; ldx #2; ld #nla; ret a", packet));
            assertEquals(0, attribute("ld #0; ldx #3; ld #nla; ret a", packet));
            assertEquals(12, attribute("ld #8; ldx #3; ld #nlan; ret a", packet));
            assertEquals(0, attribute("ld #9; ldx #3; ld #nlan; ret a", packet));
            assertEquals(0, attribute("ld #21; ldx #0; ld #nla; ret a", packet));
            assertEquals(0, attribute("ld #-1; ldx #0; ld #nla; ret a", packet));
        }
    }

    private static int attribute(String text, ByteBuffer packet) {
        return new Interpreter(Assembler.assemble(text.replace(";", "\n"))).run(packet);
    }

    /** The packet is where the buffer's position says, and the buffer stays as it is. */
    @Test
    void theBufferIsOnlyRead() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(16).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(4, (byte) 0x12).put(5, (byte) 0x34).position(4).limit(6);
        Interpreter interpreter = new Interpreter(Assembler.assemble("ldh [0]\nret a"));
        assertEquals(0x1234, interpreter.run(buffer.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN)));
        assertEquals(0x1234, interpreter.run(buffer));
        assertEquals(0, interpreter.run(buffer.position(5)));
        assertEquals(5, buffer.position());
        assertEquals(6, buffer.limit());
        assertEquals(ByteOrder.LITTLE_ENDIAN, buffer.order());
    }

    @Test
    void nothingIsAllocatedPerPacket() {
        Interpreter interpreter =
                new Interpreter(FilterExpression.compile("tcp port 80 and host 10.0.0.1", Framing.ETHERNET));
        Frames frames = new Frames(1);
        ByteBuffer packet = frames.next(Framing.ETHERNET);
        Ancillary ancillary = new Ancillary();
        int rounds = 50_000;
        int sum = 0;
        long fewest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            long before = Allocations.soFar();
            for (int i = 0; i < rounds; i++) {
                sum += interpreter.run(packet, ancillary.protocol(i));
            }
            fewest = Math.min(fewest, Allocations.soFar() - before);
        }
        assertEquals(0, fewest / rounds, "bytes per packet; " + sum);
    }
}
