package io.sockfd.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Allocations;
import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.UnixAddress;
import io.sockfd.option.SocketOptions;
import io.sockfd.option.TcpInfo;
import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sockets of this process, as sock_diag and ss(8) tell them. */
@Timeout(60)
@Tag("once")
class SocketDiagIT {
    private static final InetSocketAddress FOUR = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final InetSocketAddress SIX = new InetSocketAddress(loopback6(), 0);
    private static final int MANY = 50;

    /** Until the compiler has seen a call often enough; interpreted, FFM allocates. */
    private static final int COMPILED = 30_000;

    private static final Map<String, String> STATES = Map.of(
            "ESTAB",
            "ESTABLISHED",
            "UNCONN",
            "CLOSE",
            "LISTEN",
            "LISTEN",
            "CLOSE-WAIT",
            "CLOSE_WAIT",
            "FIN-WAIT-2",
            "FIN_WAIT2",
            "SYN-SENT",
            "SYN_SENT");

    private final List<AutoCloseable> open = new ArrayList<>();

    private static InetAddress loopback6() {
        byte[] one = new byte[16];
        one[15] = 1;
        return Attributes.inetAddress(one);
    }

    @TempDir
    Path folder = Path.of(".");

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }

    /** A pair and the listener between. */
    private Socket[] connected(InetSocketAddress at) throws IOException {
        boolean six = at.equals(SIX);
        Socket listener = keep(six ? Socket.tcp6() : Socket.tcp()).bind(at).listen(7);
        Socket client = keep(six ? Socket.tcp6() : Socket.tcp());
        assertTrue(client.connect(listener.getLocalAddress()));
        Socket server = listener.accept();
        assertNotNull(server);
        return new Socket[] {listener, client, keep(server)};
    }

    private static long inode(Socket socket) throws IOException {
        String link =
                Files.readSymbolicLink(Path.of("/proc/self/fd", fd(socket))).toString();
        return Long.parseLong(link.substring("socket:[".length(), link.length() - 1));
    }

    private static String fd(Socket socket) {
        return socket.toString().replaceAll(".*fd (\\d+).*", "$1");
    }

    private static <V extends SocketView> V find(List<V> all, Socket socket) throws IOException {
        long inode = inode(socket);
        List<V> found = all.stream().filter(s -> s.inode() == inode).toList();
        assertEquals(1, found.size(), "sockets with inode " + inode);
        return found.get(0);
    }

    @Test
    void aTcpConnectionInAllDetail() throws IOException {
        for (InetSocketAddress at : List.of(FOUR, SIX)) {
            Socket[] three = connected(at);
            assertEquals(5, three[1].send(ByteBuffer.allocateDirect(5), 0));
            assertTrue(three[2].recv(ByteBuffer.allocate(1), Linux.MSG_PEEK) > 0);
            try (SocketDiag diag = SocketDiag.open()) {
                List<InetSocketView> all = diag.tcp();
                InetSocketView listener = find(all, three[0]);
                assertEquals(Linux.TCP_LISTEN, listener.state());
                assertEquals(7, listener.sendQueue());
                assertEquals(three[0].getLocalAddress(), listener.local());
                assertEquals(0, listener.remotePort());
                assertEquals(at.equals(SIX) ? 1 : -1, listener.v6Only(), "bound to an address of IPv6");
                InetSocketView server = find(all, three[2]);
                assertEquals("ESTABLISHED", server.stateName());
                assertEquals(5, server.receiveQueue());
                assertEquals(three[2].getLocalAddress(), server.local());
                assertEquals(three[2].getRemoteAddress(), server.remote());
                assertEquals(three[2].getOption(SocketOptions.SO_COOKIE), server.cookie());
                assertEquals(three[2].getOption(TcpOptions.TCP_CONGESTION), server.congestion());
                assertEquals(three[2].getOption(SocketOptions.SO_MEMINFO), server.memory());
                assertEquals(Files.getAttribute(folder, "unix:uid"), (int) server.uid());
                TcpInfo info = server.tcpInfo();
                assertNotNull(info);
                TcpInfo own = three[2].getOption(TcpOptions.TCP_INFO);
                assertEquals(own.sndMss(), info.sndMss());
                assertEquals(own.bytesReceived(), info.bytesReceived());
                assertEquals(own.length(), info.length());
                three[1].shutdown(Linux.SHUT_WR);
                InetSocketView closing = diag.find(
                        Linux.IPPROTO_TCP, address(three[1]), (InetSocketAddress) three[1].getRemoteAddress());
                assertNotNull(closing);
                assertTrue(closing.stateName().startsWith("FIN_WAIT"), "FIN_WAIT2 once the peer has acknowledged");
                assertEquals(2, closing.shutdown());
                InetSocketAddress nobody = new InetSocketAddress(at.getAddress(), 1);
                assertNull(diag.find(Linux.IPPROTO_TCP, nobody, nobody));
            }
        }
    }

    /** Which of them are in the list. */
    private static Set<Integer> mine(List<InetSocketView> all, Socket[] sockets) throws IOException {
        Set<Integer> found = new HashSet<>();
        for (int i = 0; i < sockets.length; i++) {
            long inode = inode(sockets[i]);
            if (all.stream().anyMatch(s -> s.inode() == inode)) {
                found.add(i);
            }
        }
        return found;
    }

    private static InetSocketAddress address(Socket socket) throws IOException {
        return (InetSocketAddress) socket.getLocalAddress();
    }

    @Test
    void statesAndPortsAreFiltered() throws IOException {
        Socket[] three = connected(FOUR);
        int port = address(three[0]).getPort();
        try (SocketDiag diag = SocketDiag.open()) {
            InetQuery tcp = InetQuery.of(Linux.AF_INET, Linux.IPPROTO_TCP);
            // others on this machine may use the port, too: TIME_WAIT, other addresses
            assertEquals(Set.of(0, 2), mine(diag.list(tcp.ports(port, 0)), three));
            assertEquals(Set.of(1), mine(diag.list(tcp.ports(0, port)), three));
            assertEquals(Set.of(0), mine(diag.list(tcp.ports(port, 0).states(1 << Linux.TCP_LISTEN)), three));
            assertEquals(Set.of(1, 2), mine(diag.list(tcp.states(1 << Linux.TCP_ESTABLISHED)), three));
            assertTrue(diag.list(tcp.ports(port, 0)).stream().allMatch(s -> s.localPort() == port));
            InetSocketView bare = find(diag.list(tcp.ports(0, port).extensions(0)), three[1]);
            assertNull(bare.tcpInfo());
            assertNull(bare.memory());
            assertNull(bare.congestion());
            assertThrows(IllegalStateException.class, () -> diag.next(new UnixSocketView()));
            diag.dumpUnix(InetQuery.ALL_STATES);
            assertThrows(IllegalStateException.class, () -> diag.next(new InetSocketView()));
        }
    }

    @Test
    void udpAndUnixInAllDetail() throws IOException {
        Socket udp = keep(Socket.udp6()).bind(SIX);
        Socket path = keep(Socket.unixStream())
                .bind(UnixAddress.of(folder.resolve("s")))
                .listen(3);
        String name = "sockfd-diag-" + ProcessHandle.current().pid();
        Socket named = keep(Socket.unixDatagram()).bind(UnixAddress.ofAbstract(name));
        Socket.Pair pair = keep(Socket.pair(Domain.UNIX, SocketType.SEQPACKET));
        assertEquals(3, pair.first().send(ByteBuffer.allocate(3), 0));
        Socket client = keep(Socket.unixStream());
        assertTrue(client.connect(path.getLocalAddress()));
        try (SocketDiag diag = SocketDiag.open()) {
            InetSocketView view = find(diag.udp(), udp);
            assertEquals(address(udp), view.local());
            assertEquals("CLOSE", view.stateName());
            assertNull(view.tcpInfo());
            List<UnixSocketView> all = diag.unix();
            UnixSocketView listener = find(all, path);
            assertEquals(UnixAddress.ofPath(folder.resolve("s").toString()), listener.address());
            assertEquals(Linux.SOCK_STREAM, listener.type());
            assertEquals("LISTEN", listener.stateName());
            assertEquals(1, listener.receiveQueue());
            assertEquals(3, listener.sendQueue());
            assertEquals(1, listener.waiting().length);
            assertEquals(Files.getAttribute(folder.resolve("s"), "unix:ino"), listener.fileInode());
            assertEquals(UnixAddress.ofAbstract(name), find(all, named).address());
            UnixSocketView second = find(all, pair.second());
            assertEquals(Linux.SOCK_SEQPACKET, second.type());
            assertEquals(inode(pair.first()), second.peerInode());
            assertEquals(Files.getAttribute(folder, "unix:uid"), (int) second.uid());
            assertEquals(pair.second().getOption(SocketOptions.SO_COOKIE), second.cookie());
            assertNotNull(second.memory());
            assertNull(second.address());
        }
    }

    @Test
    void netlinkAndPacketSockets() throws IOException {
        try (SocketDiag diag = SocketDiag.open()) {
            Netlink netlink = keep(Netlink.open(Linux.NETLINK_ROUTE))
                    .join(Linux.RTNLGRP_LINK)
                    .join(Linux.RTNLGRP_NSID);
            NetlinkSocketView view = find(diag.netlinkSockets(), netlink.socket());
            assertEquals(netlink.portId(), view.portId());
            assertEquals(Linux.NETLINK_ROUTE, view.protocol());
            assertEquals(
                    List.of(Linux.RTNLGRP_LINK, Linux.RTNLGRP_NSID),
                    view.groups().stream().boxed().toList());
            assertEquals(Linux.NDIAG_FLAG_CAP_ACK, view.flags() & Linux.NDIAG_FLAG_CAP_ACK);
        }
        Socket packet;
        try {
            packet = keep(Socket.packet(SocketType.RAW, Linux.ETH_P_ARP));
        } catch (IOException e) {
            assertEquals(Errno.EPERM, Errors.errnoOf(e).orElseThrow());
            Assumptions.abort("packet sockets need CAP_NET_RAW");
            throw e;
        }
        try (SocketDiag diag = SocketDiag.open()) {
            List<PacketSocketView> all = orSkip("packet_diag", diag::packet);
            PacketSocketView view = find(all, packet);
            assertEquals(Linux.ETH_P_ARP, view.protocol());
            assertEquals(Linux.SOCK_RAW, view.type());
            assertEquals(0, view.interfaceIndex());
            assertEquals(Linux.PDI_RUNNING, view.flags() & Linux.PDI_RUNNING);
            assertEquals(-1, view.fanout());
            assertEquals(-1, view.receiveRingOffset());
        }
    }

    private interface Listing<T> {
        List<T> list() throws IOException;
    }

    private static <T> List<T> orSkip(String module, Listing<T> listing) throws IOException {
        try {
            return listing.list();
        } catch (NetlinkException e) {
            Assumptions.assumeFalse(e.errno().equals(Errno.ENOENT), "this kernel has no " + module);
            throw e;
        }
    }

    @Test
    void rawSockets() throws IOException {
        Socket raw;
        try {
            raw = keep(Socket.raw(new io.sockfd.Protocol(200)));
        } catch (IOException e) {
            assertEquals(Errno.EPERM, Errors.errnoOf(e).orElseThrow());
            Assumptions.abort("raw sockets need CAP_NET_RAW");
            throw e;
        }
        try (SocketDiag diag = SocketDiag.open()) {
            InetSocketView view = find(orSkip("raw_diag", diag::raw), raw);
            assertEquals(200, view.rawProtocol());
        }
    }

    // ---- the same as ss ------------------------------------------------------------------------------------------

    /** What ss says about each of these inodes: state, queues, cookie, and the local port or name. */
    private static Map<Long, String> ss(Map<Long, Socket> ours, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("ss", "-H", "-a", "-n", "-e"));
        command.addAll(List.of(options));
        Map<Long, String> all = new TreeMap<>();
        for (String line : Tool.lines(command.toArray(String[]::new))) {
            String[] f = line.strip().split("\\s+", -1);
            if (options[0].equals("-x")) { // netid state recvq sendq name inode peer inode
                if (ours.containsKey(Long.valueOf(f[5]))) {
                    all.put(Long.valueOf(f[5]), String.join(" ", state(f[1]), f[2], f[3], f[4], f[7]));
                }
            } else {
                long inode = Long.parseLong(after(line, "ino:", "0"));
                if (ours.containsKey(inode)) {
                    String port = f[3].substring(f[3].lastIndexOf(':') + 1);
                    String peer = f[4].substring(f[4].lastIndexOf(':') + 1).replace("*", "0");
                    long cookie = Long.parseUnsignedLong(after(line, "sk:", "0"), 16);
                    all.put(inode, String.join(" ", state(f[0]), f[1], f[2], port, peer, Long.toString(cookie)));
                }
            }
        }
        return all;
    }

    private static String state(String ss) {
        return STATES.getOrDefault(ss, ss);
    }

    private static String after(String line, String mark, String otherwise) {
        int at = line.indexOf(mark);
        return at < 0 ? otherwise : line.substring(at + mark.length()).split("\\s", 2)[0];
    }

    private static <V extends SocketView> Map<Long, String> texts(
            Map<Long, Socket> ours, List<V> all, Function<V, String> text) {
        Map<Long, String> map = new TreeMap<>();
        for (V view : all) {
            if (ours.containsKey(view.inode())) {
                assertNull(map.put(view.inode(), text.apply(view)), "twice");
            }
        }
        return map;
    }

    @Test
    void hundredsOfSocketsOfAllKindsAsSsTellsThem() throws Exception {
        Map<Long, Socket> tcp = new HashMap<>();
        Map<Long, Socket> udp = new HashMap<>();
        Map<Long, Socket> unix = new HashMap<>();
        for (int i = 0; i < MANY; i++) {
            for (Socket socket : connected(i % 2 == 0 ? FOUR : SIX)) {
                tcp.put(inode(socket), socket);
            }
            Socket last = (Socket) open.get(open.size() - 1);
            if (i % 5 == 0) {
                last.shutdown(Linux.SHUT_WR);
            } else {
                int unused = last.send(ByteBuffer.allocate(i), 0);
            }
            Socket datagram = keep(i % 2 == 0 ? Socket.udp() : Socket.udp6()).bind(i % 2 == 0 ? FOUR : SIX);
            udp.put(inode(datagram), datagram);
            if (i % 3 == 0) {
                assertTrue(datagram.connect(datagram.getLocalAddress()));
                int unused = datagram.send(ByteBuffer.allocate(i), 0);
            }
            SocketType type = i % 2 == 0 ? SocketType.STREAM : SocketType.DGRAM;
            Socket.Pair pair = keep(Socket.pair(Domain.UNIX, type));
            int unused = pair.first().send(ByteBuffer.allocate(i + 1), 0);
            unix.put(inode(pair.first()), pair.first());
            unix.put(inode(pair.second()), pair.second());
            String name = "sockfd-many-" + ProcessHandle.current().pid() + "-" + i;
            Socket named =
                    keep(Socket.unixStream()).bind(UnixAddress.ofAbstract(name)).listen(i + 1);
            unix.put(inode(named), named);
        }
        try (SocketDiag diag = SocketDiag.open()) {
            Function<InetSocketView, String> inet = s -> String.join(
                    " ",
                    s.stateName(),
                    Long.toString(s.receiveQueue()),
                    Long.toString(s.sendQueue()),
                    Integer.toString(s.localPort()),
                    Integer.toString(s.remotePort()),
                    Long.toString(s.cookie()));
            assertEquals(3 * MANY, tcp.size());
            Map<Long, String> ours = texts(tcp, diag.tcp(), inet);
            Map<Long, String> theirs = ss(tcp, "-t");
            // acknowledgements may be under way between one look and the other
            for (int i = 0; i < MANY && !ours.equals(theirs); i++) {
                ours = texts(tcp, diag.tcp(), inet);
                theirs = ss(tcp, "-t");
            }
            assertEquals(tcp.size(), ours.size());
            assertEquals(theirs, ours);
            ours = texts(udp, diag.udp(), inet);
            assertEquals(udp.size(), ours.size());
            assertEquals(ss(udp, "-u"), ours);
            Map<Long, String> ourUnix = texts(unix, diag.unix(), s -> {
                UnixAddress address = s.address();
                return s.stateName() + " " + s.receiveQueue() + " " + s.sendQueue() + " "
                        + (address == null ? "*" : "@" + address.name()) + " " + Math.max(0, s.peerInode());
            });
            assertEquals(unix.size(), ourUnix.size());
            assertEquals(ss(unix, "-x").keySet(), ourUnix.keySet());
            assertEquals(unixStates(ss(unix, "-x")), unixStates(ourUnix));
        }
    }

    /** ss calls datagram pairs established, as the kernel does. */
    private static List<String> unixStates(Map<Long, String> all) {
        return all.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).collect(Collectors.toList());
    }

    @Test
    void aDumpIntoOneViewAllocatesNothing() throws IOException {
        Assumptions.assumeFalse("jnr".equals(System.getProperty("sockfd.backend")), "jnr-ffi allocates per call");
        Socket[] three = connected(FOUR);
        try (SocketDiag diag = SocketDiag.open()) {
            InetSocketView view = new InetSocketView();
            InetQuery query = InetQuery.of(Linux.AF_INET, Linux.IPPROTO_TCP)
                    .ports(address(three[0]).getPort(), 0)
                    .states(1 << Linux.TCP_LISTEN);
            byte[] address = new byte[16];
            long sockets = 0;
            long best = Long.MAX_VALUE;
            for (int round = 0; round < COMPILED && best > 0; round++) {
                long before = Allocations.soFar();
                diag.dump(query);
                while (diag.next(view)) {
                    sockets += view.localPort() > 0 && view.localAddressInto(address) == 4 ? 1 : 0;
                }
                best = Math.min(best, Allocations.soFar() - before);
            }
            assertTrue(sockets >= 1, "it saw them: " + sockets);
            assertEquals(0, best);
        }
    }

    @Test
    void aSocketIsEndedFromOutside() throws Exception {
        try (Namespaces net = Namespaces.alone();
                SocketDiag diag = net.get(0).call(SocketDiag::open);
                Socket listener = net.get(0).call(Socket::tcp).bind(FOUR).listen();
                Socket client = net.get(0).call(Socket::tcp)) {
            assertTrue(client.connect(listener.getLocalAddress()));
            InetSocketView view = find(diag.tcp(), client);
            try {
                diag.destroy(view);
            } catch (NetlinkException e) {
                Assumptions.assumeFalse(
                        e.errno().equals(Errno.EOPNOTSUPP), "this kernel has no CONFIG_INET_DIAG_DESTROY");
                throw e;
            }
            client.timeout(Duration.ofSeconds(5));
            IOException e = assertThrows(IOException.class, () -> client.recv(ByteBuffer.allocate(1), 0));
            assertEquals(Errno.ECONNABORTED, Errors.errnoOf(e).orElseThrow());
            NetlinkException gone = assertThrows(NetlinkException.class, () -> diag.destroy(view));
            assertEquals(Errno.ENOENT, gone.errno());
            assertEquals("SOCK_DESTROY", gone.call());
        }
    }

    @Test
    void anotherNamespacesSocketsAreNotSeen() throws Exception {
        try (Namespaces net = Namespaces.alone();
                SocketDiag there = net.get(0).call(SocketDiag::open);
                SocketDiag here = SocketDiag.open();
                Socket socket = net.get(0).call(Socket::udp).bind(FOUR)) {
            assertEquals(1, there.udp().size());
            assertEquals(address(socket), there.udp().get(0).local());
            long inode = inode(socket);
            assertTrue(here.udp().stream().noneMatch(s -> s.inode() == inode));
        }
    }
}
