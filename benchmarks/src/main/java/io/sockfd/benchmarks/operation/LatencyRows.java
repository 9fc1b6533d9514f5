package io.sockfd.benchmarks.operation;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Sampled;
import io.sockfd.benchmarks.Timed;
import io.sockfd.benchmarks.Who;
import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import org.HdrHistogram.Histogram;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/**
 * Round trips, and how long the slowest of them take: {@code round-trip}, 64 bytes there and back, both ends on one
 * processor.
 */
public final class LatencyRows {
    private static final int SIZE = 64;
    private static final Pace PACE = new Pace(100, 60, 1, true);

    private LatencyRows() {}

    public static List<Row> all() {
        return List.of(
                row("tcp", false).quick(), row("unix", false), row("udp", false), row("tcp", true), row("unix", true));
    }

    private static Row row(String family, boolean ours) {
        Row row = Row.of(
                        "round-trip",
                        family + "-" + SIZE + (ours ? "-sockfd" : ""),
                        family.toUpperCase(Locale.ROOT) + " round trip, " + SIZE + " B, "
                                + (ours ? "sockfd" : "a C program") + " at the other end, both on one processor")
                .with(Who.C, CPing.class, family, ours, SIZE)
                .with(Who.SOCKFD, SockfdPing.class, family, ours, SIZE)
                .with(Who.SOCKFD_EPOLL, SockfdEpollPing.class, family, ours, SIZE)
                .withRaw(RawPing.class, family, ours, SIZE)
                .with(Who.NIO, ChannelPing.class, "nio", family, ours, SIZE)
                .with(Who.NIO_NONBLOCKING, NioSelectorPing.class, family, ours, SIZE)
                .note(Who.SOCKFD, "can be ended by close, interrupt and timeout: waits in ppoll, raw in recv")
                .note(Who.NIO_NONBLOCKING, "with a Selector")
                .metric("median round trip")
                .paced(PACE);
        switch (family) {
            case "tcp" -> row.with(Who.JAVA_NET, JavaNetPing.class, ours, SIZE);
            case "udp" -> row.with(Who.JAVA_NET, JavaNetDatagramPing.class, ours, SIZE);
            default ->
                row.with(Who.JUNIXSOCKET, ChannelPing.class, "junixsocket", family, ours, SIZE)
                        .with(Who.JNR_UNIXSOCKET, ChannelPing.class, "jnr-unixsocket", family, ours, SIZE);
        }
        return family.equals("udp") ? row : row.with(Who.NETTY_PIPELINE, NettyPing.class, family, ours, SIZE);
    }

    /** {@code native/bench/loops/ping.c}. */
    public static final class CPing implements Contestant {
        static {
            Native.load();
        }

        private final Echo echo;
        private final int fd;
        private final int size;

        public CPing(String family, boolean ours, int size) throws IOException {
            echo = new Echo(family, ours);
            fd = echo.descriptor();
            this.size = size;
        }

        @Override
        public long run(int times) {
            return Native.check(ping(fd, size, times), "send and recv");
        }

        private static native long ping(int fd, int size, int times);

        @Override
        public void close() throws IOException {
            Libc.get().close(fd);
            echo.close();
        }
    }

    /** {@link Socket#send} and a {@link Socket#recv} that waits. */
    public static final class SockfdPing implements Contestant {
        private final Echo echo;
        private final Socket socket;
        private final ByteBuffer buffer;

        public SockfdPing(String family, boolean ours, int size) throws IOException {
            echo = new Echo(family, ours);
            socket = echo.socket();
            buffer = Memory.allocate(size);
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                socket.send(buffer.clear(), 0);
                buffer.clear();
                while (buffer.hasRemaining()) {
                    bytes += socket.recv(buffer, 0);
                }
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            socket.close();
            echo.close();
        }
    }

    /** {@link Socket#send}, then {@link Epoll#await} before {@link Socket#recv}, as an event loop has it. */
    public static final class SockfdEpollPing implements Contestant {
        private final Echo echo;
        private final Socket socket;
        private final Epoll epoll = Epoll.open();
        private final EpollEvents events = new EpollEvents(8);
        private final ByteBuffer buffer;

        public SockfdEpollPing(String family, boolean ours, int size) throws IOException {
            echo = new Echo(family, ours);
            socket = echo.socket().timeout(Socket.NON_BLOCKING);
            epoll.add(socket, Linux.EPOLLIN, null);
            buffer = Memory.allocate(size);
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                socket.send(buffer.clear(), 0);
                buffer.clear();
                while (buffer.hasRemaining()) {
                    epoll.await(events);
                    bytes += socket.recv(buffer, 0);
                }
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            socket.close();
            epoll.close();
            echo.close();
        }
    }

    /** {@link Libc#send} and {@link Libc#recv} on a descriptor that blocks, as in C. */
    public static final class RawPing implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final Echo echo;
        private final int fd;
        private final int size;
        private final ByteBuffer memory;
        private final long address;

        public RawPing(String family, boolean ours, int size) throws IOException {
            echo = new Echo(family, ours);
            fd = echo.descriptor();
            this.size = size;
            memory = Memory.allocate(size);
            address = Memory.address(memory);
        }

        @Override
        public long run(int times) {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                Native.check(LIBC.send(fd, address, size, Linux.MSG_NOSIGNAL), "send");
                for (long received = 0; received < size; ) {
                    received += Native.check(LIBC.recv(fd, address, size - received, 0), "recv");
                }
                bytes += size;
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            LIBC.close(fd);
            echo.close();
        }
    }

    /** A channel that blocks: the JDK's, junixsocket's or jnr-unixsocket's. */
    public static final class ChannelPing implements Contestant {
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

    /** Write, then select before read, with channels that do not block. */
    public static final class NioSelectorPing implements Contestant {
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

    /** {@link java.net.Socket} and its streams; TCP only. */
    public static final class JavaNetPing implements Contestant {
        private final Echo echo;
        private final java.net.Socket socket = new java.net.Socket();
        private final OutputStream out;
        private final InputStream in;
        private final byte[] array;

        public JavaNetPing(boolean ours, int size) throws IOException {
            echo = new Echo("tcp", ours);
            socket.connect(echo.address());
            socket.setTcpNoDelay(true);
            out = socket.getOutputStream();
            in = socket.getInputStream();
            array = new byte[size];
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                out.write(array);
                if (in.readNBytes(array, 0, array.length) < array.length) {
                    throw new EOFException("the echo ended");
                }
                bytes += array.length;
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            socket.close();
            echo.close();
        }
    }

    /** {@link DatagramSocket}, connected. */
    public static final class JavaNetDatagramPing implements Contestant {
        private final Echo echo;
        private final DatagramSocket socket = new DatagramSocket();
        private final DatagramPacket packet;

        public JavaNetDatagramPing(boolean ours, int size) throws IOException {
            echo = new Echo("udp", ours);
            socket.connect(echo.address());
            packet = new DatagramPacket(new byte[size], size, echo.address());
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                socket.send(packet);
                socket.receive(packet);
                bytes += packet.getLength();
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            socket.close();
            echo.close();
        }
    }

    /** netty's channel on its event loop, which asks again as soon as the answer is there; TCP and UNIX. */
    public static final class NettyPing implements Timed, Sampled {
        private static final int PATIENCE_SECONDS = 20;

        private final Echo echo;
        private final MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        private final Pinger pinger;
        private final Channel channel;
        private final Histogram samples = new Histogram(3);
        private long median;

        public NettyPing(String family, boolean ours, int size) throws Exception {
            echo = new Echo(family, ours);
            pinger = new Pinger(size);
            boolean tcp = family.equals("tcp");
            Bootstrap bootstrap = new Bootstrap()
                    .group(group)
                    .channel(tcp ? EpollSocketChannel.class : EpollDomainSocketChannel.class)
                    .handler(pinger);
            if (tcp) {
                bootstrap.option(ChannelOption.TCP_NODELAY, true);
            }
            channel = bootstrap
                    .connect(
                            tcp
                                    ? echo.address()
                                    : new DomainSocketAddress(echo.path().toFile()))
                    .sync()
                    .channel();
        }

        /** On the event loop's thread. */
        private static final class Pinger extends SimpleChannelInboundHandler<ByteBuf> {
            private final SynchronousQueue<Histogram> done = new SynchronousQueue<>();
            private final int size;
            private int left;
            private int missing;
            private long sent;
            private Histogram round = new Histogram(3);

            Pinger(int size) {
                this.size = size;
            }

            void begin(ChannelHandlerContext context, int times) {
                left = times;
                round = new Histogram(3);
                ask(context);
            }

            private void ask(ChannelHandlerContext context) {
                missing = size;
                sent = System.nanoTime();
                ChannelFuture ignored = context.writeAndFlush(
                        context.alloc().directBuffer(size).writeZero(size), context.voidPromise());
            }

            @Override
            protected void channelRead0(ChannelHandlerContext context, ByteBuf received) throws InterruptedException {
                missing -= received.readableBytes();
                if (missing == 0) {
                    round.recordValue(System.nanoTime() - sent);
                    if (--left > 0) {
                        ask(context);
                    } else if (!done.offer(round, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                        ChannelFuture ignored = context.close();
                    }
                }
            }
        }

        @Override
        public long run(int times) throws Exception {
            channel.eventLoop().execute(() -> pinger.begin(channel.pipeline().context(pinger), times));
            Histogram round = pinger.done.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (round == null) {
                throw new TimeoutException("no answer from the echo");
            }
            median = round.getValueAtPercentile(50) * times;
            samples.add(round);
            return (long) times * pinger.size;
        }

        @Override
        public long nanos() {
            return median;
        }

        @Override
        public Histogram samples() {
            return samples;
        }

        @Override
        public void forget() {
            samples.reset();
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close().sync();
                group.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                throw new IOException(e);
            } finally {
                echo.close();
            }
        }
    }
}
