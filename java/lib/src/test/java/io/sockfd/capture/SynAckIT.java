package io.sockfd.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Linger;
import io.sockfd.Socket;
import io.sockfd.bpf.FilterExpression;
import io.sockfd.bpf.Framing;
import io.sockfd.option.SocketOptions;
import io.sockfd.packet.Ethernet;
import io.sockfd.packet.Ipv4;
import io.sockfd.packet.LinkType;
import io.sockfd.packet.Packet;
import io.sockfd.packet.PacketBuilder;
import io.sockfd.packet.Tcp;
import io.sockfd.raw.Linux;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernel's TCP connects to a peer that is nothing but hand-made packets on the other end of a wire. */
@Tag("once")
class SynAckIT {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final InetSocketAddress PEER = new InetSocketAddress("10.9.9.2", 80);
    private static final long SEQUENCE = 0xfffffff0L;

    @Test
    void aSynIsAnsweredByHand() throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.veth();
            PrivateNetwork.ip("addr add 10.9.9.1/24 dev veth0");
            // nobody on veth1 has the address: it is only known where to send to
            PrivateNetwork.ip("neigh add 10.9.9.2 lladdr 02:00:00:00:00:02 dev veth0");
            try (PacketSocket wire = PacketSocket.open()
                            .filter(FilterExpression.compile("tcp dst port 80", Framing.PACKET_RAW))
                            .bind("veth1", Linux.ETH_P_ALL)
                            .promiscuous(true);
                    Socket socket = Socket.tcp().timeout(Socket.NON_BLOCKING)) {
                wire.ignoreOutgoing(true);
                assertFalse(socket.connect(PEER), "nobody has answered yet");

                Packet syn = receive(wire);
                Tcp asked = assertNotNullTcp(syn);
                assertEquals(Tcp.SYN, asked.flags());
                long expected = asked.sequenceNumber() + 1 & 0xffffffffL;
                wire.send(synAck(syn, asked));
                socket.timeout(PATIENCE);
                assertTrue(socket.finishConnect());
                assertEquals(PEER, socket.getRemoteAddress());

                Tcp acknowledged = assertNotNullTcp(receive(wire));
                assertEquals(Tcp.ACK, acknowledged.flags());
                assertEquals(SEQUENCE + 1, acknowledged.acknowledgmentNumber());
                assertEquals(expected, acknowledged.sequenceNumber());
                socket.setOption(SocketOptions.SO_LINGER, Linger.RESET);
            }
        });
    }

    private static Packet receive(PacketSocket wire) throws Exception {
        CapturedPacket captured = wire.next(PATIENCE);
        assertNotNull(captured, "nothing came within " + PATIENCE);
        return new Packet().wrap(captured.data(), LinkType.EN10MB);
    }

    private static Tcp assertNotNullTcp(Packet packet) {
        Tcp tcp = packet.tcp();
        if (tcp == null) {
            throw new AssertionError("no TCP: " + packet);
        }
        return tcp;
    }

    private static ByteBuffer synAck(Packet syn, Tcp asked) {
        Ethernet ethernet = syn.ethernet();
        Ipv4 ip = syn.ipv4();
        if (ethernet == null || ip == null) {
            throw new AssertionError("no Ethernet or no IPv4: " + syn);
        }
        return new PacketBuilder()
                .ethernet(e -> e.replyTo(ethernet))
                .ipv4(i -> i.replyTo(ip).ttl(64))
                .tcp(t -> t.sourcePort(asked.destinationPort())
                        .destinationPort(asked.sourcePort())
                        .sequenceNumber(SEQUENCE)
                        .acknowledgmentNumber(asked.sequenceNumber() + 1 & 0xffffffffL)
                        .flags(Tcp.SYN | Tcp.ACK)
                        .window(65_535))
                .build();
    }
}
