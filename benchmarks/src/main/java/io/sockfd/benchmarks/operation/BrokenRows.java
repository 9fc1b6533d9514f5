package io.sockfd.benchmarks.operation;

import io.netty.channel.epoll.Epoll;
import io.sockfd.ErrnoException;
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
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import jnr.unixsocket.UnixSocketChannel;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** Sending to a peer that is gone: {@code epipe}. */
public final class BrokenRows {
    private static final String SIGNAL =
            Fixtures.EXCEPTION + "; the kernel raises SIGPIPE besides, MSG_NOSIGNAL is not set";

    private BrokenRows() {}

    public static List<Row> all() {
        return List.of(
                row(false)
                        .with(Who.JUNIXSOCKET, JunixBroken.class)
                        .with(Who.JNR_UNIXSOCKET, JnrBroken.class)
                        .note(Who.JUNIXSOCKET, Fixtures.EXCEPTION)
                        .note(Who.JNR_UNIXSOCKET, SIGNAL),
                row(true).with(Who.JAVA_NET, JavaNetBroken.class).note(Who.JAVA_NET, SIGNAL));
    }

    private static Row row(boolean tcp) {
        Row row = Row.of(
                        "epipe",
                        tcp ? "tcp" : "unix",
                        (tcp ? "TCP" : "UNIX stream") + ", send " + Fixtures.SIZE + " B to a closed peer, EPIPE")
                .with(Who.C, CBroken.class, tcp)
                .with(Who.SOCKFD, SockfdBroken.class, tcp)
                .withRaw(RawBroken.class, tcp)
                .with(Who.NIO, NioBroken.class, tcp, true)
                .with(Who.NIO_NONBLOCKING, NioBroken.class, tcp, false)
                .with(Who.NETTY, NettyBroken.class, tcp)
                .note(Who.SOCKFD, Fixtures.EXCEPTION)
                .note(Who.NIO, SIGNAL)
                .note(Who.NIO_NONBLOCKING, SIGNAL)
                .note(Who.NETTY, "throws an exception without a stack trace; the kernel raises SIGPIPE besides");
        return Fixtures.raw(row);
    }

    /** EPIPE. */
    public static final class CBroken implements Contestant {
        static {
            Native.load();
        }

        private final int fd;

        public CBroken(boolean tcp) throws IOException {
            fd = Fixtures.brokenDescriptor(tcp);
        }

        @Override
        public long run(int times) {
            return Native.check(broken(fd, times), "send");
        }

        private static native long broken(int fd, int times);

        @Override
        public void close() {
            Ends.close(fd);
        }
    }

    /** {@link Socket#send(ByteBuffer, int)}, which throws. */
    public static final class SockfdBroken implements Contestant {
        private final Socket socket;
        private final ByteBuffer out = Memory.allocate(Fixtures.SIZE);

        public SockfdBroken(boolean tcp) throws IOException {
            socket = Fixtures.broken(tcp);
        }

        @Override
        public long run(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                try {
                    socket.send(out.clear(), 0);
                } catch (ErrnoException e) {
                    failures++;
                }
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** {@link Libc#send(int, long, long, int)}, whose result is -EPIPE. */
    public static final class RawBroken implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final int fd;
        private final ByteBuffer memory = Memory.allocate(Fixtures.SIZE);

        public RawBroken(boolean tcp) throws IOException {
            fd = Fixtures.brokenDescriptor(tcp);
        }

        @Override
        public long run(int times) {
            long out = Memory.address(memory);
            long failures = 0;
            for (int i = 0; i < times; i++) {
                failures += LIBC.send(fd, out, Fixtures.SIZE, Linux.MSG_NOSIGNAL) == -Linux.EPIPE ? 1 : 0;
            }
            return failures;
        }

        @Override
        public void close() {
            Ends.close(fd);
        }
    }

    /** {@link SocketChannel#write(ByteBuffer)}. */
    public static final class NioBroken implements Contestant {
        private final SocketChannel channel;
        private final ByteBuffer out = ByteBuffer.allocateDirect(Fixtures.SIZE);

        public NioBroken(boolean tcp, boolean blocking) throws IOException {
            NioEnds ends = NioEnds.open(tcp, blocking);
            ends.second().close();
            channel = ends.first();
            Fixtures.untilFails(() -> channel.write(out.clear()));
        }

        @Override
        public long run(int times) {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                try {
                    channel.write(out.clear());
                } catch (IOException e) {
                    failures++;
                }
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** {@link java.net.Socket#getOutputStream}. */
    public static final class JavaNetBroken implements Contestant {
        private final java.net.Socket socket;
        private final OutputStream to;
        private final byte[] out = new byte[Fixtures.SIZE];

        public JavaNetBroken() throws IOException {
            try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                socket = new java.net.Socket(listener.getInetAddress(), listener.getLocalPort());
                listener.accept().close();
            }
            to = socket.getOutputStream();
            Fixtures.untilFails(() -> to.write(out));
        }

        @Override
        public long run(int times) {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                try {
                    to.write(out);
                } catch (IOException e) {
                    failures++;
                }
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** {@link io.netty.channel.unix.Socket#send}. */
    public static final class NettyBroken implements Contestant {
        private final io.netty.channel.unix.Socket socket;
        private final ByteBuffer out = ByteBuffer.allocateDirect(Fixtures.SIZE);

        public NettyBroken(boolean tcp) throws IOException {
            Epoll.ensureAvailability();
            socket = new io.netty.channel.unix.Socket(Fixtures.brokenDescriptor(tcp));
        }

        @Override
        public long run(int times) {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                try {
                    socket.send(out, 0, out.capacity());
                } catch (IOException e) {
                    failures++;
                }
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** {@link AFUNIXSocketChannel#write(ByteBuffer)}. */
    public static final class JunixBroken implements Contestant {
        private final AFUNIXSocketChannel channel;
        private final ByteBuffer out = ByteBuffer.allocateDirect(Fixtures.SIZE);

        public JunixBroken() throws IOException {
            AFSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
            channel = pair.getSocket1();
            pair.getSocket2().close();
            Fixtures.untilFails(() -> channel.write(out.clear()));
        }

        @Override
        public long run(int times) {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                try {
                    channel.write(out.clear());
                } catch (IOException e) {
                    failures++;
                }
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** {@link UnixSocketChannel#write(ByteBuffer)}. */
    public static final class JnrBroken implements Contestant {
        private final UnixSocketChannel channel;
        private final ByteBuffer out = ByteBuffer.allocateDirect(Fixtures.SIZE);

        public JnrBroken() throws IOException {
            UnixSocketChannel[] pair = UnixSocketChannel.pair();
            channel = pair[0];
            pair[1].close();
            Fixtures.untilFails(() -> channel.write(out.clear()));
        }

        @Override
        public long run(int times) {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                try {
                    channel.write(out.clear());
                } catch (IOException e) {
                    failures++;
                }
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
