package io.sockfd.benchmarks.latency;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Child;
import io.sockfd.option.TcpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** {@code native/bench/programs/echo.c} with the public API, arguments and output alike. */
final class SockfdEcho {
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
