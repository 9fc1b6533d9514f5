package io.sockfd.benchmarks.operation;

import static io.sockfd.raw.Linux.AF_INET;
import static io.sockfd.raw.Linux.AF_UNIX;
import static io.sockfd.raw.Linux.MSG_NOSIGNAL;
import static io.sockfd.raw.Linux.SOCK_CLOEXEC;
import static io.sockfd.raw.Linux.SOCK_STREAM;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Jvm;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Processors;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Sampled;
import io.sockfd.benchmarks.Timed;
import io.sockfd.benchmarks.Who;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrUn;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import org.HdrHistogram.Histogram;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/**
 * From the start of a process to its first byte: {@code start}. It is what a user waits for, with the JVM's default flags and
 * nothing on the class path that is not needed.
 */
public final class StartRows {
    private static final Pace PACE = new Pace(1, 1, 40, false);
    private static final List<String> OURS = List.of("sockfd-0");
    private static final List<String> JNR = List.of("sockfd-0", "jnr-", "jffi-", "asm-");
    private static final List<String> JNR_UNIXSOCKET = List.of("jnr-", "jffi-", "asm-");
    private static final List<String> NETTY = List.of("netty-");
    private static final List<String> JUNIXSOCKET = List.of("junixsocket-");
    private static final List<String> NATIVE =
            Runtime.version().feature() >= 22 ? List.of("--enable-native-access=ALL-UNNAMED") : List.of();

    private StartRows() {}

    public static List<Row> all() {
        Row tcp = row("tcp").with(Who.JAVA_NET, Start.class, JavaNetStart.class.getName(), "tcp", List.of(), List.of());
        Row unix = row("unix")
                .with(Who.JUNIXSOCKET, Start.class, JunixStart.class.getName(), "unix", JUNIXSOCKET, NATIVE)
                .with(Who.JNR_UNIXSOCKET, Start.class, JnrStart.class.getName(), "unix", JNR_UNIXSOCKET, NATIVE);
        return List.of(tcp.quick(), unix);
    }

    private static Row row(String family) {
        String raw = RawStart.class.getName();
        return Row.of(
                        "start",
                        family,
                        "from the start of the process to the first byte, " + family.toUpperCase(Locale.ROOT))
                .with(Who.C, Start.class, "", family, List.of(), List.of())
                .with(Who.SOCKFD, Start.class, SockfdStart.class.getName(), family, OURS, NATIVE)
                .with(Who.FFM, Start.class, raw, family, OURS, backend("ffm"))
                .with(Who.JNI, Start.class, raw, family, OURS, backend("jni"))
                .with(Who.JNR, Start.class, raw, family, JNR, backend("jnr"))
                .with(Who.NIO, Start.class, NioStart.class.getName(), family, List.of(), List.of())
                .with(Who.NETTY, Start.class, NettyStart.class.getName(), family, NETTY, NATIVE)
                .note(Who.C, "no JVM to start")
                .note(Who.JNI, "copies its library out of the jar at each start")
                .note(Who.NETTY, "copies its library out of the jar at each start")
                .metric("time from the start of the process to its first byte")
                .paced(PACE);
    }

    private static List<String> backend(String name) {
        List<String> flags = new ArrayList<>(NATIVE);
        flags.add("-Dsockfd.backend=" + name);
        return List.copyOf(flags);
    }

    /** Starts a process that connects to us, and waits for its first byte. */
    public static final class Start implements Timed, Sampled {
        private static final long PATIENCE_MILLIS = 30_000;
        private static final long GLANCE_MILLIS = 1000;

        private final ServerSocketChannel listener;
        private final Selector selector = Selector.open();
        private final Path directory = Files.createTempDirectory("sockfd-start");
        private final List<String> command = new ArrayList<>(Processors.all());
        private final Histogram samples = new Histogram(3);
        private long nanos;

        /**
         * @param program a class with a main, or {@code ""} for the C program
         * @param family {@code tcp} or {@code unix}
         * @param jars what the program's class path needs before our own jar, by the beginnings of their names
         * @param flags of the JVM
         */
        public Start(String program, String family, List<String> jars, List<String> flags) throws IOException {
            SocketAddress address = family.equals("tcp")
                    ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)
                    : UnixDomainSocketAddress.of(directory.resolve("s"));
            listener = family.equals("tcp")
                    ? ServerSocketChannel.open()
                    : ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(address).configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            if (program.isEmpty()) {
                command.add(Native.file("start").toString());
            } else {
                command.add(Jvm.launcher());
                command.addAll(flags);
                List<String> names = new ArrayList<>(jars);
                names.addAll(List.of("sockfd-benchmarks-", "classes"));
                command.addAll(List.of("-cp", Jvm.classPath(names), program));
            }
            command.addAll(List.of(family, name(listener.getLocalAddress())));
        }

        private static String name(SocketAddress address) {
            return address instanceof InetSocketAddress inet ? Integer.toString(inet.getPort()) : address.toString();
        }

        @Override
        public long run(int times) throws Exception {
            long bytes = 0;
            nanos = 0;
            for (int i = 0; i < times; i++) {
                long start = System.nanoTime();
                Process process = new ProcessBuilder(command)
                        .redirectOutput(Redirect.INHERIT)
                        .redirectError(Redirect.INHERIT)
                        .start();
                try {
                    bytes += firstByte(process);
                    long each = System.nanoTime() - start;
                    nanos += each;
                    samples.recordValue(each);
                } finally {
                    if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                        process.destroyForcibly();
                    }
                }
            }
            return bytes;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Histogram samples() {
            return samples;
        }

        @Override
        public void forget() {
            samples.reset();
        }

        private int firstByte(Process process) throws IOException {
            long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
            selector.selectedKeys().clear();
            while (selector.select(GLANCE_MILLIS) == 0) {
                if (!process.isAlive()) {
                    throw new IOException("ended with " + process.exitValue() + " before it sent anything: " + command);
                } else if (System.nanoTime() - deadline > 0) {
                    throw new IOException("nothing within " + PATIENCE_MILLIS + " ms from " + command);
                }
            }
            try (SocketChannel accepted = listener.accept()) {
                return accepted.read(ByteBuffer.allocate(1));
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            selector.close();
            try (var files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    /** Arguments: {@code tcp PORT} or {@code unix PATH}, as for the others here. */
    public static final class SockfdStart {
        private SockfdStart() {}

        public static void main(String... args) throws IOException {
            boolean tcp = args[0].equals("tcp");
            try (Socket socket = tcp ? Socket.tcp() : Socket.unixStream()) {
                socket.connect(
                        tcp
                                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]))
                                : UnixDomainSocketAddress.of(args[1]));
                socket.send(ByteBuffer.allocateDirect(1), 0);
            }
        }
    }

    /** The calls of the C program. */
    public static final class RawStart {
        private static final int LOOPBACK = 0x7f000001;

        private RawStart() {}

        public static void main(String... args) {
            ByteBuffer addr = args[0].equals("tcp") ? inet(Integer.parseInt(args[1])) : unix(args[1]);
            Libc libc = Libc.get();
            int fd = check(libc.socket(SockaddrIn.sin_family(addr, 0), SOCK_STREAM | SOCK_CLOEXEC, 0));
            check(libc.connect(fd, Memory.address(addr), addr.capacity()));
            check(libc.send(fd, Memory.address(Memory.allocate(1)), 1, MSG_NOSIGNAL));
        }

        private static ByteBuffer inet(int port) {
            ByteBuffer addr = Memory.allocate(SockaddrIn.SIZE);
            SockaddrIn.sin_family(addr, 0, AF_INET);
            SockaddrIn.sin_port(addr, 0, port);
            SockaddrIn.sin_addr(addr, 0, LOOPBACK);
            return addr;
        }

        private static ByteBuffer unix(String path) {
            ByteBuffer addr = Memory.allocate(SockaddrUn.SIZE);
            SockaddrUn.sun_family(addr, 0, AF_UNIX);
            addr.put(SockaddrUn.SUN_PATH, path.getBytes(StandardCharsets.UTF_8));
            return addr;
        }

        private static int check(long result) {
            if (result < 0) {
                throw new IllegalStateException("errno " + -result);
            }
            return (int) result;
        }
    }

    /** The JDK's channel. */
    public static final class NioStart {
        private NioStart() {}

        public static void main(String... args) throws IOException {
            SocketAddress address = args[0].equals("tcp")
                    ? new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]))
                    : UnixDomainSocketAddress.of(args[1]);
            try (SocketChannel channel = SocketChannel.open(address)) {
                channel.write(ByteBuffer.allocateDirect(1));
            }
        }
    }

    /** {@link java.net.Socket}; TCP only. */
    public static final class JavaNetStart {
        private JavaNetStart() {}

        public static void main(String... args) throws IOException {
            try (java.net.Socket socket =
                    new java.net.Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]))) {
                socket.getOutputStream().write(0);
            }
        }
    }

    /** netty's socket of its epoll transport, without event loop. */
    public static final class NettyStart {
        private NettyStart() {}

        public static void main(String... args) throws IOException {
            Epoll.ensureAvailability();
            boolean tcp = args[0].equals("tcp");
            io.netty.channel.unix.Socket socket = tcp
                    ? io.netty.channel.unix.Socket.newSocketStream()
                    : io.netty.channel.unix.Socket.newSocketDomain();
            socket.connect(
                    tcp
                            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]))
                            : new DomainSocketAddress(args[1]));
            socket.finishConnect();
            socket.send(ByteBuffer.allocateDirect(1), 0, 1);
            socket.close();
        }
    }

    /** junixsocket's channel; UNIX only. */
    public static final class JunixStart {
        private JunixStart() {}

        public static void main(String... args) throws IOException {
            try (AFUNIXSocketChannel channel = AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(new File(args[1])))) {
                channel.write(ByteBuffer.allocateDirect(1));
            }
        }
    }

    /** jnr-unixsocket's channel; UNIX only. */
    public static final class JnrStart {
        private JnrStart() {}

        public static void main(String... args) throws IOException {
            try (UnixSocketChannel channel = UnixSocketChannel.open(new UnixSocketAddress(new File(args[1])))) {
                channel.write(ByteBuffer.allocateDirect(1));
            }
        }
    }
}
