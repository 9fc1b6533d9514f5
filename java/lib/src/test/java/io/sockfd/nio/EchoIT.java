package io.sockfd.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server as each tutorial has it, on either provider. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EchoIT {
    @ParameterizedTest
    @MethodSource("io.sockfd.nio.Providers#both")
    void echoesThroughASelector(SelectorProvider provider) throws Exception {
        try (Selector selector = provider.openSelector();
                ServerSocketChannel server = provider.openServerSocketChannel()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            Thread loop = new Thread(() -> serve(selector));
            loop.start();
            try (SocketChannel client = provider.openSocketChannel()) {
                assertTrue(client.connect(server.getLocalAddress()));
                ByteBuffer answer = ByteBuffer.allocate(100_000);
                client.write(ByteBuffer.allocate(100_000).put(99_999, (byte) 7));
                while (answer.hasRemaining()) {
                    assertTrue(client.read(answer) > 0);
                }
                assertEquals(7, answer.get(99_999));
                client.shutdownOutput();
                assertEquals(-1, client.read(answer.clear()));
            }
            loop.interrupt();
            loop.join();
            assertTrue(selector.isOpen());
        }
    }

    private static void serve(Selector selector) {
        try {
            ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
            while (!Thread.currentThread().isInterrupted()) {
                selector.select();
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    if (key.isAcceptable()) {
                        SocketChannel accepted = ((ServerSocketChannel) key.channel()).accept();
                        accepted.configureBlocking(false);
                        accepted.register(selector, SelectionKey.OP_READ);
                    } else if (key.isReadable()) {
                        echo((SocketChannel) key.channel(), buffer.clear());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void echo(SocketChannel channel, ByteBuffer buffer) throws IOException {
        if (channel.read(buffer) < 0) {
            channel.close();
            return;
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
