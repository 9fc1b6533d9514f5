package io.sockfd.benchmarks.operation;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;

import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import io.sockfd.option.IcmpOptions;
import io.sockfd.option.IcmpTypes;
import io.sockfd.packet.PacketBuilder;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** Raw ICMP, an echo request on loopback and the kernel's reply: {@code icmp}. */
public final class IcmpRows {
    private IcmpRows() {}

    public static List<Row> all() {
        return List.of(Row.of("icmp", "echo", "Raw ICMP, echo request of 64 B on loopback and its reply")
                .with(Who.C, CEcho.class)
                .with(Who.SOCKFD, SockfdEcho.class)
                .withRaw(RawEcho.class)
                .with(Who.JAVA_NET, JavaNetEcho.class)
                .note(Who.JAVA_NET, "InetAddress.isReachable: a new socket for each, and its own request"));
    }

    /** What all contestants send, and where. */
    static final class Echo {
        /** Bytes of a request, as ping(8) sends them. */
        static final int REQUEST = 64;

        /** Bytes of a reply: an IP header comes first. */
        static final int REPLY = 20 + REQUEST;

        /** Where a reply's type is. */
        static final int TYPE = 20;

        private static final int HEADER = 8;

        private Echo() {}

        /** A raw socket in a network of its own, connected to loopback, that hears echo replies only. */
        static Socket socket() throws Exception {
            return PrivateNetwork.open(() -> {
                Socket socket = Socket.raw(Protocol.ICMP)
                        .setOption(IcmpOptions.ICMP_FILTER, IcmpTypes.only(Linux.ICMP_ECHOREPLY));
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                return socket;
            });
        }

        /** An echo request. */
        static ByteBuffer request() {
            return Memory.allocate(REQUEST)
                    .put(new PacketBuilder()
                            .icmp(icmp -> icmp.echoRequest(1, 1))
                            .payload(new byte[REQUEST - HEADER])
                            .build())
                    .flip();
        }
    }

    /** {@code native/bench/loops/icmp.c}. */
    public static final class CEcho implements Contestant {
        static {
            Native.load();
        }

        private final int fd;
        private final ByteBuffer request = Echo.request();

        public CEcho() throws Exception {
            fd = Echo.socket().release();
            Libc.get().fcntl(fd, Linux.F_SETFL, 0);
        }

        @Override
        public long run(int times) {
            return Native.check(echo(fd, Memory.address(request), Echo.REQUEST, times), "echo");
        }

        private static native long echo(int fd, long request, int size, int times);

        @Override
        public void close() {
            Ends.close(fd);
        }
    }

    /** {@link Socket#raw}. */
    public static final class SockfdEcho implements Contestant {
        private final Socket socket = Echo.socket();
        private final ByteBuffer request = Echo.request();
        private final ByteBuffer reply = Memory.allocate(Echo.REPLY);

        public SockfdEcho() throws Exception {}

        @Override
        public long run(int times) throws IOException {
            long replies = 0;
            for (int i = 0; i < times; i++) {
                socket.send(request.clear(), 0);
                int received = socket.recv(reply.clear(), 0);
                if (received == Echo.REPLY && reply.get(Echo.TYPE) == Linux.ICMP_ECHOREPLY) {
                    replies++;
                }
            }
            return replies;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** {@link Libc#send(int, long, long, int)} and {@link Libc#recv(int, long, long, int)}. */
    public static final class RawEcho implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final int fd;
        private final ByteBuffer request = Echo.request();
        private final ByteBuffer reply = Memory.allocate(Echo.REPLY);

        public RawEcho() throws Exception {
            fd = Echo.socket().release();
            LIBC.fcntl(fd, Linux.F_SETFL, 0);
        }

        @Override
        public long run(int times) {
            long out = Memory.address(request);
            long in = Memory.address(reply);
            long replies = 0;
            for (int i = 0; i < times; i++) {
                LIBC.send(fd, out, Echo.REQUEST, MSG_NOSIGNAL);
                long received = LIBC.recv(fd, in, Echo.REPLY, 0);
                if (received == Echo.REPLY && reply.get(Echo.TYPE) == Linux.ICMP_ECHOREPLY) {
                    replies++;
                }
            }
            return replies;
        }

        @Override
        public void close() {
            Ends.close(fd);
        }
    }

    /** {@link InetAddress#isReachable(int)}, which pings where it may and connects by TCP where it may not. */
    public static final class JavaNetEcho implements Contestant {
        private static final int TIMEOUT_MILLIS = 1000;

        private final InetAddress loopback = InetAddress.getLoopbackAddress();

        public JavaNetEcho() throws UnavailableException {
            try (Socket socket = Socket.raw(Protocol.ICMP)) {
                boolean unused = socket.isOpen();
            } catch (IOException e) {
                throw new UnavailableException("pinging needs CAP_NET_RAW: " + e.getMessage());
            }
        }

        @Override
        public long run(int times) throws IOException {
            long replies = 0;
            for (int i = 0; i < times; i++) {
                if (loopback.isReachable(TIMEOUT_MILLIS)) {
                    replies++;
                }
            }
            return replies;
        }

        @Override
        public void close() {}
    }
}
