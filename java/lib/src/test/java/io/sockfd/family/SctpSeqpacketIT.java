package io.sockfd.family;

import static io.sockfd.family.Sctp.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Message;
import io.sockfd.Option;
import io.sockfd.Protocol;
import io.sockfd.SctpRcvinfo;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.examples.Program;
import io.sockfd.netlink.Namespaces;
import io.sockfd.option.SctpAddresses;
import io.sockfd.option.SctpEvent;
import io.sockfd.option.SctpOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SCTP, one to many: associations come and go on one socket; against a C program with lksctp, and the kernel. */
@Tests(family = "SCTP", type = "SOCK_SEQPACKET")
class SctpSeqpacketIT {
    /** Of struct sctp_assoc_change, RFC 6458 section 6.1.1. */
    private static final int SAC_STATE = 8;

    private static final int SAC_ASSOC_ID = 16;
    private static final int PREFIX = 24;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 12).order(ByteOrder.nativeOrder());

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void available() throws IOException {
        Sctp.socket(SocketType.SEQPACKET).close();
    }

    /** The next notification's state; it must be a change of an association. */
    private int change(Socket socket, Message message) throws IOException {
        socket.receiveMessage(message.data(buffer.clear()), 0);
        assertNotEquals(0, message.flags() & Linux.MSG_NOTIFICATION, "a notification");
        assertEquals(Linux.SCTP_ASSOC_CHANGE, Short.toUnsignedInt(buffer.getShort(0)));
        return Short.toUnsignedInt(buffer.getShort(SAC_STATE));
    }

    @Test
    void aProgramInCIsOneAssociationFromItsBeginningToItsEnd() throws Exception {
        Path program = Sctp.peer(directory);
        try (Socket socket = Sctp.listener(SocketType.SEQPACKET);
                Message message = new Message()) {
            socket.setOption(SctpOptions.SCTP_EVENT, new SctpEvent(0, Linux.SCTP_ASSOC_CHANGE, true));
            try (Program peer =
                    Program.start(List.of(program.toString(), Integer.toString(Sctp.port(socket)), "seqpacket"))) {
                assertEquals(Linux.SCTP_COMM_UP, change(socket, message));
                int association = buffer.getInt(SAC_ASSOC_ID);
                assertEquals(
                        association,
                        socket.getOption(SctpOptions.SCTP_GET_PEER_ADDRS, SctpAddresses.of(association))
                                .assocId());
                for (int i = 0; i < 3; i++) {
                    Sockaddr from = new Sockaddr();
                    socket.receiveMessage(message.data(buffer.clear()).address(from), 0);
                    SctpRcvinfo info = Objects.requireNonNull(message.incoming().sctpRcvinfo());
                    assertEquals(association, info.assocId());
                    assertEquals("message " + info.stream(), Kernel.text(buffer));
                    message.outgoing().clear().sctpSndinfo(info.stream(), 0, 7, 0, association);
                    socket.sendMessage(message.data(Kernel.bytes("yes")), 0);
                }
                peer.end();
                assertEquals(Linux.SCTP_SHUTDOWN_COMP, change(socket, message));
            }
        }
    }

    @Test
    void oneSocketHasManyAssociationsAndOneIsPeeledOff() throws Exception {
        Option<byte[]> peeloff = Option.bytes(Linux.SOL_SCTP, Linux.SCTP_SOCKOPT_PEELOFF, 2 * Integer.BYTES);
        try (Socket server = Sctp.listener(SocketType.SEQPACKET);
                Socket first = Sctp.socket(SocketType.SEQPACKET);
                Socket second = Sctp.socket(SocketType.SEQPACKET);
                Message message = new Message()) {
            InetSocketAddress to = at(1, Sctp.port(server));
            first.sendTo(Kernel.bytes("first"), to, 0); // sets the association up
            server.receiveMessage(message.data(buffer.clear()), 0);
            int association =
                    Objects.requireNonNull(message.incoming().sctpRcvinfo()).assocId();
            second.sendTo(Kernel.bytes("second"), to, 0);
            server.receiveMessage(message.data(buffer.clear()), 0);
            assertEquals("second", Kernel.text(buffer));
            assertNotEquals(
                    association,
                    Objects.requireNonNull(message.incoming().sctpRcvinfo()).assocId());
            assertEquals(2, server.getOption(SctpOptions.SCTP_GET_ASSOC_NUMBER));

            ByteBuffer request = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.nativeOrder());
            request.putInt(0, association);
            request.put(0, server.getOption(peeloff, request.array()));
            try (Socket peeled = Socket.adopt(request.getInt(Integer.BYTES))) {
                assertTrue(peeled.getRemoteAddress() instanceof InetSocketAddress, "it has one peer");
                first.sendTo(Kernel.bytes("again"), to, 0);
                assertEquals(5, peeled.recv(buffer.clear(), 0));
                assertEquals(1, server.getOption(SctpOptions.SCTP_GET_ASSOC_NUMBER));
            }
        }
    }

    @Test
    void scrapAPathAndTheOtherTakesOver() throws Exception {
        try (Namespaces net = Namespaces.pair()) {
            InetAddress ours = InetAddress.getByName("10.98.0.1");
            InetAddress theirs = InetAddress.getByName("10.98.0.2");
            int right = net.get(0).rt().link("right").index();
            int left = net.get(1).rt().link("left").index();
            net.get(0).rt().addAddress(right, ours, PREFIX);
            net.get(1).rt().addAddress(left, theirs, PREFIX);
            try (Socket server = net.get(1)
                            .call(() -> Kernel.open(io.sockfd.Domain.INET, SocketType.STREAM, Protocol.SCTP.value()));
                    Socket client = net.get(0)
                            .call(() -> Kernel.open(io.sockfd.Domain.INET, SocketType.STREAM, Protocol.SCTP.value()))) {
                server.bind(new InetSocketAddress(net.left4(1), 0));
                int port = Sctp.port(server);
                InetSocketAddress second = new InetSocketAddress(theirs, port);
                server.setOption(SctpOptions.SCTP_SOCKOPT_BINDX_ADD, new InetSocketAddress[] {second})
                        .listen();
                client.connect(new InetSocketAddress(net.left4(1), port));
                try (Socket accepted = Kernel.accept(server)) {
                    client.send(Kernel.bytes("one"), 0);
                    assertEquals(3, accepted.recv(buffer.clear(), 0));
                    // the first path is gone: no more answers from there
                    net.get(1).rt().deleteAddress(left, net.left4(1), PREFIX);
                    client.send(Kernel.bytes("two"), 0);
                    assertEquals(3, accepted.recv(buffer.clear(), 0), "by the second path");
                    assertEquals("two", Kernel.text(buffer));
                }
            }
        }
    }
}
