package io.sockfd.benchmarks.datagram;

import io.sockfd.Option;
import io.sockfd.Socket;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Pairs of UDP sockets over IPv4, all made alike: the contestants shall differ in nothing but the calls. */
final class UdpEnds {
    /** SO_SNDBUF and SO_RCVBUF: what every kernel grants, and enough for 64 datagrams of 1200 bytes. */
    static final int BUFFER = 212_992;

    private UdpEnds() {}

    /** Two bound sockets; connected, each hears nobody but the other. */
    static Socket.Pair sockets(boolean connected) throws IOException {
        Socket first = bound();
        Socket second = bound();
        if (connected) {
            first.connect(second.getLocalAddress());
            second.connect(first.getLocalAddress());
        }
        return new Socket.Pair(first, second);
    }

    /** The same as descriptors, which block or not, and belong to the caller. */
    static int[] descriptors(boolean connected, boolean blocking) throws IOException {
        Socket.Pair pair = sockets(connected);
        int[] fds = {pair.first().release(), pair.second().release()};
        for (int fd : fds) {
            Libc.get().fcntl(fd, Linux.F_SETFL, blocking ? 0 : Linux.O_NONBLOCK);
        }
        return fds;
    }

    /** Sets an option of a descriptor, which stays the caller's. */
    static <T> void set(int fd, Option<T> option, T value) throws IOException {
        try (Socket socket = Socket.borrow(fd)) {
            socket.setOption(option, value);
        }
    }

    /** The address that is bound to on every socket, with a port that the kernel chooses. */
    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Socket bound() throws IOException {
        return Socket.udp()
                .setOption(SocketOptions.SO_SNDBUF, BUFFER)
                .setOption(SocketOptions.SO_RCVBUF, BUFFER)
                .bind(anyPort());
    }
}
