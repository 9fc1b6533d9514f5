package io.sockfd.benchmarks.server;

import io.sockfd.benchmarks.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** One thread with a {@link Selector}, in the form without sets of keys, which is the faster one. */
final class NioServer {
    private static final int BACKLOG = 4096;

    private final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);
    private final ByteBuffer response = Service.response();
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final boolean http;

    private NioServer(boolean http) throws IOException {
        this.http = http;
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG)
                .configureBlocking(false)
                .register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String... args) throws IOException {
        Child.endWithParent();
        NioServer server = new NioServer(args[0].equals("http"));
        System.out.println(server.listener.socket().getLocalPort());
        while (true) {
            server.selector.select(server::ready);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel channel = listener.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true)
                        .configureBlocking(false)
                        .register(selector, SelectionKey.OP_READ, new Service());
            } else if (!serve((SocketChannel) key.channel(), (Service) key.attachment())) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean serve(SocketChannel channel, Service service) throws IOException {
        int received = channel.read(in.clear());
        if (received < 0) {
            return false;
        } else if (http) {
            for (int owed = service.requests(in, received); owed > 0; owed--) {
                writeAll(channel, response.rewind());
            }
        } else {
            writeAll(channel, in.flip());
        }
        return true;
    }

    private static void writeAll(SocketChannel channel, ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            channel.write(from); // small answers fit: the others here wait for room where this one would spin
        }
    }
}
