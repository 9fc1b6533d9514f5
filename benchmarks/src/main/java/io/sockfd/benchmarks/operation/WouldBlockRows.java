package io.sockfd.benchmarks.operation;

import io.netty.channel.epoll.Epoll;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.NioEnds;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import jnr.unixsocket.UnixSocketChannel;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** Receiving without waiting where there is nothing: {@code eagain}. */
public final class WouldBlockRows {
    private WouldBlockRows() {}

    public static List<Row> all() {
        return List.of(
                row("unix", "UNIX stream")
                        .with(Who.JUNIXSOCKET, JunixWouldBlock.class)
                        .with(Who.JNR_UNIXSOCKET, JnrWouldBlock.class),
                row("tcp", "TCP"),
                row("udp", "UDP").quick());
    }

    private static Row row(String kind, String title) {
        Row row = Row.of("eagain", kind, title + ", receive without waiting, nothing there")
                .with(Who.C, CWouldBlock.class, kind)
                .with(Who.SOCKFD, SockfdWouldBlock.class, kind)
                .withRaw(RawWouldBlock.class, kind)
                .with(Who.NETTY, NettyWouldBlock.class, kind);
        return kind.equals("udp")
                ? row.with(Who.NIO_NONBLOCKING, NioWouldBlock.Datagram.class)
                : row.with(Who.NIO_NONBLOCKING, NioWouldBlock.Stream.class, kind);
    }

    /** EAGAIN. */
    public static final class CWouldBlock implements Contestant {
        static {
            Native.load();
        }

        private final int[] fds;

        public CWouldBlock(String kind) throws IOException {
            fds = Fixtures.descriptors(kind);
        }

        @Override
        public long run(int times) {
            return Native.check(wouldBlock(fds[0], times), "recv");
        }

        private static native long wouldBlock(int fd, int times);

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** {@link Socket#recv(ByteBuffer, int)}, whose result is {@link Socket#WOULD_BLOCK}. */
    public static final class SockfdWouldBlock implements Contestant {
        private final Socket.Pair pair;
        private final ByteBuffer in = Memory.allocate(Fixtures.SIZE);

        public SockfdWouldBlock(String kind) throws IOException {
            pair = Fixtures.pair(kind);
            pair.first().timeout(Socket.NON_BLOCKING);
        }

        @Override
        public long run(int times) throws IOException {
            Socket socket = pair.first();
            long failures = 0;
            for (int i = 0; i < times; i++) {
                failures += socket.recv(in, 0) == Socket.WOULD_BLOCK ? 1 : 0;
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            pair.close();
        }
    }

    /** {@link Libc#recv(int, long, long, int)}, whose result is -EAGAIN. */
    public static final class RawWouldBlock implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final int[] fds;
        private final ByteBuffer memory = Memory.allocate(Fixtures.SIZE);

        public RawWouldBlock(String kind) throws IOException {
            fds = Fixtures.descriptors(kind);
        }

        @Override
        public long run(int times) {
            int fd = fds[0];
            long in = Memory.address(memory);
            long failures = 0;
            for (int i = 0; i < times; i++) {
                failures += LIBC.recv(fd, in, Fixtures.SIZE, 0) == -Linux.EAGAIN ? 1 : 0;
            }
            return failures;
        }

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** {@link SocketChannel#read(ByteBuffer)} and {@link DatagramChannel#read(ByteBuffer)}, whose result is 0. */
    public static final class NioWouldBlock {
        private NioWouldBlock() {}

        /** {@code unix} and {@code tcp}. */
        public static final class Stream implements Contestant {
            private final NioEnds ends;
            private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

            public Stream(String kind) throws IOException {
                ends = NioEnds.open(kind.equals("tcp"), false);
            }

            @Override
            public long run(int times) throws IOException {
                SocketChannel channel = ends.first();
                long failures = 0;
                for (int i = 0; i < times; i++) {
                    failures += channel.read(in) == 0 ? 1 : 0;
                }
                return failures;
            }

            @Override
            public void close() throws IOException {
                ends.close();
            }
        }

        /** {@code udp}. */
        public static final class Datagram implements Contestant {
            private final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            private final Channel peer;
            private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

            public Datagram() throws IOException {
                DatagramChannel other = DatagramChannel.open(StandardProtocolFamily.INET);
                other.bind(Fixtures.anyPort());
                channel.bind(Fixtures.anyPort())
                        .connect(other.getLocalAddress())
                        .configureBlocking(false);
                peer = other;
            }

            @Override
            public long run(int times) throws IOException {
                long failures = 0;
                for (int i = 0; i < times; i++) {
                    failures += channel.read(in) == 0 ? 1 : 0;
                }
                return failures;
            }

            @Override
            public void close() throws IOException {
                channel.close();
                peer.close();
            }
        }
    }

    /** {@link io.netty.channel.unix.Socket#recv}, whose result is 0. */
    public static final class NettyWouldBlock implements Contestant {
        private final int[] fds;
        private final io.netty.channel.unix.Socket socket;
        private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

        public NettyWouldBlock(String kind) throws IOException {
            Epoll.ensureAvailability();
            fds = Fixtures.descriptors(kind);
            socket = new io.netty.channel.unix.Socket(fds[0]);
        }

        @Override
        public long run(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                failures += socket.recv(in, 0, in.capacity()) == 0 ? 1 : 0;
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            socket.close();
            Ends.close(fds[1]);
        }
    }

    /** {@link AFUNIXSocketChannel#read(ByteBuffer)}, whose result is 0. */
    public static final class JunixWouldBlock implements Contestant {
        private final AFSocketPair<AFUNIXSocketChannel> pair;
        private final AFUNIXSocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

        public JunixWouldBlock() throws IOException {
            pair = AFUNIXSocketPair.open();
            channel = pair.getSocket1();
            channel.configureBlocking(false);
        }

        @Override
        public long run(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                failures += channel.read(in) == 0 ? 1 : 0;
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            pair.close();
        }
    }

    /** {@link UnixSocketChannel#read(ByteBuffer)}, whose result is 0. */
    public static final class JnrWouldBlock implements Contestant {
        private final UnixSocketChannel[] pair = UnixSocketChannel.pair();
        private final UnixSocketChannel channel = pair[0];
        private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

        public JnrWouldBlock() throws IOException {
            channel.configureBlocking(false);
        }

        @Override
        public long run(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                failures += channel.read(in) == 0 ? 1 : 0;
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            pair[0].close();
            pair[1].close();
        }
    }
}
