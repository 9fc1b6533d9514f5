package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.address.PacketAddress;
import io.sockfd.address.Sockaddr;
import io.sockfd.address.UnixAddress;
import io.sockfd.capture.PrivateNetwork;
import io.sockfd.event.Epoll;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.option.MulticastGroup;
import io.sockfd.option.SocketOptions;
import io.sockfd.option.TcpOptions;
import io.sockfd.option.UdpOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Failures of the real kernel, with the remedy that is true for each, and those where a remedy would be wrong. */
@Timeout(60)
@Tag("once")
class RemediesIT {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final int CAPABILITY_VERSION_3 = 0x20080522;

    @TempDir
    Path directory;

    /** The exception's words; it must end with what is expected, or with the error's own name when that is empty. */
    private static void assertRemedy(String expected, Errno errno, Executable code) {
        Exception e = assertThrows(Exception.class, code);
        WithErrno details = assertInstanceOf(WithErrno.class, e, e.toString());
        assertEquals(errno, details.errno(), e.getMessage());
        String words = String.valueOf(e.getMessage());
        String remedy = words.substring(
                words.indexOf(errno.toString()) + errno.toString().length());
        if (expected.isEmpty()) {
            assertEquals("", remedy, words);
        } else {
            assertTrue(remedy.contains(expected), words);
        }
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(address, port);
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocateDirect(length);
    }

    // ---- UNIX names ----------------------------------------------------------------------------------------------

    @Test
    void epollSaysWhatCannotBeWatched() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        try (Epoll epoll = Epoll.open();
                Epoll other = Epoll.open();
                Socket socket = Socket.udp();
                Descriptor regular = Descriptor.open(file, Linux.O_RDONLY)) {
            epoll.add(socket, Linux.EPOLLIN, null);
            epoll.add(other, Linux.EPOLLIN, null);
            assertRemedy("modify its Registration", Errno.EEXIST, () -> epoll.add(socket, Linux.EPOLLIN, null));
            assertRemedy("always ready", Errno.EPERM, () -> epoll.add(regular, Linux.EPOLLIN, null));
            assertRemedy("in a circle", new Errno(Linux.ELOOP), () -> other.add(epoll, Linux.EPOLLIN, null));
        }
    }

    @Test
    void aPathThatIsThere() throws IOException {
        UnixDomainSocketAddress path = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (Socket first = Socket.unixStream().bind(path);
                Socket second = Socket.unixStream()) {
            assertTrue(first.isOpen());
            assertRemedy("an open socket is bound to this path", Errno.EADDRINUSE, () -> second.bind(path));
        }
        try (Socket second = Socket.unixStream()) { // the file stays
            assertRemedy("remove it before bind if nobody listens there", Errno.EADDRINUSE, () -> second.bind(path));
            assertRemedy("nobody listens on this path", Errno.ECONNREFUSED, () -> second.connect(path));
            Exception e = assertThrows(IOException.class, () -> second.connect(path));
            assertFalse(String.valueOf(e.getMessage()).contains("firewall"), e.getMessage());
        }
        UnixAddress name = UnixAddress.ofAbstract("sockfd-remedies-" + System.nanoTime());
        try (Socket first = Socket.unixStream().bind(name);
                Socket second = Socket.unixStream()) {
            assertRemedy("another socket has this name", Errno.EADDRINUSE, () -> second.bind(name));
            assertTrue(first.isOpen());
        }
        try (Socket socket = Socket.unixStream()) {
            assertRemedy("nobody has this name", Errno.ECONNREFUSED, () -> socket.connect(name));
        }
    }

    @Test
    void aPathThatIsNotThere() throws IOException {
        try (Socket socket = Socket.unixStream()) {
            Path missing = directory.resolve("missing").resolve("s");
            assertRemedy(
                    directory.resolve("missing") + " is no directory",
                    Errno.ENOENT,
                    () -> socket.bind(UnixDomainSocketAddress.of(missing)));
            assertRemedy(
                    "there is no such path", Errno.ENOENT, () -> socket.connect(UnixDomainSocketAddress.of(missing)));
            Path file = Files.createFile(directory.resolve("file"));
            assertRemedy(
                    "this file is no socket",
                    Errno.ECONNREFUSED,
                    () -> socket.connect(UnixDomainSocketAddress.of(file)));
        }
    }

    @Test
    void aSocketOfAnotherType() throws IOException {
        UnixDomainSocketAddress path = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (Socket datagrams = Socket.unixDatagram().bind(path);
                Socket stream = Socket.unixStream()) {
            assertTrue(datagrams.isOpen());
            assertRemedy("of another type", Errno.EPROTOTYPE, () -> stream.connect(path));
        }
    }

    @Test
    void aBacklogThatIsFull() throws IOException {
        UnixDomainSocketAddress path = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (Socket listener = Socket.unixStream().bind(path).listen(0);
                Socket first = Socket.unixStream();
                Socket second = Socket.unixStream()) {
            assertTrue(listener.isOpen());
            first.connect(path);
            second.timeout(Socket.NON_BLOCKING);
            assertRemedy("the listener's backlog is full", Errno.EAGAIN, () -> second.connect(path));
            second.timeout(SHORT);
            assertRemedy("the timeout passed first", Errno.EAGAIN, () -> second.connect(path));
        }
    }

    // ---- privileges ----------------------------------------------------------------------------------------------

    /** Runs on a thread of its own, whose capabilities are gone. */
    private static void withoutCapabilities(Executable body) throws Throwable {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                ByteBuffer header = Memory.allocate(8);
                header.putInt(0, CAPABILITY_VERSION_3);
                ByteBuffer none = Memory.allocate(24);
                Errors.check(
                        Libc.get().syscall(Linux.SYS_capset, Memory.address(header), Memory.address(none), 0, 0, 0, 0),
                        "capset");
                body.execute();
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        thread.start();
        thread.join();
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    @Test
    void whatAPrivilegeIsMissingFor() throws Throwable {
        withoutCapabilities(() -> {
            assertRemedy("raw and packet sockets need CAP_NET_RAW", Errno.EPERM, () -> Socket.raw(Protocol.ICMP));
            assertRemedy(
                    "raw and packet sockets need CAP_NET_RAW", Errno.EPERM, () -> Socket.packet(SocketType.RAW, 0));
            int start = Integer.parseInt(Files.readString(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start"))
                    .strip());
            if (start > 1) {
                try (Socket socket = Socket.tcp()) {
                    assertRemedy(
                            "(" + start + ") need CAP_NET_BIND_SERVICE",
                            Errno.EACCES,
                            () -> socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
                }
            }
            try (Socket socket = Socket.tcp()) {
                Exception e = assertThrows(IOException.class, () -> socket.setOption(SocketOptions.SO_MARK, 1L));
                assertTrue(String.valueOf(e.getMessage()).contains("which needs CAP_NET_ADMIN"), e.getMessage());
            }
            Path closed = Files.createDirectory(
                    directory.resolve("closed"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
            try (Socket socket = Socket.unixStream()) {
                assertRemedy(
                        "this user may not create files in " + closed,
                        Errno.EACCES,
                        () -> socket.bind(UnixDomainSocketAddress.of(closed.resolve("s"))));
            }
        });
    }

    @Test
    void noPrivilegeIsBlamedWhereItIsThere() throws IOException {
        // a filter that is locked is EPERM for root, too
        try (Socket socket = Socket.udp()) {
            socket.setOption(SocketOptions.SO_LOCK_FILTER, true);
            assertRemedy("", Errno.EPERM, () -> socket.setOption(SocketOptions.SO_LOCK_FILTER, false));
        }
    }

    @Test
    void aUnixBindIsNoMatterOfPorts() throws Throwable {
        withoutCapabilities(() -> {
            Path closed = Files.createDirectory(
                    directory.resolve("closed"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
            try (Socket socket = Socket.unixDatagram()) {
                Exception e = assertThrows(
                        IOException.class, () -> socket.bind(UnixDomainSocketAddress.of(closed.resolve("s"))));
                assertFalse(String.valueOf(e.getMessage()).contains("CAP_NET_BIND_SERVICE"), e.getMessage());
            }
        });
    }

    // ---- IP ------------------------------------------------------------------------------------------------------

    @Test
    void anAddressInUse() throws IOException {
        try (Socket first = Socket.tcp().bind(LOOPBACK).listen();
                Socket second = Socket.tcp()) {
            assertRemedy("TIME_WAIT", Errno.EADDRINUSE, () -> second.bind(first.getLocalAddress()));
            second.setOption(SocketOptions.SO_REUSEADDR, true);
            Exception e = assertThrows(IOException.class, () -> second.bind(first.getLocalAddress()));
            assertFalse(String.valueOf(e.getMessage()).contains("SO_REUSEADDR"), e.getMessage());
        }
        try (Socket first = Socket.udp().bind(LOOPBACK);
                Socket second = Socket.udp()) {
            Exception e = assertThrows(IOException.class, () -> second.bind(first.getLocalAddress()));
            assertFalse(String.valueOf(e.getMessage()).contains("TIME_WAIT"), e.getMessage());
            assertRemedy("is bound already", Errno.EINVAL, () -> first.bind(LOOPBACK));
        }
        try (Socket socket = Socket.udp()) {
            assertRemedy(
                    "no interface of this host has this address",
                    Errno.EADDRNOTAVAIL,
                    () -> socket.bind(at("192.0.2.77", 0)));
        }
    }

    @Test
    void aConnectThatTookTooLong() throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.veth();
            PrivateNetwork.ip("addr add 192.0.2.1/24 dev veth0"); // where nobody answers
            try (Socket socket = Socket.tcp().timeout(SHORT)) {
                assertRemedy(
                        "the timeout passed first; the attempt goes on until close",
                        Errno.EINPROGRESS,
                        () -> socket.connect(at("192.0.2.9", 9)));
            }
        });
    }

    @Test
    void broadcastWantsItsOption() throws IOException {
        for (String address : new String[] {"255.255.255.255", "127.255.255.255"}) {
            InetSocketAddress all = at(address, 9);
            try (Socket socket = Socket.udp()) {
                Exception e = assertThrows(IOException.class, () -> socket.sendTo(bytes(1), all, 0));
                if (Errors.errnoOf(e).orElseThrow().equals(Errno.EACCES)) { // else there is no route to it
                    assertRemedy("set SO_BROADCAST first", Errno.EACCES, () -> socket.sendTo(bytes(1), all, 0));
                    assertRemedy("set SO_BROADCAST first", Errno.EACCES, () -> socket.connect(all));
                }
            }
        }
    }

    /** A route that prohibits gives the same error, and no broadcast is to blame. */
    @Test
    void aProhibitedRouteIsNoBroadcast() throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.run("ip route add prohibit 192.0.2.0/24");
            try (Socket socket = Socket.udp()) {
                assertRemedy("", Errno.EACCES, () -> socket.sendTo(bytes(1), at("192.0.2.9", 9), 0));
            }
        });
    }

    @Test
    void withoutIpv6() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/sys/net/ipv6")), "needs IPv6");
        PrivateNetwork.run(() -> {
            PrivateNetwork.run("echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6");
            try (Socket socket = Socket.tcp6()) {
                Exception e = assertThrows(IOException.class, () -> socket.connect(at("::1", 9)));
                assertTrue(String.valueOf(e.getMessage()).contains("disable_ipv6"), e.getMessage());
                assertFalse(String.valueOf(e.getMessage()).contains("local port"), e.getMessage());
            }
            try (Socket socket = Socket.tcp6()) {
                assertRemedy("disable_ipv6", Errno.EADDRNOTAVAIL, () -> socket.bind(at("::1", 0)));
            }
        });
    }

    @Test
    void noLocalPortIsLeft() throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.run("echo '50000 50000' > /proc/sys/net/ipv4/ip_local_port_range");
            try (Socket listener = Socket.tcp()
                            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9999))
                            .listen();
                    Socket first = Socket.tcp();
                    Socket second = Socket.tcp()) {
                first.connect(listener.getLocalAddress());
                assertRemedy(
                        "no local port is left (net.ipv4.ip_local_port_range: 50000 50000)",
                        Errno.EADDRNOTAVAIL,
                        () -> second.connect(listener.getLocalAddress()));
            }
        });
    }

    @Test
    void linkLocalWantsItsInterface() throws IOException {
        try (Socket socket = Socket.udp6()) {
            InetSocketAddress peer = at("fe80::1", 9);
            assertRemedy("needs its interface", Errno.EINVAL, () -> socket.connect(peer));
            assertRemedy("needs its interface", Errno.EINVAL, () -> socket.bind(at("fe80::1", 0)));
        }
        try (Socket socket = Socket.udp()) {
            assertRemedy(
                    "nothing can be sent to port 0",
                    Errno.EINVAL,
                    () -> socket.sendTo(bytes(1), at("127.0.0.1", 0), 0));
        }
    }

    @Test
    void ipv6OnlyKeepsFromIpv4() throws IOException {
        try (Socket socket = Socket.udp6().setOption(Ipv6Options.IPV6_V6ONLY, true)) {
            assertRemedy("IPV6_V6ONLY", Errno.ENETUNREACH, () -> socket.sendTo(bytes(1), at("127.0.0.1", 9), 0));
        }
        try (Socket socket = Socket.udp6().bind(LOOPBACK)) {
            assertRemedy(
                    "bound to an IPv4 address", Errno.EAFNOSUPPORT, () -> socket.sendTo(bytes(1), at("::1", 9), 0));
        }
        try (Socket socket = Socket.tcp6()) {
            Sockaddr four = Sockaddr.of(at("127.0.0.1", 9));
            assertRemedy("the address is of AF_INET, the socket of AF_INET6", Errno.EINVAL, () -> socket.connect(four));
        }
    }

    @Test
    void noRoute() throws Exception {
        PrivateNetwork.run(() -> {
            try (Socket socket = Socket.udp()) {
                assertRemedy(
                        "has no route there", Errno.ENETUNREACH, () -> socket.sendTo(bytes(1), at("192.0.2.1", 9), 0));
            }
        });
    }

    @Test
    void tooManySegments() throws IOException {
        try (Socket receiver = Socket.udp().bind(LOOPBACK);
                Socket socket = Socket.udp();
                Message message = new Message(1, 64)) {
            socket.connect(receiver.getLocalAddress());
            message.data(bytes(129)).outgoing().segmentSize(1);
            assertRemedy("129 segments", Errno.EINVAL, () -> socket.sendMessage(message, 0));
            socket.setOption(UdpOptions.UDP_SEGMENT, 1);
            assertRemedy("129 segments", Errno.EINVAL, () -> socket.send(bytes(129), 0));
            assertRemedy("129 segments", Errno.EINVAL, () -> socket.send(new byte[129], 0, 129, 0));
            assertRemedy(
                    "129 segments",
                    Errno.EINVAL,
                    () -> socket.sendTo(bytes(129), Sockaddr.of(receiver.getLocalAddress()), 0));
        }
    }

    @Test
    void whatIsTooLong() throws IOException {
        try (Socket receiver = Socket.udp().bind(LOOPBACK);
                Socket socket = Socket.udp();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            socket.connect(receiver.getLocalAddress());
            assertRemedy("at most 65507 bytes over IPv4", Errno.EMSGSIZE, () -> socket.send(bytes(65508), 0));
            assertRemedy("SO_SNDBUF", Errno.EMSGSIZE, () -> pair.first().send(bytes(1 << 24), 0));
        }
    }

    @Test
    void longerThanTheMtu() throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.ip("link set lo mtu 1500");
            try (Socket receiver = Socket.udp().bind(LOOPBACK);
                    Socket socket = Socket.udp()) {
                socket.connect(receiver.getLocalAddress());
                socket.setOption(IpOptions.IP_MTU_DISCOVER, Linux.IP_PMTUDISC_DO);
                assertRemedy("the MTU on the way (1500 with", Errno.EMSGSIZE, () -> socket.send(bytes(2000), 0));
            }
        });
    }

    @Test
    void nobodyIsThere() throws IOException {
        InetSocketAddress nobody;
        try (Socket closed = Socket.tcp().bind(LOOPBACK)) {
            nobody = (InetSocketAddress) closed.getLocalAddress();
        }
        try (Socket socket = Socket.tcp();
                Socket datagrams = Socket.udp()) {
            assertRemedy("nobody listens there", Errno.ECONNREFUSED, () -> socket.connect(nobody));
            try (Socket closed = Socket.udp().bind(LOOPBACK)) {
                datagrams.connect(closed.getLocalAddress());
            }
            datagrams.send(bytes(1), 0);
            datagrams.poll(Linux.POLLIN, Duration.ofSeconds(5));
            assertRemedy("nobody receives on that port", Errno.ECONNREFUSED, () -> datagrams.recv(bytes(1), 0));
        }
    }

    // ---- states --------------------------------------------------------------------------------------------------

    @Test
    void whatTheSocketIsNot() throws IOException {
        try (Socket tcp = Socket.tcp();
                Socket udp = Socket.udp();
                Socket unix = Socket.unixStream()) {
            assertRemedy("does not listen", Errno.EINVAL, tcp::accept);
            assertRemedy("never connected", Errno.EPIPE, () -> tcp.send(bytes(1), 0));
            assertRemedy("the socket is not connected", Errno.ENOTCONN, () -> tcp.recv(bytes(1), 0));
            assertRemedy("connect it, or send to an address", Errno.EDESTADDRREQ, () -> udp.send(bytes(1), 0));
            assertRemedy("only stream and seqpacket", Errno.EOPNOTSUPP, () -> udp.listen());
            assertRemedy("the socket is not connected", Errno.EINVAL, () -> unix.recv(bytes(1), 0));
            assertRemedy("has no such option", Errno.ENOPROTOOPT, () -> tcp.setOption(IpOptions.IP_HDRINCL, true));
        }
        try (Socket.Pair pair = SocketIT.tcpPair()) {
            assertRemedy(
                    "connected already",
                    Errno.EISCONN,
                    () -> pair.first().connect(pair.second().getLocalAddress()));
            pair.second().close();
            assertRemedy("closed, here or by the peer", Errno.EPIPE, () -> {
                for (int i = 0; i < 1000; i++) {
                    pair.first().send(bytes(1), 0);
                    Thread.sleep(1);
                }
            });
        }
    }

    @Test
    void aPacketSocketThatIsNotBound() throws IOException {
        try (Socket socket = Socket.packet(SocketType.DGRAM, 0)) {
            assertRemedy("is bound to no interface", Errno.ENXIO, () -> socket.send(bytes(100), 0));
            assertRemedy(
                    "no interface has this index",
                    Errno.ENXIO,
                    () -> socket.sendTo(bytes(100), new PacketAddress(0x800, 99_999), 0));
            assertRemedy(
                    "no interface has this index", Errno.ENODEV, () -> socket.bind(new PacketAddress(0x800, 99_999)));
        } catch (ErrnoException e) {
            assumeTrue(!e.errno().equals(Errno.EPERM), "packet sockets need CAP_NET_RAW");
            throw e;
        }
    }

    @Test
    void options() throws IOException {
        try (Socket socket = Socket.tcp()) {
            assertRemedy(
                    Files.readString(Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control"))
                            .strip(),
                    Errno.ENOENT,
                    () -> socket.setOption(TcpOptions.TCP_CONGESTION, "nosuch"));
            assertRemedy("modprobe", Errno.ENOENT, () -> socket.setOption(TcpOptions.TCP_ULP, "nosuch"));
            assertRemedy("nothing attached", Errno.ENOENT, () -> socket.setOption(SocketOptions.SO_DETACH_FILTER, 0));
        }
        try (Socket socket = Socket.udp()) {
            MulticastGroup group = MulticastGroup.of(InetAddress.getByName("239.1.2.3"), 1);
            socket.setOption(IpOptions.IP_ADD_MEMBERSHIP, group);
            assertRemedy(
                    "joined already", Errno.EADDRINUSE, () -> socket.setOption(IpOptions.IP_ADD_MEMBERSHIP, group));
            socket.setOption(IpOptions.IP_DROP_MEMBERSHIP, group);
            assertRemedy(
                    "not joined so", Errno.EADDRNOTAVAIL, () -> socket.setOption(IpOptions.IP_DROP_MEMBERSHIP, group));
        }
    }

    @Test
    void familiesThatAreNotThere() {
        assertRemedy(
                "no such address family", Errno.EAFNOSUPPORT, () -> Socket.open(new Domain(250), SocketType.STREAM));
        assertRemedy(
                "no such protocol",
                Errno.EPROTONOSUPPORT,
                () -> Socket.open(Domain.INET, SocketType.DGRAM, new Protocol(Linux.IPPROTO_TCP)));
        assertRemedy(
                "no sockets of this type",
                Errno.ESOCKTNOSUPPORT,
                () -> Socket.open(Domain.UNIX, new SocketType(Linux.SOCK_RDM)));
        assertRemedy(
                "of this domain there are no pairs",
                Errno.EOPNOTSUPP,
                () -> Socket.pair(Domain.INET, SocketType.STREAM));
    }

    @Test
    void tooManyDescriptorsOnTheirWay() throws IOException {
        Exception e = Errors.exception(
                -Linux.EMFILE, "socket", new Situation.Birth(Domain.INET, SocketType.STREAM, Protocol.DEFAULT));
        assertTrue(String.valueOf(e.getMessage()).matches(".*EMFILE.*\\(ulimit -n is [1-9][0-9]*\\)"), e.getMessage());
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            assertRemedy(
                    "on their way", Errno.ETOOMANYREFS, () -> pair.first().call("sendmsg", fd -> -Linux.ETOOMANYREFS));
        }
    }
}
