package io.sockfd.benchmarks.datagram;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.concurrent.Future;
import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** netty's {@link EpollDatagramChannel} with UDP_SEGMENT and UDP_GRO; its event loop is turned by the measuring thread. */
public final class NettyPipelineSegments implements Contestant {
    private static final int TURNS = 1000;

    private final Shape shape;
    private final ManualIoEventLoop loop;
    private final Channel sender;
    private final EpollDatagramChannel receiver;
    private final ByteBuf data;
    private final InetSocketAddress to;
    private long received;

    public NettyPipelineSegments(int count, int size) throws IOException {
        Epoll.ensureAvailability();
        shape = new Shape(count, size, false, true, false, true);
        loop = new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory());
        receiver = new EpollDatagramChannel(SocketProtocolFamily.INET);
        receiver.config().setUdpGro(true).setRecvByteBufAllocator(new FixedRecvByteBufAllocator(shape.bytes()));
        receiver.pipeline().addLast(new Counter());
        sender = bound(new EpollDatagramChannel(SocketProtocolFamily.INET));
        to = bound(receiver).localAddress();
        data = Unpooled.directBuffer(shape.bytes()).writeZero(shape.bytes());
    }

    /** netty hands a datagram to its handler for each segment. */
    private final class Counter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            received += packet.content().readableBytes();
            boolean unused = packet.release();
        }
    }

    private EpollDatagramChannel bound(EpollDatagramChannel channel) throws IOException {
        channel.config().setSendBufferSize(UdpEnds.BUFFER).setReceiveBufferSize(UdpEnds.BUFFER);
        ChannelPromise registered = channel.newPromise();
        channel.unsafe().register(loop, registered);
        done(registered, "register");
        done(channel.bind(UdpEnds.anyPort()), "bind");
        return channel;
    }

    private void done(ChannelFuture future, String what) throws IOException {
        for (int turn = 0; turn < TURNS && !future.isDone(); turn++) {
            turn();
        }
        if (!future.isSuccess()) {
            throw new IOException(what + " of a netty channel", future.cause());
        }
    }

    private void turn() {
        int unused = loop.runNow();
    }

    @Override
    public long run(int times) throws IOException {
        received = 0;
        for (int i = 1; i <= times; i++) {
            ChannelFuture unused = sender.writeAndFlush(
                    new SegmentedDatagramPacket(data.retainedDuplicate(), shape.size(), to), sender.voidPromise());
            long wanted = (long) i * shape.bytes();
            for (int turn = 0; received < wanted; turn++) {
                if (turn == TURNS) {
                    throw new IOException("netty received " + received + " of " + wanted + " bytes");
                }
                turn();
            }
        }
        return received;
    }

    @Override
    public void close() throws IOException {
        done(sender.close(), "close");
        done(receiver.close(), "close");
        boolean unused = data.release();
        Future<?> ended = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        for (int turn = 0; turn < TURNS && !ended.isDone(); turn++) {
            turn();
        }
    }
}
