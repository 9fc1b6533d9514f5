package io.sockfd.benchmarks.stream;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;

/** {@link SocketChannel}, blocking or not, with direct buffers or with those on the heap. */
public final class NioStream implements Contestant {
    private final SocketChannel first;
    private final SocketChannel second;
    private final ByteBuffer out;
    private final ByteBuffer in;

    public NioStream(boolean tcp, int size, boolean direct, boolean blocking) throws IOException {
        StandardProtocolFamily family = tcp ? StandardProtocolFamily.INET : StandardProtocolFamily.UNIX;
        try (ServerSocketChannel listener = ServerSocketChannel.open(family)) {
            first = SocketChannel.open(family);
            if (tcp) {
                listener.setOption(StandardSocketOptions.SO_RCVBUF, Ends.TCP_BUFFER)
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                prepare(first);
            } else {
                listener.bind(null);
            }
            SocketAddress address = listener.getLocalAddress();
            first.connect(address);
            second = listener.accept();
            if (tcp) {
                prepare(second);
            } else {
                Files.delete(((UnixDomainSocketAddress) address).getPath());
            }
        }
        first.configureBlocking(blocking);
        second.configureBlocking(blocking);
        out = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        in = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    }

    private static void prepare(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, Ends.TCP_BUFFER)
                .setOption(StandardSocketOptions.SO_RCVBUF, Ends.TCP_BUFFER)
                .setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            first.write(out.clear());
            in.clear();
            while (in.hasRemaining()) {
                bytes += second.read(in);
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        try (first;
                second) {
            // closes both
        }
    }
}
