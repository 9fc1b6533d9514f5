package io.sockfd.address;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Allocations;
import io.sockfd.raw.Linux;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.UnresolvedAddressException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes and lengths as a C program on a little-endian machine has them. */
class SockaddrTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final int SEED = 20_111;

    private static String hex(Sockaddr s) {
        byte[] bytes = new byte[s.length()];
        s.buffer().get(0, bytes);
        return HEX.formatHex(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "127.0.0.1:80                    | 02000050 7f000001 0000000000000000",
                "255.254.253.252:65535           | 0200ffff fffefdfc 0000000000000000",
                "[::1]:80                        | 0a000050 00000000 00000000000000000000000000000001 00000000",
                "[fe80::1%3]:8080                | 0a001f90 00000000 fe800000000000000000000000000001 03000000",
                "[2001:db8::2]:443?flowinfo=0xb12345 | 0a0001bb 00b12345 20010db8000000000000000000000002 00000000",
                "[::1%4294967295]:1              | 0a000001 00000000 00000000000000000000000000000001 ffffffff",
                "*:53                            | 0a000035 00000000 00000000000000000000000000000000 00000000",
                "/a                              | 0100 2f6100",
                "unix:a                          | 0100 6100",
                "unix:                           | 0100",
                "@                               | 0100 00",
                "@a\\0b                          | 0100 00610062",
                "@\\0\\0                         | 0100 000000",
                "packet:2/0x0800                 | 1100 0800 02000000 0000 00 00 0000000000000000",
                "packet:7/0x0003/02:00:5e:10:20:fe?hatype=1&pkttype=4"
                        + "                       | 1100 0003 07000000 0100 04 06 02005e1020fe0000",
                "packet:1/0/00:01:02:03:04:05:06:07:08:09"
                        + "                       | 1100 0000 01000000 0000 00 0a 00010203040506070809",
                "netlink:4660:0x80000011         | 1000 0000 34120000 11000080",
                "vsock:2:1024                    | 2800 0000 00040000 02000000 00 000000",
                "vsock:any:any?flags=1           | 2800 0000 ffffffff ffffffff 01 000000",
                "can:5                           | 1d00 0000 05000000 00000000 00000000",
                "can:5?rx=0x123&tx=0x80000321    | 1d00 0000 05000000 23010000 21030080",
                "j1939:5?name=0x0102030405060708&pgn=0x12300&addr=0x20"
                        + "                       | 1d00 0000 05000000 0807060504030201 00230100 20 000000",
                "l2cap:01:02:03:04:05:06:4097?cid=4&type=2 | 1f00 0110 060504030201 0400 02 00",
                "rfcomm:01:02:03:04:05:06:30     | 1f00 060504030201 1e 00",
                "sco:01:02:03:04:05:06           | 1f00 060504030201",
                "hci:none:control                | 1f00 ffff 0300",
                "tipc:service:18888:17?domain=9  | 1e00 02 00 c8490000 11000000 09000000",
                "tipc:range:18888:1:2?scope=2    | 1e00 01 02 c8490000 01000000 02000000",
                "tipc:range:18888:1:2?scope=254  | 1e00 01 fe c8490000 01000000 02000000",
                "tipc:socket:305419896:1         | 1e00 03 00 78563412 01000000 00000000",
                "xdp:3:1?flags=0xc&umem=7        | 2c00 0c00 03000000 01000000 07000000",
                "qipcrtr:1:4294967294            | 2a00 0000 01000000 feffffff",
                "raw:0:                          | 0000",
                "raw:39:010203                   | 2700 010203",
                "raw::                           | ``",
                "raw::7f                         | 7f",
            })
    void hasTheBytesOfC(String text, String bytes) {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the vectors are of a little-endian machine");
        Sockaddr s = Sockaddr.of(Addresses.parse(text));
        assertEquals(bytes.replace(" ", ""), hex(s));
        assertEquals(Addresses.parse(text), s.decode());
        assertEquals(Sockaddr.of(s.decode()), s);
    }

    @Test
    void algIs88BytesAndMoreForLongNames() {
        Sockaddr s = Sockaddr.of(Addresses.parse("alg:hash/sha256?feat=1&mask=2"));
        String zeros = "00".repeat(88);
        assertTrue(ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN
                || hex(s).equals("2600" + "68617368" + zeros.substring(0, 20) + "01000000" + "02000000" + "736861323536"
                        + zeros.substring(0, 2 * 58)));
        assertEquals(88, Sockaddr.of(new AlgAddress("aead", "n".repeat(63))).length());
        assertEquals(89, Sockaddr.of(new AlgAddress("aead", "n".repeat(64))).length());
        Sockaddr longest = Sockaddr.of(new AlgAddress("aead", "n".repeat(103)));
        assertEquals(128, longest.length());
        assertEquals(new AlgAddress("aead", "n".repeat(103)), longest.decode());
        assertThrows(IllegalArgumentException.class, () -> new AlgAddress("aead", "n".repeat(104)));
    }

    @Test
    void aPathOf108BytesHasNoNulAnd109AreRefused() {
        byte[] path = "/".repeat(108).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Sockaddr s = Sockaddr.of(UnixAddress.ofPath(path));
        assertEquals(110, s.length());
        s.length(111); // as the kernel counts it, with a NUL past the struct
        assertEquals(UnixAddress.ofPath(path), s.decode());
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> s.set(UnixDomainSocketAddress.of("/" + "x".repeat(108))));
        assertTrue(String.valueOf(e.getMessage()).contains("109 bytes"), e::getMessage);
        assertTrue(s.isEmpty(), "a refused address leaves nothing behind");
        assertThrows(IllegalArgumentException.class, () -> UnixAddress.ofAbstract(new byte[108]));
        assertEquals(110, Sockaddr.of(UnixAddress.ofAbstract(new byte[107])).length());
    }

    @Test
    void anIpv6SocketTakesIpv4Mapped() {
        Sockaddr s = new Sockaddr();
        s.set(Addresses.parse("192.0.2.1:80"), Linux.AF_INET6);
        assertEquals(28, s.length());
        byte[] ip = new byte[16];
        assertEquals(16, s.inetAddressInto(ip));
        assertArrayEquals(HEX.parseHex("00000000000000000000ffffc0000201"), ip);
        assertEquals(Addresses.parse("192.0.2.1:80"), s.decode());
        assertEquals(80, s.port());
    }

    @Test
    void anIpv4SocketTakesWhatIsIpv4() {
        Sockaddr s = new Sockaddr();
        s.set(Addresses.parse("*:80"), Linux.AF_INET);
        assertEquals("0.0.0.0:80", s.toString());
        s.set(Inet6SocketAddress.parse("[::ffff:192.0.2.1]:80"), Linux.AF_INET);
        assertEquals("192.0.2.1:80", s.toString());
        assertEquals(16, s.length());
    }

    @ParameterizedTest
    @CsvSource({
        "[::1]:80, 2, AF_INET socket cannot hold",
        "[::1]:80?flowinfo=0x1, 2, AF_INET socket cannot hold",
        "127.0.0.1:80, 1, AF_UNIX socket cannot hold",
        "/run/x, 2, AF_INET socket cannot hold",
        "@x, 10, AF_INET6 socket cannot hold",
        "vsock:2:1, 16, AF_NETLINK socket cannot hold",
    })
    void aDomainRefusesWhatItCannotHold(String text, int domain, String message) {
        Sockaddr s = new Sockaddr();
        Exception e = assertThrows(AddressFamilyException.class, () -> s.set(Addresses.parse(text), domain));
        assertTrue(String.valueOf(e.getMessage()).contains(message), e::getMessage);
        assertTrue(String.valueOf(e.getMessage()).contains(text), e::getMessage);
        assertEquals(0, s.length());
    }

    @Test
    void smcTakesTheAddressesOfIpAndRawIsTakenByAll() {
        Sockaddr s = new Sockaddr();
        s.set(Addresses.parse("127.0.0.1:80"), Linux.AF_SMC);
        assertEquals(Linux.AF_INET, s.family());
        s.set(RawAddress.of(Linux.AF_UNSPEC), Linux.AF_INET6);
        assertEquals(2, s.length());
    }

    @Test
    void refusesWhatIsNoAddress() {
        Sockaddr s = new Sockaddr();
        assertThrows(UnresolvedAddressException.class, () -> s.set(InetSocketAddress.createUnresolved("a", 1)));
        assertThrows(AddressFamilyException.class, () -> s.set(new Foreign()));
        assertThrows(IllegalArgumentException.class, () -> s.length(129));
        assertThrows(IllegalArgumentException.class, () -> s.length(-1));
    }

    @Test
    void theLengthIsPartOfTheValue() {
        Sockaddr a = Sockaddr.of(UnixAddress.ofAbstract("x"));
        Sockaddr b = Sockaddr.of(UnixAddress.ofAbstract("x\0"));
        assertNotEquals(a, b);
        b.length(a.length());
        assertEquals(a, b);
        assertEquals(a.hashCode(), b.hashCode());
        b.buffer().put(b.length() - 1, (byte) 'y');
        assertNotEquals(a, b);
        b.copyFrom(a);
        assertEquals(a, b);
    }

    @Test
    void resetMakesRoomAndForgetsTheFamily() {
        Sockaddr s = Sockaddr.of(Addresses.parse("127.0.0.1:80"));
        s.reset();
        assertEquals(128, s.length());
        assertEquals(Linux.AF_UNSPEC, s.family());
        assertEquals(-1, s.port());
        assertEquals(0, s.inetAddressInto(new byte[16]));
    }

    @Test
    void theSameBytesDecodeToTheSameObject() {
        Sockaddr s = Sockaddr.of(Addresses.parse("127.0.0.1:80"));
        SocketAddress first = s.decode();
        s.reset();
        s.set(Addresses.parse("127.0.0.1:80"));
        assertSame(first, s.decode());
        s.set(Addresses.parse("127.0.0.1:81"));
        assertEquals(Addresses.parse("127.0.0.1:81"), s.decode());
    }

    @Test
    void theSteadyStateAllocatesNothing() {
        Sockaddr from = Sockaddr.of(Addresses.parse("[fe80::1%3]:80?flowinfo=0x12345"));
        Sockaddr to = new Sockaddr();
        LinuxAddress vsock = new VsockAddress(2, 1024);
        byte[] ip = new byte[16];
        ByteBuffer slab = to.buffer();
        long least = Long.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < 20; round++) {
            long before = Allocations.soFar();
            for (int i = 0; i < 10_000; i++) {
                to.reset();
                to.copyFrom(from);
                sum += to.port() + to.scopeId() + to.flowinfo() + to.family() + to.inetAddressInto(ip) + to.hashCode();
                sum += to.equals(from) ? 1 : 0;
                sum += System.identityHashCode(to.decode());
                to.set(vsock);
                to.copyFrom(slab, 0, 16);
                sum += to.length();
                to.copyFrom(from);
            }
            least = Math.min(least, Allocations.soFar() - before);
        }
        assertTrue(sum != 0);
        // decode sees two addresses in turn but is asked for one of them only
        assertEquals(0, least);
    }

    @Test
    void everyTypeSurvivesEncodingAndText() {
        Random r = new Random(SEED);
        Sockaddr s = new Sockaddr();
        for (int i = 0; i < 1_000; i++) {
            for (var type : RandomAddress.TYPES) {
                SocketAddress address = type.apply(r);
                s.set(address);
                assertEquals(address, s.decode());
                String text = s.toString();
                assertEquals(address, Addresses.parse(text), text);
                assertEquals(s, Sockaddr.of(Addresses.parse(text)), text);
            }
        }
    }

    private static final class Foreign extends SocketAddress {
        private static final long serialVersionUID = 1;
    }
}
