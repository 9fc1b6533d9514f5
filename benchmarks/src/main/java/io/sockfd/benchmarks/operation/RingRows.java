package io.sockfd.benchmarks.operation;

import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.capture.CapturedPacket;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.ReceiveRing;
import io.sockfd.capture.RingSize;
import io.sockfd.option.PacketOptions;
import io.sockfd.option.TpacketReq;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Tpacket3Hdr;
import io.sockfd.raw.struct.TpacketBlockDesc;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Frames of a packet socket in a ring that is mapped: the rest of {@code packet}. */
public final class RingRows {
    private RingRows() {}

    public static List<Row> all() {
        return List.of(
                rings(PacketRows.row("ring", "Packet socket, ring (TPACKET_V3) of 64 B frames")
                        .with(Who.C, CRing.class)),
                rings(PacketRows.row("ring-to-recvfrom", "Packet socket, ring of 64 B frames against recvfrom in C")
                                .with(Who.C, PacketRows.CReader.class, 1))
                        .note(Who.C, "recvfrom")
                        .quick());
    }

    private static Row rings(Row row) {
        return row.with(Who.SOCKFD, SockfdRing.class)
                .with(Who.FFM, RawRing.class)
                .note(Who.FFM, "no call at all: the same on jni and jnr");
    }

    /** The rings of all contestants: blocks, and how long to wait for the last one. */
    static final class RingShape {
        // many: each time that a block is given out before it is full uses up a whole one
        static final int BLOCK_SIZE = 64 * 1024;
        static final int BLOCKS = 256;

        private static final int FRAME_SIZE = 2048;
        private static final int RETIRE_MILLIS = 1;
        private static final int PROBES = 8;
        private static final Duration LATEST = Duration.ofSeconds(2);

        /** How many bytes the library has the kernel keep free before each frame, for VLAN tags. */
        private static final long RESERVE = 4;

        private RingShape() {}

        /** As the library's users say it. */
        static RingSize size() {
            return new RingSize(BLOCK_SIZE, BLOCKS, FRAME_SIZE, Duration.ofMillis(RETIRE_MILLIS));
        }

        /** An interface's socket with such a ring, which its owner still has to map. */
        static Socket socket(int ifindex) throws IOException {
            int frames = BLOCK_SIZE / FRAME_SIZE * BLOCKS;
            return PacketRows.Reader.socket(ifindex)
                    .setOption(PacketOptions.PACKET_VERSION, Linux.TPACKET_V3)
                    .setOption(PacketOptions.PACKET_RESERVE, RESERVE)
                    .setOption(
                            PacketOptions.PACKET_RX_RING,
                            new TpacketReq(BLOCK_SIZE, BLOCKS, FRAME_SIZE, frames, RETIRE_MILLIS, 0, 0));
        }

        /**
         * How many nanoseconds to wait on this machine until a block that is not full is given out, and a little more: the
         * kernel rounds what was asked for up to its clock.
         */
        static long settlingNanos() throws IOException {
            long longest = 0;
            try (PacketRows.Frames frames = new PacketRows.Frames();
                    PacketSocket socket = PacketSocket.open();
                    ReceiveRing ring = ReceiveRing.open(socket, size())) {
                socket.bind(PrivateNetwork.LOOPBACK, PacketRows.Frames.PROTOCOL);
                for (int i = 0; i < PROBES; i++) {
                    frames.send(socket.socket().fd());
                    long start = System.nanoTime();
                    for (int left = PacketRows.Frames.BURST; left > 0; left--) {
                        if (ring.next(LATEST) == null) {
                            throw PacketRows.Reader.dropped(left);
                        }
                    }
                    longest = i < PROBES / 2 ? 0 : Math.max(longest, System.nanoTime() - start);
                }
            }
            return longest * 3 / 2;
        }

        static void settle(long nanos) {
            long end = System.nanoTime() + nanos;
            for (long left = nanos; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    /**
     * A packet socket's ring at an address.
     *
     * @param memory what is there
     * @param settlingNanos see {@link RingShape#settlingNanos}
     */
    record MappedRing(Socket socket, long address, ByteBuffer memory, long settlingNanos) {
        private static final long LATEST_NANOS = 2_000_000_000L;
        private static final int BYTES = RingShape.BLOCK_SIZE * RingShape.BLOCKS;
        private static final int LAST_ERRNO = -4095;

        static MappedRing open() throws IOException {
            return open(PrivateNetwork.LOOPBACK, RingShape.settlingNanos());
        }

        static MappedRing open(int ifindex, long settling) throws IOException {
            Socket socket = RingShape.socket(ifindex);
            long address =
                    Libc.get().mmap(0, BYTES, Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_SHARED, socket.fd(), 0);
            if (address < 0 && address >= LAST_ERRNO) {
                throw new IOException("mmap of a ring: " + Errno.ofResult(address));
            }
            return new MappedRing(socket, address, Memory.wrap(address, BYTES), settling);
        }

        /** Waits until a burst can be read from this block on; a busy machine's kernel may give out the last one late. */
        void settle(int next) {
            settle(next, PacketRows.Frames.BURST);
        }

        void settle(int next, int burst) {
            long deadline = System.nanoTime() + LATEST_NANOS;
            do {
                RingShape.settle(settlingNanos);
            } while (readable(next, burst) < burst && System.nanoTime() < deadline);
        }

        /** How many frames can be read from this block on, in whole blocks; it stops counting at so many. */
        int readable(int next, int enough) {
            int packets = 0;
            for (int i = 0; i < RingShape.BLOCKS && packets < enough; i++) {
                int block = (next + i) % RingShape.BLOCKS * RingShape.BLOCK_SIZE;
                if ((TpacketBlockDesc.block_status(memory, block) & Linux.TP_STATUS_USER) == 0) {
                    break;
                }
                VarHandle.acquireFence();
                packets += TpacketBlockDesc.num_pkts(memory, block);
            }
            return packets;
        }

        /** The socket stays open. */
        void unmap() {
            Libc.get().munmap(address, BYTES);
        }
    }

    /** {@code native/bench/loops/packet.c}: a ring of TPACKET_V3. */
    public static final class CRing extends PacketRows.Reader {
        static {
            Native.load();
        }

        private final MappedRing ring;
        /** The index of the block that comes next, an int. */
        private final ByteBuffer next = Memory.allocate(Integer.BYTES);

        public CRing() throws Exception {
            this(Opened.open(MappedRing::open));
        }

        private CRing(Opened<MappedRing> opened) {
            super(opened.frames(), opened.reader().socket());
            ring = opened.reader();
        }

        @Override
        void settle() {
            ring.settle(next.getInt(0));
        }

        @Override
        long read(int count) {
            return Native.check(
                    ring(ring.address(), RingShape.BLOCK_SIZE, RingShape.BLOCKS, Memory.address(next), count),
                    "reading a ring");
        }

        static native long ring(long memory, int blockSize, int blocks, long next, int count);

        @Override
        public void close() throws IOException {
            super.close();
            ring.unmap();
        }
    }

    /** {@link ReceiveRing}. */
    public static final class SockfdRing extends PacketRows.Reader {
        private static final Duration LATEST = Duration.ofSeconds(1);

        private final Ring ring;

        private record Ring(ReceiveRing ring, long settlingNanos) {
            static Ring open() throws IOException {
                long settling = RingShape.settlingNanos();
                PacketSocket socket = PacketSocket.open();
                ReceiveRing ring = ReceiveRing.open(socket, RingShape.size());
                socket.bind(PrivateNetwork.LOOPBACK, PacketRows.Frames.PROTOCOL);
                return new Ring(ring, settling);
            }
        }

        public SockfdRing() throws Exception {
            this(Opened.open(Ring::open));
        }

        private SockfdRing(Opened<Ring> opened) {
            super(opened.frames(), opened.reader().ring().socket().socket());
            ring = opened.reader();
        }

        @Override
        void settle() {
            RingShape.settle(ring.settlingNanos);
        }

        @Override
        long read(int count) throws IOException {
            ReceiveRing frames = ring.ring;
            long sum = 0;
            for (int i = 0; i < count; i++) {
                CapturedPacket packet = frames.next(LATEST);
                if (packet == null) {
                    throw dropped(count - i);
                }
                ByteBuffer bytes = packet.data();
                sum += packet.capturedLength() + bytes.getInt(bytes.position() + PacketRows.Frames.NUMBER);
            }
            return sum;
        }

        @Override
        public void close() throws IOException {
            super.close();
            ring.ring.close();
        }
    }

    /** The ring's memory through the flyweights: no call at all, and so the same for all backends. */
    public static final class RawRing extends PacketRows.Reader {
        private final MappedRing ring;
        private final ByteBuffer memory;
        private final ByteBuffer frames;
        private int next;

        public RawRing() throws Exception {
            this(Opened.open(MappedRing::open));
        }

        private RawRing(Opened<MappedRing> opened) {
            super(opened.frames(), opened.reader().socket());
            ring = opened.reader();
            memory = ring.memory();
            frames = memory.duplicate().order(ByteOrder.BIG_ENDIAN);
        }

        @Override
        void settle() {
            ring.settle(next);
        }

        @Override
        long read(int count) throws IOException {
            ByteBuffer bytes = memory;
            long sum = 0;
            for (int left = count; left > 0; ) {
                int block = next * RingShape.BLOCK_SIZE;
                if ((TpacketBlockDesc.block_status(bytes, block) & Linux.TP_STATUS_USER) == 0) {
                    throw dropped(left);
                }
                VarHandle.acquireFence();
                int packets = TpacketBlockDesc.num_pkts(bytes, block);
                int head = block + TpacketBlockDesc.offset_to_first_pkt(bytes, block);
                for (int i = 0; i < packets; i++) {
                    int frame = head + Tpacket3Hdr.tp_mac(bytes, head);
                    sum += Tpacket3Hdr.tp_snaplen(bytes, head) + frames.getInt(frame + PacketRows.Frames.NUMBER);
                    head += Tpacket3Hdr.tp_next_offset(bytes, head);
                }
                VarHandle.releaseFence();
                TpacketBlockDesc.block_status(bytes, block, Linux.TP_STATUS_KERNEL);
                next = (next + 1) % RingShape.BLOCKS;
                left -= packets;
            }
            return sum;
        }

        @Override
        public void close() throws IOException {
            super.close();
            ring.unmap();
        }
    }
}
