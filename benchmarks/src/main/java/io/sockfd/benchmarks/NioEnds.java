package io.sockfd.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;

/** The pairs of {@link Ends} as the JDK has them. */
public record NioEnds(SocketChannel first, SocketChannel second) implements AutoCloseable {

    /** Two connected channels. */
    public static NioEnds open(boolean tcp, boolean blocking) throws IOException {
        StandardProtocolFamily family = tcp ? StandardProtocolFamily.INET : StandardProtocolFamily.UNIX;
        try (ServerSocketChannel listener = ServerSocketChannel.open(family)) {
            SocketChannel first = SocketChannel.open(family);
            if (tcp) {
                listener.setOption(StandardSocketOptions.SO_RCVBUF, Ends.TCP_BUFFER)
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                prepare(first);
            } else {
                listener.bind(null);
            }
            SocketAddress address = listener.getLocalAddress();
            first.connect(address);
            SocketChannel second = listener.accept();
            if (tcp) {
                prepare(second);
            } else {
                Files.delete(((UnixDomainSocketAddress) address).getPath());
            }
            first.configureBlocking(blocking);
            second.configureBlocking(blocking);
            return new NioEnds(first, second);
        }
    }

    private static void prepare(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, Ends.TCP_BUFFER)
                .setOption(StandardSocketOptions.SO_RCVBUF, Ends.TCP_BUFFER)
                .setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    @Override
    public void close() throws IOException {
        try (first;
                second) {
            // closes both
        }
    }
}
