package io.sockfd.benchmarks.operation;

import io.netty.channel.epoll.Epoll;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.NioEnds;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;
import org.newsclub.net.unix.AFSocketPair;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/**
 * Options and addresses, calls that move a few bytes, and what it takes to make Java values of them: {@code getsockopt},
 * {@code setsockopt}, {@code getsockname}, {@code getpeername}.
 */
public final class OptionRows {
    /** Of SO_SNDBUF, in bytes. */
    static final int VALUE = 65536;

    private static final String REMEMBERED = "makes no system call: it remembers the address of a connection";

    private OptionRows() {}

    public static List<Row> all() {
        return List.of(
                option(false, true).quick(),
                unix(option(false, false), false),
                option(true, true),
                unix(option(true, false), true),
                name("getsockname", "bytes", "the address not decoded").withRaw(RawOption.class, "name", true),
                objects(name(
                                "getsockname",
                                "kept",
                                "the address of a connection as an object, remembered where it can be")
                        .with(Who.NIO, NioName.class, false)
                        .note(Who.NIO, REMEMBERED)),
                objects(name("getsockname", "fresh", "asked again and decoded")),
                objects(name("getpeername", "kept", "the peer of a connection as an object, remembered where it can be")
                        .with(Who.NIO, NioName.class, true)
                        .note(Who.NIO, REMEMBERED)));
    }

    private static Row option(boolean set, boolean tcp) {
        String call = set ? "set" : "get";
        Row row = Row.of(
                        call + "sockopt",
                        tcp ? "tcp" : "unix",
                        (tcp ? "TCP, " : "UNIX stream, ") + call + "sockopt of an int, SO_SNDBUF")
                .with(Who.C, COption.class, call, tcp)
                .with(Who.SOCKFD, SockfdOption.class, set, tcp)
                .withRaw(RawOption.class, call, tcp)
                .with(Who.NIO, NioOption.class, set, tcp)
                .with(Who.NETTY, NettyOption.class, call, tcp);
        return tcp ? row.with(Who.JAVA_NET, JavaNetOption.class, call) : row;
    }

    private static Row unix(Row row, boolean set) {
        return row.with(Who.JUNIXSOCKET, ChannelOption.class, set, true)
                .with(Who.JNR_UNIXSOCKET, ChannelOption.class, set, false);
    }

    private static Row name(String call, String form, String title) {
        boolean peer = call.equals("getpeername");
        return Row.of(call, form, "TCP, " + call + ", " + title)
                .with(Who.C, COption.class, peer ? "peer" : "name", true)
                .with(Who.SOCKFD, SockfdName.class, peer ? "peer" : form);
    }

    private static Row objects(Row row) {
        String form = row.operation().equals("getpeername") ? "peer" : "name";
        return row.with(Who.JAVA_NET, JavaNetOption.class, form)
                .with(Who.NETTY, NettyOption.class, form, true)
                .note(Who.C, "does not decode")
                .note(
                        Who.JAVA_NET,
                        form.equals("peer")
                                ? "remembers it"
                                : "remembers the port, asks for the address, makes a new object")
                .note(Who.NETTY, "a new object each time");
    }

    /** {@code native/bench/loops/option.c}. */
    public static final class COption implements Contestant {
        static {
            Native.load();
        }

        private final String call;
        private final int[] fds;

        public COption(String call, boolean tcp) throws IOException {
            this.call = call;
            fds = Ends.descriptors(tcp);
        }

        @Override
        public long run(int times) {
            return switch (call) {
                case "get" -> Native.check(get(fds[0], times), "getsockopt");
                case "set" -> Native.check(set(fds[0], OptionRows.VALUE, times), "setsockopt");
                case "peer" -> Native.check(peer(fds[0], times), "getpeername");
                default -> Native.check(name(fds[0], times), "getsockname");
            };
        }

        private static native long get(int fd, int times);

        private static native long set(int fd, int value, int times);

        private static native long name(int fd, int times);

        private static native long peer(int fd, int times);

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** {@link Socket#getOption} and {@link Socket#setOption}. */
    public static final class SockfdOption implements Contestant {
        private static final Integer VALUE = OptionRows.VALUE;

        private final boolean set;
        private final Socket.Pair pair;

        public SockfdOption(boolean set, boolean tcp) throws IOException {
            this.set = set;
            pair = Ends.sockets(tcp);
        }

        @Override
        public long run(int times) throws IOException {
            return set ? set(times) : get(times);
        }

        private long get(int times) throws IOException {
            Socket socket = pair.first();
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += socket.getOption(SocketOptions.SO_SNDBUF) > 0 ? 1 : 0;
            }
            return count;
        }

        private long set(int times) throws IOException {
            Socket socket = pair.first();
            for (int i = 0; i < times; i++) {
                socket.setOption(SocketOptions.SO_SNDBUF, VALUE);
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            pair.close();
        }
    }

    /**
     * {@link Socket#getsockname} into a {@link Sockaddr}, its {@link Sockaddr#decode}, {@link Socket#getLocalAddress} and {@link
     * Socket#getRemoteAddress}.
     */
    public static final class SockfdName implements Contestant {
        private final String form;
        private final Socket.Pair pair;
        private final Sockaddr address = new Sockaddr();

        public SockfdName(String form) throws IOException {
            this.form = form;
            pair = Ends.sockets(true);
        }

        @Override
        public long run(int times) throws IOException {
            return switch (form) {
                case "bytes" -> bytes(times);
                case "kept" -> kept(times);
                case "peer" -> peer(times);
                default -> fresh(times);
            };
        }

        private long bytes(int times) throws IOException {
            Socket socket = pair.first();
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += socket.getsockname(address).family() != Linux.AF_UNSPEC ? 1 : 0;
            }
            return count;
        }

        private long kept(int times) throws IOException {
            Socket socket = pair.first();
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += ((InetSocketAddress) socket.getLocalAddress()).getPort() > 0 ? 1 : 0;
            }
            return count;
        }

        private long peer(int times) throws IOException {
            Socket socket = pair.first();
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += ((InetSocketAddress) socket.getRemoteAddress()).getPort() > 0 ? 1 : 0;
            }
            return count;
        }

        private long fresh(int times) throws IOException {
            Socket socket = pair.first();
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += ((InetSocketAddress) socket.getsockname(address).decode()).getPort() > 0 ? 1 : 0;
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            pair.close();
        }
    }

    /** {@link Libc#getsockopt}, {@link Libc#setsockopt} and {@link Libc#getsockname}, into memory that is there. */
    public static final class RawOption implements Contestant {
        private static final Libc LIBC = Libc.get();
        private static final int LENGTH = 8;

        private final String call;
        private final int[] fds;
        private final ByteBuffer memory = Memory.allocate(2 * LENGTH);
        private final Sockaddr address = new Sockaddr();

        public RawOption(String call, boolean tcp) throws IOException {
            this.call = call;
            fds = Ends.descriptors(tcp);
        }

        @Override
        public long run(int times) {
            return switch (call) {
                case "get" -> get(fds[0], times);
                case "set" -> set(fds[0], times);
                default -> name(fds[0], times);
            };
        }

        private long get(int fd, int times) {
            long value = Memory.address(memory);
            long count = 0;
            for (int i = 0; i < times; i++) {
                memory.putInt(LENGTH, Integer.BYTES);
                LIBC.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_SNDBUF, value, value + LENGTH);
                count += memory.getInt(0) > 0 ? 1 : 0;
            }
            return count;
        }

        private long set(int fd, int times) {
            long value = Memory.address(memory);
            memory.putInt(0, OptionRows.VALUE);
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += LIBC.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_SNDBUF, value, Integer.BYTES) == 0 ? 1 : 0;
            }
            return count;
        }

        private long name(int fd, int times) {
            long count = 0;
            for (int i = 0; i < times; i++) {
                address.reset();
                LIBC.getsockname(fd, address.address(), address.lengthAddress());
                count += address.family() != Linux.AF_UNSPEC ? 1 : 0;
            }
            return count;
        }

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** {@link SocketChannel#getOption} and {@link SocketChannel#setOption}. */
    public static final class NioOption implements Contestant {
        private static final Integer VALUE = OptionRows.VALUE;

        private final boolean set;
        private final NioEnds ends;

        public NioOption(boolean set, boolean tcp) throws IOException {
            this.set = set;
            ends = NioEnds.open(tcp, true);
        }

        @Override
        public long run(int times) throws IOException {
            return set ? set(times) : get(times);
        }

        private long get(int times) throws IOException {
            SocketChannel channel = ends.first();
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += channel.getOption(StandardSocketOptions.SO_SNDBUF) > 0 ? 1 : 0;
            }
            return count;
        }

        private long set(int times) throws IOException {
            SocketChannel channel = ends.first();
            for (int i = 0; i < times; i++) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, VALUE);
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            ends.close();
        }
    }

    /** {@link SocketChannel#getLocalAddress} and {@link SocketChannel#getRemoteAddress}. */
    public static final class NioName implements Contestant {
        private final boolean peer;
        private final NioEnds ends;

        public NioName(boolean peer) throws IOException {
            this.peer = peer;
            ends = NioEnds.open(true, true);
        }

        @Override
        public long run(int times) throws IOException {
            return peer ? peer(times) : name(times);
        }

        private long peer(int times) throws IOException {
            SocketChannel channel = ends.first();
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += ((InetSocketAddress) channel.getRemoteAddress()).getPort() > 0 ? 1 : 0;
            }
            return count;
        }

        private long name(int times) throws IOException {
            SocketChannel channel = ends.first();
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += ((InetSocketAddress) channel.getLocalAddress()).getPort() > 0 ? 1 : 0;
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            ends.close();
        }
    }

    /** {@link java.net.Socket#getSendBufferSize}, {@link java.net.Socket#setSendBufferSize} and {@link java.net.Socket#getLocalSocketAddress}, and the peer's. */
    public static final class JavaNetOption implements Contestant {
        private final String call;
        private final java.net.Socket first;
        private final java.net.Socket second;

        public JavaNetOption(String call) throws IOException {
            this.call = call;
            try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                first = new java.net.Socket(listener.getInetAddress(), listener.getLocalPort());
                second = listener.accept();
            }
        }

        @Override
        public long run(int times) throws IOException {
            return switch (call) {
                case "get" -> get(times);
                case "set" -> set(times);
                case "peer" -> peer(times);
                default -> name(times);
            };
        }

        private long peer(int times) {
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += ((InetSocketAddress) first.getRemoteSocketAddress()).getPort() > 0 ? 1 : 0;
            }
            return count;
        }

        private long get(int times) throws IOException {
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += first.getSendBufferSize() > 0 ? 1 : 0;
            }
            return count;
        }

        private long set(int times) throws IOException {
            for (int i = 0; i < times; i++) {
                first.setSendBufferSize(OptionRows.VALUE);
            }
            return times;
        }

        private long name(int times) {
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += ((InetSocketAddress) first.getLocalSocketAddress()).getPort() > 0 ? 1 : 0;
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            first.close();
            second.close();
        }
    }

    /** {@link io.netty.channel.unix.Socket#getSendBufferSize}, {@link io.netty.channel.unix.Socket#setSendBufferSize}, {@link io.netty.channel.unix.Socket#localAddress}, {@link io.netty.channel.unix.Socket#remoteAddress}. */
    public static final class NettyOption implements Contestant {
        private final String call;
        private final int[] fds;
        private final io.netty.channel.unix.Socket socket;

        public NettyOption(String call, boolean tcp) throws IOException {
            Epoll.ensureAvailability();
            this.call = call;
            fds = Ends.descriptors(tcp);
            socket = new io.netty.channel.unix.Socket(fds[0]);
        }

        @Override
        public long run(int times) throws IOException {
            return switch (call) {
                case "get" -> get(times);
                case "set" -> set(times);
                case "peer" -> peer(times);
                default -> name(times);
            };
        }

        private long peer(int times) {
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += socket.remoteAddress().getPort() > 0 ? 1 : 0;
            }
            return count;
        }

        private long get(int times) throws IOException {
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += socket.getSendBufferSize() > 0 ? 1 : 0;
            }
            return count;
        }

        private long set(int times) throws IOException {
            for (int i = 0; i < times; i++) {
                socket.setSendBufferSize(OptionRows.VALUE);
            }
            return times;
        }

        private long name(int times) {
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += socket.localAddress().getPort() > 0 ? 1 : 0;
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            socket.close();
            Ends.close(fds[1]);
        }
    }

    /** The channels of junixsocket and jnr-unixsocket, which are {@link SocketChannel}s too. */
    public static final class ChannelOption implements Contestant {
        private static final Integer VALUE = OptionRows.VALUE;

        private final boolean set;
        private final SocketOption<Integer> option;
        private final SocketChannel first;
        private final SocketChannel second;

        public ChannelOption(boolean set, boolean junixsocket) throws IOException {
            this.set = set;
            if (junixsocket) {
                AFSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
                first = pair.getSocket1();
                second = pair.getSocket2();
                option = StandardSocketOptions.SO_SNDBUF;
            } else {
                UnixSocketChannel[] pair = UnixSocketChannel.pair();
                first = pair[0];
                second = pair[1];
                option = UnixSocketOptions.SO_SNDBUF;
            }
        }

        @Override
        public long run(int times) throws IOException {
            return set ? set(times) : get(times);
        }

        private long get(int times) throws IOException {
            long count = 0;
            for (int i = 0; i < times; i++) {
                count += first.getOption(option) > 0 ? 1 : 0;
            }
            return count;
        }

        private long set(int times) throws IOException {
            for (int i = 0; i < times; i++) {
                first.setOption(option, VALUE);
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            first.close();
            second.close();
        }
    }
}
