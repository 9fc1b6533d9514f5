package io.sockfd.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    private static final int MOST = 200;

    private static ByteBuffer hex(String text) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(text.replace(" ", "")));
    }

    /** The definition, a byte at a time. */
    private static int slow(ByteBuffer b, int offset, int limit) {
        int sum = 0;
        for (int i = offset; i < limit; i++) {
            sum += (b.get(i) & 0xff) << ((i - offset) % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return ~sum & 0xffff;
    }

    @Test
    void theExampleOfRfc1071() {
        ByteBuffer b = hex("0001 f203 f4f5 f6f7");
        assertEquals(0xddf2, Checksum.fold(Checksum.add(0, b, 0, 8)));
        assertEquals(~0xddf2 & 0xffff, Checksum.of(b, 0, 8));
        // the same, "odd": the parts begin at bytes 0 and 3
        long parts = Checksum.addOdd(Checksum.add(0, b, 0, 3), b, 3, 8);
        assertEquals(0xddf2, Checksum.fold(parts));
    }

    @Test
    void theExampleOfRfc1624() {
        // section 4: equation 3 gives 0x0000 where equation 2 gives 0xffff
        assertEquals(0, Checksum.update(0xdd2f, 0x5555, 0x3285));
    }

    @Test
    void aHeaderKnownFromElsewhere() {
        ByteBuffer ip = hex("4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7");
        assertEquals(0, Checksum.of(ip, 0, 20));
        Ipv4 view = new Ipv4().wrap(ip).headerChecksum(0).fillHeaderChecksum();
        assertEquals(0xb861, view.headerChecksum());
    }

    @Test
    void everyLengthAndPlaceAsTheDefinition() {
        Random random = new Random(1);
        for (ByteBuffer b : new ByteBuffer[] {ByteBuffer.allocate(MOST), ByteBuffer.allocateDirect(MOST)}) {
            b.order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < MOST; i++) {
                b.put(i, (byte) random.nextInt());
            }
            for (int offset = 0; offset < 10; offset++) {
                for (int limit = offset; limit <= MOST; limit++) {
                    assertEquals(slow(b, offset, limit), Checksum.of(b, offset, limit));
                }
            }
        }
    }

    @Test
    void partsAddUpWhereverTheyAreCut() {
        ByteBuffer b = ByteBuffer.allocate(MOST);
        new Random(2).nextBytes(b.array());
        for (int cut = 0; cut <= MOST; cut++) {
            long sum = Checksum.add(0, b, 0, cut);
            sum = cut % 2 == 0 ? Checksum.add(sum, b, cut, MOST) : Checksum.addOdd(sum, b, cut, MOST);
            assertEquals(slow(b, 0, MOST), Checksum.finish(sum), "cut at " + cut);
        }
    }

    @Test
    void allOnesDoNotOverflow() {
        ByteBuffer b = ByteBuffer.allocate(1 << 20);
        java.util.Arrays.fill(b.array(), (byte) 0xff);
        assertEquals(0, Checksum.of(b, 0, b.capacity()));
    }

    @Test
    void anUpdateIsAsGoodAsAllAnew() {
        Random random = new Random(3);
        ByteBuffer b = ByteBuffer.allocate(64);
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(b.array());
            int before = b.getInt(20);
            int old = Checksum.of(b, 0, 64);
            b.putInt(20, random.nextInt());
            assertEquals(Checksum.of(b, 0, 64), Checksum.update32(old, before, b.getInt(20)));
        }
    }

    @Test
    void thePseudoHeaderOfIpv6IsInTheSum() {
        // addresses, length and next header as RFC 8200 lays them out
        ByteBuffer pseudo = hex("20010db8000000000000000000000001 20010db8000000000000000000000002 00012345 0000003a");
        assertEquals(
                Checksum.fold(Checksum.add(0, pseudo, 0, 40)),
                Checksum.fold(Checksum.pseudoHeader(pseudo, 0, 16, 58, 0x12345)));
        ByteBuffer four = hex("0a000001 0a000002 0006 1234");
        assertEquals(
                Checksum.fold(Checksum.add(0, four, 0, 12)),
                Checksum.fold(Checksum.pseudoHeader(0x0a000001, 0x0a000002, 6, 0x1234)));
    }
}
