package io.sockfd.benchmarks.operation;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Connecting and sending to where nobody answers: {@code refused}. */
public final class RefusedRows {
    private RefusedRows() {}

    public static List<Row> all() {
        return List.of(
                row(true, "TCP, socket, connect to a closed port, close"),
                row(false, "UDP, send to a closed port and receive the error"));
    }

    private static Row row(boolean tcp, String title) {
        Row row = Row.of("refused", tcp ? "tcp" : "udp", title + ", ECONNREFUSED")
                .with(Who.C, CRefused.class, tcp)
                .with(Who.SOCKFD, SockfdRefused.class, tcp)
                .withRaw(RawRefused.class, tcp)
                .with(Who.NIO, NioRefused.class, tcp)
                .with(Who.JAVA_NET, JavaNetRefused.class, tcp)
                .with(Who.NETTY, NettyRefused.class, tcp)
                .note(Who.SOCKFD, Fixtures.EXCEPTION)
                .note(Who.NIO, Fixtures.EXCEPTION)
                .note(Who.JAVA_NET, Fixtures.EXCEPTION);
        return Fixtures.raw(row);
    }

    /** ECONNREFUSED of connect(2), and of recv(2) on UDP. */
    public static final class CRefused implements Contestant {
        static {
            Native.load();
        }

        private final boolean tcp;
        private final Socket dead;
        private final int port;
        private final int udp;

        public CRefused(boolean tcp) throws IOException {
            this.tcp = tcp;
            dead = Fixtures.deadPort(tcp);
            port = ((InetSocketAddress) dead.getLocalAddress()).getPort();
            udp = Fixtures.refusedDescriptor(dead);
        }

        @Override
        public long run(int times) {
            return Native.check(tcp ? connectRefused(port, times) : sendRefused(udp, times), tcp ? "connect" : "send");
        }

        private static native long connectRefused(int port, int times);

        private static native long sendRefused(int fd, int times);

        @Override
        public void close() throws IOException {
            Ends.close(udp);
            dead.close();
        }
    }

    /** {@link Socket#connect(Sockaddr)}, and {@link Socket#recv(ByteBuffer, int)} on UDP; both throw ConnectException. */
    public static final class SockfdRefused implements Contestant {
        private final boolean tcp;
        private final Socket dead;
        private final Sockaddr address;
        private final Socket udp;
        private final ByteBuffer out = Memory.allocate(Fixtures.SIZE);
        private final ByteBuffer in = Memory.allocate(Fixtures.SIZE);

        public SockfdRefused(boolean tcp) throws IOException {
            this.tcp = tcp;
            dead = Fixtures.deadPort(tcp);
            address = dead.getsockname(new Sockaddr());
            udp = Socket.udp();
            if (!tcp) {
                udp.connect(address);
            }
        }

        @Override
        public long run(int times) throws IOException {
            return tcp ? connect(times) : send(times);
        }

        private long connect(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                try (Socket socket = Socket.tcp()) {
                    socket.connect(address);
                } catch (ConnectException e) {
                    failures++;
                }
            }
            return failures;
        }

        private long send(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                udp.send(out.clear(), 0);
                try {
                    udp.recv(in.clear(), 0);
                } catch (ConnectException e) {
                    failures++;
                }
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            udp.close();
            dead.close();
        }
    }

    /** {@link Libc#connect}, and {@link Libc#recv(int, long, long, int)} on UDP, whose result is -ECONNREFUSED. */
    public static final class RawRefused implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final boolean tcp;
        private final Socket dead;
        private final Sockaddr address;
        private final int udp;
        private final ByteBuffer memory = Memory.allocate(Fixtures.SIZE);

        public RawRefused(boolean tcp) throws IOException {
            this.tcp = tcp;
            dead = Fixtures.deadPort(tcp);
            address = dead.getsockname(new Sockaddr());
            udp = Fixtures.refusedDescriptor(dead);
        }

        @Override
        public long run(int times) {
            return tcp ? connect(times) : send(times);
        }

        private long connect(int times) {
            long to = address.address();
            int length = address.length();
            long failures = 0;
            for (int i = 0; i < times; i++) {
                int fd = LIBC.socket(Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_CLOEXEC, 0);
                failures += LIBC.connect(fd, to, length) == -Linux.ECONNREFUSED ? 1 : 0;
                LIBC.close(fd);
            }
            return failures;
        }

        private long send(int times) {
            long bytes = Memory.address(memory);
            long failures = 0;
            for (int i = 0; i < times; i++) {
                LIBC.send(udp, bytes, Fixtures.SIZE, Linux.MSG_NOSIGNAL);
                failures += LIBC.recv(udp, bytes, Fixtures.SIZE, 0) == -Linux.ECONNREFUSED ? 1 : 0;
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            Ends.close(udp);
            dead.close();
        }
    }

    /** {@link SocketChannel#connect}, and {@link DatagramChannel#read(ByteBuffer)} on UDP. */
    public static final class NioRefused implements Contestant {
        private final boolean tcp;
        private final Socket dead;
        private final SocketAddress address;
        private final DatagramChannel udp = DatagramChannel.open(StandardProtocolFamily.INET);
        private final ByteBuffer out = ByteBuffer.allocateDirect(Fixtures.SIZE);
        private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

        public NioRefused(boolean tcp) throws IOException {
            this.tcp = tcp;
            dead = Fixtures.deadPort(tcp);
            address = dead.getLocalAddress();
            if (!tcp) {
                udp.connect(address);
            }
        }

        @Override
        public long run(int times) throws IOException {
            return tcp ? connect(times) : send(times);
        }

        private long connect(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET)) {
                    channel.connect(address);
                } catch (ConnectException e) {
                    failures++;
                }
            }
            return failures;
        }

        private long send(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                udp.write(out.clear());
                try {
                    udp.read(in.clear());
                } catch (PortUnreachableException e) {
                    failures++;
                }
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            udp.close();
            dead.close();
        }
    }

    /** {@link java.net.Socket#connect}, and {@link DatagramSocket#receive} on UDP. */
    public static final class JavaNetRefused implements Contestant {
        private final boolean tcp;
        private final io.sockfd.Socket dead;
        private final SocketAddress address;
        private final DatagramSocket udp = new DatagramSocket();
        private final DatagramPacket out;
        private final DatagramPacket in = new DatagramPacket(new byte[Fixtures.SIZE], Fixtures.SIZE);

        public JavaNetRefused(boolean tcp) throws IOException {
            this.tcp = tcp;
            dead = Fixtures.deadPort(tcp);
            address = dead.getLocalAddress();
            out = new DatagramPacket(new byte[Fixtures.SIZE], Fixtures.SIZE, address);
            if (!tcp) {
                udp.connect(address);
            }
        }

        @Override
        public long run(int times) throws IOException {
            return tcp ? connect(times) : send(times);
        }

        private long connect(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                try (java.net.Socket socket = new java.net.Socket()) {
                    socket.connect(address);
                } catch (ConnectException e) {
                    failures++;
                }
            }
            return failures;
        }

        private long send(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                udp.send(out);
                try {
                    udp.receive(in);
                } catch (PortUnreachableException e) {
                    failures++;
                }
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            udp.close();
            dead.close();
        }
    }

    /** {@link io.netty.channel.unix.Socket#connect}, and {@link io.netty.channel.unix.Socket#recv} on UDP. On loopback both know the answer at once. */
    public static final class NettyRefused implements Contestant {
        private static final int ATTEMPTS = 1_000_000;

        private final boolean tcp;
        private final io.sockfd.Socket dead;
        private final SocketAddress address;
        private final io.netty.channel.unix.Socket udp;
        private final ByteBuffer out = ByteBuffer.allocateDirect(Fixtures.SIZE);
        private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

        public NettyRefused(boolean tcp) throws IOException {
            Epoll.ensureAvailability();
            this.tcp = tcp;
            dead = Fixtures.deadPort(tcp);
            address = dead.getLocalAddress();
            udp = LinuxSocket.newSocketDgram(SocketProtocolFamily.INET);
            if (!tcp) {
                udp.connect(address);
            }
        }

        @Override
        public long run(int times) throws IOException {
            return tcp ? connect(times) : send(times);
        }

        private long connect(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                io.netty.channel.unix.Socket socket = LinuxSocket.newSocketStream(SocketProtocolFamily.INET);
                try {
                    boolean connected = socket.connect(address);
                    for (int attempt = 0; !connected && attempt < ATTEMPTS; attempt++) {
                        connected = socket.finishConnect();
                    }
                } catch (IOException e) {
                    failures++;
                } finally {
                    socket.close();
                }
            }
            return failures;
        }

        private long send(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                udp.send(out, 0, out.capacity());
                try {
                    int received = 0;
                    for (int attempt = 0; received == 0 && attempt < ATTEMPTS; attempt++) {
                        received = udp.recv(in, 0, in.capacity());
                    }
                } catch (IOException e) {
                    failures++;
                }
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            udp.close();
            dead.close();
        }
    }
}
