package io.sockfd.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Allocations;
import io.sockfd.packet.LinkType;
import io.sockfd.packet.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files are made by the writer, or byte by byte after the drafts. More damaged ones with {@code -Dfuzz.rounds=100000}. */
class PcapTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 4_000);
    private static final long TIME = 1_700_000_000_123_456_789L;

    static Stream<PcapFormat> formats() {
        return Stream.of(PcapFormat.pcap(), PcapFormat.pcapng())
                .flatMap(f -> Stream.of(f, f.microseconds()))
                .flatMap(f -> Stream.of(f.order(ByteOrder.BIG_ENDIAN), f.order(ByteOrder.LITTLE_ENDIAN)));
    }

    private static byte[] write(PcapFormat format, int count) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Samples samples = new Samples(21);
        try (PcapWriter writer = PcapWriter.to(Channels.newChannel(out), format, LinkType.EN10MB)) {
            for (int i = 0; i < count; i++) {
                writer.write(TIME + i, samples.next());
            }
        }
        return out.toByteArray();
    }

    private static PcapReader read(byte[] file) throws IOException {
        return PcapReader.of(Channels.newChannel(new ByteArrayInputStream(file)));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void roundTrip(PcapFormat format) throws IOException {
        Samples samples = new Samples(21);
        try (PcapReader reader = read(write(format, 2000))) {
            for (int i = 0; i < 2000; i++) {
                assertTrue(reader.next());
                long nanos = TIME + i;
                assertEquals(
                        format.toString().contains("micro") ? nanos / 1000 * 1000 : nanos, reader.timestampNanos());
                ByteBuffer packet = samples.next();
                assertEquals(packet, reader.data());
                assertEquals(packet.remaining(), reader.originalLength());
                assertEquals(LinkType.EN10MB, reader.linkType());
            }
            assertFalse(reader.next());
            assertFalse(reader.next());
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aSnapLengthAndLargePackets(PcapFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer large = ByteBuffer.allocate(PcapFormat.MOST_CAPTURED);
        new Random(22).nextBytes(large.array());
        try (PcapWriter writer = PcapWriter.to(Channels.newChannel(out), format, LinkType.RAW)) {
            for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, PcapFormat.MOST_CAPTURED}) {
                writer.write(0, TIME, large.limit(size), size + 3);
            }
        }
        try (PcapReader reader = read(out.toByteArray())) {
            for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, PcapFormat.MOST_CAPTURED}) {
                assertTrue(reader.next());
                assertEquals(large.limit(size), reader.data());
                assertEquals(size + 3, reader.originalLength());
            }
            assertFalse(reader.next());
        }
        out.reset();
        try (PcapWriter writer = PcapWriter.to(Channels.newChannel(out), format.snapLength(96), LinkType.RAW)) {
            writer.write(TIME, large.limit(1000));
        }
        try (PcapReader reader = read(out.toByteArray())) {
            assertTrue(reader.next());
            assertEquals(large.limit(96), reader.data());
            assertEquals(1000, reader.originalLength());
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyTruncation(PcapFormat format) throws IOException {
        byte[] file = write(format, 3);
        List<Integer> whole = new ArrayList<>();
        for (int length = 0; length < file.length; length++) {
            try (PcapReader reader = read(java.util.Arrays.copyOf(file, length))) {
                while (reader.next()) {
                    assertTrue(reader.data().limit() <= length);
                }
                whole.add(length);
            } catch (PcapFormatException e) {
                assertTrue(e.toString().contains("ends in the middle"), e.toString());
            }
        }
        // before each packet, and in pcapng before the interface too
        assertEquals(format.isNext() ? 4 : 3, whole.size(), "only between records: " + whole);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void damagedFiles(PcapFormat format) throws IOException {
        byte[] good = write(format, 8);
        Random random = new Random(23);
        int refused = 0;
        for (int round = 0; round < ROUNDS / 8 + 1; round++) {
            byte[] file = good.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(random.nextBoolean() ? 80 : file.length);
                file[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
            }
            long before = Allocations.soFar();
            try (PcapReader reader = read(file)) {
                int packets = 0;
                while (reader.next()) {
                    assertTrue(++packets < 1000, "it ends");
                    assertTrue(reader.data().remaining() <= file.length);
                }
            } catch (PcapFormatException e) {
                refused++;
            }
            assertTrue(Allocations.soFar() - before < 2_000_000, "a length from the file is not allocated");
        }
        assertTrue(refused > 0);
    }

    @Test
    void resolutionsOffsetsAndUnknownBlocks() throws IOException {
        byte[] bytes = new byte[2000];
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        block(b, 0x0a0d0d0a, 0x1a2b3c4d, 1, -1, -1);
        block(b, 0x0bad, 1, 2, 3, 4, 5);
        // the default, 10^-6; 10^-3 with an offset of 100 s; 2^-10; 10^-12
        block(b, 1, 101, 0);
        block(b, 1, 1, 0, 9 | 1 << 16, 3, 14 | 8 << 16, 100, 0, 0);
        block(b, 1, 1, 0, 9 | 1 << 16, 0x80 | 10, 0);
        block(b, 1, 1, 0, 9 | 1 << 16, 12, 0);
        for (int i = 0; i < 4; i++) {
            block(b, 6, i, 0, 5120, 4, 60, 0xabcd);
        }
        block(b, 3, 3, 0x010203);
        try (PcapReader reader = read(java.util.Arrays.copyOf(bytes, b.position()))) {
            long[] times = {5_120_000, 105_120_000_000L, 5_000_000_000L, 5};
            for (int i = 0; i < times.length; i++) {
                assertTrue(reader.next());
                assertEquals(times[i], reader.timestampNanos());
                assertEquals(i, reader.interfaceId());
                assertEquals(i == 0 ? LinkType.RAW : LinkType.EN10MB, reader.linkType());
                assertEquals(60, reader.originalLength());
            }
            assertTrue(reader.next());
            assertEquals(-1, reader.timestampNanos());
            assertEquals(3, reader.data().remaining());
            assertEquals(LinkType.RAW, reader.linkType());
            assertFalse(reader.next());
        }
    }

    private static void block(ByteBuffer b, int type, int... body) {
        int length = 12 + 4 * body.length;
        b.putInt(type).putInt(length);
        for (int word : body) {
            b.putInt(word);
        }
        b.putInt(length);
    }

    @Test
    void severalInterfaces() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapWriter writer = PcapWriter.to(Channels.newChannel(out), PcapFormat.pcapng(), LinkType.EN10MB)) {
            assertEquals(1, writer.addInterface(LinkType.LINUX_SLL2));
            writer.write(1, TIME, ByteBuffer.allocate(5), 5);
            assertThrows(IllegalArgumentException.class, () -> writer.write(2, TIME, ByteBuffer.allocate(5), 5));
        }
        try (PcapReader reader = read(out.toByteArray())) {
            assertTrue(reader.next());
            assertEquals(1, reader.interfaceId());
            assertEquals(LinkType.LINUX_SLL2, reader.linkType());
        }
        try (PcapWriter writer = PcapWriter.to(Channels.newChannel(out), PcapFormat.pcap(), 1)) {
            assertThrows(UnsupportedOperationException.class, () -> writer.addInterface(1));
            assertThrows(IllegalArgumentException.class, () -> writer.write(-1, ByteBuffer.allocate(5)));
            assertThrows(IllegalArgumentException.class, () -> writer.write(0, 0, ByteBuffer.allocate(5), 4));
            assertThrows(IllegalArgumentException.class, () -> writer.write(1L << 62, ByteBuffer.allocate(5)));
        }
    }

    @Test
    void whatIsNoCaptureFileIsClosed() {
        boolean[] closed = new boolean[1];
        ReadableByteChannel channel = new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer dst) {
                dst.put(new byte[] {'P', 'K', 3, 4});
                return 4;
            }

            @Override
            public boolean isOpen() {
                return !closed[0];
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        PcapFormatException e = assertThrows(PcapFormatException.class, () -> PcapReader.of(channel));
        assertTrue(e.toString().contains("this is no capture file: it begins with 0x504b0304"), e.toString());
        assertTrue(closed[0]);
        assertThrows(IllegalArgumentException.class, () -> PcapFormat.pcap().snapLength(0));
    }

    @Test
    void nothingIsAllocatedPerPacket() throws IOException {
        byte[] file = write(PcapFormat.pcapng(), 20_000);
        try (PcapReader reader = read(file)) {
            for (int i = 0; i < 10_000; i++) {
                assertTrue(reader.next());
            }
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                long before = Allocations.soFar();
                for (int i = 0; i < 100; i++) {
                    assertTrue(reader.next());
                }
                least = Math.min(least, Allocations.soFar() - before);
            }
            assertEquals(0, least);
        }
    }
}
