package io.sockfd.between;

import static io.sockfd.between.Cases.TIME;
import static io.sockfd.between.Cases.ignore;
import static io.sockfd.between.Cases.loopback;
import static io.sockfd.between.Cases.own;

import io.sockfd.between.Cases.Opened;
import io.sockfd.nio.JavaSockets;
import io.sockfd.nio.NioSockets;
import io.sockfd.nio.SockfdSelectorProvider;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Operations of the channels of java.nio, their adaptors, and the views as a java.net.Socket. */
final class NioCases {
    private static final int MUCH = 1 << 23;
    private static final int MILLIS = (int) TIME.toMillis();
    private static final SockfdSelectorProvider PROVIDER = NioSockets.provider();

    /** As java.net says it. */
    private static final Predicate<Exception> SOCKET_CLOSED =
            e -> e instanceof SocketException && "Socket closed".equals(e.getMessage());

    /** As the adaptors say it: some of their methods are the channel's. */
    private static final Predicate<Exception> EITHER = SOCKET_CLOSED.or(e -> e instanceof AsynchronousCloseException);

    /** Of what begins nothing that a thread could be in: a closed channel is one. */
    private static final Predicate<Exception> CLOSED = ClosedChannelException.class::isInstance;

    private static final Predicate<Exception> MEANWHILE = AsynchronousCloseException.class::isInstance;

    private final Cases cases;

    private record Connected(SocketChannel channel, SocketChannel peer) {}

    private interface Stream {
        void of(SocketChannel channel) throws IOException;
    }

    private interface Datagrams {
        void of(DatagramChannel channel, SocketAddress peer) throws IOException;
    }

    private NioCases(Cases cases) {
        this.cases = cases;
    }

    static void addTo(Cases cases) {
        NioCases made = new NioCases(cases);
        made.streams();
        made.connects();
        made.servers();
        made.datagrams();
        made.pipes();
        made.selectors();
        made.adaptors();
        made.views();
    }

    private static Connected connected(List<Closeable> all) throws IOException {
        try (ServerSocketChannel server = PROVIDER.openServerSocketChannel().bind(loopback(0))) {
            SocketChannel first = own(all, PROVIDER.openSocketChannel());
            ignore(first.connect(server.getLocalAddress()));
            return new Connected(first, own(all, Objects.requireNonNull(server.accept())));
        }
    }

    // ---- channels ------------------------------------------------------------------------------------------------

    /** In both modes, with ten bytes to read and the sending buffer empty. Who reads the second time waits. */
    private void streams() {
        for (boolean blocking : new boolean[] {true, false}) {
            String mode = blocking ? ", blocking" : ", not blocking";
            stream("channel read" + mode, blocking, c -> ignore(c.read(ByteBuffer.allocateDirect(64))));
            stream("channel read heap" + mode, blocking, c -> ignore(c.read(ByteBuffer.allocate(1 << 16))));
            stream("channel read several" + mode, blocking, c -> ignore(c.read(two(8, 64))));
            stream("channel write heap" + mode, blocking, c -> ignore(c.write(ByteBuffer.allocate(64))));
            stream("channel option" + mode, blocking, c -> c.setOption(StandardSocketOptions.SO_RCVBUF, 4096));
            stream("channel local address" + mode, blocking, c -> ignore(c.getLocalAddress()));
            stream("channel shutdown" + mode, blocking, c -> c.shutdownOutput());
            stream("channel mode" + mode, blocking, c -> c.configureBlocking(!blocking));
        }
        stream("channel write much", false, c -> ignore(c.write(ByteBuffer.allocateDirect(MUCH))));
        stream("channel write several", false, c -> ignore(c.write(two(1 << 20, MUCH))));
    }

    private static ByteBuffer[] two(int heap, int direct) {
        return new ByteBuffer[] {ByteBuffer.allocate(heap), ByteBuffer.allocateDirect(direct)};
    }

    private void stream(String name, boolean blocking, Stream use) {
        cases.add(name, all -> {
            Connected connected = connected(all);
            ignore(connected.peer.write(ByteBuffer.allocateDirect(10)));
            connected.channel.configureBlocking(blocking);
            return new Opened(connected.channel, () -> use.of(connected.channel));
        });
    }

    private void connects() {
        for (boolean listens : new boolean[] {true, false}) {
            cases.add("channel connect, " + (listens ? "" : "refused"), all -> {
                ServerSocketChannel server =
                        own(all, PROVIDER.openServerSocketChannel().bind(loopback(0)));
                if (!listens) {
                    server.close();
                }
                var name = server.isOpen() ? server.getLocalAddress() : loopback(1);
                SocketChannel channel = own(all, PROVIDER.openSocketChannel());
                return new Opened(channel, () -> ignore(channel.connect(name)));
            });
        }
        cases.add("channel finishConnect", all -> {
            ServerSocketChannel server =
                    own(all, PROVIDER.openServerSocketChannel().bind(loopback(0)));
            SocketChannel channel = own(all, PROVIDER.openSocketChannel());
            channel.configureBlocking(false);
            ignore(channel.connect(server.getLocalAddress()));
            channel.configureBlocking(true);
            return new Opened(channel, () -> ignore(channel.finishConnect()));
        });
    }

    private void servers() {
        for (boolean blocking : new boolean[] {true, false}) {
            cases.add("channel accept, blocking " + blocking, all -> {
                ServerSocketChannel server =
                        own(all, PROVIDER.openServerSocketChannel().bind(loopback(0)));
                server.configureBlocking(blocking);
                if (blocking) {
                    ignore(own(all, PROVIDER.openSocketChannel()).connect(server.getLocalAddress()));
                }
                return new Opened(server, () -> {
                    SocketChannel accepted = server.accept();
                    if (accepted != null) {
                        accepted.close();
                    }
                });
            });
        }
        cases.add("channel server bind", all -> {
            ServerSocketChannel server = own(all, PROVIDER.openServerSocketChannel());
            return new Opened(server, () -> ignore(server.bind(loopback(0))), CLOSED);
        });
    }

    private void datagrams() {
        for (boolean blocking : new boolean[] {true, false}) {
            String mode = blocking ? ", blocking" : ", not blocking";
            datagrams("receive" + mode, blocking, (c, peer) -> ignore(c.receive(ByteBuffer.allocateDirect(64))));
            datagrams("receive heap" + mode, blocking, (c, peer) -> ignore(c.receive(ByteBuffer.allocate(64))));
            datagrams("read, connected" + mode, blocking, (c, peer) -> ignore(c.read(ByteBuffer.allocate(64))));
            datagrams("read several, connected" + mode, blocking, (c, peer) -> ignore(c.read(two(8, 64))));
            datagrams("send" + mode, blocking, (c, peer) -> ignore(c.send(ByteBuffer.allocate(64), peer)));
            datagrams("connect" + mode, blocking, (c, peer) -> c.connect(peer));
            datagrams("disconnect, connected" + mode, blocking, (c, peer) -> c.disconnect());
        }
        cases.add("datagrams, first send", all -> {
            DatagramChannel channel = own(all, PROVIDER.openDatagramChannel());
            DatagramChannel peer = own(all, PROVIDER.openDatagramChannel().bind(loopback(0)));
            var to = peer.getLocalAddress();
            return new Opened(channel, () -> ignore(channel.send(ByteBuffer.allocate(64), to)), CLOSED);
        });
    }

    private void datagrams(String name, boolean blocking, Datagrams use) {
        cases.add("datagrams, " + name, all -> {
            DatagramChannel channel = own(all, PROVIDER.openDatagramChannel().bind(loopback(0)));
            DatagramChannel peer = own(all, PROVIDER.openDatagramChannel().bind(loopback(0)));
            if (name.contains("connected")) {
                channel.connect(peer.getLocalAddress());
            }
            channel.configureBlocking(blocking);
            ignore(peer.send(ByteBuffer.allocate(10), channel.getLocalAddress()));
            SocketAddress to = peer.getLocalAddress();
            return new Opened(channel, () -> use.of(channel, to), name.contains("connect") ? CLOSED : MEANWHILE);
        });
    }

    private void pipes() {
        cases.add("pipe read", all -> {
            Pipe pipe = PROVIDER.openPipe();
            Pipe.SourceChannel source = own(all, pipe.source());
            ignore(own(all, pipe.sink()).write(ByteBuffer.allocate(10)));
            return new Opened(source, () -> ignore(source.read(ByteBuffer.allocate(64))));
        });
        for (boolean blocking : new boolean[] {true, false}) {
            cases.add("pipe write, blocking " + blocking, all -> {
                Pipe pipe = PROVIDER.openPipe();
                Pipe.SinkChannel sink = own(all, pipe.sink());
                own(all, pipe.source());
                sink.configureBlocking(blocking);
                return new Opened(sink, () -> ignore(sink.write(ByteBuffer.allocate(blocking ? 64 : MUCH))));
            });
        }
    }

    // ---- selectors -----------------------------------------------------------------------------------------------

    private void selectors() {
        for (String what : List.of("the channel", "the selector", "another channel")) {
            cases.add("select, " + what, all -> {
                Connected connected = connected(all);
                Connected others = connected(all);
                Selector selector = own(all, PROVIDER.openSelector());
                for (SocketChannel channel : List.of(connected.channel, others.channel)) {
                    channel.configureBlocking(false);
                    ignore(channel.register(selector, SelectionKey.OP_READ));
                }
                ignore(connected.peer.write(ByteBuffer.allocate(1)));
                Closeable closed = what.equals("the channel")
                        ? connected.channel
                        : what.equals("the selector") ? selector : others.channel;
                return new Opened(
                        closed,
                        () -> {
                            for (int i = 0; i < 2; i++) {
                                ignore(selector.select(MILLIS));
                                if (selector.isOpen()) {
                                    selector.selectedKeys().clear();
                                }
                            }
                        },
                        e -> e instanceof ClosedSelectorException && closed.equals(selector));
            });
        }
        cases.add("register, the channel", all -> {
            SocketChannel channel = connected(all).channel;
            channel.configureBlocking(false);
            Selector selector = own(all, PROVIDER.openSelector());
            return new Opened(
                    channel,
                    () -> {
                        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                        ignore(selector.selectNow());
                        ignore(key.isValid());
                    },
                    CLOSED);
        });
    }

    // ---- as java.net ---------------------------------------------------------------------------------------------

    private void adaptors() {
        adaptor("read", s -> ignore(s.getInputStream().read(new byte[64])));
        adaptor("read twice", s -> {
            ignore(s.getInputStream().read(new byte[64]));
            if (!s.isClosed()) {
                try {
                    ignore(s.getInputStream().read(new byte[64]));
                } catch (SocketTimeoutException e) {
                    ignore(e);
                }
            }
        });
        adaptor("available", s -> ignore(s.getInputStream().available()));
        adaptor("write", s -> s.getOutputStream().write(new byte[64]));
        adaptor("soTimeout", s -> s.setSoTimeout(7));
        adaptor("buffer size", s -> s.setReceiveBufferSize(5000));
        cases.add("adaptor accept", all -> {
            ServerSocketChannel server =
                    own(all, PROVIDER.openServerSocketChannel().bind(loopback(0)));
            ServerSocket socket = server.socket();
            socket.setSoTimeout(MILLIS);
            return new Opened(server, () -> socket.accept().close(), EITHER);
        });
        cases.add("adaptor receive", all -> {
            DatagramChannel channel = own(all, PROVIDER.openDatagramChannel().bind(loopback(0)));
            DatagramSocket socket = channel.socket();
            socket.setSoTimeout(MILLIS);
            return new Opened(channel, () -> socket.receive(new DatagramPacket(new byte[64], 64)), EITHER);
        });
        cases.add("adaptor send", all -> {
            DatagramChannel channel = own(all, PROVIDER.openDatagramChannel().bind(loopback(0)));
            var to = channel.getLocalAddress();
            DatagramSocket socket = channel.socket();
            return new Opened(channel, () -> socket.send(new DatagramPacket(new byte[64], 64, to)), EITHER);
        });
    }

    private interface Net {
        void of(java.net.Socket socket) throws IOException;
    }

    private void adaptor(String name, Net use) {
        cases.add("adaptor " + name, all -> {
            Connected connected = connected(all);
            ignore(connected.peer.write(ByteBuffer.allocateDirect(10)));
            java.net.Socket socket = connected.channel.socket();
            socket.setSoTimeout(MILLIS);
            return new Opened(connected.channel, () -> use.of(socket), EITHER);
        });
    }

    private void views() {
        view("read", s -> ignore(s.getInputStream().read(new byte[64])));
        view("write", s -> s.getOutputStream().write(new byte[64]));
        view("available", s -> ignore(s.getInputStream().available()));
        view("buffer size", s -> s.setReceiveBufferSize(5000));
        view("shutdown", java.net.Socket::shutdownOutput);
        cases.add("view connect", all -> {
            ServerSocketChannel server =
                    own(all, PROVIDER.openServerSocketChannel().bind(loopback(0)));
            var to = server.getLocalAddress();
            java.net.Socket socket = own(all, JavaSockets.tcpFactory().createSocket());
            return new Opened(socket, () -> socket.connect(to, 1000), SOCKET_CLOSED);
        });
        cases.add("view accept", all -> {
            ServerSocket server = own(all, JavaSockets.tcpServerFactory().createServerSocket(0));
            server.setSoTimeout(MILLIS);
            return new Opened(server, () -> server.accept().close(), SOCKET_CLOSED);
        });
    }

    private void view(String name, Net use) {
        cases.add("view " + name, all -> {
            ServerSocketChannel server =
                    own(all, PROVIDER.openServerSocketChannel().bind(loopback(0)));
            java.net.Socket socket = own(all, JavaSockets.tcpFactory().createSocket());
            socket.connect(server.getLocalAddress());
            SocketChannel peer = own(all, Objects.requireNonNull(server.accept()));
            ignore(peer.write(ByteBuffer.allocate(10)));
            socket.setSoTimeout(MILLIS);
            return new Opened(socket, () -> use.of(socket), SOCKET_CLOSED);
        });
    }
}
