package io.sockfd.benchmarks.operation;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.IovArray;
import io.sockfd.Message;
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
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Msghdr;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import jnr.unixsocket.UnixSocketChannel;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/**
 * One call for many buffers: {@code gather} by writev(2) and readv(2), {@code message} by sendmsg(2) and recvmsg(2), which
 * take flags.
 */
public final class GatherRows {
    private static final int SIZE = 64;

    private GatherRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (boolean tcp : new boolean[] {false, true}) {
            for (int count : new int[] {2, 8, 64}) {
                Row row = row("gather", tcp, count, "buffer arrays")
                        .with(Who.SOCKFD, SockfdGather.class, tcp, count, SIZE);
                rows.add(!tcp && count == 8 ? row.quick() : row);
            }
        }
        for (int count : new int[] {2, 8, 64}) {
            rows.add(
                    row("message", false, count, "messages").with(Who.SOCKFD, SockfdMessage.class, false, count, SIZE));
        }
        return rows;
    }

    private static Row row(String operation, boolean tcp, int count, String api) {
        String socket = tcp ? "TCP" : "UNIX";
        Row row = Row.of(
                        operation,
                        (tcp ? "tcp-" : "unix-") + count,
                        socket + " stream, send and receive " + count + " buffers of " + SIZE + " B, " + api)
                .at(socket + " buffers", count)
                .with(Who.C, CGather.class, tcp, count, SIZE)
                .withRaw(RawGather.class, tcp, count, SIZE)
                .with(Who.NIO, NioGather.class, tcp, count, SIZE, true)
                .with(Who.NIO_NONBLOCKING, NioGather.class, tcp, count, SIZE, false)
                .with(Who.NETTY, NettyGather.class, tcp, count, SIZE)
                .note(Who.NETTY, "gathers, but receives into one buffer: it has no scattering read");
        return tcp
                ? row
                : row.with(Who.JUNIXSOCKET, JunixGather.class, count, SIZE)
                        .note(Who.JUNIXSOCKET, "one call for each buffer")
                        .with(Who.JNR_UNIXSOCKET, JnrGather.class, count, SIZE)
                        .note(Who.JNR_UNIXSOCKET, "one call for each buffer, which copies through its own array");
    }

    /** Some direct buffers of one size, each a piece of memory by itself. */
    static final class Buffers {
        private Buffers() {}

        static ByteBuffer[] of(int count, int size) {
            return IntStream.range(0, count)
                    .mapToObj(i -> Memory.allocate(size))
                    .toArray(ByteBuffer[]::new);
        }

        static void clear(ByteBuffer[] buffers) {
            for (ByteBuffer buffer : buffers) {
                buffer.clear();
            }
        }

        /** A struct msghdr over them, with its struct iovec[] behind it. */
        static ByteBuffer header(ByteBuffer[] buffers) {
            ByteBuffer header = Memory.allocate(Msghdr.SIZE + buffers.length * Iovec.SIZE);
            for (int i = 0; i < buffers.length; i++) {
                int iovec = Msghdr.SIZE + i * Iovec.SIZE;
                Iovec.iov_base(header, iovec, Memory.address(buffers[i]));
                Iovec.iov_len(header, iovec, buffers[i].capacity());
            }
            Msghdr.msg_iov(header, 0, Memory.address(header) + Msghdr.SIZE);
            Msghdr.msg_iovlen(header, 0, buffers.length);
            return header;
        }
    }

    /** {@code native/bench/loops/gather.c}. */
    public static final class CGather implements Contestant {
        static {
            Native.load();
        }

        private final int[] fds;
        private final int count;
        private final int size;

        public CGather(boolean tcp, int count, int size) throws IOException {
            fds = Ends.descriptors(tcp);
            this.count = count;
            this.size = size;
        }

        @Override
        public long run(int times) {
            return Native.check(sendRecv(fds[0], fds[1], count, size, times), "sendmsg and recvmsg");
        }

        private static native long sendRecv(int out, int in, int count, int size, int times);

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** {@link Socket#write(ByteBuffer[])} and {@link Socket#read(ByteBuffer[])}. */
    public static final class SockfdGather implements Contestant {
        private final Socket.Pair pair;
        private final ByteBuffer[] out;
        private final ByteBuffer[] in;
        private final int room;

        public SockfdGather(boolean tcp, int count, int size) throws IOException {
            pair = Ends.sockets(tcp);
            out = Buffers.of(count, size);
            in = Buffers.of(count, size);
            room = count * size;
        }

        @Override
        public long run(int times) throws IOException {
            Socket first = pair.first();
            Socket second = pair.second();
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                Buffers.clear(out);
                first.write(out);
                Buffers.clear(in);
                long received = 0;
                while (received < room) {
                    received += second.read(in);
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

    /** {@link Socket#sendMessage} and {@link Socket#receiveMessage} with messages that keep their buffers. */
    public static final class SockfdMessage implements Contestant {
        private final Socket.Pair pair;
        private final ByteBuffer[] out;
        private final ByteBuffer[] in;
        private final Message sent;
        private final Message received;

        public SockfdMessage(boolean tcp, int count, int size) throws IOException {
            pair = Ends.sockets(tcp);
            out = Buffers.of(count, size);
            in = Buffers.of(count, size);
            sent = new Message(count, 0).data(out);
            received = new Message(count, 0).data(in);
        }

        @Override
        public long run(int times) throws IOException {
            Socket first = pair.first();
            Socket second = pair.second();
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                Buffers.clear(out);
                first.sendMessage(sent, 0);
                Buffers.clear(in);
                bytes += second.receiveMessage(received, 0);
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            pair.close();
        }
    }

    /** {@link Libc#sendmsg} and {@link Libc#recvmsg} of headers that are laid out once, as C does it. */
    public static final class RawGather implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final int[] fds;
        private final ByteBuffer[] out;
        private final ByteBuffer[] in;
        private final ByteBuffer sent;
        private final ByteBuffer received;

        public RawGather(boolean tcp, int count, int size) throws IOException {
            fds = Ends.descriptors(tcp);
            out = Buffers.of(count, size);
            in = Buffers.of(count, size);
            sent = Buffers.header(out);
            received = Buffers.header(in);
        }

        @Override
        public long run(int times) {
            int first = fds[0];
            int second = fds[1];
            long to = Memory.address(sent);
            long from = Memory.address(received);
            long bytes = 0;
            try {
                for (int i = 0; i < times; i++) {
                    LIBC.sendmsg(first, to, MSG_NOSIGNAL);
                    bytes += LIBC.recvmsg(second, from, 0);
                }
                return bytes;
            } finally {
                Reference.reachabilityFence(out);
                Reference.reachabilityFence(in);
            }
        }

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** {@link SocketChannel#write(ByteBuffer[])} and {@link SocketChannel#read(ByteBuffer[])}. */
    public static final class NioGather implements Contestant {
        private final NioEnds ends;
        private final ByteBuffer[] out;
        private final ByteBuffer[] in;
        private final int room;

        public NioGather(boolean tcp, int count, int size, boolean blocking) throws IOException {
            ends = NioEnds.open(tcp, blocking);
            out = Buffers.of(count, size);
            in = Buffers.of(count, size);
            room = count * size;
        }

        @Override
        public long run(int times) throws IOException {
            SocketChannel first = ends.first();
            SocketChannel second = ends.second();
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                Buffers.clear(out);
                first.write(out);
                Buffers.clear(in);
                long received = 0;
                while (received < room) {
                    received += second.read(in);
                }
                bytes += received;
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            ends.close();
        }
    }

    /** {@link io.netty.channel.unix.Socket#writevAddresses} of an {@link IovArray} that is filled each time, as netty's channels do it. */
    public static final class NettyGather implements Contestant {
        private final io.netty.channel.unix.Socket first;
        private final io.netty.channel.unix.Socket second;
        private final List<ByteBuf> out = new ArrayList<>();
        private final IovArray pieces;
        private final ByteBuffer in;

        @SuppressWarnings("deprecation") // IovArray's constructors, for users; its channels go on to have them
        public NettyGather(boolean tcp, int count, int size) throws IOException {
            Epoll.ensureAvailability();
            int[] fds = Ends.descriptors(tcp);
            for (int fd : fds) {
                Libc.get().fcntl(fd, Linux.F_SETFL, Linux.O_NONBLOCK);
            }
            first = new io.netty.channel.unix.Socket(fds[0]);
            second = new io.netty.channel.unix.Socket(fds[1]);
            for (int i = 0; i < count; i++) {
                out.add(UnpooledByteBufAllocator.DEFAULT
                        .directBuffer(size, size)
                        .writeZero(size));
            }
            pieces = new IovArray(UnpooledByteBufAllocator.DEFAULT.directBuffer(count * IovArray.IOV_SIZE));
            in = ByteBuffer.allocateDirect(count * size);
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                pieces.clear();
                for (int piece = 0; piece < out.size(); piece++) {
                    ByteBuf buffer = out.get(piece);
                    pieces.add(buffer, buffer.readerIndex(), buffer.readableBytes());
                }
                first.writevAddresses(pieces.memoryAddress(0), pieces.count());
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
            pieces.release();
            out.forEach(ByteBuf::release);
        }
    }

    /** junixsocket's channels, whose forms for several buffers use the first one and leave the others for another call. */
    public static final class JunixGather implements Contestant {
        private final AFUNIXSocketChannel first;
        private final AFUNIXSocketChannel second;
        private final ByteBuffer[] out;
        private final ByteBuffer[] in;

        public JunixGather(int count, int size) throws IOException {
            AFSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
            first = pair.getSocket1();
            second = pair.getSocket2();
            out = Buffers.of(count, size);
            in = Buffers.of(count, size);
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                Buffers.clear(out);
                for (int piece = 0; piece < out.length; piece++) {
                    first.write(out, piece, out.length - piece);
                }
                Buffers.clear(in);
                for (int piece = 0; piece < in.length; piece++) {
                    bytes += second.read(in, piece, in.length - piece);
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

    /** jnr-unixsocket's channels, whose forms for several buffers make a call for each. */
    public static final class JnrGather implements Contestant {
        private final UnixSocketChannel first;
        private final UnixSocketChannel second;
        private final ByteBuffer[] out;
        private final ByteBuffer[] in;

        public JnrGather(int count, int size) throws IOException {
            UnixSocketChannel[] pair = UnixSocketChannel.pair();
            first = pair[0];
            second = pair[1];
            out = Buffers.of(count, size);
            in = Buffers.of(count, size);
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                Buffers.clear(out);
                first.write(out);
                Buffers.clear(in);
                bytes += second.read(in);
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
