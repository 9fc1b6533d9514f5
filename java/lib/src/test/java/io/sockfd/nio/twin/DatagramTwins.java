package io.sockfd.nio.twin;

import static io.sockfd.nio.twin.Bench.ANY_PORT;
import static io.sockfd.nio.twin.Bench.LOOPBACK;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/** DatagramChannel in each of its states. */
@SuppressWarnings({"NullAway", "ReferenceEquality"}) // null is tried, too, and what must be one object
final class DatagramTwins {
    private DatagramTwins() {}

    static final List<SocketOption<?>> OPTIONS = List.of(
            StandardSocketOptions.SO_SNDBUF,
            StandardSocketOptions.SO_RCVBUF,
            StandardSocketOptions.SO_REUSEADDR,
            StandardSocketOptions.SO_REUSEPORT,
            StandardSocketOptions.SO_BROADCAST,
            StandardSocketOptions.IP_TOS,
            StandardSocketOptions.IP_MULTICAST_TTL,
            StandardSocketOptions.IP_MULTICAST_LOOP,
            StandardSocketOptions.IP_MULTICAST_IF);

    static List<Table<?>> tables() {
        return List.of(
                table("DatagramChannel", Bench.STANDARD),
                table("DatagramChannel INET", StandardProtocolFamily.INET),
                table("DatagramChannel INET6", StandardProtocolFamily.INET6));
    }

    private static Table<DatagramChannel> table(String name, ProtocolFamily family) {
        Table<DatagramChannel> table = new Table<>(name);
        states(table, family);
        addresses(table);
        receives(table);
        sends(table);
        multicast(table);
        Selections.add(table);
        Options.add(table, DatagramChannel::setOption, DatagramChannel::getOption, OPTIONS);
        return table.look("isOpen", (b, c) -> c.isOpen())
                .look("isConnected", (b, c) -> c.isConnected())
                .look("isBlocking", (b, c) -> c.isBlocking())
                .look("isRegistered", (b, c) -> c.isRegistered())
                .look("local", (b, c) -> c.getLocalAddress())
                .look("remote", (b, c) -> c.getRemoteAddress())
                .look("socket().isBound", (b, c) -> c.socket().isBound())
                .look("socket().isConnected", (b, c) -> c.socket().isConnected());
    }

    static void states(Table<DatagramChannel> table, ProtocolFamily family) {
        for (boolean blocking : new boolean[] {true, false}) {
            String mode = blocking ? "" : "non-blocking ";
            table.state(mode + "fresh", b -> mode(b.udp(family), blocking))
                    .state(mode + "bound", b -> mode(b.udp(family).bind(ANY_PORT), blocking))
                    .state(mode + "bound to all", b -> mode(b.udp(family).bind(null), blocking))
                    .state(mode + "connected", b -> mode(connected(b, family), blocking))
                    .state(mode + "disconnected", b -> mode(connected(b, family).disconnect(), blocking))
                    .state(
                            mode + "connected when bound",
                            b -> mode(b.udp(family).bind(ANY_PORT).connect(peer(b).getLocalAddress()), blocking))
                    .state(mode + "bound with data", b -> mode(withData(b, b.udp(family), 1000), blocking))
                    .state(mode + "bound with an empty one", b -> mode(withData(b, b.udp(family), 0), blocking))
                    .state(mode + "connected with data", b -> {
                        DatagramChannel peer = peer(b);
                        DatagramChannel channel = b.udp(family).bind(ANY_PORT).connect(peer.getLocalAddress());
                        peer.send(ByteBuffer.allocate(1000), channel.getLocalAddress());
                        return mode(channel, blocking);
                    })
                    .state(mode + "connected to nobody", b -> {
                        DatagramChannel channel = connected(b, family);
                        peerOf(channel).close();
                        channel.write(ByteBuffer.allocate(1));
                        return mode(channel, blocking);
                    })
                    .state(mode + "closed", b -> closed(mode(b.udp(family), blocking)))
                    .state(
                            mode + "closed when bound",
                            b -> closed(mode(b.udp(family).bind(ANY_PORT), blocking)))
                    .state(mode + "closed when connected", b -> closed(mode(connected(b, family), blocking)));
        }
        table.state("registered", b -> {
            DatagramChannel channel = mode(b.udp(family).bind(ANY_PORT), false);
            channel.register(b.keep(b.provider.openSelector()), SelectionKey.OP_READ);
            return channel;
        });
    }

    private static final Map<DatagramChannel, DatagramChannel> PEERS = new WeakHashMap<>();

    private static DatagramChannel peerOf(DatagramChannel channel) {
        return Objects.requireNonNull(PEERS.get(channel));
    }

    private static DatagramChannel connected(Bench b, ProtocolFamily family) throws Exception {
        DatagramChannel peer = peer(b);
        DatagramChannel channel = b.udp(family).connect(peer.getLocalAddress());
        PEERS.put(channel, peer);
        return channel;
    }

    private static DatagramChannel withData(Bench b, DatagramChannel channel, int size) throws Exception {
        channel.bind(ANY_PORT);
        peer(b).send(ByteBuffer.allocate(size), channel.getLocalAddress());
        return channel;
    }

    static DatagramChannel peer(Bench b) throws Exception {
        return b.keep(DatagramChannel.open(StandardProtocolFamily.INET)).bind(ANY_PORT);
    }

    private static DatagramChannel mode(DatagramChannel channel, boolean blocking) throws Exception {
        channel.configureBlocking(blocking);
        return channel;
    }

    private static DatagramChannel closed(DatagramChannel channel) throws Exception {
        channel.close();
        return channel;
    }

    private static void addresses(Table<DatagramChannel> table) {
        SocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        table.step("bind(null)", (b, c) -> c.bind(null))
                .step("bind", (b, c) -> c.bind(ANY_PORT))
                .step("bind odd", (b, c) -> c.bind(new StreamTwins.Odd()))
                .step("bind unresolved", (b, c) -> c.bind(unresolved))
                .step("bind ::1", (b, c) -> c.bind(Bench.address("::1", 0)))
                .step("bind elsewhere", (b, c) -> c.bind(Bench.address("192.0.2.1", 0)))
                .step("bind in use", (b, c) -> c.bind(peer(b).getLocalAddress()))
                .step("connect", (b, c) -> c.connect(peer(b).getLocalAddress()))
                .step("connect null", (b, c) -> c.connect(null))
                .step("connect odd", (b, c) -> c.connect(new StreamTwins.Odd()))
                .step("connect unresolved", (b, c) -> c.connect(unresolved))
                .step("connect port 0", (b, c) -> c.connect(new InetSocketAddress(LOOPBACK, 0)))
                .step("connect 0.0.0.0", (b, c) -> c.connect(Bench.address("0.0.0.0", 7777)))
                .step("connect ::1", (b, c) -> c.connect(Bench.address("::1", 7777)))
                .step("disconnect", (b, c) -> c.disconnect())
                .step("close", (b, c) -> {
                    c.close();
                    return "done";
                })
                .step("configureBlocking(false)", (b, c) -> c.configureBlocking(false));
    }

    private static void receives(Table<DatagramChannel> table) {
        String[] waiting = {"fresh", "bound", "connected", "disconnected", "registered", "bound to all"};
        for (int size : new int[] {0, 1, 2000}) {
            table.waits("receive " + size, (b, c) -> received(c, ByteBuffer.allocate(size)), waiting)
                    .waits("receive direct " + size, (b, c) -> received(c, ByteBuffer.allocateDirect(size)), waiting)
                    .waits("read " + size, (b, c) -> c.read(ByteBuffer.allocate(size)), waiting)
                    .waits("read direct " + size, (b, c) -> c.read(ByteBuffer.allocateDirect(size)), waiting)
                    .waits("read 2 of " + size, (b, c) -> c.read(StreamTwins.buffers(2, size)), waiting);
        }
        table.step(
                        "receive read-only",
                        (b, c) -> c.receive(ByteBuffer.allocate(5).asReadOnlyBuffer()))
                .step("receive null", (b, c) -> c.receive(null))
                .step("read read-only", (b, c) -> c.read(ByteBuffer.allocate(5).asReadOnlyBuffer()))
                .step("read null", (b, c) -> c.read((ByteBuffer) null))
                .step("read no buffers", (b, c) -> c.read(new ByteBuffer[0]))
                .step("read null buffers", (b, c) -> c.read((ByteBuffer[]) null))
                .step("read beyond", (b, c) -> c.read(StreamTwins.buffers(2, 10), 1, 2))
                .step("read a null among 2", (b, c) -> c.read(new ByteBuffer[] {ByteBuffer.allocate(1), null}))
                .step(
                        "read a read-only among 2",
                        (b, c) -> c.read(new ByteBuffer[] {
                            ByteBuffer.allocate(1), ByteBuffer.allocate(1).asReadOnlyBuffer()
                        }));
    }

    private static String received(DatagramChannel c, ByteBuffer dst) throws Exception {
        return Outcome.describe(c.receive(dst)) + " " + dst.position();
    }

    private static void sends(Table<DatagramChannel> table) {
        SocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        for (int size : new int[] {0, 10, 65_507, 65_508, 70_000}) {
            table.step("send " + size, (b, c) -> sent(c, ByteBuffer.allocate(size), peer(b).getLocalAddress()))
                    .step(
                            "send direct " + size,
                            (b, c) -> sent(c, ByteBuffer.allocateDirect(size), peer(b).getLocalAddress()))
                    .step("write " + size, (b, c) -> c.write(ByteBuffer.allocate(size)))
                    .step("write 2 of " + size, (b, c) -> c.write(StreamTwins.buffers(2, size)));
        }
        table.step("send to the peer", (b, c) -> sent(c, ByteBuffer.allocate(10), c.getRemoteAddress()))
                .step("send port 0", (b, c) -> c.send(ByteBuffer.allocate(1), new InetSocketAddress(LOOPBACK, 0)))
                .step("send unresolved", (b, c) -> c.send(ByteBuffer.allocate(1), unresolved))
                .step("send odd", (b, c) -> c.send(ByteBuffer.allocate(1), new StreamTwins.Odd()))
                .step("send null", (b, c) -> c.send(null, ANY_PORT))
                .step("send to null", (b, c) -> c.send(ByteBuffer.allocate(1), null))
                .step("send 0.0.0.0", (b, c) -> c.send(ByteBuffer.allocate(1), Bench.address("0.0.0.0", 7777)))
                .step("send ::1", (b, c) -> c.send(ByteBuffer.allocate(1), Bench.address("::1", 7777)))
                .step(
                        "write read-only",
                        (b, c) -> c.write(ByteBuffer.allocate(5).asReadOnlyBuffer()))
                .step("write null", (b, c) -> c.write((ByteBuffer) null))
                .step("write no buffers", (b, c) -> c.write(new ByteBuffer[0]))
                .step("write null buffers", (b, c) -> c.write((ByteBuffer[]) null))
                .step("write beyond", (b, c) -> c.write(StreamTwins.buffers(2, 10), 1, 2))
                .step("write a null among 2", (b, c) -> c.write(new ByteBuffer[] {ByteBuffer.allocate(1), null}));
    }

    private static String sent(DatagramChannel c, ByteBuffer src, SocketAddress to) throws Exception {
        return c.send(src, to) + " " + src.position();
    }

    private static void multicast(Table<DatagramChannel> table) {
        String[] groups = {"225.1.2.3", "ff12::7", "127.0.0.1", "::1"};
        String[] sources = {"127.0.0.1", "::1", "0.0.0.0", "::", "225.1.2.4"};
        for (String group : groups) {
            table.step("join " + group, (b, c) -> key(c.join(Bench.address(group), lo())))
                    .step("join no interface " + group, (b, c) -> key(c.join(Bench.address(group), null)));
            for (String source : sources) {
                table.step(
                                "join " + group + " from " + source,
                                (b, c) -> key(c.join(Bench.address(group), lo(), Bench.address(source))))
                        .step("join " + group + ", block " + source, (b, c) -> {
                            MembershipKey key = c.join(Bench.address(group), lo());
                            InetAddress sender = Bench.address(source);
                            return key.block(sender)
                                            .block(sender)
                                            .unblock(sender)
                                            .isValid() + " " + Outcome.of(() -> key.unblock(sender));
                        });
            }
            table.step("join twice " + group, (b, c) -> {
                        InetAddress address = Bench.address(group);
                        MembershipKey first = c.join(address, lo());
                        return first.equals(c.join(address, lo()));
                    })
                    .step("join, then one sender's " + group, (b, c) -> {
                        InetAddress address = Bench.address(group);
                        c.join(address, lo());
                        return key(c.join(address, lo(), LOOPBACK));
                    })
                    .step("join and drop " + group, (b, c) -> {
                        MembershipKey key = c.join(Bench.address(group), lo());
                        key.drop();
                        key.drop();
                        return key.isValid() + " " + Outcome.of(() -> key.block(LOOPBACK));
                    })
                    .step("join and close " + group, (b, c) -> {
                        MembershipKey key = c.join(Bench.address(group), lo());
                        c.close();
                        return key.isValid();
                    });
        }
        table.step("join nothing", (b, c) -> c.join(null, lo()));
    }

    private static NetworkInterface lo() throws Exception {
        return NetworkInterface.getByInetAddress(LOOPBACK);
    }

    private static String key(MembershipKey key) {
        return key.isValid() + " " + key.networkInterface().getName() + " " + key.group() + " " + key.sourceAddress()
                + " " + key.channel().isOpen();
    }
}
