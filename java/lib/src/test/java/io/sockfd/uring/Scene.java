package io.sockfd.uring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.SplicePipe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A socket with something in flight, its peer if it has one, where it is bound if it is, and a pipe. */
record Scene(
        Socket socket, @Nullable Socket peer, @Nullable InetSocketAddress bound, List<Socket> others, SplicePipe pipe)
        implements AutoCloseable {
    enum Kind {
        TCP,
        UNIX_STREAM,
        SEQPACKET,
        UDP,
        UNIX_DATAGRAM
    }

    @Override
    public void close() throws IOException {
        socket.close();
        if (peer != null) {
            peer.close();
        }
        pipe.close();
        for (Socket other : others) {
            other.close();
        }
    }

    static Scene of(Flight what, Kind kind) throws IOException {
        if (what == Flight.ACCEPT) {
            Socket listener = Rings.listener();
            return new Scene(listener, null, Rings.address(listener), List.of(), SplicePipe.open());
        } else if (what == Flight.CONNECT) {
            return connecting();
        }
        switch (kind) {
            case TCP -> {
                try (Socket listener = Rings.listener()) {
                    Socket client = connected(listener);
                    return new Scene(
                            Objects.requireNonNull(listener.accept()), client, null, List.of(), SplicePipe.open());
                }
            }
            case UDP -> {
                Socket socket = Socket.udp();
                socket.bind(new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0));
                return new Scene(socket, null, Rings.address(socket), List.of(), SplicePipe.open());
            }
            default -> {
                SocketType type = kind == Kind.UNIX_STREAM
                        ? SocketType.STREAM
                        : kind == Kind.SEQPACKET ? SocketType.SEQPACKET : SocketType.DGRAM;
                Socket.Pair pair = Socket.pair(Domain.UNIX, type);
                return new Scene(pair.first(), pair.second(), null, List.of(), SplicePipe.open());
            }
        }
    }

    private static Socket connected(Socket listener) throws IOException {
        Socket client = Socket.tcp();
        assertTrue(client.connect(Rings.address(listener)));
        return client;
    }

    /** A connect that hangs: the listener's queue is full. */
    private static Scene connecting() throws IOException {
        Socket listener = Socket.tcp();
        listener.bind(new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0));
        listener.listen(0);
        List<Socket> others = new ArrayList<>(List.of(listener));
        others.add(connected(listener));
        return new Scene(Socket.tcp(), null, Rings.address(listener), others, SplicePipe.open());
    }
}
