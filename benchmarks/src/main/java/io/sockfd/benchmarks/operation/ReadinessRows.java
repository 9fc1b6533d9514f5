package io.sockfd.benchmarks.operation;

import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLOUT;
import static io.sockfd.raw.Linux.EPOLL_CTL_ADD;
import static io.sockfd.raw.Linux.EPOLL_CTL_DEL;
import static io.sockfd.raw.Linux.EPOLL_CTL_MOD;

import io.netty.channel.unix.FileDescriptor;
import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import io.sockfd.event.Registration;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollEvent;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Which sockets are ready: waiting without a wait ({@code epoll-wait}), and changing what is watched ({@code epoll-ctl}).
 */
public final class ReadinessRows {
    private ReadinessRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (int ready : new int[] {0, 1, 64}) {
            Row row = Row.of(
                            "epoll-wait", Integer.toString(ready), "look at what is ready: " + ready + " of 64 sockets")
                    .with(Who.C, CWait.class, 64, ready)
                    .with(Who.SOCKFD, SockfdWait.class, 64, ready)
                    .withRaw(RawWait.class, 64, ready)
                    .with(Who.NIO, NioWait.class, 64, ready, true)
                    .note(Who.NIO, "selectNow with a consumer")
                    .with(Who.NIO_NONBLOCKING, NioWait.class, 64, ready, false)
                    .note(Who.NIO_NONBLOCKING, "selectNow and the selected keys");
            rows.add(ready == 1 ? row.quick() : row);
        }
        rows.add(change("mod", "change what is watched (EPOLL_CTL_MOD)", true));
        rows.add(change("add-del", "watch a socket and no longer (EPOLL_CTL_ADD, EPOLL_CTL_DEL)", false));
        return rows;
    }

    private static Row change(String variant, String title, boolean modify) {
        return Row.of("epoll-ctl", variant, title)
                .with(Who.C, CChange.class, modify, 0)
                .with(Who.SOCKFD, SockfdChange.class, modify, 0)
                .withRaw(RawChange.class, modify)
                .with(Who.NIO_NONBLOCKING, NioChange.class, modify, 0)
                .note(Who.NIO_NONBLOCKING, "takes effect with a selectNow, which is in the figure")
                .with(Who.NETTY, NettyChange.class, modify);
    }

    /** Socket pairs, the first few of which have something to read. */
    static final class Watched {
        final List<Socket.Pair> pairs = new ArrayList<>();

        Watched(int count, int ready) throws IOException {
            for (int i = 0; i < count; i++) {
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
                pairs.add(pair);
                if (i < ready) {
                    pair.second().send(ByteBuffer.allocate(1), 0);
                }
            }
        }

        Socket socket(int index) {
            return pairs.get(index).first();
        }

        int count() {
            return pairs.size();
        }

        void close() throws IOException {
            for (Socket.Pair pair : pairs) {
                pair.close();
            }
        }
    }

    /** {@code epoll_wait} in {@code native/bench/loops/readiness.c}. */
    public static final class CWait implements Contestant {
        static {
            Native.load();
        }

        private final Watched watched;
        private final int epfd = Libc.get().epoll_create1(0);

        public CWait(int count, int ready) throws IOException {
            watched = new Watched(count, ready);
            ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
            for (int i = 0; i < count; i++) {
                EpollEvent.events(event, 0, EPOLLIN);
                EpollEvent.data(event, 0, i);
                Libc.get().epoll_ctl(epfd, EPOLL_CTL_ADD, watched.socket(i).fd(), Memory.address(event));
            }
        }

        @Override
        public long run(int times) {
            return Native.check(epollWait(epfd, times), "epoll_wait");
        }

        private static native long epollWait(int epfd, int times);

        @Override
        public void close() throws IOException {
            Libc.get().close(epfd);
            watched.close();
        }
    }

    /** {@link Epoll#await(EpollEvents, long)} that looks, and a look at each event. */
    public static final class SockfdWait implements Contestant {
        private final Watched watched;
        private final Epoll epoll = Epoll.open();
        private final EpollEvents events = new EpollEvents(256);

        public SockfdWait(int count, int ready) throws IOException {
            watched = new Watched(count, ready);
            for (int i = 0; i < count; i++) {
                epoll.add(watched.socket(i), EPOLLIN, null);
            }
        }

        @Override
        public long run(int times) throws IOException {
            long seen = 0;
            for (int i = 0; i < times; i++) {
                int ready = epoll.await(events, 0);
                for (int j = 0; j < ready; j++) {
                    if (events.registration(j) != null && events.isReadable(j)) {
                        seen++;
                    }
                }
            }
            return seen;
        }

        @Override
        public void close() throws IOException {
            epoll.close();
            watched.close();
        }
    }

    /** {@link Libc#epoll_wait} and a look at each struct epoll_event. */
    public static final class RawWait implements Contestant {
        private static final Libc LIBC = Libc.get();
        private static final int CAPACITY = 256;

        private final Watched watched;
        private final int epfd = LIBC.epoll_create1(0);
        private final ByteBuffer events = Memory.allocate(CAPACITY * EpollEvent.SIZE);

        public RawWait(int count, int ready) throws IOException {
            watched = new Watched(count, ready);
            for (int i = 0; i < count; i++) {
                EpollEvent.events(events, 0, EPOLLIN);
                EpollEvent.data(events, 0, i);
                LIBC.epoll_ctl(epfd, EPOLL_CTL_ADD, watched.socket(i).fd(), Memory.address(events));
            }
        }

        @Override
        public long run(int times) {
            long address = Memory.address(events);
            long seen = 0;
            for (int i = 0; i < times; i++) {
                int ready = LIBC.epoll_wait(epfd, address, CAPACITY, 0);
                for (int j = 0; j < ready; j++) {
                    int offset = j * EpollEvent.SIZE;
                    if (EpollEvent.data(events, offset) >= 0 && (EpollEvent.events(events, offset) & EPOLLIN) != 0) {
                        seen++;
                    }
                }
            }
            return seen;
        }

        @Override
        public void close() throws IOException {
            LIBC.close(epfd);
            watched.close();
        }
    }

    /** {@link Selector#selectNow} and a look at each key, by the selected set or by a consumer. */
    public static final class NioWait implements Contestant {
        private final List<SocketChannel> channels = new ArrayList<>();
        private final Selector selector = Selector.open();
        private final boolean byConsumer;
        private long seen;

        public NioWait(int count, int ready, boolean byConsumer) throws IOException {
            this.byConsumer = byConsumer;
            try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                listener.bind(null);
                UnixDomainSocketAddress address = (UnixDomainSocketAddress) listener.getLocalAddress();
                for (int i = 0; i < count; i++) {
                    SocketChannel first = SocketChannel.open(address);
                    SocketChannel second = listener.accept();
                    channels.add(first);
                    channels.add(second);
                    first.configureBlocking(false).register(selector, SelectionKey.OP_READ);
                    if (i < ready) {
                        second.write(ByteBuffer.allocate(1));
                    }
                }
                Files.delete(address.getPath());
            }
        }

        @Override
        public long run(int times) throws IOException {
            seen = 0;
            for (int i = 0; i < times; i++) {
                if (byConsumer) {
                    selector.selectNow(this::look);
                } else {
                    selector.selectNow();
                    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                        look(keys.next());
                        keys.remove();
                    }
                }
            }
            return seen;
        }

        private void look(SelectionKey key) {
            if (key.isReadable()) {
                seen++;
            }
        }

        @Override
        public void close() throws IOException {
            selector.close();
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
    }

    /** {@code epoll_ctl} in {@code native/bench/loops/readiness.c}. */
    public static final class CChange implements Contestant {
        static {
            Native.load();
        }

        private final Watched watched;
        private final int epfd = Libc.get().epoll_create1(0);
        private final boolean modify;

        public CChange(boolean modify, int others) throws IOException {
            this.modify = modify;
            watched = new Watched(1 + others, 0);
            ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
            EpollEvent.events(event, 0, EPOLLIN);
            for (int i = 1; i < watched.count(); i++) {
                Libc.get().epoll_ctl(epfd, EPOLL_CTL_ADD, watched.socket(i).fd(), Memory.address(event));
            }
        }

        @Override
        public long run(int times) {
            return Native.check(epollCtl(epfd, watched.socket(0).fd(), modify, times), "epoll_ctl");
        }

        private static native long epollCtl(int epfd, int fd, boolean modify, int times);

        @Override
        public void close() throws IOException {
            Libc.get().close(epfd);
            watched.close();
        }
    }

    /** {@link Registration#modify}, or {@link Epoll#add} and {@link Registration#remove}. */
    public static final class SockfdChange implements Contestant {
        private final Watched watched;
        private final Epoll epoll = Epoll.open();
        private final boolean modify;

        public SockfdChange(boolean modify, int others) throws IOException {
            this.modify = modify;
            watched = new Watched(1 + others, 0);
            for (int i = 1; i < watched.count(); i++) {
                epoll.add(watched.socket(i), EPOLLIN, null);
            }
        }

        @Override
        public long run(int times) throws IOException {
            Socket socket = watched.socket(0);
            if (modify) {
                Registration registration = epoll.add(socket, EPOLLIN, null);
                for (int i = 0; i < times; i++) {
                    registration.modify((i & 1) == 0 ? EPOLLIN | EPOLLOUT : EPOLLIN);
                }
                registration.remove();
            } else {
                for (int i = 0; i < times; i++) {
                    epoll.add(socket, EPOLLIN, null).remove();
                }
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            epoll.close();
            watched.close();
        }
    }

    /** {@link Libc#epoll_ctl}. */
    public static final class RawChange implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final Watched watched = new Watched(1, 0);
        private final int epfd = LIBC.epoll_create1(0);
        private final ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
        private final boolean modify;

        public RawChange(boolean modify) throws IOException {
            this.modify = modify;
        }

        @Override
        public long run(int times) {
            int fd = watched.socket(0).fd();
            long address = Memory.address(event);
            EpollEvent.events(event, 0, EPOLLIN);
            if (modify) {
                LIBC.epoll_ctl(epfd, EPOLL_CTL_ADD, fd, address);
                for (int i = 0; i < times; i++) {
                    EpollEvent.events(event, 0, (i & 1) == 0 ? EPOLLIN | EPOLLOUT : EPOLLIN);
                    LIBC.epoll_ctl(epfd, EPOLL_CTL_MOD, fd, address);
                }
                LIBC.epoll_ctl(epfd, EPOLL_CTL_DEL, fd, 0);
            } else {
                for (int i = 0; i < times; i++) {
                    LIBC.epoll_ctl(epfd, EPOLL_CTL_ADD, fd, address);
                    LIBC.epoll_ctl(epfd, EPOLL_CTL_DEL, fd, 0);
                }
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            LIBC.close(epfd);
            watched.close();
        }
    }

    /** {@link SelectionKey#interestOps(int)}, or registering and cancelling; both take effect with the next selection. */
    public static final class NioChange implements Contestant {
        private final SocketChannel channel = SocketChannel.open();
        private final Selector selector = Selector.open();
        private final List<DatagramChannel> others =
                new ArrayList<>(); // a stream that is not connected is always ready
        private final boolean modify;

        public NioChange(boolean modify, int others) throws IOException {
            this.modify = modify;
            channel.configureBlocking(false);
            for (int i = 0; i < others; i++) {
                DatagramChannel other = DatagramChannel.open();
                this.others.add(other);
                other.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            }
        }

        @Override
        public long run(int times) throws IOException {
            if (modify) {
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                for (int i = 0; i < times; i++) {
                    key.interestOps((i & 1) == 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                    selector.selectNow();
                    selector.selectedKeys().clear();
                }
                key.cancel();
                selector.selectNow();
            } else {
                for (int i = 0; i < times; i++) {
                    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                    selector.selectNow();
                    selector.selectedKeys().clear();
                    key.cancel();
                    selector.selectNow();
                }
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            selector.close();
            channel.close();
            for (DatagramChannel other : others) {
                other.close();
            }
        }
    }

    /** netty's {@link io.netty.channel.epoll.Native#epollCtlMod}, or {@link io.netty.channel.epoll.Native#epollCtlAdd} and {@link io.netty.channel.epoll.Native#epollCtlDel}. */
    public static final class NettyChange implements Contestant {
        private final Watched watched = new Watched(1, 0);
        private final FileDescriptor epoll;
        private final boolean modify;

        public NettyChange(boolean modify) throws IOException {
            io.netty.channel.epoll.Epoll.ensureAvailability();
            epoll = io.netty.channel.epoll.Native.newEpollCreate();
            this.modify = modify;
        }

        @Override
        public long run(int times) throws IOException {
            int fd = watched.socket(0).fd();
            int epfd = epoll.intValue();
            if (modify) {
                io.netty.channel.epoll.Native.epollCtlAdd(epfd, fd, EPOLLIN);
                for (int i = 0; i < times; i++) {
                    io.netty.channel.epoll.Native.epollCtlMod(epfd, fd, (i & 1) == 0 ? EPOLLIN | EPOLLOUT : EPOLLIN);
                }
                io.netty.channel.epoll.Native.epollCtlDel(epfd, fd);
            } else {
                for (int i = 0; i < times; i++) {
                    io.netty.channel.epoll.Native.epollCtlAdd(epfd, fd, EPOLLIN);
                    io.netty.channel.epoll.Native.epollCtlDel(epfd, fd);
                }
            }
            return times;
        }

        @Override
        public void close() throws IOException {
            epoll.close();
            watched.close();
        }
    }
}
