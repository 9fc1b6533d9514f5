package io.sockfd.address;

import static io.sockfd.raw.Linux.AF_ALG;
import static io.sockfd.raw.Linux.AF_INET;
import static io.sockfd.raw.Linux.AF_INET6;
import static io.sockfd.raw.Linux.AF_NETLINK;
import static io.sockfd.raw.Linux.AF_PACKET;
import static io.sockfd.raw.Linux.AF_UNIX;
import static io.sockfd.raw.Linux.AF_VSOCK;
import static io.sockfd.raw.Linux.EINVAL;
import static io.sockfd.raw.Linux.SOCK_CLOEXEC;
import static io.sockfd.raw.Linux.SOCK_DGRAM;
import static io.sockfd.raw.Linux.SOCK_RAW;
import static io.sockfd.raw.Linux.SOCK_SEQPACKET;
import static io.sockfd.raw.Linux.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses as the kernel takes them and gives them back. */
class AddressIT {
    private static final Libc C = Libc.get();
    private static final int BUFFER = 256;

    @TempDir
    Path directory;

    /** A socket that closes. */
    private record Fd(int fd, int domain) implements AutoCloseable {
        static Fd open(int domain, int type, int protocol) {
            int fd = C.socket(domain, type | SOCK_CLOEXEC, protocol);
            assumeTrue(fd != -Linux.EAFNOSUPPORT, () -> "this kernel has no " + Families.name(domain));
            assumeTrue(fd != -Linux.EPERM, () -> Families.name(domain) + " needs CAP_NET_RAW");
            assertTrue(fd >= 0, () -> "errno " + -fd);
            return new Fd(fd, domain);
        }

        int bind(SocketAddress address) {
            Sockaddr s = new Sockaddr();
            s.set(address, domain);
            return C.bind(fd, s.address(), s.length());
        }

        int connect(SocketAddress address) {
            Sockaddr s = new Sockaddr();
            s.set(address, domain);
            return C.connect(fd, s.address(), s.length());
        }

        Sockaddr name() {
            Sockaddr s = new Sockaddr();
            s.reset();
            assertEquals(0, C.getsockname(fd, s.address(), s.lengthAddress()));
            return s;
        }

        Sockaddr peer() {
            Sockaddr s = new Sockaddr();
            s.reset();
            assertEquals(0, C.getpeername(fd, s.address(), s.lengthAddress()));
            return s;
        }

        @Override
        public void close() {
            C.close(fd);
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetText.ip(new byte[] {127, 0, 0, 1}), port);
    }

    /** Binds, and gives what the kernel then calls it. */
    private static Sockaddr bound(int domain, int type, SocketAddress address) {
        try (Fd fd = Fd.open(domain, type, 0)) {
            assertEquals(0, fd.bind(address), address::toString);
            return fd.name();
        }
    }

    @Test
    void inet() {
        Sockaddr s = bound(AF_INET, SOCK_STREAM, loopback(0));
        assertEquals(16, s.length());
        assertTrue(s.port() > 0);
        assertEquals(loopback(s.port()), s.decode());
        assertEquals("0.0.0.0", hostOf(bound(AF_INET, SOCK_STREAM, new InetSocketAddress(0))));
    }

    @Test
    void inet6TakesIpv4Too() {
        Sockaddr s = bound(AF_INET6, SOCK_STREAM, Addresses.parse("[::1]:0"));
        assertEquals(28, s.length());
        assertEquals("[::1]:" + s.port(), s.toString());
        Sockaddr mapped = bound(AF_INET6, SOCK_STREAM, loopback(0));
        assertEquals(28, mapped.length());
        assertEquals("127.0.0.1:" + mapped.port(), mapped.toString());
    }

    @Test
    void inet6LinkLocalNeedsItsScope() throws Exception {
        int lo = Interfaces.index("lo");
        SocketAddress group = Addresses.parse("[ff02::1%lo]:0");
        Sockaddr s = bound(AF_INET6, SOCK_DGRAM, group);
        assertEquals(lo, s.scopeId());
        assertEquals("[ff02::1%" + lo + "]:" + s.port(), s.toString());
        assertEquals("[ff02::1%lo]:" + s.port(), Addresses.format(s.decode()));
        try (Fd fd = Fd.open(AF_INET6, SOCK_DGRAM, 0)) {
            assertEquals(-EINVAL, fd.bind(Addresses.parse("[ff02::1]:0")));
        }
    }

    @Test
    void inet6FlowinfoReachesTheKernelAndComesBack() {
        try (Fd fd = Fd.open(AF_INET6, SOCK_DGRAM, 0)) {
            ByteBuffer on = Memory.allocate(Integer.BYTES).putInt(0, 1);
            assertEquals(
                    0,
                    C.setsockopt(
                            fd.fd(), Linux.IPPROTO_IPV6, Linux.IPV6_FLOWINFO_SEND, Memory.address(on), Integer.BYTES));
            // a traffic class alone: a label would have to be leased first
            SocketAddress to = Addresses.parse("[::1]:9?flowinfo=0x2800000");
            assertEquals(0, fd.connect(to));
            assertEquals(to, fd.peer().decode());
        }
    }

    @Test
    void unixPathIsTheJdksAndTheJdkConnectsToIt() throws Exception {
        Path path = directory.resolve("s");
        try (Fd fd = Fd.open(AF_UNIX, SOCK_STREAM, 0)) {
            assertEquals(0, fd.bind(UnixDomainSocketAddress.of(path)));
            Sockaddr name = fd.name();
            assertEquals(2 + path.toString().length() + 1, name.length());
            assertEquals(UnixDomainSocketAddress.of(path), name.decode());
            assertEquals(0, C.listen(fd.fd(), 1));
            try (SocketChannel peer = SocketChannel.open(name.decode())) {
                Sockaddr from = new Sockaddr();
                from.reset();
                int accepted = C.accept4(fd.fd(), from.address(), from.lengthAddress(), SOCK_CLOEXEC);
                assertTrue(accepted >= 0);
                C.close(accepted);
                assertEquals(2, from.length());
                assertEquals(UnixAddress.unnamed(), from.decode());
                assertTrue(peer.isConnected());
            }
        }
    }

    @Test
    void unixPathOfAnyByte() {
        byte[] path = (directory + "/x\1").getBytes(StandardCharsets.UTF_8);
        path[path.length - 1] = (byte) 0xff; // no UTF-8
        UnixAddress address = UnixAddress.ofPath(path);
        Sockaddr s = bound(AF_UNIX, SOCK_DGRAM, address);
        assertEquals(address, s.decode());
        assertEquals(address, Addresses.parse(s.toString()));
        ByteBuffer c = Memory.allocate(path.length + 1).put(0, path);
        assertEquals(0, C.syscall(Linux.SYS_unlinkat, Linux.AT_FDCWD, Memory.address(c), 0, 0, 0, 0));
    }

    @Test
    void unixPathOf108Bytes() throws Exception {
        String prefix = directory + "/";
        assumeTrue(prefix.length() < 108, "the temporary directory's own path is too long");
        String path = prefix + "x".repeat(108 - prefix.length());
        Sockaddr s = bound(AF_UNIX, SOCK_STREAM, UnixAddress.ofPath(path));
        assertEquals(111, s.length(), "the kernel counts a NUL past the struct");
        assertEquals(UnixDomainSocketAddress.of(path), s.decode());
        assertTrue(Files.exists(Path.of(path)));
    }

    @Test
    void unixAbstractWithNulsAndOfFullLength() {
        UnixAddress name = UnixAddress.ofAbstract("sockfd\0" + UUID.randomUUID() + "\0");
        assertEquals(name, bound(AF_UNIX, SOCK_SEQPACKET, name).decode());
        String id = UUID.randomUUID().toString();
        UnixAddress longest = UnixAddress.ofAbstract(id + "x".repeat(107 - id.length()));
        Sockaddr s = bound(AF_UNIX, SOCK_STREAM, longest);
        assertEquals(110, s.length());
        assertEquals(longest, s.decode());
    }

    @Test
    void unixAutobindGivesFiveHexDigits() {
        Sockaddr s = bound(AF_UNIX, SOCK_DGRAM, UnixAddress.unnamed());
        assertEquals(2 + 1 + 5, s.length());
        assertTrue(s.toString().matches("@[0-9a-f]{5}"), s::toString);
        try (Fd fd = Fd.open(AF_UNIX, SOCK_DGRAM, 0)) {
            assertEquals(UnixAddress.unnamed(), fd.name().decode());
            assertEquals(2, fd.name().length());
        }
    }

    @Test
    void packetNamesItsInterfaceAndHardwareAddress() throws Exception {
        int lo = Interfaces.index("lo");
        Sockaddr s = bound(AF_PACKET, SOCK_RAW, new PacketAddress(Linux.ETH_P_IP, lo));
        PacketAddress a = (PacketAddress) s.decode();
        assertEquals(18, s.length());
        assertEquals(Linux.ETH_P_IP, a.protocol());
        assertEquals(lo, a.ifindex());
        assertEquals(Linux.ARPHRD_LOOPBACK, a.hatype());
        assertEquals(HardwareAddress.ANY, a.hardwareAddress());
        assertEquals("packet:lo/0x0800/00:00:00:00:00:00?hatype=772", Addresses.format(a));
        assertEquals(a, Addresses.parse("packet:lo/0x0800/00:00:00:00:00:00?hatype=772"));
        Sockaddr unbound = bound(AF_PACKET, SOCK_RAW, new PacketAddress(Linux.ETH_P_IP, 0));
        assertEquals(12, unbound.length());
        assertEquals(new PacketAddress(Linux.ETH_P_IP, 0), unbound.decode());
    }

    @Test
    void netlink() {
        try (Fd fd = Fd.open(AF_NETLINK, SOCK_RAW, Linux.NETLINK_ROUTE)) {
            assertEquals(0, fd.bind(new NetlinkAddress(0, Linux.RTMGRP_LINK)));
            NetlinkAddress a = (NetlinkAddress) fd.name().decode();
            assertNotEquals(0, a.pid());
            assertEquals(Linux.RTMGRP_LINK, a.groups());
            assertEquals(a, Addresses.parse(a.toString()));
        }
    }

    @Test
    void vsock() {
        Sockaddr s = bound(AF_VSOCK, SOCK_STREAM, new VsockAddress(VsockAddress.ANY, VsockAddress.PORT_ANY));
        VsockAddress a = (VsockAddress) s.decode();
        assertEquals(VsockAddress.ANY, a.cid());
        assertNotEquals(VsockAddress.PORT_ANY, a.port());
    }

    @Test
    void algHashesWhatIsSentToIt() {
        try (Fd fd = Fd.open(AF_ALG, SOCK_SEQPACKET, 0)) {
            assertEquals(0, fd.bind(new AlgAddress("hash", "sha256")));
            int op = C.accept4(fd.fd(), 0, 0, SOCK_CLOEXEC);
            assertTrue(op >= 0);
            try {
                ByteBuffer b = Memory.allocate(BUFFER).put(0, new byte[] {'a', 'b', 'c'});
                assertEquals(3, C.send(op, Memory.address(b), 3, 0));
                assertEquals(32, C.recv(op, Memory.address(b), BUFFER, 0));
                byte[] hash = new byte[4];
                b.get(0, hash);
                assertEquals("ba7816bf", HexFormat.of().formatHex(hash));
            } finally {
                C.close(op);
            }
        }
    }

    @Test
    void recvfromFillsItInAndTheAnswerReachesTheJdk() throws Exception {
        try (Fd fd = Fd.open(AF_INET6, SOCK_DGRAM, 0);
                DatagramChannel peer = DatagramChannel.open()) {
            assertEquals(0, fd.bind(loopback(0)));
            peer.bind(loopback(0));
            peer.send(ByteBuffer.wrap(new byte[] {1, 2, 3}), fd.name().decode());
            ByteBuffer b = Memory.allocate(BUFFER);
            Sockaddr from = new Sockaddr();
            from.reset();
            assertEquals(3, C.recvfrom(fd.fd(), Memory.address(b), BUFFER, 0, from.address(), from.lengthAddress()));
            assertEquals(28, from.length());
            assertEquals(peer.getLocalAddress(), from.decode());
            assertEquals(3, C.sendto(fd.fd(), Memory.address(b), 3, 0, from.address(), from.length()));
            from.set(from.decode(), AF_INET6);
            assertEquals(2, C.sendto(fd.fd(), Memory.address(b), 2, 0, from.address(), from.length()));
            ByteBuffer got = ByteBuffer.allocate(BUFFER);
            assertEquals(fd.name().decode(), peer.receive(got));
            assertEquals(3, got.position());
            peer.receive(got.clear());
            assertEquals(2, got.position());
        }
    }

    @Test
    void tcpRecvfromGivesNoAddress() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0));
                Fd fd = Fd.open(AF_INET, SOCK_STREAM, 0)) {
            assertEquals(0, fd.connect(server.getLocalAddress()));
            try (SocketChannel peer = server.accept()) {
                assertEquals(1, peer.write(ByteBuffer.allocate(1)));
                ByteBuffer b = Memory.allocate(BUFFER);
                Sockaddr from = Sockaddr.of(loopback(1));
                from.reset();
                assertEquals(1, C.recvfrom(fd.fd(), Memory.address(b), 1, 0, from.address(), from.lengthAddress()));
                assertTrue(from.isEmpty());
                assertEquals("raw::", from.toString());
            }
        }
    }

    @Test
    void connectToAfUnspecDissolvesTheConnection() {
        try (Fd fd = Fd.open(AF_INET, SOCK_DGRAM, 0)) {
            assertEquals(0, fd.connect(loopback(9)));
            assertEquals("127.0.0.1:9", fd.peer().toString());
            assertEquals(0, fd.connect(RawAddress.of(Linux.AF_UNSPEC)));
            Sockaddr s = new Sockaddr();
            s.reset();
            assertEquals(-Linux.ENOTCONN, C.getpeername(fd.fd(), s.address(), s.lengthAddress()));
        }
    }

    @Test
    void interfacesByNameAndIndex() throws Exception {
        int lo = NetworkInterface.getByName("lo").getIndex();
        assertEquals(lo, Interfaces.index("lo"));
        assertEquals("lo", Interfaces.name(lo));
        assertEquals(new CanAddress(lo), Addresses.parse("can:lo"));
        assertEquals("xdp:lo:0", Addresses.format(new XdpAddress(lo, 0)));
        assertEquals("xdp:2147483647:0", Addresses.format(new XdpAddress(Integer.MAX_VALUE, 0)));

        Exception e = assertThrows(SocketException.class, () -> Interfaces.index("sockfd-none"));
        assertTrue(String.valueOf(e.getMessage()).contains("sockfd-none): ENODEV"), e::getMessage);
        e = assertThrows(SocketException.class, () -> Interfaces.name(Integer.MAX_VALUE));
        assertTrue(String.valueOf(e.getMessage()).contains("2147483647): ENXIO"), e::getMessage);
        e = assertThrows(IllegalArgumentException.class, () -> Addresses.parse("can:sockfd-none"));
        assertTrue(String.valueOf(e.getMessage()).contains("position 4"), e::getMessage);
        for (String name : new String[] {"", "sixteen-bytes-xx", "l\0o", "l".repeat(100_000)}) {
            assertThrows(IllegalArgumentException.class, () -> Interfaces.index(name));
        }
    }

    private static String hostOf(Sockaddr s) {
        return ((InetSocketAddress) s.decode()).getAddress().getHostAddress();
    }
}
