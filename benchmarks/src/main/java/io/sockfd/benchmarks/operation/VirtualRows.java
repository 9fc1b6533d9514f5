package io.sockfd.benchmarks.operation;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Child;
import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

/** Servers with a virtual thread for each connection: {@code virtual}, {@code virtual-rate}. */
public final class VirtualRows {
    private static final Pace CLOSED = new Pace(20_000, 15, 10, false);

    private VirtualRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (int connections : new int[] {1, 1000, 10_000}) {
            rows.add(virtual("virtual", connections, ServerRows.RATE, "10,000 requests a second")
                    .metric(ServerRows.CPU)
                    .paced(ServerRows.PACE));
            rows.add(virtual("virtual-rate", connections, 0, "as many requests as there are answers")
                    .metric("time for a request, all connections together")
                    .paced(CLOSED));
        }
        return rows;
    }

    private static Row virtual(String operation, int connections, int rate, String load) {
        String name = VirtualServer.class.getName();
        return Row.of(
                        operation,
                        Integer.toString(connections),
                        "echo of 64 B on " + connections + " virtual threads, one processor, " + load)
                .at("threads", connections)
                .with(Who.C, ServerRows.Served.class, "server", "echo", "echo", connections, rate)
                .with(Who.SOCKFD, ServerRows.Served.class, name, "sockfd", "echo", connections, rate)
                .with(Who.NIO, ServerRows.Served.class, name, "nio", "echo", connections, rate)
                .note(Who.C, "no threads: an epoll loop");
    }

    /**
     * Echo with a virtual thread for each connection; the argument is {@code sockfd} or {@code nio}. Only for Java 21 and later,
     * found by reflection.
     */
    static final class VirtualServer {
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
}
