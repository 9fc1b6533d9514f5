package io.sockfd;

import static io.sockfd.raw.Linux.AF_UNSPEC;
import static io.sockfd.raw.Linux.SHUT_RDWR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Sockaddr;
import io.sockfd.address.UnixAddress;
import io.sockfd.raw.Libc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A name that is remembered is the one that the kernel gives: after each step of a socket's life it is asked, too. */
@Timeout(60)
class RememberedNamesIT {
    private static final Libc LIBC = Libc.get();

    @SuppressWarnings("ImmutableEnumChecker") // they are records
    enum Kind {
        TCP(Domain.INET, SocketType.STREAM),
        TCP6(Domain.INET6, SocketType.STREAM),
        UDP(Domain.INET, SocketType.DGRAM),
        UDP6(Domain.INET6, SocketType.DGRAM),
        UNIX_STREAM(Domain.UNIX, SocketType.STREAM),
        UNIX_SEQPACKET(Domain.UNIX, SocketType.SEQPACKET),
        UNIX_DATAGRAM(Domain.UNIX, SocketType.DGRAM);

        final Domain domain;
        final SocketType type;

        Kind(Domain domain, SocketType type) {
            this.domain = domain;
            this.type = type;
        }

        boolean isUnix() {
            return domain.equals(Domain.UNIX);
        }

        boolean listens() {
            return !type.equals(SocketType.DGRAM);
        }

        Socket open() throws IOException {
            return Socket.open(domain, type);
        }

        /** One that is free. */
        SocketAddress any() throws IOException {
            return isUnix() ? UnixAddress.ofAbstract("names" + System.nanoTime()) : loopback();
        }

        InetSocketAddress loopback() throws IOException {
            return new InetSocketAddress(InetAddress.getByName(domain.equals(Domain.INET6) ? "::1" : "127.0.0.1"), 0);
        }

        SocketAddress wildcard() throws IOException {
            return isUnix() ? any() : new InetSocketAddress(0);
        }

        /** Somebody to connect to. */
        Socket server() throws IOException {
            Socket server = open().bind(any());
            return listens() ? server.listen() : server;
        }
    }

    /** What the kernel says, and whom it is asked through does not learn of it. */
    private static Object raw(Socket socket, boolean peer) {
        Sockaddr name = new Sockaddr();
        name.reset();
        int result = peer
                ? LIBC.getpeername(socket.number(), name.address(), name.lengthAddress())
                : LIBC.getsockname(socket.number(), name.address(), name.lengthAddress());
        return result < 0 ? Errno.ofResult(result) : name.decode();
    }

    private static Object ours(Socket socket, boolean peer) throws IOException {
        try {
            return peer ? socket.getRemoteAddress() : socket.getLocalAddress();
        } catch (NotYetConnectedException e) {
            return Errno.ENOTCONN;
        }
    }

    /** Twice: the first time may be the one that remembers. */
    private static void same(String step, Socket... sockets) throws IOException {
        for (Socket socket : sockets) {
            for (int i = 0; i < 2; i++) {
                assertEquals(raw(socket, false), ours(socket, false), step + ", own name");
                assertEquals(raw(socket, true), ours(socket, true), step + ", peer");
            }
        }
    }

    private static void unspecified(Socket socket) throws IOException {
        Sockaddr nobody = new Sockaddr();
        nobody.length(16);
        nobody.buffer().putShort(0, (short) AF_UNSPEC);
        LIBC.connect(socket.number(), nobody.address(), nobody.length());
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("try") // closed before
    void areTheKernels(Kind kind) throws IOException {
        try (Socket server = kind.server();
                Socket other = kind.server();
                Socket client = kind.open()) {
            same("before bind", client);
            client.bind(kind.wildcard());
            same("bound", client, server);
            client.connect(server.getLocalAddress());
            same("connected", client, server);
            if (kind.listens()) {
                try (Socket accepted = SocketIT.accepted(server.accept())) {
                    same("accepted", accepted);
                    accepted.shutdown(SHUT_RDWR);
                    same("shut down", accepted);
                }
            } else {
                client.connect(other.getLocalAddress());
                same("connected to another", client);
            }
            if (!kind.listens() || !kind.isUnix()) {
                client.disconnect();
                same("disconnected", client);
            }
            if (!kind.isUnix()) {
                client.connect(other.getLocalAddress());
                same("connected again", client);
            }
            client.close();
            assertThrows(ClosedChannelException.class, client::getLocalAddress);
            assertThrows(ClosedChannelException.class, client::getRemoteAddress);
        }
    }

    @ParameterizedTest
    @EnumSource
    void areAskedForWhereAnotherMayChangeThem(Kind kind) throws IOException {
        try (Socket server = kind.server();
                Socket other = kind.server();
                Socket client = kind.open()) {
            client.connect(server.getLocalAddress());
            same("connected", client);
            try (Socket twin = client.dup()) {
                same("duplicated", client, twin);
                unspecified(twin);
                same("disconnected through the duplicate", client, twin);
                if (!kind.isUnix()) {
                    twin.connect(other.getLocalAddress());
                    same("connected through the duplicate", client, twin);
                }
            }
            try (Socket borrowed = Socket.borrow(client.number())) {
                same("borrowed", borrowed);
                unspecified(client);
                same("disconnected behind its back", borrowed);
            }
        }
    }

    /** Each way by which somebody gets the number: he may do what this library does not see. */
    @Test
    void areAskedForOnceTheNumberIsKnown() throws IOException {
        record Way(String name, SocketUse use) {}
        Way[] ways = {
            new Way("fd", Socket::fd),
            new Way("hold", socket -> socket.hold().close()),
            new Way("call", socket -> socket.call("fcntl", fd -> LIBC.fcntl(fd, 1, 0))),
            new Way("rights", RememberedNamesIT::pass),
        };
        for (Way way : ways) {
            try (Socket server = Kind.TCP.server();
                    Socket client = Socket.tcp()) {
                client.connect(server.getLocalAddress());
                same("connected", client);
                way.use.with(client);
                unspecified(client);
                same(way.name, client);
            }
        }
    }

    private interface SocketUse {
        void with(Socket socket) throws IOException;
    }

    private static void pass(Socket socket) throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Message message = new Message()) {
            message.data(ByteBuffer.allocateDirect(1));
            message.outgoing().rights(socket);
            assertEquals(1, pair.first().sendMessage(message, 0));
        }
    }

    @Test
    void areRemembered() throws IOException {
        try (Socket server = Kind.TCP.server();
                Socket client = Socket.tcp()) {
            assertSame(server.getLocalAddress(), server.getLocalAddress());
            client.connect(server.getLocalAddress());
            SocketAddress local = client.getLocalAddress();
            SocketAddress remote = client.getRemoteAddress();
            unspecified(client); // which the library cannot know
            assertSame(local, client.getLocalAddress());
            assertSame(remote, client.getRemoteAddress());
        }
    }

    /** The peer's name is that of a connection, which a reset does not change; the kernel no longer tells it. */
    @Test
    void survivesAReset() throws IOException {
        try (Socket server = Kind.TCP.server();
                Socket client = Socket.tcp()) {
            client.connect(server.getLocalAddress());
            SocketAddress peer = client.getRemoteAddress();
            try (Socket accepted = SocketIT.accepted(server.accept())) {
                client.send(ByteBuffer.allocateDirect(1), 0);
                accepted.poll(io.sockfd.raw.Linux.POLLIN, null);
            } // closed with something unread
            assertTrue(client.poll(io.sockfd.raw.Linux.POLLIN, Duration.ofSeconds(10)) != 0);
            assertThrows(NotYetConnectedException.class, () -> client.getpeername(new Sockaddr()));
            assertSame(peer, client.getRemoteAddress());
        }
    }

    /** A UNIX client may take its name after it has connected. */
    @Test
    void unixPeersGetTheirNameLater() throws IOException {
        try (Socket server = Kind.UNIX_STREAM.server();
                Socket client = Socket.unixStream()) {
            client.connect(server.getLocalAddress());
            try (Socket accepted = SocketIT.accepted(server.accept())) {
                same("without a name", client, accepted);
                client.bind(Kind.UNIX_STREAM.any());
                same("named", client, accepted);
            }
        }
    }

    /** The port of one that listened goes with a shutdown, and the next listen takes another. */
    @Test
    void aListenerMayListenAgain() throws IOException {
        try (Socket server = Socket.tcp().listen()) {
            same("listening", server);
            server.shutdown(SHUT_RDWR);
            same("shut down", server);
            server.listen();
            same("listening again", server);
        }
    }

    @Test
    void aConnectThatFailedLeavesNoName() throws IOException {
        SocketAddress nobody;
        try (Socket gone = Socket.tcp().bind(Kind.TCP.loopback())) {
            nobody = gone.getLocalAddress();
        }
        try (Socket client = Socket.tcp();
                Socket impatient = Socket.tcp().timeout(Socket.NON_BLOCKING);
                Socket server = Kind.TCP.server()) {
            assertThrows(java.net.ConnectException.class, () -> client.connect(nobody));
            same("refused", client);
            try {
                impatient.connect(nobody);
                same("under way", impatient);
                impatient.poll(io.sockfd.raw.Linux.POLLOUT, null);
                same("failed", impatient);
                impatient.finishConnect();
            } catch (java.net.ConnectException e) {
                same("known to have failed", impatient);
            }
            client.connect(server.getLocalAddress());
            impatient.timeout(Socket.BLOCKING).connect(server.getLocalAddress());
            same("connected", client, impatient);
        }
    }
}
