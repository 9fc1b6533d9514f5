package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Cmsghdr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Control data byte by byte, without a kernel. */
class MessageTest {
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    /** A control message in C's layout, made here by hand. */
    private static byte[] cmsg(int level, int type, byte[] data) {
        ByteBuffer b = ByteBuffer.allocate(16 + (data.length + 7) / 8 * 8).order(ByteOrder.nativeOrder());
        b.putLong(16 + data.length).putInt(level).putInt(type).put(data);
        return b.array();
    }

    private static byte[] ints(int... values) {
        ByteBuffer b = ByteBuffer.allocate(values.length * 4).order(ByteOrder.nativeOrder());
        for (int value : values) {
            b.putInt(value);
        }
        return b.array();
    }

    private static byte[] longs(long... values) {
        ByteBuffer b = ByteBuffer.allocate(values.length * 8).order(ByteOrder.nativeOrder());
        for (long value : values) {
            b.putLong(value);
        }
        return b.array();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static InetAddress ip(String hex) throws UnknownHostException {
        return InetAddress.getByAddress(hex(hex));
    }

    private static byte[] concat(byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static ByteBuffer memory(byte[] bytes) {
        return Memory.allocate(bytes.length).put(0, bytes);
    }

    private static ControlReader reader(byte[]... cmsgs) {
        byte[] all = concat(cmsgs);
        return new ControlReader(memory(all)).limit(all.length);
    }

    private static ControlCursor cursor(byte[]... cmsgs) {
        byte[] all = concat(cmsgs);
        return new ControlCursor(memory(all)).limit(all.length);
    }

    @FunctionalInterface
    private interface Build {
        ControlWriter on(ControlWriter writer) throws UnknownHostException;
    }

    private static void assertWrites(byte[] expected, Build build) throws UnknownHostException {
        ByteBuffer memory = Memory.allocate(expected.length);
        for (int i = 0; i < expected.length; i++) {
            memory.put(i, (byte) 0xee); // the padding must not depend on what was there
        }
        ControlWriter writer = build.on(new ControlWriter(memory));
        assertEquals(expected.length, writer.length());
        byte[] actual = new byte[expected.length];
        memory.get(0, actual);
        assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(actual));
    }

    @Test
    void eachKindIsWrittenAsCWouldWriteIt() throws UnknownHostException {
        int socket = Linux.SOL_SOCKET;
        assertWrites(cmsg(socket, 1, ints(7)), w -> w.rights(7));
        assertWrites(cmsg(socket, 1, ints(7, 8, 9)), w -> w.rights(7, 8, 9));
        assertWrites(cmsg(socket, 2, ints(1, 2, 3)), w -> w.credentials(new Ucred(1, 2, 3)));
        assertWrites(cmsg(0, 2, ints(64)), w -> w.ttl(64));
        assertWrites(cmsg(0, 1, ints(0xb8)), w -> w.tos(0xb8));
        assertWrites(cmsg(41, 52, ints(-1)), w -> w.hopLimit(-1));
        assertWrites(cmsg(41, 67, ints(9)), w -> w.trafficClass(9));
        assertWrites(cmsg(socket, 36, ints(77)), w -> w.mark(77));
        assertWrites(cmsg(socket, 12, ints(6)), w -> w.priority(6));
        assertWrites(cmsg(socket, 61, longs(123456789012L)), w -> w.txtime(123456789012L));
        assertWrites(cmsg(socket, 37, ints(3)), w -> w.timestamping(3));
        assertWrites(cmsg(socket, 81, ints(5)), w -> w.timestampId(5));
        assertWrites(cmsg(17, 103, LITTLE ? hex("4c04") : hex("044c")), w -> w.segmentSize(1100));
        assertWrites(cmsg(0, 7, hex("01010101")), w -> w.ipOptions(hex("01010101")));
        byte[] v4 = concat(ints(3), hex("0a000001"), ints(0));
        assertWrites(cmsg(0, 8, v4), w -> w.pktinfo(3, ip("0a000001")));
        byte[] v6 = concat(hex("fd000000000000000000000000000001"), ints(4));
        assertWrites(cmsg(41, 50, v6), w -> w.pktinfo(4, ip("fd000000000000000000000000000001")));
        byte[] odd = hex("0102030405");
        assertWrites(cmsg(999, 998, odd), w -> w.put(999, 998, odd));
        ByteBuffer tail = ByteBuffer.wrap(hex("ff0102030405")).position(1);
        assertWrites(cmsg(999, 998, odd), w -> w.put(999, 998, tail));
        assertEquals(1, tail.position());
        assertWrites(cmsg(999, 997, new byte[0]), w -> w.put(999, 997, new byte[0]));
        assertWrites(
                concat(cmsg(socket, 1, ints(5)), cmsg(0, 2, ints(1))),
                w -> w.clear().rights(5).ttl(1));
    }

    @Test
    void whatDoesNotFitIsRefusedAndLeavesNothing() {
        ControlWriter writer = new ControlWriter(Memory.allocate(40));
        writer.ttl(1);
        IllegalStateException full = assertThrows(IllegalStateException.class, () -> writer.ttl(2));
        assertTrue(String.valueOf(full.getMessage()).contains("takes 24, but only 16 of 40"), full.getMessage());
        assertEquals(24, writer.length());
        assertThrows(IllegalArgumentException.class, () -> writer.rights(new int[254]));
        assertThrows(IllegalArgumentException.class, () -> writer.rights(new int[0]));
        assertThrows(IllegalArgumentException.class, () -> writer.clear().rights(3, -1));
        assertThrows(IllegalArgumentException.class, () -> writer.clear().rights(-1));
        assertThrows(IllegalArgumentException.class, () -> writer.segmentSize(0));
        assertThrows(IllegalArgumentException.class, () -> writer.segmentSize(65536));
        assertEquals(0, writer.length());
    }

    @Test
    void moreRoomKeepsWhatWasWritten() {
        Message message = new Message(1, 24);
        message.outgoing().ttl(64);
        assertThrows(IllegalStateException.class, () -> message.outgoing().tos(1));
        message.reserveControl(48).outgoing().tos(1);
        assertEquals(48, message.outgoing().length());
        assertEquals(48, message.controlCapacity());
        assertEquals(48, message.reserveControl(8).controlCapacity());
        message.addData(ByteBuffer.allocate(1));
        assertThrows(IllegalStateException.class, () -> message.addData(ByteBuffer.allocate(1)));
        message.reserveBuffers(2).addData(ByteBuffer.allocate(2));
        assertEquals(3, message.remaining());
        assertThrows(IllegalArgumentException.class, () -> message.reserveBuffers(1025));
        assertThrows(IllegalArgumentException.class, () -> new Message(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Message(0, -1));
        message.close();
        assertEquals(0, message.remaining());
        assertEquals(0, message.outgoing().length());
    }

    @Test
    void eachKindIsReadFromCsBytes() throws UnknownHostException {
        int socket = Linux.SOL_SOCKET;
        assertEquals(
                new Ucred(5, 6, -1), reader(cmsg(socket, 2, ints(5, 6, -1))).credentials());
        assertEquals("pid=5, uid=6, gid=4294967295", new Ucred(5, 6, -1).toString());
        assertEquals(9, reader(cmsg(socket, 4, ints(9))).pidfd());
        assertEquals(-1, reader(cmsg(socket, 4, ints(-Linux.ESRCH))).pidfd());
        assertEquals("a:b", reader(cmsg(socket, 3, hex("613a6200"))).security());
        assertEquals(2_000_003_000L, reader(cmsg(socket, 29, longs(2, 3))).timestampNanos());
        assertEquals(2_000_003_000L, reader(cmsg(socket, 63, longs(2, 3))).timestampNanos());
        assertEquals(2_000_000_003L, reader(cmsg(socket, 35, longs(2, 3))).timestampNanos());
        assertEquals(2_000_000_003L, reader(cmsg(socket, 64, longs(2, 3))).timestampNanos());
        ControlReader both = reader(cmsg(socket, 37, longs(2, 3, 0, 0, 4, 5)));
        assertEquals(2_000_000_003L, both.timestampNanos());
        assertEquals(4_000_000_005L, both.hardwareTimestampNanos());
        ControlReader hardware = reader(cmsg(socket, 65, longs(0, 0, 0, 0, 4, 5)));
        assertEquals(-1, hardware.timestampNanos());
        assertEquals(4_000_000_005L, hardware.hardwareTimestampNanos());
        assertEquals(0xffff_fffeL, reader(cmsg(socket, 36, ints(-2))).mark());
        assertEquals(6, reader(cmsg(socket, 12, ints(6))).priority());
        assertEquals(0xffff_ffffL, reader(cmsg(socket, 40, ints(-1))).rxqOverflow());
        assertEquals(11, reader(cmsg(6, 36, ints(11))).inq());
        assertEquals(12, reader(cmsg(socket, 84, ints(12))).inq());
        assertEquals(64, reader(cmsg(0, 2, ints(64))).ttl());
        assertEquals(63, reader(cmsg(41, 52, ints(63))).ttl());
        assertEquals(0xb8, reader(cmsg(0, 1, hex("b8"))).tos());
        assertEquals(0xb8, reader(cmsg(41, 67, ints(0xb8))).tos());
        assertEquals(70000, reader(cmsg(17, 104, ints(70000))).udpGroSegment());
        assertEquals(
                new Pktinfo(2, ip("7f000001"), ip("7fffffff")),
                reader(cmsg(0, 8, concat(ints(2), hex("7f000001 7fffffff")))).pktinfo());
        ControlReader six = reader(cmsg(41, 50, concat(new byte[15], hex("01"), ints(1))));
        assertEquals(
                new Pktinfo(1, ip("00000000000000000000000000000001"), ip("00000000000000000000000000000001")),
                six.pktinfo());
        assertEquals(1, six.pktinfoIfindex());
        byte[] in = concat(ints(0), hex("7f000001"), new byte[8]);
        ByteBuffer.wrap(in).order(ByteOrder.nativeOrder()).putShort(0, (short) 2);
        in[2] = (byte) 0xff;
        in[3] = 0x01;
        assertEquals(
                new InetSocketAddress(ip("7f000001"), 0xff01),
                reader(cmsg(0, 20, in)).originalDestination());
        byte[] ee = concat(ints(111), hex("02030300"), ints(1, -1));
        SockExtendedErr error = reader(cmsg(0, 11, concat(ee, in))).extendedError();
        assertEquals(new SockExtendedErr(Errno.ECONNREFUSED, 2, 3, 3, 1, 0xffff_ffffL, ip("7f000001")), error);
        SockExtendedErr noOffender = reader(cmsg(41, 25, ee)).extendedError();
        assertNotNull(noOffender);
        assertNull(noOffender.offender());
        assertEquals(
                new PacketAuxdata(1, 2, 3, 0, 0, 0, 0),
                reader(cmsg(263, 8, concat(ints(1, 2, 3), new byte[8]))).packetAuxdata());
    }

    @Test
    void whatDidNotComeIsAbsent() {
        ControlReader none = reader(cmsg(998, 997, ints(1)));
        assertNull(none.credentials());
        assertNull(none.security());
        assertNull(none.pktinfo());
        assertNull(none.originalDestination());
        assertNull(none.extendedError());
        assertNull(none.packetAuxdata());
        assertEquals(-1, none.pidfd());
        assertEquals(-1, none.timestampNanos());
        assertEquals(-1, none.hardwareTimestampNanos());
        assertEquals(-1, none.mark());
        assertEquals(-1, none.priority());
        assertEquals(-1, none.rxqOverflow());
        assertEquals(-1, none.inq());
        assertEquals(-1, none.ttl());
        assertEquals(-1, none.tos());
        assertEquals(-1, none.pktinfoIfindex());
        assertEquals(-1, none.udpGroSegment());
    }

    @Test
    void halfANumberIsNone() {
        assertEquals(-1, reader(cmsg(0, 2, hex("0000ff"))).ttl());
        assertNull(reader(cmsg(Linux.SOL_SOCKET, 2, ints(1, 2))).credentials());
        ReceivedDescriptors fds = new ReceivedDescriptors();
        fds.collect(cursor(cmsg(Linux.SOL_SOCKET, 1, concat(ints(70001, 70002), hex("030000")))));
        assertEquals(2, fds.count());
        assertEquals(70002, fds.get(1));
        assertThrows(IndexOutOfBoundsException.class, () -> fds.get(2));
        ReceivedDescriptors pidfd = new ReceivedDescriptors();
        pidfd.collect(cursor(cmsg(Linux.SOL_SOCKET, 4, hex("0900"))));
        assertEquals(-1, pidfd.pidfd());
    }

    @Test
    void theCursorStaysInside() {
        ControlCursor c = cursor(cmsg(1, 2, hex("0102030405")), cmsg(3, 4, ints(6)));
        assertThrows(IllegalStateException.class, c::level);
        assertTrue(c.next());
        assertTrue(c.is(1, 2));
        assertEquals(5, c.length());
        assertArrayEquals(hex("0102030405"), c.bytes());
        byte[] two = new byte[2];
        assertEquals(2, c.get(two));
        assertEquals(5, c.get(new byte[9]));
        assertEquals(5, c.getByte(4));
        assertThrows(IndexOutOfBoundsException.class, () -> c.getByte(5));
        assertThrows(IndexOutOfBoundsException.class, () -> c.getShort(4));
        assertThrows(IndexOutOfBoundsException.class, () -> c.getInt(2));
        assertThrows(IndexOutOfBoundsException.class, () -> c.getLong(0));
        assertThrows(IndexOutOfBoundsException.class, () -> c.getInt(-1));
        assertTrue(c.next());
        assertEquals(6, c.getInt(0));
        assertFalse(c.next());
        assertFalse(c.malformed());
        assertThrows(IllegalStateException.class, c::type);
        assertThrows(IndexOutOfBoundsException.class, () -> c.getByte(0));
        assertTrue(c.rewind().next());

        for (long size : new long[] {0, 15, 25, 1L << 32, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            byte[] bad = cmsg(1, 2, ints(1, 2));
            ByteBuffer.wrap(bad).order(ByteOrder.nativeOrder()).putLong(0, size);
            ControlCursor broken = cursor(bad);
            assertFalse(broken.next(), String.valueOf(size));
            assertTrue(broken.malformed());
            assertFalse(broken.next());
        }
    }

    /** Control data that is random, or right and then damaged or cut, is read within bounds and comes to an end. */
    @Test
    void anyBytesAtAllAreReadSafely() {
        Random random = new Random(20);
        int capacity = 160;
        ByteBuffer memory = Memory.allocate(capacity);
        ControlCursor cursor = new ControlCursor(memory);
        ControlReader reader = new ControlReader(memory);
        int[] levels = {Linux.SOL_SOCKET, 0, 41, 6, 17, 263};
        byte[] noise = new byte[capacity];
        long whole = 0;
        long malformed = 0;
        for (int i = 0; i < 300_000; i++) {
            random.nextBytes(noise);
            memory.put(0, noise);
            int at = 0;
            while (random.nextInt(8) != 0 && at <= capacity - Cmsghdr.SIZE) {
                int size = Cmsghdr.SIZE + random.nextInt(random.nextBoolean() ? 24 : capacity);
                boolean damaged = random.nextInt(10) == 0;
                Cmsghdr.cmsg_len(memory, at, damaged ? random.nextLong() >> random.nextInt(64) : size);
                Cmsghdr.cmsg_level(memory, at, levels[random.nextInt(levels.length)]);
                Cmsghdr.cmsg_type(memory, at, random.nextInt(105));
                at += Cmsghdr.cmsg_align(size);
            }
            int limit = random.nextBoolean() ? Math.min(at, capacity) : random.nextInt(capacity + 1);
            cursor.limit(limit);
            int steps = 0;
            int bytes = 0;
            while (cursor.next()) {
                steps++;
                bytes += Cmsghdr.SIZE + cursor.length();
                assertEquals(cursor.length(), cursor.bytes().length);
            }
            assertTrue(steps <= limit / Cmsghdr.SIZE && bytes <= limit, () -> "limit " + limit);
            whole += steps;
            malformed += cursor.malformed() ? 1 : 0;
            readAll(reader.limit(limit));
            ReceivedDescriptors fds = new ReceivedDescriptors();
            fds.collect(cursor.rewind());
            assertTrue(fds.count() <= limit / Integer.BYTES);
        }
        // the generator reaches both ends
        assertTrue(whole > 300_000 && malformed > 30_000, whole + " whole, " + malformed + " malformed");
    }

    private static void readAll(ControlReader reader) {
        Object[] all = {
            reader.credentials(),
            reader.security(),
            reader.pktinfo(),
            reader.originalDestination(),
            reader.extendedError(),
            reader.packetAuxdata(),
            reader.pidfd(),
            reader.timestampNanos(),
            reader.hardwareTimestampNanos(),
            reader.mark(),
            reader.priority(),
            reader.rxqOverflow(),
            reader.inq(),
            reader.ttl(),
            reader.tos(),
            reader.pktinfoIfindex(),
            reader.udpGroSegment(),
        };
        assertEquals(17, all.length);
    }
}
