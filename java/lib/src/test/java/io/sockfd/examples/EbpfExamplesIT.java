package io.sockfd.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.PrivateNetwork;
import io.sockfd.ebpf.EbpfMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples with programs in the kernel, each in a network namespace of its own. */
@Timeout(60)
@Tag("once")
class EbpfExamplesIT {
    private static void run(PrivateNetwork.Body body) throws Exception {
        PrivateNetwork.run(() -> {
            try {
                EbpfMap.sockets(1).close();
            } catch (ErrnoException e) {
                abort(e.toString());
            }
            body.run();
        });
    }

    private static String receive(Socket from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        from.recvExactly(bytes);
        return UTF_8.decode(bytes.flip()).toString();
    }

    private static Socket connected(String to) throws IOException {
        Socket socket = Socket.tcp();
        boolean ignored = socket.connect(Addresses.parse(to));
        return socket;
    }

    @Test
    void countsByProtocol() throws Exception {
        run(() -> {
            try (Program counter = Programs.example("XdpCounter", "lo", "2");
                    Socket udp = Socket.udp()) {
                counter.await("counting by ");
                for (int i = 0; i < 7; i++) {
                    int ignored = udp.sendTo(ByteBuffer.wrap(new byte[100]), Addresses.parse("127.0.0.1:9"), 0);
                }
                String counts = counter.await("counts");
                // each has an answer: no port of this namespace is bound
                assertTrue(counts.contains(" protocol 17: 7"), counts);
                assertTrue(counts.contains(" protocol 1: "), counts);
                String last = counter.end();
                assertTrue(last.contains(" protocol 17: 7"), last);
            }
        });
    }

    @Test
    void receivesFrames() throws Exception {
        run(() -> {
            PrivateNetwork.veth();
            try (Program receiver = Programs.example("XdpReceive", "veth1", "3");
                    PacketSocket wire = PacketSocket.on("veth0", 0)) {
                receiver.await("receiving, ");
                ByteBuffer arp = ByteBuffer.allocateDirect(60);
                for (int i = 0; i < 6; i++) {
                    arp.put((byte) -1);
                }
                arp.put(new byte[] {2, 0, 0, 0, 0, 1, 8, 6, 0, 1, 8, 0, 6, 4, 0, 1});
                for (int i = 0; i < 3; i++) {
                    wire.send(arp.clear());
                    String frame = receiver.await("frame of 60 bytes: ");
                    assertTrue(frame.toLowerCase(java.util.Locale.ROOT).contains("arp"), frame);
                }
                String end = receiver.end();
                assertTrue(end.contains("rxDropped=0"), end);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ebpf", "classic"})
    void choosesByAByte(String kind) throws Exception {
        run(() -> {
            try (Program group = Programs.example("ReuseportByByte", kind, "127.0.0.1:0", "40");
                    Socket udp = Socket.udp()) {
                String address = group.await("bound to ");
                Set<String> expected = new TreeSet<>();
                for (int i = 0; i < 40; i++) {
                    String text = (char) ('A' + i % 26) + "-" + i;
                    expected.add(((text.charAt(0) & 1) == 0 ? "even has " : "odd has ") + text);
                    int ignored = udp.sendTo(ByteBuffer.wrap(text.getBytes(UTF_8)), Addresses.parse(address), 0);
                }
                String output = group.end();
                Set<String> seen = new TreeSet<>(
                        output.lines().filter(line -> line.contains(" has ")).toList());
                assertEquals(expected, seen);
            }
        });
    }

    @Test
    void relaysInTheKernel() throws Exception {
        run(() -> {
            try (Socket listener = Socket.tcp()) {
                listener.bind(Addresses.parse("127.0.0.1:0")).listen(8);
                String target = Addresses.format(listener.getLocalAddress());
                try (Program relay = Programs.example("SockmapRelay", "127.0.0.1:0", target)) {
                    String address = relay.await("listening on ").replaceFirst(" by .*", "");
                    try (Socket client = connected(address);
                            Socket server = listener.accept()) {
                        assertNotNull(server, "no connection of the relay");
                        server.send(ByteBuffer.wrap("welcome".getBytes(UTF_8)), 0);
                        assertEquals("welcome", receive(client, 7));
                        for (int i = 1000; i < 1100; i++) {
                            client.send(ByteBuffer.wrap(("ping " + i).getBytes(UTF_8)), 0);
                            assertEquals("ping " + i, receive(server, 9));
                            server.send(ByteBuffer.wrap(("pong " + i).getBytes(UTF_8)), 0);
                            assertEquals("pong " + i, receive(client, 9));
                        }
                    }
                }
            }
        });
    }

    @Test
    void listensOnManyPorts() throws Exception {
        run(() -> {
            try (Program server = Programs.example("AnyPort", "7000", "7999", "3")) {
                server.await("listening on ports 7000 to 7999 by ");
                for (int port : new int[] {7000, 7123, 7999}) {
                    try (Socket client = connected("127.0.0.1:" + port)) {
                        assertEquals("you have reached 127.0.0.1:" + port + "\n", receive(client, 32));
                    }
                    server.await("a connection to 127.0.0.1:" + port);
                }
                server.end();
            }
        });
    }
}
