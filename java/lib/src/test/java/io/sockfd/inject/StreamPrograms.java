package io.sockfd.inject;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Descriptor;
import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.SplicePipe;
import io.sockfd.ZeroCopy;
import io.sockfd.address.UnixAddress;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** Streams: connections, files, pipes. */
final class StreamPrograms {
    static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int BYTES = 100_000;

    private StreamPrograms() {}

    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static ByteBuffer bytes(int length) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(length);
        for (int i = 0; i < length; i++) {
            bytes.put(i, (byte) (i * 31));
        }
        return bytes;
    }

    static void expect(Socket from, int length) throws IOException {
        ByteBuffer got = ByteBuffer.allocateDirect(length);
        from.recvExactly(got);
        assertEquals(bytes(length), got.flip());
    }

    private record Connection(Socket client, Socket server) {}

    private static Connection connection(Crew crew) throws IOException {
        Socket listener = crew.own(Socket.tcp()).bind(loopback()).listen();
        Socket client = crew.own(Socket.tcp()).timeout(PATIENCE);
        assertTrue(client.connect(listener.getLocalAddress()));
        Socket server = crew.own(Objects.requireNonNull(listener.accept()));
        return new Connection(client, server.timeout(PATIENCE));
    }

    /** All from one thread: each side waits with a timeout. */
    static void tcp(Crew crew) throws IOException {
        Connection connection = connection(crew);
        Socket client = connection.client().setOption(StandardSocketOptions.TCP_NODELAY, true);
        Socket server = connection.server();
        assertEquals(client.getLocalAddress(), server.getRemoteAddress());
        client.sendAll(bytes(1000));
        expect(server, 1000);
        byte[] three = {1, 2, 3};
        for (int sent = 0; sent < 3; ) {
            sent += server.send(three, sent, 3 - sent, 0);
        }
        byte[] got = new byte[3];
        for (int received = 0; received < 3; ) {
            received += client.recv(got, received, 3 - received, 0);
        }
        assertArrayEquals(three, got);
        client.shutdown(Linux.SHUT_WR);
        assertEquals(-1, server.recv(ByteBuffer.allocate(1), 0));
    }

    /** Without a timeout: the threads wait inside of accept, connect and recv. */
    static void threads(Crew crew) throws Exception {
        Socket listener = crew.own(Socket.tcp()).bind(loopback()).listen();
        Thread server = crew.platform(() -> {
            Socket accepted = crew.own(Objects.requireNonNull(listener.accept()));
            expect(accepted, BYTES);
            accepted.sendAll(bytes(BYTES));
            accepted.shutdown(Linux.SHUT_WR);
        });
        Socket client = crew.own(Socket.tcp());
        assertTrue(client.connect(listener.getLocalAddress()));
        client.sendAll(bytes(BYTES));
        expect(client, BYTES);
        assertEquals(-1, client.recv(new byte[1], 0, 1, 0));
        server.join();
    }

    /** The forms of java.nio's channels, with several buffers, direct and heap. */
    static void channels(Crew crew) throws IOException {
        Connection connection = connection(crew);
        ByteBuffer[] out = {bytes(100), ByteBuffer.wrap(new byte[50]), ByteBuffer.wrap(new byte[7])};
        assertEquals(157, connection.client().write(out));
        ByteBuffer[] in = {ByteBuffer.allocate(100), ByteBuffer.allocateDirect(57)};
        long got = 0;
        while (got < 157) {
            got += connection.server().read(in);
        }
        assertEquals(bytes(100), in[0].flip());
        assertEquals(20, connection.server().write(ByteBuffer.wrap(new byte[20])));
        ByteBuffer rest = ByteBuffer.allocate(20);
        while (rest.hasRemaining()) {
            assertTrue(connection.client().read(rest) > 0);
        }
    }

    static void unixNames(Crew crew) throws IOException {
        Socket listener = crew.own(Socket.unixStream()).bind(null).listen();
        Socket client = crew.own(Socket.unixStream());
        assertTrue(client.connect(listener.getLocalAddress()));
        Socket server = crew.own(Objects.requireNonNull(listener.accept()));
        client.sendAll(bytes(10));
        expect(server, 10);
        assertTrue(listener.getLocalAddress() instanceof UnixAddress);
        Socket second = crew.own(server.dup());
        second.sendAll(bytes(10));
        expect(client, 10);
    }

    static void sendFile(Crew crew) throws IOException {
        Path path = Files.createTempFile("sockfd", ".txt");
        crew.own(() -> Files.deleteIfExists(path));
        ByteBuffer content = bytes(5000);
        try (FileChannel file =
                FileChannel.open(path, java.nio.file.StandardOpenOption.READ, java.nio.file.StandardOpenOption.WRITE)) {
            while (content.hasRemaining()) {
                file.write(content);
            }
            Connection connection = connection(crew);
            assertEquals(5000, connection.client().sendFile(file, 0, 5000));
            expect(connection.server(), 5000);
            Descriptor descriptor = crew.own(Descriptor.open(path, Linux.O_RDONLY));
            assertEquals(5000, connection.client().sendFile(descriptor, 0, 5000));
            expect(connection.server(), 5000);
        }
    }

    static void splice(Crew crew) throws IOException {
        Socket.Pair source = crew.own(Socket.pair(Domain.UNIX, SocketType.STREAM));
        Socket.Pair target = crew.own(Socket.pair(Domain.UNIX, SocketType.STREAM));
        source.first().sendAll(bytes(500));
        assertEquals(500, source.second().spliceTo(target.first(), 500));
        expect(target.second(), 500);
        SplicePipe pipe = crew.own(SplicePipe.open());
        source.first().sendAll(bytes(500));
        Descriptor from = source.second();
        long filled = 0;
        while (filled < 500) {
            filled += Math.max(0, pipe.fill(from, 500 - filled));
        }
        long drained = 0;
        while (drained < 500) {
            drained += Math.max(0, pipe.drain(target.first()));
        }
        expect(target.second(), 500);
    }

    static void zeroCopy(Crew crew) throws IOException {
        Connection connection = connection(crew);
        ZeroCopy zero = new ZeroCopy(connection.client());
        ByteBuffer data = bytes(20_000);
        long ticket = zero.send(data, 0);
        int sent = data.position();
        expect(connection.server(), sent);
        assertTrue(zero.awaitDone(ticket, PATIENCE));
    }
}
