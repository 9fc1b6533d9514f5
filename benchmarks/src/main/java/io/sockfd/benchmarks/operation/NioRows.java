package io.sockfd.benchmarks.operation;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.nio.SockfdSelectorProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The same program for java.nio on two providers, the JDK's and io.sockfd.nio's: an echo over TCP through a selector ({@code
 * nio-echo}), and a look at what is ready ({@code nio-select}).
 */
public final class NioRows {
    private static final int KIB = 1024;

    private NioRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (int connections : new int[] {1, 16, 1000}) {
            for (int size : new int[] {64, 16 * KIB}) {
                rows.add(both(
                                "nio-echo",
                                connections + "x" + size,
                                "echo of " + size + " bytes through a selector, " + connections + " connections",
                                Echoes.class,
                                connections,
                                size)
                        .per(connections));
            }
        }
        for (int ready : new int[] {1, 16, 1000}) {
            rows.add(both(
                            "nio-select",
                            Integer.toString(ready),
                            "selectNow and the selected keys: " + ready + " of 1000 channels",
                            Looks.class,
                            ready)
                    .at("ready channels", ready));
        }
        rows.add(both(
                "nio-select",
                "interest",
                "a change of interest, there and back, with a selectNow each",
                Changes.class));
        rows.add(both("nio-select", "wakeup", "a wakeup and the select that it ends", WakeUps.class));
        return rows;
    }

    private static Row both(
            String operation, String variant, String title, Class<? extends Contestant> type, Object... arguments) {
        Object[] ours = new Object[arguments.length + 1];
        System.arraycopy(arguments, 0, ours, 1, arguments.length);
        Object[] jdks = ours.clone();
        ours[0] = true;
        jdks[0] = false;
        return Row.of(operation, variant, title)
                .with(Who.SOCKFD, type, ours)
                .note(Who.SOCKFD, "the JDK's classes on the provider of io.sockfd.nio")
                .with(Who.NIO_NONBLOCKING, type, jdks)
                .note(Who.NIO_NONBLOCKING, "the JDK's provider");
    }

    private static SelectorProvider provider(boolean ours) throws IOException {
        return ours ? new SockfdSelectorProvider() : SelectorProvider.provider();
    }

    /** Connections over loopback: the clients, and what a server accepted, which a selector watches. */
    private static final class Connections {
        final Selector selector;
        final List<SocketChannel> clients = new ArrayList<>();
        final List<SocketChannel> accepted = new ArrayList<>();

        Connections(boolean ours, int count) throws IOException {
            SelectorProvider provider = provider(ours);
            selector = provider.openSelector();
            try (ServerSocketChannel server = provider.openServerSocketChannel()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), count);
                for (int i = 0; i < count; i++) {
                    SocketChannel client = provider.openSocketChannel();
                    clients.add(client);
                    client.connect(server.getLocalAddress());
                    SocketChannel served = server.accept();
                    accepted.add(served);
                    client.configureBlocking(false);
                    served.configureBlocking(false).register(selector, SelectionKey.OP_READ);
                }
            }
        }

        void close() throws IOException {
            selector.close();
            for (SocketChannel channel : clients) {
                channel.close();
            }
            for (SocketChannel channel : accepted) {
                channel.close();
            }
        }
    }

    /** Each client sends, the server echoes what its selector brings, and each client receives. */
    public static final class Echoes implements Contestant {
        private final Connections connections;
        private final ByteBuffer request;
        private final ByteBuffer buffer;
        private final int size;

        public Echoes(boolean ours, int count, int size) throws IOException {
            connections = new Connections(ours, count);
            request = ByteBuffer.allocateDirect(size);
            buffer = ByteBuffer.allocateDirect(size);
            this.size = size;
        }

        @Override
        public long run(int times) throws IOException {
            long received = 0;
            for (int i = 0; i < times; i++) {
                received += round();
            }
            return received;
        }

        private long round() throws IOException {
            for (int i = 0; i < connections.clients.size(); i++) {
                writeAll(connections.clients.get(i), request.clear());
            }
            long left = (long) size * connections.clients.size();
            while (left > 0) {
                connections.selector.select();
                for (Iterator<SelectionKey> keys =
                                connections.selector.selectedKeys().iterator();
                        keys.hasNext(); ) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    SocketChannel channel = (SocketChannel) key.channel();
                    if (key.isReadable()) {
                        left -= channel.read(buffer.clear());
                        writeAll(channel, buffer.flip());
                    }
                }
            }
            long received = 0;
            for (int i = 0; i < connections.clients.size(); i++) {
                buffer.clear();
                while (buffer.hasRemaining()) {
                    received += connections.clients.get(i).read(buffer);
                }
            }
            return received;
        }

        private static void writeAll(SocketChannel channel, ByteBuffer from) throws IOException {
            while (from.hasRemaining()) {
                channel.write(from);
            }
        }

        @Override
        public void close() throws IOException {
            connections.close();
        }
    }

    /** Of a thousand channels some have bytes that nobody reads. */
    public static final class Looks implements Contestant {
        private static final int COUNT = 1000;

        private final Connections connections;

        public Looks(boolean ours, int ready) throws IOException {
            connections = new Connections(ours, COUNT);
            for (int i = 0; i < ready; i++) {
                connections.clients.get(i).write(ByteBuffer.allocate(1));
            }
        }

        @Override
        public long run(int times) throws IOException {
            long seen = 0;
            for (int i = 0; i < times; i++) {
                connections.selector.selectNow();
                for (Iterator<SelectionKey> keys =
                                connections.selector.selectedKeys().iterator();
                        keys.hasNext(); ) {
                    if (keys.next().isReadable()) {
                        seen++;
                    }
                    keys.remove();
                }
            }
            return seen;
        }

        @Override
        public void close() throws IOException {
            connections.close();
        }
    }

    /** Interest in writing, which is there at once, and no longer. */
    public static final class Changes implements Contestant {
        private final Connections connections;
        private final SelectionKey key;

        public Changes(boolean ours) throws IOException {
            connections = new Connections(ours, 1);
            key = connections.accepted.get(0).keyFor(connections.selector);
        }

        @Override
        public long run(int times) throws IOException {
            long seen = 0;
            for (int i = 0; i < times; i++) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                seen += connections.selector.selectNow();
                connections.selector.selectedKeys().clear();
                key.interestOps(SelectionKey.OP_READ);
                seen += connections.selector.selectNow();
            }
            return seen;
        }

        @Override
        public void close() throws IOException {
            connections.close();
        }
    }

    /** On one thread. */
    public static final class WakeUps implements Contestant {
        private final Selector selector;

        public WakeUps(boolean ours) throws IOException {
            selector = provider(ours).openSelector();
        }

        @Override
        public long run(int times) throws IOException {
            long ready = 0;
            for (int i = 0; i < times; i++) {
                selector.wakeup();
                ready += selector.select();
            }
            return ready;
        }

        @Override
        public void close() throws IOException {
            selector.close();
        }
    }
}
