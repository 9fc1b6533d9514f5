package io.sockfd.benchmarks.server;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Child;
import io.sockfd.option.TcpOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Echo with a virtual thread for each connection; the argument is {@code sockfd} or {@code nio}. Only for Java 21 and later,
 * found by reflection.
 */
final class VirtualServer {
    private static final int BACKLOG = 4096;
    private static final int SIZE = 64;

    private VirtualServer() {}

    public static void main(String... args) throws IOException, ReflectiveOperationException {
        Child.endWithParent();
        Executor threads = (Executor) Class.forName("java.util.concurrent.Executors")
                .getMethod("newVirtualThreadPerTaskExecutor")
                .invoke(null);
        if (args[0].equals("sockfd")) {
            sockfd(threads);
        } else {
            nio(threads);
        }
    }

    private static void sockfd(Executor threads) throws IOException {
        try (Socket listener = Socket.tcp()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .listen(BACKLOG);
            System.out.println(((InetSocketAddress) listener.getLocalAddress()).getPort());
            while (true) {
                Socket socket = Objects.requireNonNull(listener.accept(), "a socket that blocks");
                socket.setOption(TcpOptions.TCP_NODELAY, true);
                threads.execute(() -> echo(socket));
            }
        }
    }

    private static void echo(Socket socket) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
        try (socket) {
            while (socket.recv(buffer.clear(), 0) > 0) {
                socket.sendAll(buffer.flip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void nio(Executor threads) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            System.out.println(listener.socket().getLocalPort());
            while (true) {
                SocketChannel channel = listener.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                threads.execute(() -> echo(channel));
            }
        }
    }

    private static void echo(ByteChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
        try (channel) {
            while (channel.read(buffer.clear()) > 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
