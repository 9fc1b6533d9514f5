package io.sockfd.benchmarks;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.option.SocketOptions;
import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Pairs of connected stream sockets, all made alike: the contestants shall differ in nothing but the calls. */
public final class Ends {
    /** The buffers of TCP sockets, enough for the largest size in flight. */
    public static final int TCP_BUFFER = 1 << 20;

    private Ends() {}

    /** Two connected stream sockets as the library has them. */
    public static Socket.Pair sockets(boolean tcp) throws IOException {
        if (!tcp) {
            return Socket.pair(Domain.UNIX, SocketType.STREAM);
        }
        try (Socket listener = prepared(Socket.tcp())) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .listen(1);
            Socket first = prepared(Socket.tcp());
            first.connect(listener.getLocalAddress());
            Socket second = listener.accept();
            if (second == null) {
                throw new IOException("nobody connected");
            }
            return new Socket.Pair(
                    first.setOption(TcpOptions.TCP_NODELAY, true), second.setOption(TcpOptions.TCP_NODELAY, true));
        }
    }

    /** The same as descriptors, which block and belong to the caller. */
    public static int[] descriptors(boolean tcp) throws IOException {
        Socket.Pair pair = sockets(tcp);
        int[] fds = {pair.first().release(), pair.second().release()};
        for (int fd : fds) {
            Libc.get().fcntl(fd, Linux.F_SETFL, 0);
        }
        return fds;
    }

    public static void close(int... fds) {
        for (int fd : fds) {
            Libc.get().close(fd);
        }
    }

    private static Socket prepared(Socket socket) throws IOException {
        return socket.setOption(SocketOptions.SO_SNDBUF, TCP_BUFFER).setOption(SocketOptions.SO_RCVBUF, TCP_BUFFER);
    }
}
