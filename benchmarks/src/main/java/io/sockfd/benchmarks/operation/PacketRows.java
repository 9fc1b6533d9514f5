package io.sockfd.benchmarks.operation;

import com.sun.management.ThreadMXBean;
import io.sockfd.Errno;
import io.sockfd.Message;
import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.PacketAddress;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Timed;
import io.sockfd.benchmarks.Who;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Mmsghdr;
import io.sockfd.raw.struct.Msghdr;
import io.sockfd.raw.struct.SockaddrLl;
import io.sockfd.raw.struct.TpacketStats;
import io.sockfd.raw.struct.TpacketStatsV3;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Reading whole frames from a packet socket: {@code packet}. It is the reader's time alone, since what sending costs is the
 * same for all; each contestant has a network namespace of its own.
 */
public final class PacketRows {
    private static final String METRIC = "reader's time per frame";

    private PacketRows() {}

    public static List<Row> all() {
        return List.of(
                row("recvfrom", "Packet socket, recvfrom of 64 B frames")
                        .with(Who.C, CReader.class, 1)
                        .with(Who.SOCKFD, SockfdReader.class)
                        .withRaw(RawReader.class),
                row("recvmmsg-32", "Packet socket, recvmmsg of 32 frames of 64 B")
                        .with(Who.C, CReader.class, 32)
                        .with(Who.SOCKFD, SockfdBatchReader.class, 32)
                        .withRaw(RawBatchReader.class, 32));
    }

    static Row row(String variant, String title) {
        return Row.of("packet", variant, title).wide().per(Frames.BURST).metric(METRIC);
    }

    /** Sends frames over loopback that nobody takes but packet sockets. */
    static final class Frames implements Closeable {
        /** The frames of one burst. */
        static final int BURST = 4096;

        /** Bytes of a frame. */
        static final int SIZE = 64;

        /** The EtherType for local experiments (IEEE 802). */
        static final int PROTOCOL = 0x88b5;

        /** Where each frame carries its number, in network byte order. */
        static final int NUMBER = 14;

        private static final int TYPE = 12;
        private static final int BATCH = 64;
        private static final long LATEST_NANOS = 2_000_000_000L;

        private final Socket socket;
        private final ByteBuffer statistics = Memory.allocate(TpacketStatsV3.SIZE + Integer.BYTES);
        private final MessageBatch batch = new MessageBatch(BATCH, 1, 0);
        private final ByteBuffer[] buffers = new ByteBuffer[BATCH];

        /** In the calling thread's network namespace. */
        Frames() throws IOException {
            socket = Socket.packet(SocketType.RAW, 0).bind(new PacketAddress(0, PrivateNetwork.LOOPBACK));
            for (int i = 0; i < BATCH; i++) {
                buffers[i] = Memory.allocate(SIZE);
                buffers[i].order(ByteOrder.BIG_ENDIAN).putShort(TYPE, (short) PROTOCOL);
                Message unused = batch.get(i).data(buffers[i]);
            }
        }

        /**
         * Sends a burst to a packet socket, and returns when all of it lies in its queue: a processor that is busy may leave
         * frames in its backlog for a while, and drops what is too much for that.
         */
        void send(int reader) throws IOException {
            long deadline = System.nanoTime() + LATEST_NANOS;
            for (int number = 0; number < BURST; number += BATCH) {
                for (int i = 0; i < BATCH; i++) {
                    buffers[i].clear().putInt(NUMBER, number + i);
                }
                int sent = socket.sendMessages(batch, 0, BATCH, 0);
                for (int left = sent; left > 0; left -= arrived(reader)) {
                    if (sent != BATCH || System.nanoTime() > deadline) {
                        throw new IOException(left + " of " + sent + " frames did not come over loopback");
                    }
                }
            }
        }

        /** How many came since it was asked last. */
        private int arrived(int reader) throws IOException {
            return arrived(reader, statistics);
        }

        /** @param statistics memory for the kernel's answer */
        static int arrived(int reader, ByteBuffer statistics) throws IOException {
            statistics.putInt(TpacketStatsV3.SIZE, TpacketStatsV3.SIZE);
            long pointer = Memory.address(statistics);
            int result = Libc.get()
                    .getsockopt(
                            reader, Linux.SOL_PACKET, Linux.PACKET_STATISTICS, pointer, pointer + TpacketStatsV3.SIZE);
            if (result < 0) {
                throw new IOException("PACKET_STATISTICS: " + Errno.ofResult(result));
            }
            // these two are the same in all versions
            long drops = TpacketStats.tp_drops(statistics, 0);
            if (drops != 0) {
                throw new IOException("the packet socket dropped " + drops + " frames: it has no room for them");
            }
            return (int) TpacketStats.tp_packets(statistics, 0);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /**
     * Somebody who reads all frames of a burst, each whole: its length, and the number that it carries. Frames that were
     * dropped are a failure.
     */
    abstract static class Reader implements Timed {
        /** SO_RCVBUF: a burst, each frame with its sk_buff. */
        static final int BUFFER = 16 << 20;

        private final Frames frames;
        private final Socket socket;
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private long nanos;
        private long bytes;

        Reader(Frames frames, Socket socket) {
            this.frames = frames;
            this.socket = socket;
        }

        /**
         * Opens both ends in a network of their own.
         *
         * @param <R> what the reader needs
         */
        record Opened<R>(R reader, Frames frames) {
            static <R> Opened<R> open(PrivateNetwork.Body<R> reader) throws Exception {
                return PrivateNetwork.open(() -> new Opened<>(reader.run(), new Frames()));
            }
        }

        /** A packet socket with room for a burst. */
        static Socket socket() throws IOException {
            return socket(PrivateNetwork.LOOPBACK);
        }

        static Socket socket(int ifindex) throws IOException {
            return Socket.packet(SocketType.RAW, 0)
                    .setOption(SocketOptions.SO_RCVBUFFORCE, BUFFER)
                    .bind(new PacketAddress(Frames.PROTOCOL, ifindex));
        }

        /** Waits until a burst that has arrived can be read, too; not measured. */
        void settle() throws IOException {}

        /**
         * Reads so many frames.
         *
         * @return the sum of their lengths and their numbers
         */
        abstract long read(int count) throws IOException;

        @Override
        public final long run(int times) throws IOException {
            long sum = 0;
            nanos = 0;
            bytes = 0;
            for (int i = 0; i < times; i++) {
                frames.send(socket.fd());
                settle();
                long allocated = threads.getCurrentThreadAllocatedBytes();
                long start = System.nanoTime();
                sum += read(Frames.BURST);
                nanos += System.nanoTime() - start;
                bytes += threads.getCurrentThreadAllocatedBytes() - allocated;
            }
            return sum;
        }

        static IOException dropped(int left) {
            return new IOException(left + " of " + Frames.BURST + " frames did not arrive");
        }

        @Override
        public final long nanos() {
            return nanos;
        }

        @Override
        public final long bytes(long ofTheRun) {
            return bytes;
        }

        @Override
        public void close() throws IOException {
            frames.close();
            socket.close();
        }
    }

    /** {@code native/bench/loops/packet.c}: recvfrom, or recvmmsg of so many at once. */
    public static final class CReader extends Reader {
        static {
            Native.load();
        }

        private final int fd;
        private final int batch;

        public CReader(int batch) throws Exception {
            this(Opened.open(Reader::socket), batch);
        }

        private CReader(Opened<Socket> opened, int batch) {
            super(opened.frames(), opened.reader());
            fd = opened.reader().fd();
            this.batch = batch;
        }

        @Override
        long read(int count) {
            return Native.check(batch == 1 ? recvfrom(fd, count) : recvmmsg(fd, batch, count), "reading frames");
        }

        static native long recvfrom(int fd, int count);

        static native long recvmmsg(int fd, int batch, int count);
    }

    /** {@link Socket#recvFrom}, with the address that says where the frame came from. */
    public static final class SockfdReader extends Reader {
        private final Socket socket;
        private final Sockaddr from = new Sockaddr();
        private final ByteBuffer frame = Memory.allocate(Frames.SIZE).order(ByteOrder.BIG_ENDIAN);

        public SockfdReader() throws Exception {
            this(Opened.open(Reader::socket));
        }

        private SockfdReader(Opened<Socket> opened) {
            super(opened.frames(), opened.reader());
            socket = opened.reader();
        }

        @Override
        long read(int count) throws IOException {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                int length = socket.recvFrom(frame.clear(), from, Linux.MSG_DONTWAIT);
                if (length == Socket.WOULD_BLOCK) {
                    throw dropped(count - i);
                }
                sum += length + frame.getInt(Frames.NUMBER);
            }
            return sum;
        }
    }

    /** {@link Socket#receiveMessages}. */
    public static final class SockfdBatchReader extends Reader {
        private final Socket socket;
        private final MessageBatch messages;
        private final ByteBuffer[] buffers;

        public SockfdBatchReader(int batch) throws Exception {
            this(Opened.open(Reader::socket), batch);
        }

        private SockfdBatchReader(Opened<Socket> opened, int batch) {
            super(opened.frames(), opened.reader());
            socket = opened.reader();
            messages = new MessageBatch(batch, 1, 0);
            buffers = new ByteBuffer[batch];
            for (int i = 0; i < batch; i++) {
                buffers[i] = Memory.allocate(Frames.SIZE).order(ByteOrder.BIG_ENDIAN);
                messages.get(i).data(buffers[i]).address(new Sockaddr());
            }
        }

        @Override
        long read(int count) throws IOException {
            long sum = 0;
            for (int left = count; left > 0; ) {
                for (ByteBuffer buffer : buffers) {
                    buffer.clear();
                }
                int received = socket.receiveMessages(messages, 0, buffers.length, Linux.MSG_DONTWAIT);
                if (received == Socket.WOULD_BLOCK) {
                    throw dropped(left);
                }
                for (int i = 0; i < received; i++) {
                    sum += messages.get(i).length() + buffers[i].getInt(Frames.NUMBER);
                }
                left -= received;
            }
            return sum;
        }
    }

    /** {@link Libc#recvfrom}. */
    public static final class RawReader extends Reader {
        private static final Libc LIBC = Libc.get();

        private final int fd;
        private final Sockaddr from = new Sockaddr();
        private final ByteBuffer frame = Memory.allocate(Frames.SIZE).order(ByteOrder.BIG_ENDIAN);

        public RawReader() throws Exception {
            this(Opened.open(Reader::socket));
        }

        private RawReader(Opened<Socket> opened) {
            super(opened.frames(), opened.reader());
            fd = opened.reader().fd();
        }

        @Override
        long read(int count) throws IOException {
            long memory = Memory.address(frame);
            long sum = 0;
            for (int i = 0; i < count; i++) {
                from.length(SockaddrLl.SIZE);
                long length = LIBC.recvfrom(
                        fd, memory, Frames.SIZE, Linux.MSG_DONTWAIT, from.address(), from.lengthAddress());
                if (length < 0) {
                    throw dropped(count - i);
                }
                sum += length + frame.getInt(Frames.NUMBER);
            }
            return sum;
        }
    }

    /** {@link Libc#recvmmsg}. */
    public static final class RawBatchReader extends Reader {
        private static final Libc LIBC = Libc.get();

        private final int fd;
        private final int batch;
        private final ByteBuffer headers;
        private final ByteBuffer iovecs;
        private final ByteBuffer addresses;
        private final ByteBuffer frames;

        public RawBatchReader(int batch) throws Exception {
            this(Opened.open(Reader::socket), batch);
        }

        private RawBatchReader(Opened<Socket> opened, int batch) {
            super(opened.frames(), opened.reader());
            fd = opened.reader().fd();
            this.batch = batch;
            headers = Memory.allocate(batch * Mmsghdr.SIZE);
            iovecs = Memory.allocate(batch * Iovec.SIZE);
            addresses = Memory.allocate(batch * SockaddrLl.SIZE);
            frames = Memory.allocate(batch * Frames.SIZE).order(ByteOrder.BIG_ENDIAN);
            for (int i = 0; i < batch; i++) {
                Iovec.iov_base(iovecs, i * Iovec.SIZE, Memory.address(frames) + (long) i * Frames.SIZE);
                Iovec.iov_len(iovecs, i * Iovec.SIZE, Frames.SIZE);
                Msghdr.msg_iov(headers, i * Mmsghdr.SIZE, Memory.address(iovecs) + (long) i * Iovec.SIZE);
                Msghdr.msg_iovlen(headers, i * Mmsghdr.SIZE, 1);
                Msghdr.msg_name(headers, i * Mmsghdr.SIZE, Memory.address(addresses) + (long) i * SockaddrLl.SIZE);
            }
        }

        @Override
        long read(int count) throws IOException {
            long pointer = Memory.address(headers);
            long sum = 0;
            for (int left = count; left > 0; ) {
                for (int i = 0; i < batch; i++) {
                    Msghdr.msg_namelen(headers, i * Mmsghdr.SIZE, SockaddrLl.SIZE);
                }
                int received = LIBC.recvmmsg(fd, pointer, batch, Linux.MSG_DONTWAIT, 0);
                if (received < 0) {
                    throw dropped(left);
                }
                for (int i = 0; i < received; i++) {
                    sum += Mmsghdr.msg_len(headers, i * Mmsghdr.SIZE) + frames.getInt(i * Frames.SIZE + Frames.NUMBER);
                }
                left -= received;
            }
            return sum;
        }
    }
}
