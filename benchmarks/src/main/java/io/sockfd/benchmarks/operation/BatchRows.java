package io.sockfd.benchmarks.operation;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;

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
import io.sockfd.Message;
import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.option.UdpOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Cmsghdr;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Mmsghdr;
import io.sockfd.raw.struct.Msghdr;
import io.sockfd.raw.struct.SockaddrIn;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * UDP datagrams in batches, and as segments of one large send, both ends in one thread: {@code udp-batch}, {@code udp-gso},
 * {@code udp-gro}, {@code udp-gso-gro}.
 */
public final class BatchRows {
    private static final String SINGLES = "one datagram at a time: it has no calls for more";

    private BatchRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (int count : new int[] {1, 8, 32, 64}) {
            rows.add(batch(new Shape(count, 64, true, false, false, false)));
        }
        rows.add(batch(new Shape(32, 1200, true, false, false, false)));
        rows.add(gso(new Shape(8, 1200, true, true, false, false)));
        rows.add(gso(new Shape(32, 1200, true, true, false, false)));
        rows.add(gro(new Shape(32, 1200, true, false, false, true)));
        rows.add(gsoGro(new Shape(8, 1200, true, true, false, true)));
        rows.add(gsoGro(new Shape(32, 1200, true, true, false, true)).quick());
        rows.add(gsoGro(new Shape(32, 64, true, true, false, true)));
        rows.add(several(
                "udp-gso-gro-option",
                "UDP, connected, UDP_SEGMENT as the socket's option, and UDP_GRO",
                new Shape(32, 1200, true, true, true, true)));
        rows.add(several(
                        "udp-gso-gro-unconnected",
                        "UDP with addresses, UDP_SEGMENT and UDP_GRO",
                        new Shape(32, 1200, false, true, false, true))
                .with(Who.NETTY_PIPELINE, NettyPipelineSegments.class, 32, 1200)
                .note(Who.NETTY_PIPELINE, "UDP_SEGMENT and UDP_GRO, too; its loop is turned by the measuring thread"));
        return rows;
    }

    private static Row batch(Shape shape) {
        return several("udp-batch", "UDP, connected, sendmmsg and recvmmsg", shape);
    }

    private static Row gso(Shape shape) {
        return several("udp-gso", "UDP, connected, UDP_SEGMENT and recvmmsg", shape);
    }

    private static Row gro(Shape shape) {
        return several("udp-gro", "UDP, connected, sendmmsg and UDP_GRO", shape)
                .note(Who.C, "loopback coalesces nothing by itself: what an idle UDP_GRO costs");
    }

    private static Row gsoGro(Shape shape) {
        return several("udp-gso-gro", "UDP, connected, UDP_SEGMENT and UDP_GRO", shape);
    }

    private static Row several(String operation, String title, Shape shape) {
        int count = shape.count();
        int size = shape.size();
        Object[] arguments = {count, size, shape.connected(), shape.gso(), shape.option(), shape.gro()};
        Row row = Row.of(operation, count + "x" + size, title + ", " + count + " x " + size + " B")
                .per(count)
                .at("datagrams of " + size + " B", count)
                .with(Who.C, CMessages.class, arguments)
                .with(Who.SOCKFD, SockfdMessages.class, arguments)
                .withRaw(RawMessages.class, arguments);
        DatagramRows.singles(row, shape.connected(), size, count);
        for (Who who : row.who()) {
            if (!who.ours() && who != Who.C) {
                row.note(who, SINGLES);
            }
        }
        return row;
    }

    /**
     * How several datagrams are moved at once.
     *
     * @param count datagrams
     * @param size bytes of each
     * @param connected whether the sockets are, so that no message has an address
     * @param gso all are one send, which the kernel cuts (UDP_SEGMENT); otherwise one sendmmsg
     * @param option UDP_SEGMENT is set on the sender, which is connected, once; otherwise each send brings it along
     * @param gro the receiver takes what belongs together as one message (UDP_GRO); otherwise one recvmmsg
     */
    record Shape(int count, int size, boolean connected, boolean gso, boolean option, boolean gro) {
        int bytes() {
            return count * size;
        }
    }

    /** {@code native/bench/loops/datagram.c}, several datagrams at a time. */
    public static final class CMessages implements Contestant {
        static {
            Native.load();
        }

        private final int[] fds;
        private final Shape shape;
        // memory as the others have it: where it lies makes a tenth of the difference when so much is copied
        private final ByteBuffer out;
        private final ByteBuffer in;

        public CMessages(int count, int size, boolean connected, boolean gso, boolean option, boolean gro)
                throws IOException {
            shape = new Shape(count, size, connected, gso, option, gro);
            out = Memory.allocate(shape.bytes());
            in = Memory.allocate(shape.bytes());
            fds = DatagramRows.UdpEnds.descriptors(connected, true);
            if (option) {
                DatagramRows.UdpEnds.set(fds[0], UdpOptions.UDP_SEGMENT, size);
            }
            if (gro) {
                DatagramRows.UdpEnds.set(fds[1], UdpOptions.UDP_GRO, true);
            }
        }

        @Override
        public long run(int times) {
            return Native.check(
                    move(
                            fds[0],
                            fds[1],
                            Memory.address(out),
                            Memory.address(in),
                            shape.count(),
                            shape.size(),
                            shape.connected(),
                            shape.gso(),
                            shape.option(),
                            shape.gro(),
                            times),
                    "datagrams");
        }

        private static native long move(
                int out,
                int in,
                long from,
                long into,
                int count,
                int size,
                boolean connected,
                boolean gso,
                boolean option,
                boolean gro,
                int times);

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** {@link Message} with UDP_SEGMENT and UDP_GRO, {@link MessageBatch} without. */
    public static final class SockfdMessages implements Contestant {
        /** Room for one control message, of two bytes when sent and of four when received. */
        private static final int CONTROL = 24;

        private final Socket.Pair pair;
        private final Shape shape;
        private final @Nullable Sockaddr to;
        private final Side sender;
        private final Side receiver;

        /** What one end needs: a message for all datagrams, or a message for each. */
        private static final class Side {
            final MessageBatch batch;
            final Message whole;
            final ByteBuffer[] buffers;

            Side(int messages, int size, @Nullable Sockaddr address) {
                batch = new MessageBatch(messages, 1, CONTROL);
                whole = batch.get(0);
                buffers = new ByteBuffer[messages];
                for (int i = 0; i < messages; i++) {
                    buffers[i] = Memory.allocate(size);
                    batch.get(i).data(buffers[i]).address(address);
                }
            }

            Message whole() {
                buffers[0].clear();
                return whole;
            }

            MessageBatch batch() {
                for (ByteBuffer buffer : buffers) {
                    buffer.clear();
                }
                return batch;
            }
        }

        public SockfdMessages(int count, int size, boolean connected, boolean gso, boolean option, boolean gro)
                throws IOException {
            shape = new Shape(count, size, connected, gso, option, gro);
            pair = DatagramRows.UdpEnds.sockets(connected);
            pair.second().setOption(UdpOptions.UDP_GRO, gro);
            if (option) {
                pair.first().setOption(UdpOptions.UDP_SEGMENT, size);
            }
            to = connected ? null : pair.second().getsockname(new Sockaddr());
            sender = new Side(gso ? 1 : count, gso ? shape.bytes() : size, to);
            receiver = new Side(gro ? 1 : count, gro ? shape.bytes() : size, connected ? null : new Sockaddr());
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                if (shape.option()) {
                    pair.first().send(sender.buffers[0].clear(), 0);
                } else if (shape.gso()) {
                    sendSegments(pair.first());
                } else {
                    pair.first().sendMessages(sender.batch(), 0, shape.count(), 0);
                }
                bytes += shape.gro() ? receiveSegments(pair.second()) : receiveBatch(pair.second());
            }
            return bytes;
        }

        private void sendSegments(Socket socket) throws IOException {
            Message message = sender.whole();
            message.outgoing().clear().segmentSize(shape.size());
            socket.sendMessage(message, 0);
        }

        private long receiveSegments(Socket socket) throws IOException {
            long bytes = 0;
            for (int left = shape.count(); left > 0; ) {
                long received = socket.receiveMessage(receiver.whole(), 0);
                int segment = receiver.whole.incoming().udpGroSegment();
                left -= segment < 0 ? 1 : (int) (received / segment);
                bytes += received;
            }
            return bytes;
        }

        private long receiveBatch(Socket socket) throws IOException {
            int count = socket.receiveMessages(receiver.batch(), 0, shape.count(), 0);
            long bytes = 0;
            for (int i = 0; i < count; i++) {
                bytes += receiver.batch.get(i).length();
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            pair.close();
        }
    }

    /** {@link Libc#sendmsg} with UDP_SEGMENT and {@link Libc#recvmsg} with UDP_GRO, sendmmsg and recvmmsg without. */
    public static final class RawMessages implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final int[] fds;
        private final Shape shape;
        private final RawVector out;
        private final RawVector in;

        public RawMessages(int count, int size, boolean connected, boolean gso, boolean option, boolean gro)
                throws IOException {
            shape = new Shape(count, size, connected, gso, option, gro);
            fds = DatagramRows.UdpEnds.descriptors(connected, true);
            if (option) {
                DatagramRows.UdpEnds.set(fds[0], UdpOptions.UDP_SEGMENT, size);
            }
            if (gro) {
                DatagramRows.UdpEnds.set(fds[1], UdpOptions.UDP_GRO, true);
            }
            Sockaddr to = new Sockaddr();
            to.reset();
            LIBC.getsockname(fds[1], to.address(), to.lengthAddress());
            out = new RawVector(gso ? 1 : count, gso ? shape.bytes() : size);
            in = new RawVector(gro ? 1 : count, gro ? shape.bytes() : size);
            if (!connected) {
                out.address(to);
                in.address(new Sockaddr());
            }
            if (gso) {
                out.segment(size);
            }
        }

        @Override
        public long run(int times) {
            int first = fds[0];
            int second = fds[1];
            int count = shape.count();
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                if (shape.option()) {
                    LIBC.send(first, out.data(), shape.bytes(), MSG_NOSIGNAL);
                } else if (shape.gso()) {
                    LIBC.sendmsg(first, out.pointer(), MSG_NOSIGNAL);
                } else {
                    LIBC.sendmmsg(first, out.pointer(), count, MSG_NOSIGNAL);
                }
                bytes += shape.gro() ? receiveSegments(second) : receiveBatch(second);
            }
            return bytes;
        }

        private long receiveSegments(int fd) {
            long bytes = 0;
            for (int left = shape.count(); left > 0; ) {
                in.beforeReceive();
                long received = LIBC.recvmsg(fd, in.pointer(), 0);
                if (received < 0) {
                    return received;
                }
                int segment = in.segment();
                left -= segment < 0 ? 1 : (int) (received / segment);
                bytes += received;
            }
            return bytes;
        }

        private long receiveBatch(int fd) {
            in.beforeReceive();
            return in.bytes(LIBC.recvmmsg(fd, in.pointer(), shape.count(), 0, 0));
        }

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** A struct mmsghdr[] with all that it points to: a buffer, and room for an address and one control message each. */
    static final class RawVector {
        private static final int CONTROL = Cmsghdr.cmsg_space(Integer.BYTES);

        private final int count;
        private final ByteBuffer headers;
        private final ByteBuffer control;
        private final long pointer;
        // nothing else keeps what the headers point to
        private final ByteBuffer iovecs;
        private final ByteBuffer data;
        private @Nullable Sockaddr address;

        RawVector(int count, int size) {
            this.count = count;
            headers = Memory.allocate(count * Mmsghdr.SIZE);
            control = Memory.allocate(count * CONTROL);
            iovecs = Memory.allocate(count * Iovec.SIZE);
            data = Memory.allocate(count * size);
            pointer = Memory.address(headers);
            for (int i = 0; i < count; i++) {
                Iovec.iov_base(iovecs, i * Iovec.SIZE, Memory.address(data) + (long) i * size);
                Iovec.iov_len(iovecs, i * Iovec.SIZE, size);
                Msghdr.msg_iov(headers, i * Mmsghdr.SIZE, Memory.address(iovecs) + (long) i * Iovec.SIZE);
                Msghdr.msg_iovlen(headers, i * Mmsghdr.SIZE, 1);
            }
        }

        long pointer() {
            return pointer;
        }

        /** The address of the first message's data. */
        long data() {
            return Memory.address(data);
        }

        /** Where all messages go, or where all senders' addresses are put. */
        void address(Sockaddr sockaddr) {
            address = sockaddr;
            for (int i = 0; i < count; i++) {
                Msghdr.msg_name(headers, i * Mmsghdr.SIZE, sockaddr.address());
                Msghdr.msg_namelen(headers, i * Mmsghdr.SIZE, SockaddrIn.SIZE);
            }
        }

        /** UDP_SEGMENT with the first message. */
        void segment(int bytes) {
            Cmsghdr.cmsg_len(control, 0, Cmsghdr.cmsg_len(Short.BYTES));
            Cmsghdr.cmsg_level(control, 0, Linux.SOL_UDP);
            Cmsghdr.cmsg_type(control, 0, Linux.UDP_SEGMENT);
            control.putShort(Cmsghdr.SIZE, (short) bytes);
            Msghdr.msg_control(headers, 0, Memory.address(control));
            Msghdr.msg_controllen(headers, 0, Cmsghdr.cmsg_space(Short.BYTES));
        }

        /** Says again how much room there is: the kernel has put in what it used. */
        void beforeReceive() {
            int room = address == null ? 0 : SockaddrIn.SIZE;
            long controls = Memory.address(control);
            for (int i = 0; i < count; i++) {
                Msghdr.msg_namelen(headers, i * Mmsghdr.SIZE, room);
                Msghdr.msg_control(headers, i * Mmsghdr.SIZE, controls + (long) i * CONTROL);
                Msghdr.msg_controllen(headers, i * Mmsghdr.SIZE, CONTROL);
            }
        }

        /** UDP_GRO of the first message, -1 when it is a single datagram. */
        int segment() {
            return Msghdr.msg_controllen(headers, 0) >= Cmsghdr.cmsg_len(Integer.BYTES)
                            && Cmsghdr.cmsg_level(control, 0) == Linux.SOL_UDP
                            && Cmsghdr.cmsg_type(control, 0) == Linux.UDP_GRO
                    ? control.getInt(Cmsghdr.SIZE)
                    : -1;
        }

        /** The bytes of the first {@code received} messages; a negative errno as it is. */
        long bytes(int received) {
            long bytes = Math.min(received, 0);
            for (int i = 0; i < received; i++) {
                bytes += Mmsghdr.msg_len(headers, i * Mmsghdr.SIZE);
            }
            return bytes;
        }
    }

    /** netty's {@link EpollDatagramChannel} with UDP_SEGMENT and UDP_GRO; its event loop is turned by the measuring thread. */
    public static final class NettyPipelineSegments implements Contestant {
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
            channel.config()
                    .setSendBufferSize(DatagramRows.UdpEnds.BUFFER)
                    .setReceiveBufferSize(DatagramRows.UdpEnds.BUFFER);
            ChannelPromise registered = channel.newPromise();
            channel.unsafe().register(loop, registered);
            done(registered, "register");
            done(channel.bind(DatagramRows.UdpEnds.anyPort()), "bind");
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
}
