package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.exampleCommand;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Descriptor;
import io.sockfd.ErrnoException;
import io.sockfd.Linger;
import io.sockfd.Message;
import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.address.Interfaces;
import io.sockfd.option.IpOptions;
import io.sockfd.option.MulticastInterface;
import io.sockfd.option.SocketOptions;
import io.sockfd.packet.PacketBuilder;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers of java/examples against peers that break off, cannot be answered or have no name: the next one is served. */
@Timeout(120)
@Tag("once")
class HostilePeersIT {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TIMES = 20;
    private static final int DROPS = 60;

    @TempDir
    private Path temporary = Path.of("");

    private interface Talk {
        void with(Socket client) throws Exception;
    }

    private static Socket tcp(SocketAddress server) throws IOException {
        Socket client = server instanceof UnixDomainSocketAddress ? Socket.unixStream() : Socket.tcp();
        client.timeout(PATIENCE);
        client.connect(server);
        return client;
    }

    /** At once, after a byte, with an answer unread, half closed, in the middle. */
    private static void breakOff(SocketAddress server, byte[] request) throws Exception {
        for (int i = 0; i < TIMES; i++) {
            for (int kind = 0; kind < 5; kind++) {
                try (Socket client = tcp(server)) {
                    if (!(server instanceof UnixDomainSocketAddress)) {
                        client.setOption(SocketOptions.SO_LINGER, Linger.RESET); // close resets
                    }
                    if (kind == 1) {
                        client.send(ByteBuffer.wrap(request, 0, 1), 0);
                    } else if (kind >= 2) {
                        client.sendAll(ByteBuffer.wrap(request));
                    }
                    if (kind == 3) {
                        client.shutdown(Linux.SHUT_WR);
                    } else if (kind == 4) {
                        client.sendAll(ByteBuffer.wrap(request));
                    }
                } catch (IOException e) {
                    // the server was faster
                }
            }
        }
    }

    private static void stream(Program server, String says, byte[] request, Talk talk) throws Exception {
        try (server) {
            SocketAddress address = Addresses.parse(server.await(says));
            breakOff(address, request);
            try (Socket client = tcp(address)) {
                talk.with(client);
            }
            assertTrue(server.isAlive(), server::toString);
        }
    }

    private static void echoes(Socket client) throws IOException {
        client.sendAll(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        client.recvExactly(ByteBuffer.allocate(3));
    }

    @Test
    void tcpEcho() throws Exception {
        stream(example("TcpEchoServer", "127.0.0.1:0"), "listening on ", new byte[] {1, 2}, HostilePeersIT::echoes);
    }

    @Test
    void unixEcho() throws Exception {
        Path path = temporary.resolve("echo");
        try (Program server = example("UnixEchoServer", path.toString())) {
            server.await("listening on ");
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
            breakOff(address, new byte[] {1, 2});
            try (Socket client = tcp(address)) {
                echoes(client);
            }
        }
    }

    @Test
    void upperCase() throws Exception {
        stream(example("UpperCaseServer", "127.0.0.1:0"), "listening on ", new byte[] {'a', 'b'}, client -> {
            client.sendAll(ByteBuffer.wrap(new byte[] {'x'}));
            client.shutdown(Linux.SHUT_WR);
            ByteBuffer answer = ByteBuffer.allocate(1);
            client.recvExactly(answer);
            assertEquals('X', answer.get(0));
        });
    }

    @Test
    void epollHttp() throws Exception {
        byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        stream(example("EpollHttp", "127.0.0.1:0"), "listening on ", request, client -> {
            client.sendAll(ByteBuffer.wrap(request));
            ByteBuffer answer = ByteBuffer.allocate(8);
            client.recvExactly(answer);
            assertEquals('H', answer.get(0));
        });
    }

    @Test
    void udpEcho() throws Exception {
        try (Program server = example("UdpEchoServer", "127.0.0.1:0")) {
            InetSocketAddress address = (InetSocketAddress) Addresses.parse(server.await("bound to "));
            boolean raw = sendFromPortZero(address.getPort());
            for (int i = 0; i < TIMES; i++) { // who is gone when the answer comes: ICMP says that
                try (Socket client = Socket.udp().bind(LOOPBACK)) {
                    client.sendTo(ByteBuffer.wrap(new byte[i]), address, 0);
                }
            }
            try (Socket client = Socket.udp().bind(LOOPBACK).timeout(Duration.ofSeconds(1))) {
                client.connect(address);
                assertEquals(3, ask(client), () -> "no echo; port 0 was " + raw + "; " + server);
            }
            assertTrue(server.isAlive(), server::toString);
        }
    }

    /** Again when one was lost: the queue may be full of the others'. */
    private static int ask(Socket client) throws IOException {
        for (int i = 0; i < 20; i++) {
            client.send(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
            try {
                return client.recv(ByteBuffer.allocate(9), 0);
            } catch (java.net.SocketTimeoutException e) {
                // again
            }
        }
        return -1;
    }

    private static boolean sendFromPortZero(int port) throws IOException {
        ByteBuffer packet = new PacketBuilder()
                .ipv4(ip -> ip.source("127.0.0.1").destination("127.0.0.1"))
                .udp(u -> u.sourcePort(0).destinationPort(port))
                .payload(new byte[] {'x'})
                .build();
        try (Socket raw = Socket.raw(Protocol.RAW)) {
            raw.sendTo(packet, LOOPBACK, 0);
            return true;
        } catch (ErrnoException e) {
            System.out.println("no datagram from port 0 without CAP_NET_RAW");
            return false;
        }
    }

    @Test
    void unixDatagrams() throws Exception {
        Path path = temporary.resolve("log");
        try (Program server = example("UnixDatagramServer", path.toString())) {
            server.await("bound to ");
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
            Path vanishing = temporary.resolve("vanishing");
            try (Socket unnamed = Socket.unixDatagram();
                    Socket named = Socket.unixDatagram().bind(UnixDomainSocketAddress.of(vanishing))) {
                Files.delete(vanishing);
                named.sendTo(ByteBuffer.wrap("gone".getBytes(UTF_8)), address, 0);
                unnamed.sendTo(ByteBuffer.allocate(0), address, 0);
                unnamed.sendTo(ByteBuffer.wrap(new byte[] {'e', 27, '[', '2', 'J'}), address, 0);
                unnamed.sendTo(ByteBuffer.wrap(new byte[5000]), address, 0);
                server.await("gone");
                server.await("e?[2J"); // a terminal does not obey it
                unnamed.sendTo(ByteBuffer.wrap(new byte[] {'D', 'O', 'N', 'E'}), address, 0);
            }
            String ignored = server.end();
        }
    }

    /** In the group, and to it from outside of it. */
    @Test
    void multicastChat() throws Exception {
        int port;
        try (Socket free = Socket.udp().bind(LOOPBACK)) {
            port = ((InetSocketAddress) free.getLocalAddress()).getPort();
        }
        long pid = ProcessHandle.current().pid();
        String group = "239.254." + (pid >> 8 & 255) + "." + (pid & 255) + ":" + port;
        // else the JVM itself writes question marks
        Map<String, String> utf8 = Map.of("LC_ALL", "C.UTF-8");
        try (Program member = Program.start(exampleCommand("MulticastChat", group, "lo", "alice"), utf8);
                Socket mallory = Socket.udp()) {
            member.await("joined ");
            mallory.setOption(IpOptions.IP_MULTICAST_IF, MulticastInterface.of(Interfaces.index("lo")));
            SocketAddress to = Addresses.parse(group);
            for (int length : new int[] {0, 1, 1472, 65_000}) { // of zeros
                mallory.sendTo(ByteBuffer.allocate(length), to, 0);
            }
            mallory.sendTo(ByteBuffer.wrap(new byte[] {'x', (byte) 0xff, (byte) 0xc3}), to, 0);
            mallory.sendTo(UTF_8.encode("mallory\u001b[2J\u009b2J\u202e\r\nalice: I quit"), to, 0);
            assertEquals("?[2J?2J???alice: I quit", member.await("mallory"));
            member.say("still here");
            assertEquals("still here", member.await("alice: "));
            member.sayAll("");
            member.await("left");
        }
    }

    /** While it waits for a listening socket, and of the clients of that. */
    @Test
    void passListener() throws Exception {
        Path path = temporary.resolve("listener");
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        try (Program taker = example("PassListener", "take", path.toString());
                Socket listener = Socket.tcp().bind(LOOPBACK).listen();
                Socket datagrams = Socket.udp().bind(LOOPBACK);
                Descriptor file = Descriptor.open(temporary, Linux.O_RDONLY);
                Socket silent = Socket.unixStream()) {
            taker.await("listening on ");
            tcp(address).close();
            give(address);
            give(address, file);
            give(address, datagrams);
            silent.connect(address);
            give(address, listener);
            InetSocketAddress served = (InetSocketAddress) Addresses.parse(taker.await("serving "));
            breakOff(served, new byte[] {1, 2});
            try (Socket client = tcp(served)) {
                client.recvExactly(ByteBuffer.allocate("hello from process ".length()));
            }
            assertTrue(taker.errors().contains("no listening socket"), taker::toString);
        }
    }

    private static void give(SocketAddress taker, Descriptor... descriptors) throws IOException {
        try (Socket giver = tcp(taker);
                Message message = new Message()) {
            if (descriptors.length > 0) {
                message.outgoing().rights(descriptors);
            }
            giver.sendMessage(message.data(ByteBuffer.allocate(1)), 0);
        }
    }

    /** One that says nothing, one that drips, one that never ends: each keeps the others waiting for seconds at most. */
    @Test
    void socketActivation() throws Exception {
        Path path = temporary.resolve("hello");
        byte[] request = "GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8);
        try (Program server = SocketActivationIT.supervised(path.toString())) {
            SocketAddress inet = Addresses.parse(server.await("serving "));
            server.await("serving ");
            try (Socket dripping = tcp(inet)) {
                Thread drip = new Thread(() -> drip(dripping));
                drip.start();
                try (Socket client = tcp(inet)) {
                    client.sendAll(ByteBuffer.wrap(request));
                    client.recvExactly(ByteBuffer.allocate(8)); // PATIENCE is far less than the drops take
                }
                drip.join();
            }
            for (SocketAddress address : new SocketAddress[] {inet, UnixDomainSocketAddress.of(path)}) {
                breakOff(address, request);
                try (Socket endless = tcp(address)) {
                    assertThrows(IOException.class, () -> {
                        for (int i = 0; i < 1000; i++) {
                            endless.sendAll(ByteBuffer.allocate(1 << 20));
                        }
                    });
                }
                try (Socket client = tcp(address)) {
                    client.sendAll(ByteBuffer.wrap(request));
                    client.recvExactly(ByteBuffer.allocate(8));
                }
            }
        }
    }

    /** A byte a second, until the server has had enough. */
    private static void drip(Socket socket) {
        try {
            for (int i = 0; i < DROPS; i++) {
                socket.sendAll(ByteBuffer.wrap(new byte[] {'G'}));
                Thread.sleep(1000);
            }
        } catch (IOException e) {
            return; // it had
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
