package io.sockfd.benchmarks.latency;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Write, then select before read, with channels that do not block. */
public final class NioSelectorPing implements Contestant {
    private final Echo echo;
    private final ByteChannel channel;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer;

    public NioSelectorPing(String family, boolean ours, int size) throws IOException {
        echo = new Echo(family, ours);
        if (family.equals("udp")) {
            channel = registered(DatagramChannel.open().connect(echo.address()));
        } else {
            SocketChannel socket = SocketChannel.open(echo.address());
            channel = registered(
                    family.equals("tcp") ? socket.setOption(StandardSocketOptions.TCP_NODELAY, true) : socket);
        }
        buffer = ByteBuffer.allocateDirect(size);
    }

    private <C extends SelectableChannel & ByteChannel> C registered(C made) throws IOException {
        made.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        return made;
    }

    @Override
    public long run(int times) throws IOException {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            channel.write(buffer.clear());
            buffer.clear();
            while (buffer.hasRemaining()) {
                selector.select();
                selector.selectedKeys().clear();
                bytes += channel.read(buffer);
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
        echo.close();
    }
}
