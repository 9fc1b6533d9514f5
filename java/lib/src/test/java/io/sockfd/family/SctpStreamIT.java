package io.sockfd.family;

import static io.sockfd.family.Sctp.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Errno;
import io.sockfd.Message;
import io.sockfd.SctpRcvinfo;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.examples.Program;
import io.sockfd.option.SctpAddresses;
import io.sockfd.option.SctpInitmsg;
import io.sockfd.option.SctpOptions;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SCTP, one to one: streams, payload protocols, several addresses; against a C program with lksctp, and the kernel. */
@Tests(family = "SCTP", type = "SOCK_STREAM")
class SctpStreamIT {
    private static final int PPID = 51;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void available() throws IOException {
        Sctp.socket(SocketType.STREAM).close();
    }

    @Test
    void aProgramInCTalksOverTwoPathsAndThreeStreams() throws Exception {
        Path program = Sctp.peer(directory);
        try (Socket listener = Sctp.listener(SocketType.STREAM);
                Program peer =
                        Program.start(List.of(program.toString(), Integer.toString(Sctp.port(listener)), "stream"));
                Socket socket = Kernel.accept(listener);
                Message message = new Message()) {
            assertEquals("2", peer.await("peers "), "addresses of this side, as the other one knows them");
            SctpAddresses local = socket.getOption(SctpOptions.SCTP_GET_LOCAL_ADDRS, SctpAddresses.of(0));
            assertEquals(Set.of(at(1, Sctp.port(listener)), at(2, Sctp.port(listener))), Set.copyOf(local.addresses()));
            for (int i = 0; i < 3; i++) {
                socket.receiveMessage(message.data(buffer.clear()), 0);
                SctpRcvinfo info = Objects.requireNonNull(message.incoming().sctpRcvinfo());
                assertEquals("message " + info.stream(), Kernel.text(buffer));
                assertEquals(PPID, info.ppid());
                assertEquals(info.stream() == 2 ? Linux.SCTP_UNORDERED : 0, info.flags() & Linux.SCTP_UNORDERED);
                assertEquals(info.stream(), message.incoming().sctpStream());
                assertTrue((message.flags() & Linux.MSG_EOR) != 0, "a whole message");
                message.outgoing().clear().sctpSndinfo(info.stream() + 4, 0, (int) info.ppid() + i, 0, 0);
                assertEquals(3, socket.sendMessage(message.data(Kernel.bytes("ok" + i)), 0));
            }
            Set<String> answers = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                answers.add(peer.await("got "));
            }
            for (int i = 0; i < 3; i++) {
                String begin = "ok" + i + " stream ";
                assertTrue(answers.stream().anyMatch(answer -> answer.startsWith(begin)), answers::toString);
            }
            assertTrue(answers.contains("ok0 stream 4 ppid 51"), answers::toString);
            peer.end();
            assertEquals(-1, socket.recv(buffer.clear(), 0));
        }
    }

    @Test
    void streamsAreNegotiated() throws Exception {
        try (Socket listener = Sctp.listener(SocketType.STREAM);
                Socket client = Sctp.socket(SocketType.STREAM)) {
            client.setOption(SctpOptions.SCTP_INITMSG, new SctpInitmsg(3, 2, 4, 1000));
            assertEquals(new SctpInitmsg(3, 2, 4, 1000), client.getOption(SctpOptions.SCTP_INITMSG));
            client.connect(at(1, Sctp.port(listener)));
            try (Socket accepted = Kernel.accept(listener);
                    Message message = new Message()) {
                message.outgoing().sctpStream(2);
                assertEquals(2, client.sendMessage(message.data(Kernel.bytes("in")), 0));
                message.outgoing().clear().sctpStream(3);
                Kernel.assertFails(Errno.EINVAL, () -> client.sendMessage(message.data(Kernel.bytes("beyond")), 0));
                accepted.receiveMessage(message.data(buffer.clear()), 0);
                assertEquals(2, message.incoming().sctpStream());
                message.outgoing().clear().sctpStream(2);
                Kernel.assertFails(Errno.EINVAL, () -> accepted.sendMessage(message.data(Kernel.bytes("no")), 0));
                assertNull(message.incoming().sctpRcvinfo(), "nothing was received");
            }
        }
    }

    @Test
    void aMessageComesInPartsIntoASmallBuffer() throws Exception {
        try (Socket listener = Sctp.listener(SocketType.STREAM);
                Socket client = Sctp.socket(SocketType.STREAM)) {
            client.connect(at(2, Sctp.port(listener)));
            try (Socket accepted = Kernel.accept(listener);
                    Message message = new Message()) {
                client.send(Kernel.bytes("a message"), 0);
                client.send(Kernel.bytes("another"), 0);
                accepted.receiveMessage(message.data(buffer.clear().limit(4)), 0);
                assertEquals(4, message.length());
                assertEquals(0, message.flags() & Linux.MSG_EOR);
                accepted.receiveMessage(message.data(buffer.clear()), 0);
                assertEquals("ssage", Kernel.text(buffer));
                assertNotEquals(0, message.flags() & Linux.MSG_EOR);
                assertEquals(7, accepted.recv(buffer.clear(), 0), "messages keep their boundaries");
            }
        }
    }

    @Test
    void connectxKnowsAllAddressesOfThePeer() throws Exception {
        try (Socket listener = Sctp.listener(SocketType.STREAM);
                Socket client = Sctp.socket(SocketType.STREAM)) {
            int port = Sctp.port(listener);
            InetSocketAddress[] both = {at(1, port), at(2, port)};
            Exception e = Kernel.assertFails(
                    Errno.EINPROGRESS, () -> client.setOption(SctpOptions.SCTP_SOCKOPT_CONNECTX, both));
            assertTrue(e.toString().contains("127.0.0.2:" + port), e.toString());
            assertTrue((client.poll(Linux.POLLOUT, Duration.ofSeconds(20)) & Linux.POLLOUT) != 0);
            assertEquals(0, client.getOption(SocketOptions.SO_ERROR));
            try (Socket accepted = Kernel.accept(listener)) {
                assertEquals(
                        Set.of(at(1, port), at(2, port)),
                        Set.copyOf(client.getOption(SctpOptions.SCTP_GET_PEER_ADDRS, SctpAddresses.of(0))
                                .addresses()));
                client.setOption(SctpOptions.SCTP_NODELAY, true);
                client.send(Kernel.bytes("hello"), 0);
                assertEquals(5, accepted.recv(buffer.clear(), 0));
            }
        }
    }

    @Test
    void addressesCanBeGivenUpButNotAll() throws Exception {
        try (Socket listener = Sctp.listener(SocketType.STREAM)) {
            int port = Sctp.port(listener);
            listener.setOption(SctpOptions.SCTP_SOCKOPT_BINDX_REM, new InetSocketAddress[] {at(1, port)});
            assertEquals(
                    List.of(at(2, port)),
                    listener.getOption(SctpOptions.SCTP_GET_LOCAL_ADDRS, SctpAddresses.of(0))
                            .addresses());
            Kernel.assertFails(
                    Errno.EBUSY,
                    () -> listener.setOption(
                            SctpOptions.SCTP_SOCKOPT_BINDX_REM, new InetSocketAddress[] {at(2, port)}));
        }
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (Socket gone = Sctp.listener(SocketType.STREAM)) {
            port = Sctp.port(gone);
        }
        try (Socket client = Sctp.socket(SocketType.STREAM)) {
            Kernel.assertFails(Errno.ECONNREFUSED, () -> client.connect(at(1, port)));
        }
    }

    @Test
    void closeWakesWhoAccepts() throws Exception {
        try (Socket listener = Sctp.listener(SocketType.STREAM)) {
            Waiting.endsByClose(listener, listener::accept);
        }
    }
}
