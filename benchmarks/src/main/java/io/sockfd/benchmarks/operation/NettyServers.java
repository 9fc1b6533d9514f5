package io.sockfd.benchmarks.operation;

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
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sockfd.benchmarks.Child;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** netty's servers with one event loop each, in processes of their own; the argument is {@code echo} or {@code http}. */
final class NettyServers {
    private NettyServers() {}

    private static void serve(
            IoHandlerFactory transport, Class<? extends ServerChannel> type, Supplier<List<ChannelHandler>> handlers)
            throws InterruptedException {
        Child.endWithParent();
        Channel listener = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, transport))
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        handlers.get().forEach(channel.pipeline()::addLast);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        System.out.println(((InetSocketAddress) listener.localAddress()).getPort());
        listener.closeFuture().sync();
    }

    /** The epoll transport with its HTTP codec, which understands more of a request than the others. */
    static final class Codec {
        private Codec() {}

        public static void main(String... args) throws InterruptedException {
            boolean http = args[0].equals("http");
            serve(
                    EpollIoHandler.newFactory(),
                    EpollServerSocketChannel.class,
                    () -> http ? List.of(new HttpServerCodec(), new Hello()) : List.of(new EchoHandler()));
        }
    }

    /** The epoll transport and one handler, which does what the others here do. */
    static final class Bare {
        private Bare() {}

        public static void main(String... args) throws InterruptedException {
            serve(
                    EpollIoHandler.newFactory(),
                    EpollServerSocketChannel.class,
                    () -> List.of(args[0].equals("http") ? new Greeting() : new EchoHandler()));
        }
    }

    /** The same on the io_uring transport. */
    static final class BareRing {
        private BareRing() {}

        public static void main(String... args) throws InterruptedException {
            serve(
                    IoUringIoHandler.newFactory(),
                    IoUringServerSocketChannel.class,
                    () -> List.of(args[0].equals("http") ? new Greeting() : new EchoHandler()));
        }
    }

    private static class EchoHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelFuture ignored = context.write(message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }

    /** As {@link ServerRows.Service}, on netty's buffers. */
    private static final class Greeting extends EchoHandler {
        private static final ByteBuf RESPONSE =
                Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(ServerRows.Service.response()));

        private int lastFour;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            int last = lastFour;
            for (int i = in.readerIndex(); i < in.writerIndex(); i++) {
                last = last << 8 | in.getByte(i);
                if (last == ServerRows.Service.END_OF_HEAD) {
                    ChannelFuture ignored = context.write(RESPONSE.duplicate(), context.voidPromise());
                }
            }
            lastFour = last;
            in.release();
        }
    }

    private static final class Hello extends EchoHandler {
        private static final ByteBuf BODY = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer().writeBytes("hello\n".getBytes(StandardCharsets.US_ASCII)));

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof LastHttpContent) {
                DefaultFullHttpResponse response =
                        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, BODY.duplicate());
                response.headers()
                        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain")
                        .set(HttpHeaderNames.CONTENT_LENGTH, BODY.readableBytes());
                ChannelFuture ignored = context.write(response, context.voidPromise());
            }
            ReferenceCountUtil.release(message);
        }
    }
}
