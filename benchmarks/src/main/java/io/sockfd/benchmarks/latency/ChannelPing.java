package io.sockfd.benchmarks.latency;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** A channel that blocks: the JDK's, junixsocket's or jnr-unixsocket's. */
public final class ChannelPing implements Contestant {
    private final Echo echo;
    private final ByteChannel channel;
    private final ByteBuffer buffer;

    /** @param maker {@code nio}, {@code junixsocket} or {@code jnr-unixsocket} */
    public ChannelPing(String maker, String family, boolean ours, int size) throws IOException {
        echo = new Echo(family, ours);
        channel = switch (maker) {
            case "junixsocket" -> AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(echo.path()));
            case "jnr-unixsocket" ->
                UnixSocketChannel.open(new UnixSocketAddress(echo.path().toFile()));
            default -> jdk(echo, family);
        };
        buffer = ByteBuffer.allocateDirect(size);
    }

    private static ByteChannel jdk(Echo echo, String family) throws IOException {
        if (family.equals("udp")) {
            return DatagramChannel.open().connect(echo.address());
        }
        SocketChannel channel = SocketChannel.open(echo.address());
        return family.equals("tcp") ? channel.setOption(StandardSocketOptions.TCP_NODELAY, true) : channel;
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            channel.write(buffer.clear());
            buffer.clear();
            while (buffer.hasRemaining()) {
                bytes += channel.read(buffer);
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        echo.close();
    }
}
