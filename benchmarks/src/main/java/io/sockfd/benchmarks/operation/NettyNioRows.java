package io.sockfd.benchmarks.operation;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import io.sockfd.Message;
import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.nio.NioSockets;
import io.sockfd.nio.SockfdSelectorProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Netty's NIO transport on two providers, the JDK's and io.sockfd.nio's, its event loop turned by the measuring thread, so that
 * a figure is all of the loop's work: an echo ({@code netty-nio}), and a server that answers a datagram with many, by one send
 * that the kernel cuts where the channel has such ({@code netty-gso}).
 */
public final class NettyNioRows {
    private static final int KIB = 1024;
    private static final int TURNS = 100_000;

    private NettyNioRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (int connections : new int[] {1, 16, 1000}) {
            for (int size : new int[] {64, 16 * KIB}) {
                rows.add(Row.of(
                                "netty-nio",
                                connections + "x" + size,
                                "netty's NIO transport: echo of " + size + " bytes, " + connections + " connections")
                        .with(Who.SOCKFD, Echoes.class, true, connections, size)
                        .note(Who.SOCKFD, "netty on the provider of io.sockfd.nio")
                        .with(Who.NIO_NONBLOCKING, Echoes.class, false, connections, size)
                        .note(Who.NIO_NONBLOCKING, "netty on the JDK's provider")
                        .per(connections));
            }
        }
        rows.add(Row.of("netty-gso", "32x1200", "netty's NIO transport: a datagram answered with 32 of 1200 bytes")
                .with(Who.SOCKFD, Answers.class, true)
                .note(Who.SOCKFD, "one send by the channel's Socket, UDP_SEGMENT")
                .with(Who.NIO_NONBLOCKING, Answers.class, false)
                .note(Who.NIO_NONBLOCKING, "a send for each, on the JDK's provider")
                .per(Answers.COUNT));
        return rows;
    }

    private static SelectorProvider provider(boolean ours) {
        return ours ? new SockfdSelectorProvider() : SelectorProvider.provider();
    }

    /** A loop that the measuring thread turns. */
    private static final class Loop {
        final ManualIoEventLoop loop;

        Loop(SelectorProvider provider) {
            loop = new ManualIoEventLoop(Thread.currentThread(), NioIoHandler.newFactory(provider));
        }

        void turn() {
            int unused = loop.run(TimeUnit.SECONDS.toNanos(1));
        }

        Channel done(ChannelFuture future) throws IOException {
            for (int turn = 0; turn < TURNS && !future.isDone(); turn++) {
                int unused = loop.runNow();
            }
            if (!future.isSuccess()) {
                throw new IOException("a netty channel", future.cause());
            }
            return future.channel();
        }

        void end(Iterable<Channel> channels) throws IOException {
            for (Channel channel : channels) {
                Channel unused = done(channel.close());
            }
            Future<?> ended = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            for (int turn = 0; turn < TURNS && !loop.isTerminated(); turn++) {
                int unused = loop.runNow();
            }
            if (!ended.isSuccess()) {
                throw new IOException("netty's loop does not end");
            }
        }
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelFuture unused = context.writeAndFlush(message, context.voidPromise());
        }
    }

    private static ChannelInitializer<Channel> with(ChannelHandler handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handler);
            }
        };
    }

    /** Each client sends, the server's channels echo, and each client receives, all in one loop. */
    public static final class Echoes implements Contestant {
        private final Loop loop;
        private final List<Channel> clients = new ArrayList<>();
        private final List<Channel> all = new ArrayList<>();
        private final ByteBuf request;
        private long received;

        public Echoes(boolean ours, int count, int size) throws IOException {
            SelectorProvider provider = provider(ours);
            loop = new Loop(provider);
            request = Unpooled.directBuffer(size).writeZero(size);
            Channel server = loop.done(new ServerBootstrap()
                    .group(loop.loop)
                    .channelFactory(() -> new NioServerSocketChannel(provider))
                    .option(ChannelOption.SO_BACKLOG, count)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new Echo());
                        }
                    })
                    .bind(InetAddress.getLoopbackAddress(), 0));
            for (int i = 0; i < count; i++) {
                clients.add(loop.done(new Bootstrap()
                        .group(loop.loop)
                        .channelFactory(() -> new NioSocketChannel(provider))
                        .handler(with(new Counter()))
                        .connect(server.localAddress())));
            }
            all.addAll(clients);
            all.add(server);
        }

        private final class Counter extends ChannelInboundHandlerAdapter {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                ByteBuf bytes = (ByteBuf) message;
                received += bytes.readableBytes();
                boolean unused = bytes.release();
            }
        }

        @Override
        public long run(int times) {
            received = 0;
            for (int i = 1; i <= times; i++) {
                for (Channel client : clients) {
                    ChannelFuture unused = client.writeAndFlush(request.retainedDuplicate(), client.voidPromise());
                }
                long wanted = (long) i * clients.size() * request.readableBytes();
                while (received < wanted) {
                    loop.turn();
                }
            }
            return received;
        }

        @Override
        public void close() throws IOException {
            loop.end(all);
            boolean unused = request.release();
        }
    }

    /** A server that answers; its client takes what comes in batches, on either provider. */
    public static final class Answers implements Contestant {
        static final int COUNT = 32;
        private static final int SIZE = 1200;
        private static final int ROOM = 1 << 20;
        private static final int CONTROL = 24; // UDP_SEGMENT

        private final boolean ours;
        private final Loop loop;
        private final Channel server;
        private final DatagramChannel channel;
        private final Socket client;
        private final MessageBatch batch = new MessageBatch(COUNT, 1, 0);
        private final ByteBuffer[] buffers = new ByteBuffer[COUNT];
        private final ByteBuffer request = ByteBuffer.allocateDirect(1);
        private final ByteBuffer answer = ByteBuffer.allocateDirect(COUNT * SIZE);
        private final Sockaddr to = new Sockaddr();
        private final Message message = new Message(1, CONTROL).data(answer).address(to);

        public Answers(boolean ours) throws IOException {
            this.ours = ours;
            SelectorProvider provider = provider(ours);
            loop = new Loop(provider);
            channel = provider.openDatagramChannel(StandardProtocolFamily.INET);
            server = loop.done(new Bootstrap()
                    .group(loop.loop)
                    .channelFactory(() -> new NioDatagramChannel(channel))
                    .option(ChannelOption.SO_SNDBUF, ROOM)
                    .handler(with(new Answerer()))
                    .bind(InetAddress.getLoopbackAddress(), 0));
            client = Socket.udp();
            client.setOption(io.sockfd.option.SocketOptions.SO_RCVBUF, ROOM);
            client.connect(server.localAddress());
            for (int i = 0; i < COUNT; i++) {
                buffers[i] = ByteBuffer.allocateDirect(SIZE);
                batch.get(i).data(buffers[i]);
            }
        }

        private final class Answerer extends ChannelInboundHandlerAdapter {
            @Override
            public void channelRead(ChannelHandlerContext context, Object received) throws IOException {
                DatagramPacket packet = (DatagramPacket) received;
                try {
                    answer(packet.sender());
                } finally {
                    boolean unused = packet.release();
                }
            }
        }

        private void answer(SocketAddress client) throws IOException {
            answer.clear();
            if (ours) {
                to.set(client);
                message.outgoing().clear().segmentSize(SIZE);
                long unused = NioSockets.socketOf(channel).sendMessage(message, 0);
            } else {
                for (int i = 0; i < COUNT; i++) {
                    int unused = channel.send(answer.limit((i + 1) * SIZE), client);
                }
            }
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                int unused = client.send(request.clear(), 0);
                loop.turn();
                bytes += receive();
            }
            return bytes;
        }

        private long receive() throws IOException {
            long bytes = 0;
            for (int left = COUNT; left > 0; ) {
                for (ByteBuffer buffer : buffers) {
                    buffer.clear();
                }
                int came = client.receiveMessages(batch, 0, COUNT, 0);
                for (int i = 0; i < came; i++) {
                    bytes += batch.get(i).length();
                }
                left -= came;
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            loop.end(List.of(server));
            client.close();
            batch.close();
            message.close();
        }
    }
}
