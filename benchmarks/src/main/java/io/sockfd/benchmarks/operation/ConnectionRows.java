package io.sockfd.benchmarks.operation;

import static io.sockfd.raw.Linux.AF_INET;
import static io.sockfd.raw.Linux.AF_UNIX;
import static io.sockfd.raw.Linux.SOCK_CLOEXEC;
import static io.sockfd.raw.Linux.SOCK_STREAM;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.DomainSocketAddress;
import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/**
 * Opening, connecting, accepting and closing both ends, on a listener that stays: {@code connect}. TCP connections go to
 * many addresses of the loopback network in turn, so that those in TIME_WAIT do not use up the ports of one.
 */
public final class ConnectionRows {
    private ConnectionRows() {}

    public static List<Row> all() {
        return List.of(
                row(true, "tcp", "TCP: open, connect, accept, close both ends")
                        .with(Who.JAVA_NET, JavaNetCycle.class)
                        .note(Who.JAVA_NET, "IPv6 socket")
                        .quick(),
                row(false, "unix", "UNIX: open, connect, accept, close both ends")
                        .with(Who.JUNIXSOCKET, JunixCycle.class)
                        .with(Who.JNR_UNIXSOCKET, JnrCycle.class));
    }

    private static Row row(boolean tcp, String variant, String title) {
        return Row.of("connect", variant, title)
                .wide()
                .with(Who.C, CCycle.class, tcp)
                .with(Who.SOCKFD, SockfdCycle.class, tcp)
                .withRaw(RawCycle.class, tcp)
                .with(Who.NIO, NioCycle.class, tcp, true)
                .with(Who.NIO_NONBLOCKING, NioCycle.class, tcp, false)
                .with(Who.NETTY, NettyCycle.class, tcp);
    }

    /** Listening descriptors that block, and their names as the kernel has them. */
    static final class Listeners implements AutoCloseable {
        final int[] fds;
        final Sockaddr[] addresses;

        private final Targets targets;

        Listeners(boolean tcp) throws IOException {
            targets = new Targets(tcp);
            fds = new int[targets.count()];
            addresses = new Sockaddr[targets.count()];
            for (int i = 0; i < fds.length; i++) {
                Socket listener = Socket.open(tcp ? Domain.INET : Domain.UNIX, SocketType.STREAM)
                        .bind(targets.address(i))
                        .listen(16);
                addresses[i] = Sockaddr.of(listener.getLocalAddress());
                fds[i] = listener.release();
                Libc.get().fcntl(fds[i], Linux.F_SETFL, 0);
            }
        }

        /** All addresses, one after the other, each in {@link Sockaddr#CAPACITY} bytes. */
        ByteBuffer names() {
            ByteBuffer names = Memory.allocate(addresses.length * Sockaddr.CAPACITY);
            for (int i = 0; i < addresses.length; i++) {
                names.put(i * Sockaddr.CAPACITY, addresses[i].buffer(), 0, addresses[i].length());
            }
            return names;
        }

        @Override
        public void close() throws IOException {
            for (int fd : fds) {
                Libc.get().close(fd);
            }
            targets.close();
        }
    }

    /** Where to listen. */
    static final class Targets implements AutoCloseable {
        /** Of TCP; a power of two. */
        static final int ADDRESSES = 64;

        private final SocketAddress[] addresses;
        private final Path directory;

        Targets(boolean tcp) throws IOException {
            directory = Files.createTempDirectory("sockfd-bench");
            addresses = new SocketAddress[tcp ? ADDRESSES : 1];
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = tcp
                        ? new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 7, (byte) (i + 1)}), 0)
                        : UnixDomainSocketAddress.of(directory.resolve("s"));
            }
        }

        int count() {
            return addresses.length;
        }

        SocketAddress address(int index) {
            return addresses[index];
        }

        Path path() {
            return directory.resolve("s");
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path());
            Files.delete(directory);
        }
    }

    /** {@code native/bench/loops/connection.c}. */
    public static final class CCycle implements Contestant {
        static {
            Native.load();
        }

        private final Listeners listeners;
        private final ByteBuffer names;
        private final int domain;

        public CCycle(boolean tcp) throws IOException {
            listeners = new Listeners(tcp);
            names = listeners.names();
            domain = tcp ? AF_INET : AF_UNIX;
        }

        @Override
        public long run(int times) {
            return Native.check(
                    cycle(
                            domain,
                            listeners.fds,
                            Memory.address(names),
                            Sockaddr.CAPACITY,
                            listeners.addresses[0].length(),
                            times),
                    "a connection");
        }

        private static native long cycle(int domain, int[] listeners, long names, int stride, int length, int times);

        @Override
        public void close() throws IOException {
            listeners.close();
        }
    }

    /** {@link Socket#connect(Sockaddr)} and {@link Socket#accept()}. */
    public static final class SockfdCycle implements Contestant {
        private final Targets targets;
        private final boolean tcp;
        private final Socket[] listeners;
        private final Sockaddr[] addresses;

        public SockfdCycle(boolean tcp) throws IOException {
            this.tcp = tcp;
            targets = new Targets(tcp);
            listeners = new Socket[targets.count()];
            addresses = new Sockaddr[targets.count()];
            for (int i = 0; i < listeners.length; i++) {
                listeners[i] = open().bind(targets.address(i)).listen(16);
                addresses[i] = Sockaddr.of(listeners[i].getLocalAddress());
            }
        }

        private Socket open() throws IOException {
            return tcp ? Socket.tcp() : Socket.unixStream();
        }

        @Override
        public long run(int times) throws IOException {
            int mask = listeners.length - 1;
            for (int i = 0; i < times; i++) {
                Socket client = open();
                client.connect(addresses[i & mask]);
                Socket server = Objects.requireNonNull(listeners[i & mask].accept());
                client.close();
                server.close();
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            for (Socket listener : listeners) {
                listener.close();
            }
            targets.close();
        }
    }

    /** {@code socket}, {@code connect}, {@code accept4}, {@code close} twice, through {@link Libc}. */
    public static final class RawCycle implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final Listeners listeners;
        private final int domain;

        public RawCycle(boolean tcp) throws IOException {
            listeners = new Listeners(tcp);
            domain = tcp ? AF_INET : AF_UNIX;
        }

        @Override
        public long run(int times) throws IOException {
            int mask = listeners.fds.length - 1;
            for (int i = 0; i < times; i++) {
                int client = LIBC.socket(domain, SOCK_STREAM | SOCK_CLOEXEC, 0);
                Sockaddr address = listeners.addresses[i & mask];
                int result = LIBC.connect(client, address.address(), address.length());
                if (result < 0) {
                    throw new IOException("connect: errno " + -result);
                }
                int server = LIBC.accept4(listeners.fds[i & mask], 0, 0, SOCK_CLOEXEC);
                LIBC.close(client);
                LIBC.close(server);
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            listeners.close();
        }
    }

    /** {@link SocketChannel} and {@link ServerSocketChannel}, of one family. */
    public static final class NioCycle implements Contestant {
        private final Targets targets;
        private final StandardProtocolFamily family;
        private final boolean blocking;
        private final ServerSocketChannel[] listeners;
        private final SocketAddress[] addresses;

        public NioCycle(boolean tcp, boolean blocking) throws IOException {
            this.blocking = blocking;
            targets = new Targets(tcp);
            family = tcp ? StandardProtocolFamily.INET : StandardProtocolFamily.UNIX;
            listeners = new ServerSocketChannel[targets.count()];
            addresses = new SocketAddress[targets.count()];
            for (int i = 0; i < listeners.length; i++) {
                listeners[i] = ServerSocketChannel.open(family).bind(targets.address(i), 16);
                addresses[i] = listeners[i].getLocalAddress();
            }
        }

        @Override
        public long run(int times) throws IOException {
            int mask = listeners.length - 1;
            for (int i = 0; i < times; i++) {
                SocketChannel client = SocketChannel.open(family);
                if (!blocking) {
                    client.configureBlocking(false);
                }
                client.connect(addresses[i & mask]);
                SocketChannel server = listeners[i & mask].accept();
                if (!blocking) {
                    while (!client.finishConnect()) {
                        Thread.onSpinWait();
                    }
                    server.configureBlocking(false);
                }
                client.close();
                server.close();
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            for (ServerSocketChannel listener : listeners) {
                listener.close();
            }
            targets.close();
        }
    }

    /** {@link java.net.Socket} and {@link ServerSocket}. */
    public static final class JavaNetCycle implements Contestant {
        private final Targets targets = new Targets(true);
        private final ServerSocket[] listeners = new ServerSocket[targets.count()];
        private final InetSocketAddress[] addresses = new InetSocketAddress[targets.count()];

        public JavaNetCycle() throws IOException {
            for (int i = 0; i < listeners.length; i++) {
                listeners[i] = new ServerSocket();
                listeners[i].bind(targets.address(i), 16);
                addresses[i] = (InetSocketAddress) listeners[i].getLocalSocketAddress();
            }
        }

        @Override
        public long run(int times) throws IOException {
            int mask = listeners.length - 1;
            for (int i = 0; i < times; i++) {
                java.net.Socket client = new java.net.Socket();
                client.connect(addresses[i & mask]);
                java.net.Socket server = listeners[i & mask].accept();
                client.close();
                server.close();
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            for (ServerSocket listener : listeners) {
                listener.close();
            }
            targets.close();
        }
    }

    /** netty's {@link LinuxSocket}, without event loop and pipeline. */
    public static final class NettyCycle implements Contestant {
        private final Targets targets;
        private final boolean tcp;
        private final io.netty.channel.unix.Socket[] listeners;
        private final SocketAddress[] addresses;
        private final byte[] peer = new byte[128];

        public NettyCycle(boolean tcp) throws IOException {
            Epoll.ensureAvailability();
            this.tcp = tcp;
            targets = new Targets(tcp);
            listeners = new io.netty.channel.unix.Socket[targets.count()];
            addresses = new SocketAddress[targets.count()];
            for (int i = 0; i < listeners.length; i++) {
                listeners[i] = open();
                listeners[i].bind(
                        tcp
                                ? targets.address(i)
                                : new DomainSocketAddress(targets.path().toString()));
                listeners[i].listen(16);
                addresses[i] = tcp ? listeners[i].localAddress() : listeners[i].localDomainSocketAddress();
            }
        }

        private io.netty.channel.unix.Socket open() {
            return tcp ? LinuxSocket.newSocketStream(false) : LinuxSocket.newSocketDomain();
        }

        @Override
        public long run(int times) throws IOException {
            int mask = listeners.length - 1;
            for (int i = 0; i < times; i++) {
                io.netty.channel.unix.Socket client = open();
                if (!client.connect(addresses[i & mask])) {
                    while (!client.finishConnect()) {
                        Thread.onSpinWait();
                    }
                }
                io.netty.channel.unix.Socket server =
                        new io.netty.channel.unix.Socket(listeners[i & mask].accept(peer));
                client.close();
                server.close();
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            for (io.netty.channel.unix.Socket listener : listeners) {
                listener.close();
            }
            targets.close();
        }
    }

    /** junixsocket's channels. */
    public static final class JunixCycle implements Contestant {
        private final Targets targets = new Targets(false);
        private final AFUNIXSocketAddress address = AFUNIXSocketAddress.of(targets.path());
        private final AFUNIXServerSocketChannel listener = AFUNIXServerSocketChannel.open();

        public JunixCycle() throws IOException {
            listener.bind(address, 16);
        }

        @Override
        public long run(int times) throws IOException {
            for (int i = 0; i < times; i++) {
                AFUNIXSocketChannel client = AFUNIXSocketChannel.open();
                client.connect(address);
                AFUNIXSocketChannel server = listener.accept();
                client.close();
                server.close();
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            listener.close();
            targets.close();
        }
    }

    /** jnr-unixsocket's channels. */
    public static final class JnrCycle implements Contestant {
        private final Targets targets = new Targets(false);
        private final UnixSocketAddress address =
                new UnixSocketAddress(targets.path().toFile());
        private final UnixServerSocketChannel listener = UnixServerSocketChannel.open();

        public JnrCycle() throws IOException {
            listener.socket().bind(address, 16);
        }

        @Override
        public long run(int times) throws IOException {
            for (int i = 0; i < times; i++) {
                UnixSocketChannel client = UnixSocketChannel.open(address);
                UnixSocketChannel server = listener.accept();
                client.close();
                server.close();
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            listener.close();
            targets.close();
        }
    }
}
