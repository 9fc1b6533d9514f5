package io.sockfd.cli.icmp;

import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Gets ready for measuring times: the classes and system calls of a round trip are linked by one to this socket itself. And
 * the kernel begins to stamp packets only a moment after the first socket has asked for it, and gets that moment.
 */
public final class WarmUp {
    private static final Duration MOMENT = Duration.ofMillis(10);

    private WarmUp() {}

    /** Sends datagrams on loopback, from a socket to itself; without loopback the first times are a little too long. */
    public static void run() {
        try {
            exchange();
        } catch (IOException e) {
            System.getLogger("io.sockfd.cli").log(System.Logger.Level.DEBUG, "no loopback", e);
        }
    }

    private static void exchange() throws IOException {
        try (Socket socket = Socket.udp();
                Message message = new Message()) {
            ErrorQueue errors = ErrorQueue.of(socket, true);
            socket.timeout(MOMENT).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Sockaddr self = socket.getsockname(new Sockaddr());
            ByteBuffer buffer = ByteBuffer.allocateDirect(1);
            int ignored = socket.poll(Linux.POLLIN, MOMENT);
            boolean stamped = socket.getOption(SocketOptions.SO_TIMESTAMPNS);
            for (int i = 0; i < 2 && stamped; i++) {
                long before = EchoSocket.now();
                ignored = socket.sendTo(buffer.clear(), self, 0);
                ignored = socket.poll(Linux.POLLIN, MOMENT);
                long received =
                        socket.receiveMessage(message.data(buffer.clear()).address(new Sockaddr()), 0);
                stamped = received >= 0 && message.incoming().timestampNanos() >= before && errors.next() == null;
            }
        }
    }
}
