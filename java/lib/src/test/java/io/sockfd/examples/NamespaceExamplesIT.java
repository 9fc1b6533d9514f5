package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.exampleCommand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.address.UnixAddress;
import io.sockfd.netlink.Namespaces;
import io.sockfd.netlink.NewLink;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.netns.NetworkNamespace;
import io.sockfd.raw.Linux;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples about namespaces, the firewall and the supervisor. */
@Timeout(120)
@Tag("once")
class NamespaceExamplesIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Redirects port 80 of everybody, has a server there, and asks it through the proxy, which is its arguments. */
    private static final String REDIRECT = """
            set -e
            ip link set lo up
            nft add table ip t
            nft 'add chain ip t c { type nat hook output priority -100; }'
            nft add rule ip t c tcp dport 80 meta mark != 1 redirect to :8080
            echo ready
            exec "$@"
            """;

    private static final String CONVERSATION = """
            import socket
            server = socket.create_server(('127.0.0.9', 80))
            client = socket.create_connection(('127.0.0.9', 80), 20)
            accepted, peer = server.accept()
            client.sendall(b'question'); client.shutdown(socket.SHUT_WR)
            question = accepted.recv(100)
            accepted.sendall(b'answer to ' + question); accepted.close()
            print('got', client.recv(100).decode())
            """;

    /** On the router between the client and the server. */
    private static final String DIVERT = """
            set -e
            echo 1 > /proc/sys/net/ipv4/ip_forward
            ip link set lo up
            ip rule add fwmark 1 lookup 100
            ip route add local default dev lo table 100
            nft add table ip t
            nft 'add chain ip t c { type filter hook prerouting priority mangle; }'
            nft add rule ip t c meta l4proto tcp socket transparent 1 meta mark set 1 accept
            nft add rule ip t c tcp dport 80 tproxy to :8080 meta mark set 1 accept
            exec "$@"
            """;

    private static final String SERVER = """
            import socket
            server = socket.create_server(('198.51.100.2', 80))
            print('ready')
            accepted, peer = server.accept()
            question = accepted.recv(100)
            accepted.sendall(b'answer to ' + question + b' of ' + peer[0].encode()); accepted.close()
            """;

    private static final String CLIENT = """
            import socket
            client = socket.create_connection(('198.51.100.2', 80), 20)
            peer = client.getpeername()[0]
            client.sendall(b'question'); client.shutdown(socket.SHUT_WR)
            print('got', client.recv(100).decode(), 'from', peer)
            """;

    /** Does not read before it is told, so that the client's queue is full. */
    private static final String SLOW = """
            import socket, sys
            server = socket.create_server(('127.0.0.1', 80))
            print('ready')
            client = server.accept()[0]
            client.settimeout(20)
            client.sendall(b'hello\\n')
            sys.stdin.readline()
            data = b''.join(iter(lambda: client.recv(1 << 20), b''))
            block = b'a connection moves, none notices' * 30000
            same = data == (block * (len(data) // len(block) + 1))[:len(data)]
            client.sendall(b'%d bytes, as they were sent: %s\\n' % (len(data), str(same).encode()))
            """;

    @TempDir
    Path directory = Path.of("");

    @Test
    void aProxyThatNobodyKnowsOf() throws Exception {
        Namespaces.assumePossible();
        Programs.assumeTool("nft");
        Programs.assumeTool("nsenter");
        List<String> command = new ArrayList<>(List.of("unshare", "-n", "sh", "-c", REDIRECT, "sh"));
        command.addAll(exampleCommand("RedirectProxy", "8080"));
        try (Program proxy = Programs.tool(command)) {
            proxy.await("ready");
            proxy.await("listening on ");
            String pid = String.valueOf(proxy.pid());
            try (Program talk = Programs.tool(List.of("nsenter", "-t", pid, "-n", "python3", "-c", CONVERSATION))) {
                assertEquals("answer to question", talk.await("got "));
                assertTrue(proxy.await("/127.0.0.1:").endsWith(" wants /127.0.0.9:80"));
            }
        }
    }

    /** Client, router and server in a row: both ends see but each other. */
    @Test
    void aProxyWithoutAnAddress() throws Exception {
        Namespaces.assumePossible();
        Programs.assumeTool("nft");
        Programs.assumeTool("ip");
        try (NetworkNamespace client = NetworkNamespace.create();
                NetworkNamespace router = NetworkNamespace.create();
                NetworkNamespace server = NetworkNamespace.create()) {
            join(client, "192.0.2.2", router, "192.0.2.1");
            join(server, "198.51.100.2", router, "198.51.100.1");
            List<String> command = new ArrayList<>(List.of("sh", "-c", DIVERT, "sh"));
            command.addAll(exampleCommand("TransparentProxy", "8080"));
            try (Program answers = server.call(() -> Programs.python(SERVER));
                    Program proxy = router.call(() -> Programs.tool(command))) {
                answers.await("ready");
                proxy.await("listening on ");
                try (Program asks = client.call(() -> Programs.python(CLIENT))) {
                    assertEquals("answer to question of 192.0.2.2 from 198.51.100.2", asks.await("got "));
                }
                assertTrue(proxy.await("/192.0.2.2:").endsWith(" wants /198.51.100.2:80"));
            }
        }
    }

    /** A wire between a host and the router, by which the host reaches everybody. */
    private static void join(NetworkNamespace host, String address, NetworkNamespace router, String gateway)
            throws Exception {
        try (RtNetlink inHost = host.call(RtNetlink::open);
                RtNetlink inRouter = router.call(RtNetlink::open)) {
            String name = "to-" + address;
            inHost.create(NewLink.veth("router", name).up().peerNetns(router));
            inRouter.setUp(inRouter.link(name).index());
            inRouter.addAddress(inRouter.link(name).index(), InetAddress.getByName(gateway), 24);
            inHost.addAddress(inHost.link("router").index(), InetAddress.getByName(address), 24);
            host.call(() -> Programs.tool(List.of("ip", "route", "add", "default", "via", gateway)))
                    .end();
        }
    }

    @Test
    void aConnectionThatIsMoved() throws Exception {
        Namespaces.assumePossible();
        try (NetworkNamespace ns = NetworkNamespace.create().loopbackUp();
                Program peer = ns.call(() -> Programs.python(SLOW))) {
            peer.await("ready");
            try (Program moving = ns.call(() -> example("TcpRepairMove", "127.0.0.1", "80"))) {
                String[] moved = moving.await("moved: ").split(" ", -1);
                assertEquals(List.of("6", "unread,", "unacknowledged"), List.of(moved[0], moved[1], moved[3]));
                int queued = Integer.parseInt(moved[2]);
                assertTrue(queued > 0, () -> "nothing was queued: " + queued);
                peer.say("read");
                String[] heard = moving.end().lines().skip(1).toArray(String[]::new);
                assertEquals("hello", heard[0]);
                assertTrue(heard[1].endsWith(" bytes, as they were sent: True"), heard[1]);
                assertTrue(Integer.parseInt(heard[1].substring(0, heard[1].indexOf(' '))) >= queued, heard[1]);
            }
        }
    }

    @Test
    void aNetworkForEachTest() throws Exception {
        Namespaces.assumePossible();
        Programs.assumeTool("ip");
        try (Program program = example("NamespacePerTest")) {
            String output = program.end();
            assertTrue(output.contains("/192.0.2.2:80 says hello"), output);
            assertTrue(output.contains("to-right") && output.contains("192.0.2.1/24"), output);
        }
    }

    @Test
    void aServiceThatTellsHowItDoes() throws Exception {
        UnixAddress name = UnixAddress.ofPath(directory.resolve("notify").toString());
        try (Socket supervisor = Socket.unixDatagram().timeout(SOON).bind(name);
                Program service = Program.start(
                        exampleCommand("NotifyService"),
                        Map.of("NOTIFY_SOCKET", directory.resolve("notify").toString(), "WATCHDOG_USEC", "200000"))) {
            ByteBuffer state = ByteBuffer.allocate(4096);
            Message message = new Message(1, 64);
            message.data(state);
            assertTrue(supervisor.receiveMessage(message, 0) > 0);
            assertEquals("FDSTORE=1\nFDNAME=listener", text(state));
            try (io.sockfd.Descriptor kept = message.takeDescriptors()[0]) {
                assertTrue(kept.isOpen());
            }
            String ready = next(supervisor, state);
            assertTrue(ready.startsWith("READY=1\nSTATUS=accepting on /127.0.0.1:"), ready);
            assertEquals("WATCHDOG=1", next(supervisor, state));
            int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
            for (String said : List.of("hello", "stop")) {
                try (Socket client = Socket.tcp().timeout(SOON)) {
                    assertTrue(client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
                    client.sendAll(ByteBuffer.wrap(said.getBytes(StandardCharsets.US_ASCII)));
                    client.shutdown(Linux.SHUT_WR);
                    ByteBuffer answer = ByteBuffer.allocate(100);
                    assertEquals(said.equals("stop") ? -1 : 5, client.recv(answer, 0));
                }
            }
            String last;
            do {
                last = next(supervisor, state);
            } while (last.equals("WATCHDOG=1"));
            assertEquals("STOPPING=1", last);
            assertEquals("BARRIER=1", next(supervisor, state));
            assertNotNull(service.end());
        }
    }

    private static String next(Socket supervisor, ByteBuffer state) throws Exception {
        assertTrue(supervisor.recv(state.clear(), 0) > 0);
        return text(state);
    }

    private static String text(ByteBuffer state) {
        byte[] bytes = new byte[state.position()];
        state.get(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
