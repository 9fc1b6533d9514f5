package io.sockfd.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.sockfd.option.IpOptions;
import io.sockfd.option.SocketOptions;
import io.sockfd.option.TcpInfo;
import io.sockfd.option.TcpOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Netty's NIO transport. */
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // what is lost does not come back, and that is looked at
class NettyIT {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int BYTES = 20_000_000;

    private EventLoopGroup group;

    @BeforeEach
    void start() {
        Provider.assertOurs();
        group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    }

    @AfterEach
    void stop() throws InterruptedException {
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).await();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message);
        }
    }

    private static <C extends Channel> ChannelInitializer<C> with(
            java.util.function.Supplier<io.netty.channel.ChannelHandler> handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(C channel) {
                channel.pipeline().addLast(handler.get());
            }
        };
    }

    private Channel echoServer() throws InterruptedException {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(NettyIT.<SocketChannel>with(Echo::new))
                .bind(ANY_PORT)
                .sync()
                .channel();
    }

    @Test
    void echoesOverTcp() throws Exception {
        Channel server = echoServer();
        AtomicLong received = new AtomicLong();
        AtomicLong sum = new AtomicLong();
        Channel client = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(NettyIT.<SocketChannel>with(() -> new SimpleChannelInboundHandler<ByteBuf>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
                        received.addAndGet(message.readableBytes());
                        while (message.isReadable()) {
                            sum.addAndGet(message.readByte());
                        }
                        if (received.get() == BYTES) {
                            context.close();
                        }
                    }
                }))
                .connect(server.localAddress())
                .sync()
                .channel();
        long expected = 0;
        for (int sent = 0; sent < BYTES; sent += 10_000) {
            ByteBuf buffer = client.alloc().buffer(10_000);
            for (int i = 0; i < 10_000; i++) {
                byte b = (byte) (sent / 10_000 + i);
                buffer.writeByte(b);
                expected += b;
            }
            client.writeAndFlush(buffer);
        }
        assertTrue(client.closeFuture().await(60, TimeUnit.SECONDS), received + " of " + BYTES);
        assertEquals(expected, sum.get());
        server.close().sync();
    }

    @Test
    void servesHttp() throws Exception {
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(8 << 20), new HttpEcho());
                    }
                })
                .bind(ANY_PORT)
                .sync()
                .channel();
        var threads = Provider.threads();
        try {
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            Provider.assertEchoes(Provider.client(threads), port);
            Provider.assertManyAtOnce(Provider.client(threads), port, 200);
        } finally {
            threads.shutdown();
        }
        server.close().sync();
    }

    private static final class HttpEcho extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            ByteBuf body = request.content().retain();
            DefaultFullHttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            context.writeAndFlush(response);
        }
    }

    @Test
    void echoesDatagrams() throws Exception {
        Channel server = new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .handler(NettyIT.<NioDatagramChannel>with(() -> new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                        context.writeAndFlush(
                                new DatagramPacket(packet.content().retain(), packet.sender()));
                    }
                }))
                .bind(ANY_PORT)
                .sync()
                .channel();
        BlockingQueue<String> answers = new ArrayBlockingQueue<>(10);
        Channel client = new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .handler(NettyIT.<NioDatagramChannel>with(() -> new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                        answers.add(packet.content().toString(StandardCharsets.US_ASCII));
                    }
                }))
                .bind(ANY_PORT)
                .sync()
                .channel();
        for (int i = 0; i < 1000; i++) {
            client.writeAndFlush(new DatagramPacket(
                    Unpooled.copiedBuffer("datagram " + i, StandardCharsets.US_ASCII),
                    (InetSocketAddress) server.localAddress()));
            assertEquals("datagram " + i, answers.poll(10, TimeUnit.SECONDS));
        }
        client.close().sync();
        server.close().sync();
    }

    @Test
    void setsAndReadsWhatTheJdkRefuses() throws Exception {
        ChannelOption<Long> userTimeout = NioChannelOption.of(TcpOptions.TCP_USER_TIMEOUT);
        ChannelOption<Boolean> reusePort = NioChannelOption.of(SocketOptions.SO_REUSEPORT);
        ChannelOption<TcpInfo> info = NioChannelOption.of(TcpOptions.TCP_INFO);
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(reusePort, true)
                .childOption(userTimeout, 7000L)
                .childHandler(NettyIT.<SocketChannel>with(Echo::new))
                .bind(ANY_PORT)
                .sync()
                .channel();
        assertEquals(true, server.config().getOption(reusePort));
        Channel second = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(reusePort, true)
                .childHandler(NettyIT.<SocketChannel>with(Echo::new))
                .bind(server.localAddress())
                .sync()
                .channel();
        Channel client = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(userTimeout, 5000L)
                .handler(NettyIT.<SocketChannel>with(Echo::new))
                .connect(server.localAddress())
                .sync()
                .channel();
        assertEquals(5000L, client.config().getOption(userTimeout));
        TcpInfo tcp = client.config().getOption(info);
        assertNotNull(tcp);
        assertTrue(tcp.rttMicros() > 0, tcp.toString());
        client.close().sync();
        second.close().sync();
        server.close().sync();
    }

    @Test
    void setsIpTransparentWhereItIsPermitted() throws Exception {
        try (io.sockfd.Socket probe = io.sockfd.Socket.tcp()) {
            probe.setOption(IpOptions.IP_TRANSPARENT, true);
        } catch (java.io.IOException e) {
            assumeTrue(false, "IP_TRANSPARENT is not permitted: " + e.getMessage());
        }
        ChannelOption<Boolean> transparent = NioChannelOption.of(IpOptions.IP_TRANSPARENT);
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(transparent, true)
                .childHandler(NettyIT.<SocketChannel>with(Echo::new))
                .bind(ANY_PORT)
                .sync()
                .channel();
        assertEquals(true, server.config().getOption(transparent));
        server.close().sync();
    }
}
