package io.sockfd.benchmarks.operation;

import com.sun.management.ThreadMXBean;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Timed;
import io.sockfd.benchmarks.Who;
import io.sockfd.ebpf.EbpfAssembler;
import io.sockfd.ebpf.EbpfLink;
import io.sockfd.ebpf.EbpfMap;
import io.sockfd.ebpf.EbpfProgram;
import io.sockfd.ebpf.EbpfType;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.TpacketStatsV3;
import io.sockfd.xdp.Umem;
import io.sockfd.xdp.XdpFrames;
import io.sockfd.xdp.XdpMode;
import io.sockfd.xdp.XdpPacket;
import io.sockfd.xdp.XdpReceiveRing;
import io.sockfd.xdp.XdpRedirect;
import io.sockfd.xdp.XdpSetup;
import io.sockfd.xdp.XdpSocket;
import io.sockfd.xdp.XdpTransmitRing;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Frames past the network stack, in generic mode over a veth: {@code xdp}. Of reading there is the reader's time alone, for
 * what comes before is the kernel's and the same for all; and the time until a frame is delivered, the sender's on the same
 * processor and the kernel's included, which is what limits the rate.
 */
public final class XdpRows {
    /** The frames of one burst. */
    static final int BURST = 512;

    private static final int CHUNKS = 4096; // these two as in xdp.c
    private static final int CHUNK = 2048;

    private XdpRows() {}

    public static List<Row> all() {
        return List.of(
                readers("read", false).with(Who.C, CReader.class, false),
                readers("read-each", false).with(Who.C, CReader.class, false).note(Who.SOCKFD, "a packet for each"),
                readers("read-to-recvfrom", false)
                        .with(Who.C, CRecvReader.class, 1, false)
                        .note(Who.C, "recvfrom"),
                readers("read-to-recvmmsg", false)
                        .with(Who.C, CRecvReader.class, 32, false)
                        .note(Who.C, "recvmmsg of 32"),
                readers("read-to-ring", false)
                        .with(Who.C, CRingReader.class, false)
                        .note(Who.C, "packet ring"),
                readers("deliver", true).with(Who.C, CReader.class, true),
                readers("deliver-to-recvfrom", true)
                        .with(Who.C, CRecvReader.class, 1, true)
                        .note(Who.C, "recvfrom"),
                readers("deliver-to-recvmmsg", true)
                        .with(Who.C, CRecvReader.class, 32, true)
                        .note(Who.C, "recvmmsg of 32"),
                readers("deliver-to-ring", true)
                        .with(Who.C, CRingReader.class, true)
                        .note(Who.C, "packet ring"),
                senders("send").with(Who.C, CSender.class),
                senders("send-to-sendmmsg").with(Who.C, CSendmmsg.class).note(Who.C, "sendmmsg of 64"));
    }

    private static Row readers(String variant, boolean delivered) {
        String what = delivered ? "delivered" : "read";
        String to = variant.contains("-to-") ? ", against another way in C" : "";
        return Row.of("xdp", variant, "AF_XDP, 64 B frames " + what + " in bursts of " + BURST + to)
                .with(Who.SOCKFD, SockfdReader.class, !variant.equals("read-each"), delivered)
                .metric(delivered ? "time per frame delivered, sending included" : "reader's time per frame")
                .wide()
                .per(BURST);
    }

    private static Row senders(String variant) {
        String to = variant.contains("-to-") ? ", against another way in C" : "";
        return Row.of("xdp", variant, "AF_XDP, 64 B frames sent in bursts of " + BURST + to)
                .with(Who.SOCKFD, SockfdSender.class)
                .metric("sender's time per frame")
                .wide()
                .per(BURST);
    }

    // ---- readers -------------------------------------------------------------------------------------------------

    /** Somebody at the far end of a wire, who reads all frames of a burst, each whole: its length, and its number. */
    abstract static class Reader implements Timed, Wire.Arrivals {
        private final Wire wire;
        private final boolean delivered;
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private long nanos;
        private long bytes;

        Reader(Wire wire, boolean delivered) {
            this.wire = wire;
            this.delivered = delivered;
        }

        /** Waits until a burst that has arrived can be read, too. */
        void settle() {}

        /** The sum of their lengths and their numbers. */
        abstract long read() throws IOException;

        /** Reads what is there without waiting. */
        void deliver() throws IOException {
            long unused = read();
        }

        @Override
        public final long run(int times) throws IOException {
            long sum = 0;
            nanos = 0;
            bytes = 0;
            for (int i = 0; i < times; i++) {
                sum += delivered ? delivered() : burst();
            }
            return sum;
        }

        private long burst() throws IOException {
            wire.send(BURST, this);
            settle();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            long sum = read();
            nanos += System.nanoTime() - start;
            bytes += threads.getCurrentThreadAllocatedBytes() - allocated;
            return sum;
        }

        private long delivered() throws IOException {
            long start = System.nanoTime();
            wire.send(BURST, this);
            deliver();
            nanos += System.nanoTime() - start;
            return BURST;
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
            wire.close();
        }
    }

    /** An AF_XDP socket of {@code native/bench/loops/xdp.c}. */
    private static final class CXsk implements Closeable {
        /** The same as {@link XdpRedirect}'s, which is for the library's own sockets. */
        private static final String REDIRECT = """
                r2 = *(u32 *)(r1 +16)
                r1 = map[sockets]
                r3 = 2
                call redirect_map
                exit
                """;

        static {
            Native.load();
        }

        private final long address;

        CXsk(int ifindex) {
            address = Native.check(open(ifindex), "an AF_XDP socket");
        }

        /** Takes what comes to its interface, as long as the result is open. */
        EbpfLink redirect(int ifindex) throws IOException {
            try (EbpfMap map = EbpfMap.xsk(1);
                    Socket borrowed = Socket.borrow((int) fd(address));
                    EbpfProgram program = EbpfProgram.load(
                            EbpfType.XDP, EbpfAssembler.assemble(REDIRECT).with("sockets", map))) {
                map.put(0, borrowed);
                return EbpfLink.xdp(program, ifindex, XdpMode.GENERIC.flags());
            }
        }

        int available() {
            return (int) available(address);
        }

        long read(int count) {
            return Native.check(read(address, count), "reading frames");
        }

        long send(ByteBuffer head, int count) {
            return Native.check(send(address, Memory.address(head), count), "sending frames");
        }

        private static native long open(int ifindex);

        private static native long fd(long xsk);

        private static native long available(long xsk);

        private static native long read(long xsk, int count);

        private static native long send(long xsk, long head, int count);

        private static native long close(long xsk);

        @Override
        public void close() {
            long unused = close(address);
        }
    }

    /** {@code native/bench/loops/xdp.c}: AF_XDP. */
    public static final class CReader extends Reader {
        private final CXsk socket;
        private final EbpfLink redirect;

        private record CEnd(CXsk socket, EbpfLink redirect) {
            static CEnd open(int ifindex) throws IOException {
                CXsk socket = new CXsk(ifindex);
                return new CEnd(socket, socket.redirect(ifindex));
            }
        }

        public CReader(boolean delivered) throws Exception {
            this(Wire.open(CEnd::open), delivered);
        }

        private CReader(Wire.Opened<CEnd> opened, boolean delivered) {
            super(opened.wire(), delivered);
            socket = opened.end().socket;
            redirect = opened.end().redirect;
        }

        @Override
        public int there() {
            return socket.available();
        }

        @Override
        long read() {
            return socket.read(BURST);
        }

        @Override
        public void close() throws IOException {
            super.close();
            redirect.close();
            socket.close();
        }
    }

    /** {@link XdpReceiveRing}: its frames together, or one by one. */
    public static final class SockfdReader extends Reader {
        private static final Duration LATEST = Duration.ofSeconds(1);

        private final Umem umem;
        private final XdpRedirect redirect;
        private final XdpReceiveRing ring;
        private final boolean together;

        private record SockfdEnd(Umem umem, XdpSocket socket, XdpRedirect redirect) {
            static SockfdEnd open(int ifindex) throws IOException {
                Umem umem = Umem.of(CHUNKS, CHUNK);
                XdpSocket socket = XdpSocket.open(Wire.FAR, 0, umem, XdpSetup.RECEIVE);
                XdpRedirect redirect = XdpRedirect.attach(Wire.FAR, XdpMode.GENERIC);
                redirect.add(socket);
                return new SockfdEnd(umem, socket, redirect);
            }
        }

        public SockfdReader(boolean together, boolean delivered) throws Exception {
            this(Wire.open(SockfdEnd::open), together, delivered);
        }

        private SockfdReader(Wire.Opened<SockfdEnd> opened, boolean together, boolean delivered) {
            super(opened.wire(), delivered);
            this.together = together;
            umem = opened.end().umem;
            redirect = opened.end().redirect;
            ring = opened.end().socket.receiveRing();
        }

        @Override
        public int there() throws IOException {
            return ring.available();
        }

        @Override
        long read() throws IOException {
            return together ? readTogether() : readEach();
        }

        private long readTogether() throws IOException {
            long sum = 0;
            for (int left = BURST; left > 0; ) {
                XdpFrames frames = ring.nextFrames(LATEST);
                if (frames == null) {
                    throw missing(left);
                }
                ByteBuffer bytes = frames.data();
                int count = frames.count();
                for (int i = 0; i < count; i++) {
                    sum += frames.length(i) + bytes.getInt(frames.position(i) + PacketRows.Frames.NUMBER);
                }
                left -= count;
            }
            return sum;
        }

        private long readEach() throws IOException {
            long sum = 0;
            for (int i = 0; i < BURST; i++) {
                XdpPacket packet = ring.next(LATEST);
                if (packet == null) {
                    throw missing(BURST - i);
                }
                ByteBuffer bytes = packet.data();
                sum += packet.length() + bytes.getInt(bytes.position() + PacketRows.Frames.NUMBER);
            }
            return sum;
        }

        private static IOException missing(int frames) {
            return new IOException(frames + " frames are missing");
        }

        @Override
        public void close() throws IOException {
            super.close();
            redirect.close();
            umem.close();
        }
    }

    /** A packet socket, and what came to it. */
    abstract static class PacketReader extends Reader {
        private final Socket socket;
        private final ByteBuffer statistics = Memory.allocate(TpacketStatsV3.SIZE + Integer.BYTES);
        private int there;

        PacketReader(Wire wire, Socket socket, boolean delivered) {
            super(wire, delivered);
            this.socket = socket;
        }

        final int fd() {
            return socket.fd();
        }

        @Override
        public final int there() throws IOException {
            there += PacketRows.Frames.arrived(socket.fd(), statistics);
            return there;
        }

        final void allRead() {
            there = 0;
        }

        @Override
        public void close() throws IOException {
            super.close();
            socket.close();
        }
    }

    /** {@code native/bench/loops/packet.c}: recvfrom, or recvmmsg of so many at once. */
    public static final class CRecvReader extends PacketReader {
        private final int batch;

        public CRecvReader(int batch, boolean delivered) throws Exception {
            this(Wire.open(PacketRows.Reader::socket), batch, delivered);
        }

        private CRecvReader(Wire.Opened<Socket> opened, int batch, boolean delivered) {
            super(opened.wire(), opened.end(), delivered);
            this.batch = batch;
        }

        @Override
        long read() {
            long sum = batch == 1
                    ? PacketRows.CReader.recvfrom(fd(), BURST)
                    : PacketRows.CReader.recvmmsg(fd(), batch, BURST);
            allRead();
            return Native.check(sum, "reading frames");
        }
    }

    /** {@code native/bench/loops/packet.c}: a ring of TPACKET_V3. */
    public static final class CRingReader extends PacketReader {
        private static final long SETTLING_NANOS =
                3_000_000; // a block that is not full is given out after 1 ms and a tick

        private final RingRows.MappedRing ring;
        private final ByteBuffer next = Memory.allocate(Integer.BYTES);

        public CRingReader(boolean delivered) throws Exception {
            this(Wire.open(ifindex -> RingRows.MappedRing.open(ifindex, SETTLING_NANOS)), delivered);
        }

        private CRingReader(Wire.Opened<RingRows.MappedRing> opened, boolean delivered) {
            super(opened.wire(), opened.end().socket(), delivered);
            ring = opened.end();
        }

        @Override
        void settle() {
            ring.settle(next.getInt(0), BURST);
        }

        @Override
        long read() {
            return read(BURST);
        }

        private long read(int count) {
            allRead();
            return Native.check(
                    RingRows.CRing.ring(
                            ring.address(),
                            RingRows.RingShape.BLOCK_SIZE,
                            RingRows.RingShape.BLOCKS,
                            Memory.address(next),
                            count),
                    "reading a ring");
        }

        /** The blocks that are full: the others come with later frames. */
        @Override
        void deliver() {
            long unused = read(ring.readable(next.getInt(0), Integer.MAX_VALUE));
        }

        @Override
        public void close() throws IOException {
            super.close();
            ring.unmap();
        }
    }

    // ---- senders -------------------------------------------------------------------------------------------------

    /** {@code native/bench/loops/xdp.c}: AF_XDP. */
    public static final class CSender implements Contestant {
        private final Wire wire;
        private final CXsk socket;
        private final ByteBuffer head = Wire.frame();

        public CSender() throws Exception {
            Wire.Opened<CXsk> opened = Wire.open(CXsk::new);
            wire = opened.wire();
            socket = opened.end();
        }

        @Override
        public long run(int times) {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += socket.send(head, BURST);
            }
            return sum;
        }

        @Override
        public void close() throws IOException {
            wire.close();
            socket.close();
        }
    }

    /** {@link XdpTransmitRing}. */
    public static final class SockfdSender implements Contestant {
        private final Wire wire;
        private final Umem umem = Umem.of(CHUNKS, CHUNK);
        private final XdpTransmitRing ring;
        private final ByteBuffer head = Wire.frame();

        public SockfdSender() throws Exception {
            Wire.Opened<XdpSocket> opened = Wire.open(ifindex -> XdpSocket.open(Wire.FAR, 0, umem, XdpSetup.TRANSMIT));
            wire = opened.wire();
            ring = opened.end().transmitRing();
        }

        @Override
        public long run(int times) throws IOException {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                for (int number = 0; number < BURST; number++) {
                    ByteBuffer frame = ring.next();
                    frame.put(0, head, 0, PacketRows.Frames.SIZE)
                            .putInt(PacketRows.Frames.NUMBER, number)
                            .position(PacketRows.Frames.SIZE);
                    ring.commit();
                    sum += PacketRows.Frames.SIZE;
                }
                ring.flush();
            }
            return sum;
        }

        @Override
        public void close() throws IOException {
            wire.close();
            umem.close();
        }
    }

    /** {@code native/bench/loops/xdp.c}: a packet socket that sends past the queueing disciplines. */
    public static final class CSendmmsg implements Contestant {
        static {
            Native.load();
        }

        private final Wire wire;
        private final Socket socket;
        private final ByteBuffer head = Wire.frame();

        public CSendmmsg() throws Exception {
            Wire.Opened<Socket> opened = Wire.open(Wire::packetSocket);
            wire = opened.wire();
            socket = opened.end();
        }

        @Override
        public long run(int times) {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += Native.check(sendmmsg(socket.fd(), Memory.address(head), BURST), "sending frames");
            }
            return sum;
        }

        private static native long sendmmsg(int fd, long head, int count);

        @Override
        public void close() throws IOException {
            wire.close();
            socket.close();
        }
    }
}
