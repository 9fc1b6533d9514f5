package io.sockfd.benchmarks.latency;

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
import io.sockfd.benchmarks.Sampled;
import io.sockfd.benchmarks.Timed;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/** netty's channel on its event loop, which asks again as soon as the answer is there; TCP and UNIX. */
public final class NettyPing implements Timed, Sampled {
    private static final int PATIENCE_SECONDS = 20;

    private final Echo echo;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
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
            ChannelFuture ignored =
                    context.writeAndFlush(context.alloc().directBuffer(size).writeZero(size), context.voidPromise());
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
