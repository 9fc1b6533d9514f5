package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Addresses;
import io.sockfd.address.Inet6SocketAddress;
import io.sockfd.address.Sockaddr;
import io.sockfd.option.Ipv6Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can reach a socket that was given a wildcard, beside the JDK's channels with the same addresses. */
@Timeout(60)
@Tag("once")
class WildcardIT {
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private static final byte[] NONE6 = new byte[16];

    /** An address that the kernel's struct says and InetSocketAddress cannot. */
    private static final byte[] MAPPED_NONE = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0};

    @BeforeAll
    static void withIpv6() throws IOException {
        try (Socket probe = Socket.udp6()) {
            probe.bind(Addresses.parse("[::1]:0"));
        } catch (IOException e) {
            System.out.println("skipped: this host has no IPv6: " + e.getMessage());
            Assumptions.abort("no IPv6: " + e.getMessage());
        }
    }

    private static @Nullable InetSocketAddress address(String text) throws IOException {
        return switch (text) {
            case "null" -> null;
            case "any" -> new InetSocketAddress(0);
            default -> new InetSocketAddress(InetAddress.getByName(text), 0);
        };
    }

    private static int port(NetworkChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @ParameterizedTest
    @CsvSource({
        "false, any",
        "false, 0.0.0.0",
        "false, null",
        "false, 127.0.0.1",
        "false, ::1",
        "true, any",
        "true, 0.0.0.0",
        "true, ::",
        "true, ::ffff:0.0.0.0",
        "true, null",
        "true, 127.0.0.1",
        "true, ::ffff:127.0.0.1",
        "true, ::1",
    })
    void isReachedAsTheJdksChannelsAre(boolean six, String bound) throws IOException {
        ProtocolFamily family = six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        Domain domain = six ? Domain.INET6 : Domain.INET;
        String jdk = "";
        String ours = "none";
        // again: another process may have the same port at the other family's address
        for (int i = 0; i < 5 && !jdk.equals(ours); i++) {
            try (ServerSocketChannel server = ServerSocketChannel.open(family)) {
                server.bind(address(bound));
                jdk = connections(port(server));
            } catch (UnsupportedAddressTypeException e) {
                jdk = "refused";
            }
            try (Socket server = Socket.open(domain, SocketType.STREAM)) {
                server.bind(address(bound)).listen();
                ours = connections(port(server));
            } catch (UnsupportedAddressTypeException e) {
                ours = "refused";
            }
        }
        assertEquals(jdk, ours, "TCP");
        try (DatagramChannel server = DatagramChannel.open(family)) {
            server.bind(address(bound));
            jdk = datagrams(Socket.of(server));
        } catch (UnsupportedAddressTypeException e) {
            jdk = "refused";
        }
        try (Socket server = Socket.open(domain, SocketType.DGRAM)) {
            server.bind(address(bound));
            ours = datagrams(server.dup());
        } catch (UnsupportedAddressTypeException e) {
            ours = "refused";
        }
        assertEquals(jdk, ours, "UDP");
    }

    /** The clients that reach a port: of a domain, by an address. */
    private static String connections(int port) throws IOException {
        List<String> reached = new ArrayList<>();
        for (Domain domain : List.of(Domain.INET, Domain.INET6)) {
            for (String to : domain.equals(Domain.INET) ? List.of("127.0.0.1") : List.of("127.0.0.1", "::1")) {
                try (Socket client = Socket.open(domain, SocketType.STREAM).timeout(MOMENT)) {
                    client.connect(new InetSocketAddress(to, port));
                    reached.add(domain + " " + to);
                } catch (java.net.ConnectException refused) {
                    // not reached
                }
            }
        }
        return reached.toString();
    }

    private static String datagrams(Socket server) throws IOException {
        List<String> reached = new ArrayList<>();
        try (server) {
            server.timeout(Socket.NON_BLOCKING);
            int port = port(server);
            for (Domain domain : List.of(Domain.INET, Domain.INET6)) {
                for (String to : domain.equals(Domain.INET) ? List.of("127.0.0.1") : List.of("127.0.0.1", "::1")) {
                    try (Socket client = Socket.open(domain, SocketType.DGRAM)) {
                        client.sendTo(ByteBuffer.allocate(1), new InetSocketAddress(to, port), 0);
                    }
                    if (server.recv(ByteBuffer.allocate(1), 0) == 1) { // over lo it is there when send returns
                        reached.add(domain + " " + to);
                    }
                }
            }
        }
        return reached.toString();
    }

    /** Each way to give an address, from a socket that is bound to the wildcard itself. */
    @ParameterizedTest
    @CsvSource({
        "false, 127.0.0.1",
        "false, 0.0.0.0",
        "false, ::",
        "false, any",
        "true, 127.0.0.1",
        "true, ::1",
        "true, 0.0.0.0",
        "true, ::",
        "true, any",
    })
    void reachesTheLocalHostInEachWay(boolean six, String to) throws IOException {
        Domain domain = six ? Domain.INET6 : Domain.INET;
        for (String form : List.of("sendTo", "sockaddr", "message", "batch", "connect")) {
            try (Socket server = Socket.udp6().bind(new InetSocketAddress(0)).timeout(MOMENT);
                    Socket client = Socket.open(domain, SocketType.DGRAM).bind(new InetSocketAddress(0))) {
                InetSocketAddress target = new InetSocketAddress(
                        java.util.Objects.requireNonNull(address(to)).getAddress(), port(server));
                send(client, form, target);
                assertEquals(1, server.recv(ByteBuffer.allocate(1), 0), form);
            }
        }
        try (Socket server =
                        Socket.tcp6().bind(new InetSocketAddress(0)).listen().timeout(MOMENT);
                Socket client = Socket.open(domain, SocketType.STREAM).timeout(MOMENT)) {
            assertTrue(client.connect(new InetSocketAddress(
                    java.util.Objects.requireNonNull(address(to)).getAddress(), port(server))));
            SocketIT.accepted(server.accept()).close();
        }
    }

    private static void send(Socket client, String form, InetSocketAddress target) throws IOException {
        Sockaddr sockaddr = new Sockaddr();
        sockaddr.set(target, client.domain().value());
        switch (form) {
            case "sendTo" -> assertEquals(1, client.sendTo(ByteBuffer.allocate(1), target, 0));
            case "sockaddr" -> assertEquals(1, client.sendTo(ByteBuffer.allocate(1), sockaddr, 0));
            case "message" -> {
                try (Message message = new Message(1, 0)) {
                    message.data(ByteBuffer.allocate(1)).address(sockaddr);
                    assertEquals(1, client.sendMessage(message, 0));
                }
            }
            case "batch" -> {
                try (MessageBatch batch = new MessageBatch(1, 1, 0)) {
                    batch.get(0).data(ByteBuffer.allocate(1)).address(sockaddr);
                    assertEquals(1, client.sendMessages(batch, 0, 1, 0));
                }
            }
            default -> {
                assertTrue(client.connect(target));
                assertEquals(1, client.send(ByteBuffer.allocate(1), 0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "0.0.0.0", "::", "null", "*"})
    void ofAnIpv6SocketIsThatOfIpv6(String bound) throws IOException {
        SocketAddress address = bound.equals("*") ? Addresses.parse("*:0") : address(bound);
        for (boolean only6 : new boolean[] {false, true}) {
            try (Socket server = Socket.udp6().setOption(Ipv6Options.IPV6_V6ONLY, only6)) {
                server.bind(address);
                assertArrayEquals(NONE6, bytes(server));
                String reached = datagrams(server.dup());
                assertTrue(reached.contains("AF_INET6 ::1"), reached);
                assertEquals(!only6, reached.contains("AF_INET 127.0.0.1"), reached);
            }
        }
    }

    @Test
    void anExplicitMappedOneStaysMapped() throws IOException {
        try (Socket server = Socket.udp6().bind(Inet6SocketAddress.of(MAPPED_NONE, 0, 0, 0))) {
            assertArrayEquals(MAPPED_NONE, bytes(server));
            String reached = datagrams(server.dup());
            assertFalse(reached.contains("::1"), reached);
            assertTrue(reached.contains("AF_INET6 127.0.0.1"), reached);
        }
    }

    @Test
    void ofAnIpv4SocketIsThatOfIpv4() throws IOException {
        for (SocketAddress six : List.of(Inet6SocketAddress.of(NONE6, 0, 0, 0), Addresses.parse("*:0"))) {
            try (Socket server = Socket.udp().bind(six)) {
                assertEquals(new InetSocketAddress("0.0.0.0", port(server)), server.getLocalAddress());
            }
        }
    }

    @Test
    void withAFlowLabelIsTheWildcardToo() {
        assertArrayEquals(
                NONE6, Inet6SocketAddress.of(new InetSocketAddress(0), 0x12345).addressBytes());
    }

    private static byte[] bytes(Socket socket) throws IOException {
        byte[] bytes = new byte[16];
        assertEquals(16, socket.getsockname(new Sockaddr()).inetAddressInto(bytes));
        return bytes;
    }
}
