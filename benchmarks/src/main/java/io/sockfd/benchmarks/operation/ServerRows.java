package io.sockfd.benchmarks.operation;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Child;
import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Sampled;
import io.sockfd.benchmarks.Timed;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import io.sockfd.event.Engine;
import io.sockfd.event.EventLoop;
import io.sockfd.event.Peer;
import io.sockfd.event.PeerHandler;
import io.sockfd.event.Registration;
import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Linux;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Event loops in processes of their own, under a fixed rate of requests: {@code server-echo}, {@code server-http}; and as fast
 * as they answer: {@code busy-echo}, {@code busy-http}.
 */
public final class ServerRows {
    static final int RATE = 10_000;
    static final Pace PACE = new Pace(500, 300, 4, false);
    static final String CPU = "CPU time of the server for a request";

    private ServerRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (String protocol : List.of("echo", "http")) {
            for (int connections : new int[] {1, 64, 512}) {
                Row row = loop(protocol, connections, RATE);
                rows.add(protocol.equals("http") && connections == 64 ? row.quick() : row);
                rows.add(loop(protocol, connections, 0));
            }
        }
        for (int connections : new int[] {4096, 16_384, 50_000}) {
            rows.add(loop("echo", connections, RATE));
        }
        return rows;
    }

    private static Row loop(String protocol, int connections, int rate) {
        return Row.of(
                        (rate == 0 ? "busy-" : "server-") + protocol,
                        Integer.toString(connections),
                        (protocol.equals("http") ? "HTTP hello" : "echo of 64 B") + " on one thread, " + connections
                                + " connections, "
                                + (rate == 0 ? "requests as fast as they are answered" : "10,000 requests a second"))
                .with(Who.C, Loaded.class, "server", protocol, protocol, connections, rate)
                .with(Who.C_URING, Loaded.class, "uring", protocol, protocol, connections, rate)
                .with(Who.SOCKFD, Loaded.class, SockfdServer.class.getName(), protocol, protocol, connections, rate)
                .with(Who.SOCKFD_URING, Loaded.class, RingServer.class.getName(), protocol, protocol, connections, rate)
                .with(
                        Who.NIO_NONBLOCKING,
                        Loaded.class,
                        NioServer.class.getName(),
                        protocol,
                        protocol,
                        connections,
                        rate)
                .with(
                        Who.NETTY_PIPELINE,
                        Loaded.class,
                        NettyServers.Codec.class.getName(),
                        protocol,
                        protocol,
                        connections,
                        rate)
                .with(
                        Who.NETTY_URING,
                        Loaded.class,
                        NettyServers.BareRing.class.getName(),
                        protocol,
                        protocol,
                        connections,
                        rate)
                .note(Who.NETTY_URING, "a bare handler, no codec")
                .at("connections", connections)
                .note(Who.SOCKFD, "EventLoop")
                .note(Who.SOCKFD_URING, "the same, on Engine.URING")
                .note(Who.NIO_NONBLOCKING, "Selector")
                .note(
                        Who.NETTY_PIPELINE,
                        protocol.equals("http") ? "its HTTP codec parses all of the request" : "pipeline")
                .metric(CPU)
                .paced(PACE);
    }

    /**
     * A server in a process of its own, and {@code native/bench/programs/load.c}, which keeps its connections from round to
     * round. What counts is the server's CPU time, or at no fixed rate the time that passes. Both are on one processor: to wake
     * the other end on another one costs a virtual machine more than all the rest, and is in the sender's CPU time.
     *
     * <p>Until {@link #forget} every other round is at full speed, the others with one request at a time: at full speed a turn of the
     * server's loop has many requests, and the code of a turn would not be compiled when it counts.
     */
    public static class Served implements Timed, Sampled {
        private static final int AT_FULL_SPEED = 0;
        private static final int ONE_BY_ONE = -1;
        private static final int SPARE = 500;

        private final Child server;
        private final Child load;
        private final int rate;
        private final Histogram samples = new Histogram(3);
        private long nanos;
        private int round;
        private boolean warm;

        /**
         * On one processor.
         *
         * @param main the server's class; of a C program its name
         * @param argument the server's
         * @param protocol {@code echo}, {@code http} or {@code churn}
         * @param rate requests in a second, 0 for as many as there are answers
         */
        public Served(String main, String argument, String protocol, int connections, int rate)
                throws IOException, UnavailableException, ReflectiveOperationException {
            this(main, argument, protocol, connections, rate, List.of(List.of(), List.of()));
        }

        /** As that, with the words before the server's command and before the load's: where they run. */
        Served(String main, String argument, String protocol, int connections, int rate, List<List<String>> where)
                throws IOException, UnavailableException, ReflectiveOperationException {
            if (main.equals(VirtualRows.VirtualServer.class.getName())
                    && Runtime.version().feature() < 21) {
                throw new UnavailableException("virtual threads need Java 21");
            }
            if (main.equals(RingServer.class.getName()) || main.equals("uring")) {
                checkRings();
            }
            checkDescriptors(connections);
            this.rate = rate;
            server = main.indexOf('.') < 0
                    ? Child.program(where.get(0), main, argument)
                    : Child.java(where.get(0), Class.forName(main), argument);
            try {
                String port = server.line();
                load = Child.program(where.get(1), "load", protocol, port, connections, server.pid());
                try {
                    String ready = load.line();
                    if (!ready.equals("ready")) {
                        throw new IOException("load said " + ready);
                    }
                } catch (IOException e) {
                    load.close();
                    throw e;
                }
            } catch (IOException e) {
                server.close();
                throw e;
            }
        }

        @Override
        public long run(int times) throws IOException {
            load.tell(times + " " + (warm ? rate : round++ % 2 == 0 ? AT_FULL_SPEED : ONE_BY_ONE));
            StringTokenizer result = new StringTokenizer(load.line());
            long done = Long.parseLong(result.nextToken());
            long cpu = Long.parseLong(result.nextToken());
            long wall = Long.parseLong(result.nextToken());
            nanos = counts(cpu, wall);
            StringTokenizer latencies = new StringTokenizer(load.line());
            while (latencies.hasMoreTokens()) {
                samples.recordValue(Long.parseLong(latencies.nextToken()));
            }
            return done;
        }

        /** A process of its own has each end of the connections. */
        private static void checkDescriptors(int connections) throws IOException, UnavailableException {
            String limits = Files.readString(Path.of("/proc/self/limits"));
            Matcher most = Pattern.compile("Max open files +\\S+ +(\\d+)").matcher(limits);
            if (most.find() && Long.parseLong(most.group(1)) < connections + SPARE) {
                throw new UnavailableException(connections + " connections need as many descriptors, and the limit is "
                        + most.group(1) + ": ulimit -Hn " + (connections + SPARE));
            }
        }

        /** Of the server. */
        public long pid() {
            return server.pid();
        }

        private static void checkRings() throws IOException, UnavailableException {
            try (EventLoop loop = EventLoop.open(Engine.URING)) {
                loop.stop(Duration.ZERO);
            } catch (ErrnoException e) {
                throw new UnavailableException(String.valueOf(e.getMessage()));
            }
        }

        /** What the figure is: the server's CPU time or, where nobody sets the rate, the time that passed. */
        long counts(long cpu, long wall) {
            return rate == 0 ? wall : cpu;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Histogram samples() {
            return samples;
        }

        @Override
        public void forget() {
            warm = true;
            samples.reset();
        }

        @Override
        public void close() throws IOException {
            load.close();
            server.close();
        }
    }

    /** As {@link Served}, by the server's CPU time at full speed, too. */
    public static class Loaded extends Served {
        public Loaded(String main, String argument, String protocol, int connections, int rate)
                throws IOException, UnavailableException, ReflectiveOperationException {
            super(main, argument, protocol, connections, rate);
        }

        Loaded(String main, String argument, String protocol, int connections, int rate, List<List<String>> where)
                throws IOException, UnavailableException, ReflectiveOperationException {
            super(main, argument, protocol, connections, rate, where);
        }

        @Override
        long counts(long cpu, long wall) {
            return cpu;
        }
    }

    /** What the servers do with what they receive from one connection: the same for all, and the same as in C. */
    static final class Service {
        static final int END_OF_HEAD = 0x0d0a0d0a; // an empty line
        private static final byte[] RESPONSE =
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n"
                        .getBytes(StandardCharsets.US_ASCII);

        private int lastFour; // bytes that came

        /** The answer to a request, in memory that C can see. */
        static ByteBuffer response() {
            return ByteBuffer.allocateDirect(RESPONSE.length).put(RESPONSE).flip();
        }

        /** How many requests end in the first {@code length} bytes of the buffer. */
        int requests(ByteBuffer buffer, int length) {
            int last = lastFour;
            int count = 0;
            for (int i = 0; i < length; i++) {
                last = last << 8 | buffer.get(i);
                count += last == END_OF_HEAD ? 1 : 0;
            }
            lastFour = last;
            return count;
        }
    }

    /** One thread with an {@link EventLoop}; the argument is {@code echo} or {@code http}, as for the others here. */
    static final class SockfdServer {
        private static final ByteBuffer IN = ByteBuffer.allocateDirect(16 * 1024);
        private static final ByteBuffer RESPONSE = Service.response();

        private SockfdServer() {}

        public static void main(String... args) throws IOException {
            Child.endWithParent();
            boolean http = args[0].equals("http");
            try (Socket listener = Socket.tcp();
                    EventLoop loop = EventLoop.open()) {
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .listen();
                loop.accept(listener, socket -> {
                    socket.setOption(TcpOptions.TCP_NODELAY, true);
                    loop.add(socket, Linux.EPOLLIN, http ? new Http(socket) : new Echo(socket));
                });
                System.out.println(((InetSocketAddress) listener.getLocalAddress()).getPort());
                loop.run();
            }
        }

        private record Echo(Socket socket) implements EventLoop.Handler {
            @Override
            public void ready(Registration registration, int events) throws IOException {
                if (socket.recv(IN.clear(), 0) == -1) {
                    socket.close();
                } else {
                    socket.sendAll(IN.flip());
                }
            }
        }

        private static final class Http implements EventLoop.Handler {
            private final Socket socket;
            private final Service service = new Service();

            Http(Socket socket) {
                this.socket = socket;
            }

            @Override
            public void ready(Registration registration, int events) throws IOException {
                int received = socket.recv(IN.clear(), 0);
                if (received == -1) {
                    socket.close();
                    return;
                }
                for (int owed = service.requests(IN, received); owed > 0; owed--) {
                    socket.sendAll(RESPONSE.rewind());
                }
            }
        }
    }

    /** One thread with an {@link EventLoop} on io_uring, whose peers give what was received. */
    static final class RingServer {
        private RingServer() {}

        public static void main(String... args) throws IOException {
            Child.endWithParent();
            boolean http = args[0].equals("http");
            try (Socket listener = Socket.tcp();
                    EventLoop loop = EventLoop.open(Engine.URING)) {
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .listen();
                loop.accept(listener, socket -> {
                    socket.setOption(TcpOptions.TCP_NODELAY, true);
                    loop.serve(socket, http ? new Greeting() : Peer::send);
                });
                System.out.println(((InetSocketAddress) listener.getLocalAddress()).getPort());
                loop.run();
            }
        }

        private static final class Greeting implements PeerHandler {
            private static final ByteBuffer RESPONSE = Service.response();

            private final Service service = new Service();

            @Override
            public void received(Peer peer, ByteBuffer data) throws IOException {
                for (int owed = service.requests(data, data.limit()); owed > 0; owed--) {
                    peer.send(RESPONSE.rewind());
                }
            }
        }
    }

    /** One thread with a {@link Selector}, in the form without sets of keys, which is the faster one. */
    static final class NioServer {
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
}
