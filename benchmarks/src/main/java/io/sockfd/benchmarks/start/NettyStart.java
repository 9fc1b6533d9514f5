package io.sockfd.benchmarks.start;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** netty's socket of its epoll transport, without event loop. */
public final class NettyStart {
    private NettyStart() {}

    public static void main(String... args) throws IOException {
        Epoll.ensureAvailability();
        boolean tcp = args[0].equals("tcp");
        Socket socket = tcp ? Socket.newSocketStream() : Socket.newSocketDomain();
        socket.connect(
                tcp
                        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]))
                        : new DomainSocketAddress(args[1]));
        socket.finishConnect();
        socket.send(ByteBuffer.allocateDirect(1), 0, 1);
        socket.close();
    }
}
