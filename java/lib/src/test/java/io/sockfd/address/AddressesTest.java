package io.sockfd.address;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Linux;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    private static final int SEED = 1_024;

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetText.ip(new byte[] {127, 0, 0, 1}), port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "127.0.0.1:80 | 127.0.0.1:80",
                "0.0.0.0:* | 0.0.0.0:0",
                "*:80 | [::]:80",
                "*:* | [::]:0",
                "[0:0:0:0:0:0:0:1]:080 | [::1]:80",
                "[2001:DB8:0:0:1:0:0:1]:1 | [2001:db8::1:0:0:1]:1",
                "[2001:db8:0:1:1:1:1:1]:1 | [2001:db8:0:1:1:1:1:1]:1",
                "[2001:0:0:1:0:0:0:1]:1 | [2001:0:0:1::1]:1",
                "[1:2:3:4:5:6:7::]:1 | [1:2:3:4:5:6:7:0]:1",
                "[1::]:1 | [1::]:1",
                "[::ffff:1.2.3.4]:80 | 1.2.3.4:80",
                "[fe80::1%12]:80 | [fe80::1%12]:80",
                "[fe80::1%*]:80 | [fe80::1]:80",
                "[::1]:80?flowinfo=74565 | [::1]:80?flowinfo=0x12345",
                "/run/x.sock | /run/x.sock",
                "unix:/run/x.sock | /run/x.sock",
                "/run/with\\x2dbackslash?and=more | /run/with\\x2dbackslash?and=more",
                "./x | ./x",
                "../x | ../x",
                "unix:x.sock | unix:x.sock",
                "unix: | unix:",
                "unix:\"@x\" | unix:\"@x\"",
                "unix:\"/a\\x01\\\\\\\"\" | unix:\"/a\\x01\\\\\\\"\"",
                "unix:\"/a\" | /a",
                "@abstract | @abstract",
                "unix:@abstract | @abstract",
                "@ | @",
                "@\\0\\x00a\\\\\\xFF | @\\0\\0a\\\\\\xff",
                "packet:2/2048 | packet:2/0x0800",
                "packet:*/3/FF:ff:FF:ff:FF:ff | packet:0/0x0003/ff:ff:ff:ff:ff:ff",
                "netlink:0:17 | netlink:0:0x11",
                "vsock:host:1024 | vsock:2:1024",
                "vsock:local:any | vsock:1:any",
                "vsock:hypervisor:1 | vsock:0:1",
                "vsock:4294967295:4294967295 | vsock:any:any",
                "vsock:any:0?flags=0 | vsock:any:0",
                "can:0 | can:0",
                "can:3?tx=1&rx=2 | can:3?rx=0x2&tx=0x1",
                "j1939:3 | j1939:3",
                "l2cap:AA:BB:CC:DD:EE:FF:0x1001 | l2cap:aa:bb:cc:dd:ee:ff:4097",
                "rfcomm:aa:bb:cc:dd:ee:ff:1 | rfcomm:aa:bb:cc:dd:ee:ff:1",
                "sco:aa:bb:cc:dd:ee:ff | sco:aa:bb:cc:dd:ee:ff",
                "hci:0:raw | hci:0:raw",
                "hci:65535:2 | hci:none:monitor",
                "hci:1:9 | hci:1:9",
                "tipc:service:1:2 | tipc:service:1:2",
                "tipc:range:1:2:3?scope=3 | tipc:range:1:2:3?scope=3",
                "tipc:socket:1:2 | tipc:socket:1:2",
                "alg:hash/sha256 | alg:hash/sha256",
                "alg:aead/rfc4106(gcm(aes)) | alg:aead/rfc4106(gcm(aes))",
                "xdp:2:0 | xdp:2:0",
                "qipcrtr:1:2 | qipcrtr:1:2",
                "raw:39:00FF | raw:39:00ff",
            })
    void readsAndWrites(String text, String canonical) {
        SocketAddress address = Addresses.parse(text);
        assertEquals(canonical, Addresses.text(address, InterfaceText.INDEX));
        assertEquals(address, Addresses.parse(canonical));
        assertEquals(address.hashCode(), Addresses.parse(canonical).hashCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 0 | an address",
                "localhost:80 | 0 | Addresses.resolve",
                "127.0.0.1 | 0 | an IPv4 address",
                "127.0.0.1: | 10 | a port",
                "127.0.0.1:65536 | 10 | a port",
                "127.0.0.1:+1 | 10 | a port",
                "127.0.0.01:1 | 0 | without leading zeros",
                "127.0.0.256:1 | 0 | 0 to 255",
                "1.2.3:1 | 0 | an IPv4 address",
                "[::1]80 | 5 | ':'",
                "[::1]x:80 | 5 | ':'",
                "[::1 | 1 | an IPv6 address and then ']'",
                "[:::1]:80 | 1 | an IPv6 address",
                "[example.org]:80 | 1 | an IPv6 address",
                "[::1]:80?flow=1 | 9 | a key of the form",
                "[::1]:80?flowinfo | 9 | key=value",
                "[::1]:80? | 9 | key=value",
                "vsock:2:x | 8 | a port, 0 to 4294967295",
                "vsock:2:4294967296 | 8 | a port, 0 to 4294967295",
                "vsock:2 | 6 | a CID and then ':'",
                "vsock:2:1?flags=256 | 16 | flags, 0 to 255",
                "vsock:2:1?flags=1&flags=1 | 18 | each key once",
                "netlink:1:0x | 10 | a mask of groups",
                "netlink:-1:0 | 8 | a port id",
                "packet:1/65536 | 9 | a protocol",
                "packet:1/1/ | 11 | something after '/'",
                "packet:1/1/a:b | 11 | a hardware address",
                "l2cap:aa:bb:cc:dd:ee:1 | 6 | a hardware address",
                "hci:0:rare | 6 | a channel",
                "tipc:name:1:2 | 5 | service, range or socket",
                "tipc:socket:1:2?domain=1 | 16 | a key of the form",
                "alg:hash/ | 9 | a name",
                "alg:averylongtypename/x | 4 | a type",
                "raw:39:0 | 7 | two hexadecimal digits",
                "raw:65536: | 4 | a family",
                "raw::0102 | 5 | 0 to 1 bytes",
                "@a\\q | 2 | \\0, \\xHH",
                "@a\\x0 | 2 | \\0, \\xHH",
                "unix:\"/a | 8 | a closing quote",
            })
    void aFailureShowsTheTextThePlaceAndTheForm(String text, int place, String expected) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Addresses.parse(text));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("\"" + text + "\""), message);
        assertTrue(message.contains("position " + place + ","), message);
        assertTrue(message.contains(expected), message);
        assertTrue(message.contains("the form is"), message);
    }

    @Test
    void ipPathAddressesAreTheJdksWhereItCanSayThem() {
        assertEquals(loopback(80), Addresses.parse("127.0.0.1:80"));
        assertEquals(UnixDomainSocketAddress.of("/run/x"), Addresses.parse("/run/x"));
        assertEquals(UnixAddress.ofPath("/run//x"), Addresses.parse("/run//x"), "Path would drop a slash");
        assertEquals(
                Inet6SocketAddress.class, Addresses.parse("[::1]:1?flowinfo=1").getClass());
    }

    @Test
    void aScopeIsPartOfInet6SocketAddress() {
        assertNotEquals(Inet6SocketAddress.parse("[fe80::1%1]:1"), Inet6SocketAddress.parse("[fe80::1%2]:1"));
        Inet6SocketAddress a = Inet6SocketAddress.of((InetSocketAddress) Addresses.parse("[fe80::1%7]:1"), 0xfffff);
        assertEquals(7, a.scopeId());
        assertEquals(0xfffff, a.flowLabel());
        assertEquals(0, a.trafficClass());
        assertEquals(
                0xb8, Inet6SocketAddress.parse("[::1]:1?flowinfo=0xb800001").trafficClass());
        assertThrows(IllegalArgumentException.class, () -> Inet6SocketAddress.of(loopback(1), 0x100000));
    }

    @Test
    void constructorsCheckTheirRanges() {
        List<Runnable> bad = List.of(
                () -> new PacketAddress(0x10000, 0),
                () -> new PacketAddress(0, -1),
                () -> new PacketAddress(0, 0, HardwareAddress.NONE, -1, 0),
                () -> new PacketAddress(0, 0, HardwareAddress.NONE, 0, 256),
                () -> new VsockAddress(0, 0, 256),
                () -> new CanAddress(-1),
                () -> new J1939Address(0, 0, 0, 256),
                () -> new L2capAddress(HardwareAddress.NONE, 1),
                () -> new L2capAddress(HardwareAddress.ANY, 65536),
                () -> new RfcommAddress(HardwareAddress.ANY, -1),
                () -> new ScoAddress(HardwareAddress.of((byte) 1)),
                () -> new HciAddress(65536, 0),
                () -> TipcAddress.serviceRange(0, 0, 0, 128),
                () -> new AlgAddress("", "x"),
                () -> new AlgAddress("a/b", "x"),
                () -> new XdpAddress(0, 0, 65536, 0),
                () -> RawAddress.of(65536),
                () -> RawAddress.of(1, new byte[127]),
                () -> HardwareAddress.of(new byte[33]),
                () -> UnixAddress.ofPath(""),
                () -> UnixAddress.ofPath("a\0b"),
                () -> Inet6SocketAddress.of(new byte[4], 0, 0, 0),
                () -> Inet6SocketAddress.of(new byte[16], 65536, 0, 0));
        for (int i = 0; i < bad.size(); i++) {
            Exception e = assertThrows(IllegalArgumentException.class, bad.get(i)::run, "row " + i);
            assertTrue(String.valueOf(e.getMessage()).length() > 10);
        }
    }

    @Test
    void tipcTellsItsKindsApart() {
        TipcAddress range = TipcAddress.serviceRange(1, 2, 3, Linux.TIPC_NODE_SCOPE);
        assertEquals(2, range.lower());
        assertEquals(3, range.upper());
        assertThrows(IllegalStateException.class, range::ref);
        assertThrows(IllegalStateException.class, range::instance);
        assertThrows(IllegalStateException.class, TipcAddress.socket(1, 2)::type);
    }

    @Test
    void unixAddressesKnowTheirForm() {
        assertTrue(UnixAddress.unnamed().isUnnamed());
        assertTrue(UnixAddress.ofAbstract("").isAbstract());
        assertTrue(UnixAddress.ofPath("x").isPath());
        assertEquals("a\0b", UnixAddress.ofAbstract("a\0b").name());
        assertArrayEquals(
                new byte[] {'a', 0, (byte) 0xff},
                UnixAddress.parse("@a\\0\\xff").bytes());
        UnixAddress noText = UnixAddress.ofPath(new byte[] {'/', (byte) 0xff});
        if (StandardCharsets.UTF_8.name().equals(System.getProperty("sun.jnu.encoding"))) {
            assertNull(noText.name());
        }
        assertEquals(noText, UnixAddress.parse(noText.toString()));
    }

    @Test
    void aPathWhoseTextIsNotItsBytesIsRefused() throws Exception {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "needs file names in UTF-8");
        Path path = Path.of(new URI("file:///tmp/%FF"));
        Sockaddr s = new Sockaddr();
        Exception e = assertThrows(IllegalArgumentException.class, () -> s.set(UnixDomainSocketAddress.of(path)));
        assertTrue(String.valueOf(e.getMessage()).contains("ofPath(byte[])"), e::getMessage);
        UnixAddress replacement = UnixAddress.ofPath("/tmp/\uFFFD");
        assertEquals(replacement, Sockaddr.of(replacement).decode());
    }

    @Test
    void literalsResolveToThemselves() throws Exception {
        assertEquals(List.of(loopback(80)), Addresses.resolve("127.0.0.1:80"));
        assertEquals(
                List.of(new InetSocketAddress(
                        InetText.ip(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}), 80)),
                Addresses.resolve("[::1]:80"));
        InetSocketAddress local = Addresses.resolve("localhost:7").get(0);
        assertTrue(local.getAddress().isLoopbackAddress());
        assertEquals(7, local.getPort());
        assertThrows(IllegalArgumentException.class, () -> Addresses.resolve("localhost"));
        assertThrows(IllegalArgumentException.class, () -> Addresses.resolve(":80"));
    }

    @Test
    void equalsHashCodeAndSerialization() throws Exception {
        Random r = new Random(SEED);
        Set<SocketAddress> all = new HashSet<>();
        int made = 0;
        for (int i = 0; i < 20; i++) {
            for (var type : RandomAddress.TYPES) {
                SocketAddress a = type.apply(r);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (ObjectOutputStream o = new ObjectOutputStream(out)) {
                    o.writeObject(a);
                }
                Object copy = new ObjectInputStream(new ByteArrayInputStream(out.toByteArray())).readObject();
                assertEquals(a, copy);
                assertEquals(a.hashCode(), copy.hashCode());
                assertNotEquals(a, new Object());
                made += all.add(a) ? 1 : 0;
            }
        }
        assertEquals(made, all.size());
        assertTrue(made > 400, "the random addresses differ: " + made);
    }
}
