package io.sockfd.nio;

import io.sockfd.Socket;
import io.sockfd.option.SocketOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;

/**
 * The options that java.net.Socket has as methods, by the numbers of {@link java.net.SocketOptions}. Where the socket's family
 * does not have one (TCP_NODELAY over a UNIX path), setting it does nothing and reading it gives a value that fits, because
 * drivers set them unasked. By name they fail: {@link java.net.Socket#setOption}.
 */
final class JavaSocketOptions {
    private JavaSocketOptions() {}

    static void set(Socket socket, int id, Object value) throws IOException {
        switch (id) {
            case java.net.SocketOptions.SO_TIMEOUT -> socket.receiveTimeout(patience((Integer) value));
            case java.net.SocketOptions.SO_LINGER ->
                socket.setOption(StandardSocketOptions.SO_LINGER, value instanceof Integer seconds ? seconds : -1);
            case java.net.SocketOptions.SO_OOBINLINE -> socket.setOption(SocketOptions.SO_OOBINLINE, (Boolean) value);
            case java.net.SocketOptions.IP_TOS -> setInet(socket, StandardSocketOptions.IP_TOS, (Integer) value);
            case java.net.SocketOptions.TCP_NODELAY ->
                setInet(socket, StandardSocketOptions.TCP_NODELAY, (Boolean) value);
            case java.net.SocketOptions.SO_SNDBUF, java.net.SocketOptions.SO_RCVBUF ->
                socket.setOption(size(id), (Integer) value);
            default -> socket.setOption(flag(id), (Boolean) value);
        }
    }

    private static <T> void setInet(Socket socket, SocketOption<T> option, T value) throws IOException {
        if (Families.isInet(socket.domain())) {
            socket.setOption(option, value);
        }
    }

    static Object get(Socket socket, int id) throws IOException {
        return switch (id) {
            case java.net.SocketOptions.SO_TIMEOUT -> millis(socket.receiveTimeout());
            case java.net.SocketOptions.SO_BINDADDR -> localAddress(socket);
            case java.net.SocketOptions.SO_LINGER -> socket.getOption(StandardSocketOptions.SO_LINGER);
            case java.net.SocketOptions.SO_OOBINLINE -> socket.getOption(SocketOptions.SO_OOBINLINE);
            case java.net.SocketOptions.IP_TOS -> getInet(socket, StandardSocketOptions.IP_TOS, 0);
            case java.net.SocketOptions.TCP_NODELAY -> getInet(socket, StandardSocketOptions.TCP_NODELAY, true);
            case java.net.SocketOptions.SO_SNDBUF, java.net.SocketOptions.SO_RCVBUF -> socket.getOption(size(id));
            default -> socket.getOption(flag(id));
        };
    }

    private static <T> T getInet(Socket socket, SocketOption<T> option, T elsewhere) throws IOException {
        return Families.isInet(socket.domain()) ? socket.getOption(option) : elsewhere;
    }

    private static SocketOption<Integer> size(int id) {
        return id == java.net.SocketOptions.SO_SNDBUF
                ? StandardSocketOptions.SO_SNDBUF
                : StandardSocketOptions.SO_RCVBUF;
    }

    private static SocketOption<Boolean> flag(int id) throws SocketException {
        return switch (id) {
            case java.net.SocketOptions.SO_KEEPALIVE -> StandardSocketOptions.SO_KEEPALIVE;
            case java.net.SocketOptions.SO_REUSEADDR -> StandardSocketOptions.SO_REUSEADDR;
            case java.net.SocketOptions.SO_REUSEPORT -> StandardSocketOptions.SO_REUSEPORT;
            default -> throw new SocketException("java.net.SocketOptions has no number " + id + " for streams");
        };
    }

    static Duration patience(int millis) {
        return millis == 0 ? Socket.BLOCKING : Duration.ofMillis(millis);
    }

    private static int millis(Duration patience) {
        return patience.isNegative() ? 0 : Math.toIntExact(Math.min(Integer.MAX_VALUE, patience.toMillis()));
    }

    private static InetAddress localAddress(Socket socket) throws IOException {
        return socket.getLocalAddress() instanceof InetSocketAddress local
                ? local.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    static SocketException socketException(IOException e) {
        IOException failure = Failures.ofSocket(e);
        if (failure instanceof SocketException already) {
            return already;
        }
        SocketException wrapped = new SocketException(failure.getMessage());
        wrapped.initCause(failure);
        return wrapped;
    }
}
