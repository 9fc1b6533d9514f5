package io.sockfd.benchmarks.operation;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;

import io.netty.channel.epoll.Epoll;
import io.sockfd.Option;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrIn;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sending and receiving UDP datagrams on loopback one at a time, both ends in one thread, so that no scheduler is in the
 * figure: {@code udp}, {@code udp-connected}.
 */
public final class DatagramRows {
    private DatagramRows() {}

    public static List<Row> all() {
        return List.of(single(false, 64).quick(), single(false, 1200), single(true, 64), single(true, 1200));
    }

    private static Row single(boolean connected, int size) {
        Row row = Row.of(
                        connected ? "udp-connected" : "udp",
                        Integer.toString(size),
                        connected
                                ? "UDP, connected, send and receive " + size + " B"
                                : "UDP, sendto and recvfrom with addresses, " + size + " B")
                .with(Who.C, CDatagram.class, connected, size)
                .with(Who.SOCKFD, SockfdDatagram.class, connected, size)
                .withRaw(RawDatagram.class, connected, size);
        return singles(row, connected, size, 1);
    }

    /** Adds those who move one datagram at a time, in bursts of so many. */
    static Row singles(Row row, boolean connected, int size, int burst) {
        return row.with(Who.NIO, NioDatagram.class, connected, size, burst, true)
                .with(Who.NIO_NONBLOCKING, NioDatagram.class, connected, size, burst, false)
                .with(Who.JAVA_NET, JavaNetDatagram.class, connected, size, burst)
                .note(Who.JAVA_NET, "over an IPv6 socket where there is IPv6, by arrays")
                .with(Who.NETTY, NettyDatagram.class, connected, size, burst);
    }

    /** Pairs of UDP sockets over IPv4, all made alike: the contestants shall differ in nothing but the calls. */
    static final class UdpEnds {
        /** SO_SNDBUF and SO_RCVBUF: what every kernel grants, and enough for 64 datagrams of 1200 bytes. */
        static final int BUFFER = 212_992;

        private UdpEnds() {}

        /** Two bound sockets; connected, each hears nobody but the other. */
        static Socket.Pair sockets(boolean connected) throws IOException {
            Socket first = bound();
            Socket second = bound();
            if (connected) {
                first.connect(second.getLocalAddress());
                second.connect(first.getLocalAddress());
            }
            return new Socket.Pair(first, second);
        }

        /** The same as descriptors, which block or not, and belong to the caller. */
        static int[] descriptors(boolean connected, boolean blocking) throws IOException {
            Socket.Pair pair = sockets(connected);
            int[] fds = {pair.first().release(), pair.second().release()};
            for (int fd : fds) {
                Libc.get().fcntl(fd, Linux.F_SETFL, blocking ? 0 : Linux.O_NONBLOCK);
            }
            return fds;
        }

        /** Sets an option of a descriptor, which stays the caller's. */
        static <T> void set(int fd, Option<T> option, T value) throws IOException {
            try (Socket socket = Socket.borrow(fd)) {
                socket.setOption(option, value);
            }
        }

        /** The address that is bound to on every socket, with a port that the kernel chooses. */
        static InetSocketAddress anyPort() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        }

        private static Socket bound() throws IOException {
            return Socket.udp()
                    .setOption(SocketOptions.SO_SNDBUF, BUFFER)
                    .setOption(SocketOptions.SO_RCVBUF, BUFFER)
                    .bind(anyPort());
        }
    }

    /** {@code native/bench/loops/datagram.c}, one datagram at a time. */
    public static final class CDatagram implements Contestant {
        static {
            Native.load();
        }

        private final int[] fds;
        private final boolean connected;
        private final int size;

        public CDatagram(boolean connected, int size) throws IOException {
            fds = UdpEnds.descriptors(connected, true);
            this.connected = connected;
            this.size = size;
        }

        @Override
        public long run(int times) {
            return Native.check(
                    connected ? sendRecv(fds[0], fds[1], size, times) : sendtoRecvfrom(fds[0], fds[1], size, times),
                    "datagrams");
        }

        private static native long sendRecv(int out, int in, int size, int times);

        private static native long sendtoRecvfrom(int out, int in, int size, int times);

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** {@link Socket#sendTo} and {@link Socket#recvFrom}, which without an address are {@code send} and {@code recv}. */
    public static final class SockfdDatagram implements Contestant {
        private final Socket.Pair pair;
        private final @Nullable Sockaddr to;
        private final @Nullable Sockaddr from;
        private final ByteBuffer out;
        private final ByteBuffer in;

        public SockfdDatagram(boolean connected, int size) throws IOException {
            pair = UdpEnds.sockets(connected);
            to = connected ? null : pair.second().getsockname(new Sockaddr());
            from = connected ? null : new Sockaddr();
            out = Memory.allocate(size);
            in = Memory.allocate(size);
        }

        @Override
        public long run(int times) throws IOException {
            Socket first = pair.first();
            Socket second = pair.second();
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                first.sendTo(out.clear(), to, 0);
                bytes += second.recvFrom(in.clear(), from, 0);
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            pair.close();
        }
    }

    /** {@link Libc#sendto} and {@link Libc#recvfrom}; {@code send} and {@code recv} on connected sockets. */
    public static final class RawDatagram implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final int[] fds;
        private final boolean connected;
        private final int size;
        private final ByteBuffer memory;
        private final Sockaddr to = new Sockaddr();
        private final Sockaddr from = new Sockaddr();

        public RawDatagram(boolean connected, int size) throws IOException {
            fds = UdpEnds.descriptors(connected, true);
            this.connected = connected;
            this.size = size;
            memory = Memory.allocate(2 * size);
            to.reset();
            LIBC.getsockname(fds[1], to.address(), to.lengthAddress());
        }

        @Override
        public long run(int times) {
            return connected ? connected(times) : unconnected(times);
        }

        private long connected(int times) {
            int first = fds[0];
            int second = fds[1];
            long out = Memory.address(memory);
            long in = out + size;
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                LIBC.send(first, out, size, MSG_NOSIGNAL);
                bytes += LIBC.recv(second, in, size, 0);
            }
            return bytes;
        }

        private long unconnected(int times) {
            int first = fds[0];
            int second = fds[1];
            long out = Memory.address(memory);
            long in = out + size;
            long receiver = to.address();
            long sender = from.address();
            long senderLength = from.lengthAddress();
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                LIBC.sendto(first, out, size, MSG_NOSIGNAL, receiver, SockaddrIn.SIZE);
                from.length(SockaddrIn.SIZE);
                bytes += LIBC.recvfrom(second, in, size, 0, sender, senderLength);
            }
            return bytes;
        }

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /**
     * {@link DatagramChannel}: connected by {@code write} and {@code read}, else by {@code send} and {@code receive}. It has
     * no calls for several datagrams: {@code burst} of them are sent and then received one by one.
     */
    public static final class NioDatagram implements Contestant {
        private final DatagramChannel first;
        private final DatagramChannel second;
        private final SocketAddress to;
        private final boolean connected;
        private final ByteBuffer out;
        private final ByteBuffer in;
        private final int burst;

        public NioDatagram(boolean connected, int size, int burst, boolean blocking) throws IOException {
            first = bound();
            second = bound();
            to = second.getLocalAddress();
            if (connected) {
                first.connect(to);
                second.connect(first.getLocalAddress());
            }
            first.configureBlocking(blocking);
            second.configureBlocking(blocking);
            this.connected = connected;
            this.burst = burst;
            out = ByteBuffer.allocateDirect(size);
            in = ByteBuffer.allocateDirect(size);
        }

        private static DatagramChannel bound() throws IOException {
            return DatagramChannel.open(StandardProtocolFamily.INET)
                    .setOption(StandardSocketOptions.SO_SNDBUF, UdpEnds.BUFFER)
                    .setOption(StandardSocketOptions.SO_RCVBUF, UdpEnds.BUFFER)
                    .bind(UdpEnds.anyPort());
        }

        @Override
        public long run(int times) throws IOException {
            return connected ? connected(times) : unconnected(times);
        }

        private long connected(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                for (int sent = 0; sent < burst; sent++) {
                    first.write(out.clear());
                }
                for (int received = 0; received < burst; received++) {
                    bytes += second.read(in.clear());
                }
            }
            return bytes;
        }

        private long unconnected(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                for (int sent = 0; sent < burst; sent++) {
                    first.send(out.clear(), to);
                }
                for (int received = 0; received < burst; received++) {
                    second.receive(in.clear());
                    bytes += in.position();
                }
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            try (first;
                    second) {
                // closes both
            }
        }
    }

    /** {@link DatagramSocket}, with packets that are used again; {@code burst} as in {@link NioDatagram}. */
    public static final class JavaNetDatagram implements Contestant {
        private final DatagramSocket first;
        private final DatagramSocket second;
        private final DatagramPacket out;
        private final DatagramPacket in;
        private final int burst;

        public JavaNetDatagram(boolean connected, int size, int burst) throws IOException {
            first = bound();
            second = bound();
            if (connected) {
                first.connect(second.getLocalSocketAddress());
                second.connect(first.getLocalSocketAddress());
            }
            this.burst = burst;
            out = new DatagramPacket(new byte[size], size, second.getLocalSocketAddress());
            in = new DatagramPacket(new byte[size], size);
        }

        private static DatagramSocket bound() throws IOException {
            DatagramSocket socket = new DatagramSocket(UdpEnds.anyPort());
            socket.setSendBufferSize(UdpEnds.BUFFER);
            socket.setReceiveBufferSize(UdpEnds.BUFFER);
            return socket;
        }

        @Override
        public long run(int times) throws IOException {
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                for (int sent = 0; sent < burst; sent++) {
                    first.send(out);
                }
                for (int received = 0; received < burst; received++) {
                    second.receive(in);
                    bytes += in.getLength();
                }
            }
            return bytes;
        }

        @Override
        public void close() {
            try (first;
                    second) {
                // closes both
            }
        }
    }

    /** netty's {@link io.netty.channel.unix.Socket} as its channels use it, without event loop and pipeline; {@code burst} as in {@link NioDatagram}. */
    public static final class NettyDatagram implements Contestant {
        private final io.netty.channel.unix.Socket first;
        private final io.netty.channel.unix.Socket second;
        private final InetSocketAddress to;
        private final boolean connected;
        private final ByteBuffer out;
        private final ByteBuffer in;
        private final int burst;

        public NettyDatagram(boolean connected, int size, int burst) throws IOException {
            Epoll.ensureAvailability();
            int[] fds = UdpEnds.descriptors(connected, false);
            first = new io.netty.channel.unix.Socket(fds[0]);
            second = new io.netty.channel.unix.Socket(fds[1]);
            to = second.localAddress();
            this.connected = connected;
            this.burst = burst;
            out = ByteBuffer.allocateDirect(size);
            in = ByteBuffer.allocateDirect(size);
        }

        @Override
        public long run(int times) throws IOException {
            return connected ? connected(times) : unconnected(times);
        }

        private long connected(int times) throws IOException {
            int size = out.capacity();
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                for (int sent = 0; sent < burst; sent++) {
                    first.send(out, 0, size);
                }
                for (int received = 0; received < burst; received++) {
                    bytes += second.recv(in, 0, size);
                }
            }
            return bytes;
        }

        private long unconnected(int times) throws IOException {
            int size = out.capacity();
            long bytes = 0;
            for (int i = 0; i < times; i++) {
                for (int sent = 0; sent < burst; sent++) {
                    first.sendTo(out, 0, size, to.getAddress(), to.getPort());
                }
                for (int received = 0; received < burst; received++) {
                    bytes += second.recvFrom(in, 0, size).receivedAmount();
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
