package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.python;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Domain;
import io.sockfd.ErrnoException;
import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.netlink.Namespaces;
import io.sockfd.netlink.NewLink;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.netns.NetworkNamespace;
import io.sockfd.option.SocketOptions;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples about leases, segments, pidfds and Multipath TCP, each with a peer that is not this library. */
@Timeout(60)
@Tag("once")
class NetworkExamplesIT {
    private static final String COUNTS = """
            import socket
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.bind(('127.0.0.1', 0)); s.settimeout(20)
            print('port', s.getsockname()[1])
            numbers, sizes = [], set()
            while len(numbers) < 40:
                data, peer = s.recvfrom(65535)
                numbers.append(int.from_bytes(data[:4], 'big')); sizes.add(len(data))
            print('got', numbers == list(range(40)), sizes, 'from', peer[0])
            s.sendto(b'thanks', peer)
            """;

    private static final String GIVES = """
            import os, socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.connect(sys.argv[1])
            socket.send_fds(s, [b'two ends of a pipe'], list(os.pipe()))
            print('gave as', os.getpid())
            sys.stdin.readline()
            """;

    private static final String ASKS = """
            import socket, sys
            s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, int(sys.argv[1]))
            s.settimeout(20)
            s.connect(('127.0.0.1', int(sys.argv[2])))
            s.sendall(b'hello'); s.shutdown(socket.SHUT_WR)
            print('echo', b''.join(iter(lambda: s.recv(100), b'')).decode())
            """;

    @TempDir
    Path directory = Path.of("");

    @Test
    void aLeaseOfBusyboxsServer() throws Exception {
        Namespaces.assumePossible();
        Programs.assumeTool("busybox");
        try (Program applets = Program.start(List.of("busybox", "--list"))) {
            assumeTrue(applets.end().contains("udhcpd"), "this busybox has no udhcpd");
        }
        Path settings = Files.writeString(directory.resolve("udhcpd.conf"), """
                start 192.0.2.10
                end 192.0.2.99
                interface wire
                lease_file %1$s/leases
                pidfile %1$s/pid
                option subnet 255.255.255.0
                option lease 600
                """.formatted(directory));
        Files.writeString(directory.resolve("leases"), "");
        try (NetworkNamespace client = NetworkNamespace.create();
                NetworkNamespace server = NetworkNamespace.create();
                RtNetlink inClient = client.call(RtNetlink::open);
                RtNetlink inServer = server.call(RtNetlink::open)) {
            inClient.create(NewLink.veth("eth0", "wire").up().peerNetns(server));
            int wire = inServer.link("wire").index();
            inServer.setUp(wire);
            inServer.addAddress(wire, InetAddress.getByName("192.0.2.1"), 24);
            try (Program daemon = server.call(
                            () -> Program.start(List.of("busybox", "udhcpd", "-f", "-a", "1", settings.toString())));
                    Program asks = client.call(() -> example("DhcpLease", "eth0"))) {
                String lease = asks.await("leased ");
                assertTrue(lease.matches("192\\.0\\.2\\.\\d\\d/24 from 192\\.0\\.2\\.1"), lease);
                asks.end();
                assertTrue(daemon.isAlive(), daemon::toString);
                assertTrue(
                        inClient.addresses(inClient.link("eth0").index()).stream()
                                .anyMatch(one ->
                                        lease.startsWith(one.address().getHostAddress() + "/" + one.prefixLength())),
                        () -> "not set: " + lease);
            }
        }
    }

    @Test
    void manyDatagramsFromAnAddressOfItsChoice() throws Exception {
        try (Program peer = python(COUNTS);
                Program sender =
                        example("UdpSegments", "127.0.0.2", "127.0.0.1:" + peer.await("port "), "40", "1200")) {
            assertEquals("True {1200} from 127.0.0.2", peer.await("got "));
            assertEquals("6 bytes to 127.0.0.2", sender.await("answer of "));
            assertTrue(sender.end().startsWith("sent 48000 bytes as 40 datagrams of 1200 by one call\n"));
        }
    }

    @Test
    void whatIsKeptAsLongAsItsGiverLives() throws Exception {
        try (Socket socket = Socket.unixDatagram()) {
            socket.setOption(SocketOptions.SO_PASSPIDFD, true);
        } catch (ErrnoException e) {
            abort(e.toString());
        }
        Path path = directory.resolve("keeper");
        try (Program keeper = example("PassProcess", path.toString())) {
            keeper.await("keeping for ");
            try (Program giver = python(GIVES, path.toString())) {
                String pid = giver.await("gave as ");
                assertEquals("2: two ends of a pipe", keeper.await("process " + pid + " gave "));
                giver.say("go");
                giver.end();
            }
            assertEquals("two ends of a pipe", keeper.await("gone with its giver: "));
        }
    }

    @Test
    void whoSpeaksMultipathTcp() throws Exception {
        try {
            Socket.open(Domain.INET, SocketType.STREAM, Protocol.MPTCP).close();
        } catch (ErrnoException e) {
            abort(e.toString());
        }
        try (Program server = example("MptcpServer", "127.0.0.1:0")) {
            String address = server.await("listening on ");
            String port = address.substring(address.lastIndexOf(':') + 1);
            for (String protocol : List.of("262", "6")) {
                try (Program client = python(ASKS, protocol, port)) {
                    assertEquals("hello", client.await("echo "));
                }
                String way = server.await("127.0.0.1:");
                assertEquals(
                        protocol.equals("262") ? "MPTCP, 1 path(s), the kernel finds it by its token" : "plain TCP",
                        way.substring(way.indexOf(" by ") + 4));
            }
        }
    }
}
