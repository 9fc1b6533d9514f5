package io.sockfd.benchmarks.operation;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;

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
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import jnr.unixsocket.UnixSocketChannel;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/**
 * Sending and receiving on connected stream sockets, both ends in one thread, so that no scheduler is in the figure: {@code
 * unix}, {@code unix-array}, {@code tcp}, {@code tcp-array}.
 */
public final class StreamRows {
    private static final String COPIES = "copies through its own array";

    private StreamRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (int size : new int[] {1, 64, 1024, 4096, 16384, 65536}) {
            rows.add(marked(size, direct(false, size)));
        }
        for (int size : new int[] {1, 64, 1024, 4096, 16384, 65536}) {
            rows.add(arrays(false, size));
        }
        for (int size : new int[] {1, 64, 1024, 4096, 16384, 65536}) {
            rows.add(direct(true, size));
        }
        for (int size : new int[] {64, 4096, 16384}) {
            rows.add(arrays(true, size));
        }
        return rows;
    }

    private static Row direct(boolean tcp, int size) {
        Row row = row(tcp, size, "", "direct buffers")
                .with(Who.C, CStream.class, tcp, size)
                .with(Who.SOCKFD, SockfdStream.class, tcp, size)
                .withRaw(RawStream.class, tcp, size)
                .with(Who.NIO, NioStream.class, tcp, size, true, true)
                .with(Who.NIO_NONBLOCKING, NioStream.class, tcp, size, true, false)
                .with(Who.NETTY, NettyStream.class, tcp, size);
        return tcp
                ? row
                : row.with(Who.JUNIXSOCKET, JunixStream.class, size, true)
                        .with(Who.JNR_UNIXSOCKET, JnrStream.class, size, true)
                        .note(Who.JNR_UNIXSOCKET, COPIES);
    }

    private static Row arrays(boolean tcp, int size) {
        Row row = row(tcp, size, "-array", "byte[] or heap buffers")
                .with(Who.C, CStream.class, tcp, size)
                .with(Who.SOCKFD, SockfdArrayStream.class, tcp, size)
                .withRaw(RawArrayStream.class, tcp, size)
                .with(Who.NIO, NioStream.class, tcp, size, false, true)
                .with(Who.NIO_NONBLOCKING, NioStream.class, tcp, size, false, false);
        return tcp
                ? row
                : row.with(Who.JUNIXSOCKET_STREAMS, JunixArrayStream.class, size)
                        .with(Who.JUNIXSOCKET, JunixStream.class, size, false)
                        .with(Who.JNR_UNIXSOCKET, JnrStream.class, size, false);
    }

    private static Row row(boolean tcp, int size, String suffix, String memory) {
        return Row.of(
                        (tcp ? "tcp" : "unix") + suffix,
                        Integer.toString(size),
                        (tcp ? "TCP" : "UNIX") + " stream, send and receive " + size + " B, " + memory)
                .at("bytes", size);
    }

    private static Row marked(int size, Row row) {
        return size == 64 || size == 4096 ? row.quick() : row;
    }

    /** {@code native/bench/loops/stream.c}. */
    public static final class CStream implements Contestant {
        static {
            Native.load();
        }

        private final int[] fds;
        private final int size;
        private final ByteBuffer memory; // as all others have it: where a buffer lies is a part of its cost

        public CStream(boolean tcp, int size) throws IOException {
            fds = Ends.descriptors(tcp);
            this.size = size;
            memory = Memory.allocate(2 * size);
        }

        @Override
        public long run(int times) {
            return Native.check(sendRecv(fds[0], fds[1], Memory.address(memory), size, times), "send and recv");
        }

        private static native long sendRecv(int out, int in, long memory, int size, int times);

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** {@link Socket#send} and {@link Socket#recv} with direct buffers. */
    public static final class SockfdStream implements Contestant {
        private final Socket.Pair pair;
        private final ByteBuffer out;
        private final ByteBuffer in;

        public SockfdStream(boolean tcp, int size) throws IOException {
            pair = Ends.sockets(tcp);
            out = Memory.allocate(size);
            in = Memory.allocate(size);
        }

        @Override
        public long run(int times) throws IOException {
            Socket first = pair.first();
            Socket second = pair.second();
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                first.send(out.clear(), 0);
                in.clear();
                while (in.hasRemaining()) {
                    bytes += second.recv(in, 0);
                }
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            pair.close();
        }
    }

    /** {@link Socket#send(byte[], int, int, int)} and {@link Socket#recv(byte[], int, int, int)}. */
    public static final class SockfdArrayStream implements Contestant {
        private final Socket.Pair pair;
        private final byte[] out;
        private final byte[] in;

        public SockfdArrayStream(boolean tcp, int size) throws IOException {
            pair = Ends.sockets(tcp);
            out = new byte[size];
            in = new byte[size];
        }

        @Override
        public long run(int times) throws IOException {
            Socket first = pair.first();
            Socket second = pair.second();
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                first.send(out, 0, out.length, 0);
                int received = 0;
                while (received < in.length) {
                    received += second.recv(in, received, in.length - received, 0);
                }
                bytes += received;
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            pair.close();
        }
    }

    /** {@link Libc#send(int, long, long, int)} and {@link Libc#recv(int, long, long, int)}. */
    public static final class RawStream implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final int[] fds;
        private final ByteBuffer memory;
        private final int size;

        public RawStream(boolean tcp, int size) throws IOException {
            fds = Ends.descriptors(tcp);
            this.size = size;
            memory = Memory.allocate(2 * size);
        }

        @Override
        public long run(int times) {
            int first = fds[0];
            int second = fds[1];
            long out = Memory.address(memory);
            long in = out + size;
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                LIBC.send(first, out, size, MSG_NOSIGNAL);
                long received = 0;
                while (received < size) {
                    received += LIBC.recv(second, in + received, size - received, 0);
                }
                bytes += received;
            }
            return bytes;
        }

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** {@link Libc#send(int, byte[], int, int, int)} and {@link Libc#recv(int, byte[], int, int, int)}. */
    public static final class RawArrayStream implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final int[] fds;
        private final byte[] out;
        private final byte[] in;

        public RawArrayStream(boolean tcp, int size) throws IOException {
            fds = Ends.descriptors(tcp);
            out = new byte[size];
            in = new byte[size];
        }

        @Override
        public long run(int times) {
            int first = fds[0];
            int second = fds[1];
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                int sent = 0;
                while (sent < out.length) {
                    sent += (int) LIBC.send(first, out, sent, out.length - sent, MSG_NOSIGNAL);
                }
                int received = 0;
                while (received < in.length) {
                    received += (int) LIBC.recv(second, in, received, in.length - received, 0);
                }
                bytes += received;
            }
            return bytes;
        }

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** {@link SocketChannel}, blocking or not, with direct buffers or with those on the heap. */
    public static final class NioStream implements Contestant {
        private final NioEnds ends;
        private final ByteBuffer out;
        private final ByteBuffer in;

        public NioStream(boolean tcp, int size, boolean direct, boolean blocking) throws IOException {
            ends = NioEnds.open(tcp, blocking);
            out = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
            in = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        }

        @Override
        public long run(int times) throws IOException {
            SocketChannel first = ends.first();
            SocketChannel second = ends.second();
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                first.write(out.clear());
                in.clear();
                while (in.hasRemaining()) {
                    bytes += second.read(in);
                }
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            ends.close();
        }
    }

    /** netty's {@link io.netty.channel.unix.Socket} as its channels use it, without event loop and pipeline. */
    public static final class NettyStream implements Contestant {
        private final io.netty.channel.unix.Socket first;
        private final io.netty.channel.unix.Socket second;
        private final ByteBuffer out;
        private final ByteBuffer in;

        public NettyStream(boolean tcp, int size) throws IOException {
            Epoll.ensureAvailability();
            int[] fds = Ends.descriptors(tcp);
            for (int fd : fds) {
                Libc.get().fcntl(fd, Linux.F_SETFL, Linux.O_NONBLOCK);
            }
            first = new io.netty.channel.unix.Socket(fds[0]);
            second = new io.netty.channel.unix.Socket(fds[1]);
            out = ByteBuffer.allocateDirect(size);
            in = ByteBuffer.allocateDirect(size);
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                first.send(out, 0, out.capacity());
                int received = 0;
                while (received < in.capacity()) {
                    received += second.recv(in, received, in.capacity());
                }
                bytes += received;
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            first.close();
            second.close();
        }
    }

    /** junixsocket's channels. */
    public static final class JunixStream implements Contestant {
        private final AFUNIXSocketChannel first;
        private final AFUNIXSocketChannel second;
        private final ByteBuffer out;
        private final ByteBuffer in;

        public JunixStream(int size, boolean direct) throws IOException {
            AFSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
            first = pair.getSocket1();
            second = pair.getSocket2();
            out = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
            in = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                first.write(out.clear());
                in.clear();
                while (in.hasRemaining()) {
                    bytes += second.read(in);
                }
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            first.close();
            second.close();
        }
    }

    /** junixsocket's streams. */
    public static final class JunixArrayStream implements Contestant {
        private final AFSocketPair<AFUNIXSocketChannel> pair;
        private final OutputStream to;
        private final InputStream from;
        private final byte[] out;
        private final byte[] in;

        public JunixArrayStream(int size) throws IOException {
            pair = AFUNIXSocketPair.open();
            to = pair.getSocket1().socket().getOutputStream();
            from = pair.getSocket2().socket().getInputStream();
            out = new byte[size];
            in = new byte[size];
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                to.write(out, 0, out.length);
                int received = 0;
                while (received < in.length) {
                    received += from.read(in, received, in.length - received);
                }
                bytes += received;
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            pair.close();
        }
    }

    /** jnr-unixsocket's channels. */
    public static final class JnrStream implements Contestant {
        private final UnixSocketChannel first;
        private final UnixSocketChannel second;
        private final ByteBuffer out;
        private final ByteBuffer in;

        public JnrStream(int size, boolean direct) throws IOException {
            UnixSocketChannel[] pair = UnixSocketChannel.pair();
            first = pair[0];
            second = pair[1];
            out = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
            in = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                first.write(out.clear());
                in.clear();
                while (in.hasRemaining()) {
                    bytes += second.read(in);
                }
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            first.close();
            second.close();
        }
    }
}
