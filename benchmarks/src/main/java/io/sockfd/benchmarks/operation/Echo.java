package io.sockfd.benchmarks.operation;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Child;
import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The other end of a round trip: a process on the same processor that sends back what it receives from one client. */
final class Echo implements AutoCloseable {
    private final String family;
    private final Path directory = Files.createTempDirectory("sockfd-echo");
    private final Child child;
    private final String address;

    /**
     * @param family {@code tcp}, {@code unix} or {@code udp}
     * @param ours whether it is {@link SockfdEcho} and not the C program
     */
    Echo(String family, boolean ours) throws IOException {
        this.family = family;
        String where = family.equals("unix") ? directory.resolve("s").toString() : "0";
        child = ours
                ? Child.java(List.of(), SockfdEcho.class, family, where)
                : Child.program(List.of(), "echo", family, where);
        address = child.line();
    }

    SocketAddress address() {
        return family.equals("unix")
                ? UnixDomainSocketAddress.of(address)
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(address));
    }

    Path path() {
        return Path.of(address);
    }

    /** The library's socket, connected. */
    Socket socket() throws IOException {
        Socket socket = switch (family) {
            case "tcp" -> Socket.tcp();
            case "udp" -> Socket.udp();
            default -> Socket.unixStream();
        };
        socket.connect(address());
        return family.equals("tcp") ? socket.setOption(TcpOptions.TCP_NODELAY, true) : socket;
    }

    /** The same as a descriptor, which blocks and belongs to the caller. */
    int descriptor() throws IOException {
        int fd = socket().release();
        Libc.get().fcntl(fd, Linux.F_SETFL, 0);
        return fd;
    }

    @Override
    public void close() throws IOException {
        child.close();
        Files.deleteIfExists(directory.resolve("s"));
        Files.delete(directory);
    }

    /** {@code native/bench/programs/echo.c} with the public API, arguments and output alike. */
    static final class SockfdEcho {
        private static final int SIZE = 1 << 16;

        private SockfdEcho() {}

        public static void main(String... args) throws IOException {
            Child.endWithParent();
            InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
            switch (args[0]) {
                case "tcp" -> stream(Socket.tcp().bind(loopback).listen(), buffer, null);
                case "unix" ->
                    stream(
                            Socket.unixStream()
                                    .bind(UnixDomainSocketAddress.of(args[1]))
                                    .listen(),
                            buffer,
                            args[1]);
                default -> datagrams(Socket.udp().bind(loopback), buffer);
            }
        }

        private static void stream(Socket listener, ByteBuffer buffer, @Nullable String path) throws IOException {
            System.out.println(path == null ? port(listener) : path);
            try (Socket socket = listener.accept()) {
                if (socket == null) {
                    throw new IOException("nobody connected");
                }
                if (path == null) {
                    socket.setOption(TcpOptions.TCP_NODELAY, true);
                }
                while (socket.recv(buffer.clear(), 0) > 0) {
                    socket.sendAll(buffer.flip());
                }
            }
        }

        private static void datagrams(Socket socket, ByteBuffer buffer) throws IOException {
            System.out.println(port(socket));
            Sockaddr peer = new Sockaddr();
            while (true) {
                socket.recvFrom(buffer.clear(), peer, 0);
                socket.sendTo(buffer.flip(), peer, 0);
            }
        }

        private static int port(Socket socket) throws IOException {
            return ((InetSocketAddress) socket.getLocalAddress()).getPort();
        }
    }
}
