package io.sockfd.nio.twin;

import static io.sockfd.nio.twin.Bench.ANY_PORT;

import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;

/** SocketChannel in each of its states. */
@SuppressWarnings({"NullAway", "ReferenceEquality"}) // null is tried, too, and what must be one object
final class StreamTwins {
    private StreamTwins() {}

    /** An address of no kind that anybody knows. */
    static final class Odd extends SocketAddress {
        private static final long serialVersionUID = 1;
    }

    static List<Table<?>> tables() {
        return List.of(
                table("SocketChannel", Bench.STANDARD),
                table("SocketChannel INET", StandardProtocolFamily.INET),
                table("SocketChannel UNIX", StandardProtocolFamily.UNIX));
    }

    private static Table<SocketChannel> table(String name, ProtocolFamily family) {
        Table<SocketChannel> table = new Table<>(name);
        states(table, family);
        addresses(table, family);
        bytes(table);
        selection(table);
        Options.add(
                table,
                SocketChannel::setOption,
                SocketChannel::getOption,
                family.equals(StandardProtocolFamily.UNIX) ? UNIX_OPTIONS : STREAM_OPTIONS);
        looks(table);
        return table;
    }

    private static final List<SocketOption<?>> STREAM_OPTIONS = List.of(
            StandardSocketOptions.SO_SNDBUF,
            StandardSocketOptions.SO_RCVBUF,
            StandardSocketOptions.SO_KEEPALIVE,
            StandardSocketOptions.SO_REUSEADDR,
            StandardSocketOptions.SO_REUSEPORT,
            StandardSocketOptions.SO_LINGER,
            StandardSocketOptions.TCP_NODELAY,
            StandardSocketOptions.IP_TOS);

    /** Those of the JDK; and some that a UNIX socket does not have. */
    private static final List<SocketOption<?>> UNIX_OPTIONS = List.of(
            StandardSocketOptions.SO_SNDBUF,
            StandardSocketOptions.SO_RCVBUF,
            StandardSocketOptions.SO_LINGER,
            StandardSocketOptions.TCP_NODELAY,
            StandardSocketOptions.IP_TOS,
            StandardSocketOptions.IP_MULTICAST_TTL);

    static SocketAddress own(Bench b, ProtocolFamily family) {
        return family.equals(StandardProtocolFamily.UNIX) ? UnixDomainSocketAddress.of(b.path()) : ANY_PORT;
    }

    static void states(Table<SocketChannel> table, ProtocolFamily family) {
        for (boolean blocking : new boolean[] {true, false}) {
            String mode = blocking ? "" : "non-blocking ";
            table.state(mode + "fresh", b -> mode(b.channel(family), blocking))
                    .state(mode + "bound", b -> mode(b.channel(family).bind(own(b, family)), blocking))
                    .state(mode + "connected", b -> mode(b.ends(family)[0], blocking))
                    .state(mode + "accepted", b -> mode(b.ends(family)[1], blocking))
                    .state(mode + "with data", b -> {
                        SocketChannel[] ends = b.ends(family);
                        ends[1].write(ByteBuffer.wrap(new byte[1000]));
                        return mode(ends[0], blocking);
                    })
                    .state(mode + "at its end", b -> {
                        SocketChannel[] ends = b.ends(family);
                        ends[1].close();
                        return mode(ends[0], blocking);
                    })
                    .state(
                            mode + "in shut",
                            b -> mode(b.ends(family)[0], blocking).shutdownInput())
                    .state(
                            mode + "out shut",
                            b -> mode(b.ends(family)[0], blocking).shutdownOutput())
                    .state(
                            mode + "both shut",
                            b -> mode(b.ends(family)[0], blocking)
                                    .shutdownInput()
                                    .shutdownOutput())
                    .state(mode + "closed", b -> closed(mode(b.channel(family), blocking)))
                    .state(mode + "closed when connected", b -> closed(mode(b.ends(family)[0], blocking)));
            if (!family.equals(StandardProtocolFamily.UNIX)) {
                table.state(mode + "reset", b -> {
                    SocketChannel[] ends = b.ends(family);
                    Bench.reset(ends[1]);
                    return mode(ends[0], blocking);
                });
            }
        }
        table.state("registered", b -> {
            SocketChannel channel = mode(b.ends(family)[0], false);
            channel.register(b.keep(b.provider.openSelector()), SelectionKey.OP_READ);
            return channel;
        });
        if (!family.equals(StandardProtocolFamily.UNIX)) {
            table.state("refused", b -> {
                SocketChannel holder = b.keep(b.provider.openSocketChannel(StandardProtocolFamily.INET));
                holder.bind(ANY_PORT);
                SocketChannel channel = b.channel(family);
                Outcome.of(() -> channel.connect(holder.getLocalAddress()));
                return channel;
            });
            table.state("refused later", b -> {
                SocketChannel holder = b.keep(b.provider.openSocketChannel(StandardProtocolFamily.INET));
                holder.bind(ANY_PORT);
                SocketChannel channel = mode(b.channel(family), false);
                Outcome.of(() -> channel.connect(holder.getLocalAddress()));
                return channel;
            });
            table.state("non-blocking begun", b -> {
                SocketChannel channel = mode(b.channel(family), false);
                channel.connect(b.listener(family).getLocalAddress());
                return channel;
            });
        }
    }

    private static SocketChannel mode(SocketChannel channel, boolean blocking) throws Exception {
        channel.configureBlocking(blocking);
        return channel;
    }

    private static SocketChannel closed(SocketChannel channel) throws Exception {
        channel.close();
        return channel;
    }

    private static void addresses(Table<SocketChannel> table, ProtocolFamily family) {
        table.step("bind(null)", (b, c) -> c.bind(null))
                .step("bind own", (b, c) -> c.bind(own(b, family)))
                .step("bind odd", (b, c) -> c.bind(new Odd()))
                .step("bind unresolved", (b, c) -> c.bind(InetSocketAddress.createUnresolved("nowhere.invalid", 0)))
                .step("bind ::1", (b, c) -> c.bind(Bench.address("::1", 0)))
                .step("bind elsewhere", (b, c) -> c.bind(Bench.address("192.0.2.1", 0)))
                .step("bind in use", (b, c) -> c.bind(b.listener(family).getLocalAddress()))
                .step("bind unnamed", (b, c) -> c.bind(UnixDomainSocketAddress.of("")))
                .step("bind long", (b, c) -> c.bind(UnixDomainSocketAddress.of("x".repeat(200))))
                .step("connect null", (b, c) -> c.connect(null))
                .step("connect odd", (b, c) -> c.connect(new Odd()))
                .step(
                        "connect unresolved",
                        (b, c) -> c.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1)))
                .step("connect to a listener", (b, c) -> {
                    boolean now = c.connect(b.listener(family).getLocalAddress());
                    // a connection over the loopback may be there at once, or not yet
                    return c.isBlocking() ? now : "begun";
                })
                .step(
                        "connect to nobody",
                        (b, c) -> c.connect(
                                family.equals(StandardProtocolFamily.UNIX)
                                        ? UnixDomainSocketAddress.of(b.path())
                                        : nobody(b)))
                .step("connect port 0", (b, c) -> c.connect(ANY_PORT))
                .step("connect unnamed", (b, c) -> c.connect(UnixDomainSocketAddress.of("")))
                .step("finishConnect", (b, c) -> {
                    boolean before = c.isConnected();
                    boolean done = c.finishConnect();
                    return before ? done : "no exception";
                })
                .step("close", (b, c) -> {
                    c.close();
                    return "done";
                })
                .step("shutdownInput", (b, c) -> c.shutdownInput())
                .step("shutdownOutput", (b, c) -> c.shutdownOutput())
                .step("configureBlocking(false)", (b, c) -> c.configureBlocking(false));
    }

    private static SocketAddress nobody(Bench b) throws Exception {
        SocketChannel holder = b.keep(SocketChannel.open(StandardProtocolFamily.INET));
        return holder.bind(ANY_PORT).getLocalAddress();
    }

    private static void bytes(Table<SocketChannel> table) {
        String[] blocked = {"connected", "accepted", "out shut", "registered", "fresh", "bound"};
        table.waits("read", (b, c) -> c.read(ByteBuffer.allocate(10)), blocked)
                .waits("read direct", (b, c) -> c.read(ByteBuffer.allocateDirect(10)), blocked)
                .waits("read 2", (b, c) -> c.read(buffers(2, 10)), blocked)
                .step("read nothing", (b, c) -> c.read(ByteBuffer.allocate(0)))
                .step("read read-only", (b, c) -> c.read(ByteBuffer.allocate(5).asReadOnlyBuffer()))
                .step("read null", (b, c) -> c.read((ByteBuffer) null))
                .step("read no buffers", (b, c) -> c.read(new ByteBuffer[0]))
                .step("read null buffers", (b, c) -> c.read((ByteBuffer[]) null))
                .step("read 2 of nothing", (b, c) -> c.read(buffers(2, 0)))
                .step("read negative", (b, c) -> c.read(buffers(2, 10), -1, 1))
                .step("read beyond", (b, c) -> c.read(buffers(2, 10), 1, 2))
                .step("read negative length", (b, c) -> c.read(buffers(2, 10), 1, -1))
                .step("read a null among 2", (b, c) -> c.read(new ByteBuffer[] {ByteBuffer.allocate(1), null}))
                .step(
                        "read a read-only among 2",
                        (b, c) -> c.read(new ByteBuffer[] {
                            ByteBuffer.allocate(1), ByteBuffer.allocate(1).asReadOnlyBuffer()
                        }))
                .step("write", (b, c) -> c.write(ByteBuffer.allocate(10)))
                .step("write direct", (b, c) -> c.write(ByteBuffer.allocateDirect(10)))
                .step("write 2", (b, c) -> c.write(buffers(2, 10)))
                .step("write nothing", (b, c) -> c.write(ByteBuffer.allocate(0)))
                .step("write null", (b, c) -> c.write((ByteBuffer) null))
                .step("write no buffers", (b, c) -> c.write(new ByteBuffer[0]))
                .step("write null buffers", (b, c) -> c.write((ByteBuffer[]) null))
                .step("write 2 of nothing", (b, c) -> c.write(buffers(2, 0)))
                .step("write negative", (b, c) -> c.write(buffers(2, 10), -1, 1))
                .step("write beyond", (b, c) -> c.write(buffers(2, 10), 1, 2))
                .step("write a null among 2", (b, c) -> c.write(new ByteBuffer[] {ByteBuffer.allocate(1), null}))
                .step(
                        "write read-only",
                        (b, c) -> c.write(ByteBuffer.allocate(5).asReadOnlyBuffer()));
    }

    static ByteBuffer[] buffers(int count, int size) {
        ByteBuffer[] buffers = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            buffers[i] = ByteBuffer.allocate(size);
        }
        return buffers;
    }

    private static void selection(Table<SocketChannel> table) {
        Selections.add(table);
        table.step("socket()", (b, c) -> c.socket().getSoTimeout());
    }

    private static void looks(Table<SocketChannel> table) {
        table.look("isOpen", (b, c) -> c.isOpen())
                .look("isConnected", (b, c) -> c.isConnected())
                .look("isConnectionPending", (b, c) -> c.isConnectionPending())
                .look("isBlocking", (b, c) -> c.isBlocking())
                .look("isRegistered", (b, c) -> c.isRegistered())
                .look("local", (b, c) -> c.getLocalAddress())
                .look("remote", (b, c) -> c.getRemoteAddress());
    }
}
