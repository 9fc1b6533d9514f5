package io.sockfd.nio.twin;

import static io.sockfd.nio.twin.Bench.ANY_PORT;

import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** ServerSocketChannel and its socket(), in each of their states. */
@SuppressWarnings({"NullAway", "ReferenceEquality"}) // null is tried, too, and what must be one object
final class ServerTwins {
    private ServerTwins() {}

    private static final List<SocketOption<?>> OPTIONS = List.of(
            StandardSocketOptions.SO_RCVBUF, StandardSocketOptions.SO_REUSEADDR, StandardSocketOptions.SO_REUSEPORT);

    static List<Table<?>> tables() {
        return List.of(
                table("ServerSocketChannel", Bench.STANDARD),
                table("ServerSocketChannel INET", StandardProtocolFamily.INET),
                table("ServerSocketChannel UNIX", StandardProtocolFamily.UNIX),
                adaptor());
    }

    private static Table<ServerSocketChannel> table(String name, ProtocolFamily family) {
        Table<ServerSocketChannel> table = new Table<>(name);
        for (boolean blocking : new boolean[] {true, false}) {
            String mode = blocking ? "" : "non-blocking ";
            table.state(mode + "fresh", b -> mode(b.server(family), blocking))
                    .state(mode + "listening", b -> mode(b.listener(family), blocking))
                    .state(mode + "with a connection", b -> mode(called(b, family), blocking))
                    .state(mode + "closed", b -> closed(mode(b.server(family), blocking)))
                    .state(mode + "closed when listening", b -> closed(mode(b.listener(family), blocking)));
        }
        table.step("bind(null)", (b, c) -> c.bind(null))
                .step("bind own", (b, c) -> c.bind(StreamTwins.own(b, family)))
                .step("bind own backlog 0", (b, c) -> c.bind(StreamTwins.own(b, family), 0))
                .step("bind own backlog -1", (b, c) -> c.bind(StreamTwins.own(b, family), -1))
                .step("bind odd", (b, c) -> c.bind(new StreamTwins.Odd()))
                .step("bind unresolved", (b, c) -> c.bind(InetSocketAddress.createUnresolved("nowhere.invalid", 0)))
                .step("bind ::1", (b, c) -> c.bind(Bench.address("::1", 0)))
                .step("bind elsewhere", (b, c) -> c.bind(Bench.address("192.0.2.1", 0)))
                .step("bind in use", (b, c) -> c.bind(b.listener(family).getLocalAddress()))
                .step("bind unnamed", (b, c) -> c.bind(UnixDomainSocketAddress.of("")))
                .step("bind long", (b, c) -> c.bind(UnixDomainSocketAddress.of("x".repeat(200))))
                .waits(
                        "accept",
                        (b, c) -> {
                            SocketChannel accepted = c.accept();
                            if (accepted == null) {
                                return "null";
                            }
                            b.keep(accepted);
                            return accepted.isBlocking() + " " + accepted.isConnected() + " "
                                    + Outcome.describe(accepted.getLocalAddress()) + " "
                                    + Outcome.describe(accepted.getRemoteAddress());
                        },
                        "listening")
                .step("close", (b, c) -> {
                    c.close();
                    return "done";
                })
                .step("configureBlocking(false)", (b, c) -> c.configureBlocking(false))
                .step("socket()", (b, c) -> c.socket().getSoTimeout());
        Selections.add(table);
        Options.add(
                table,
                ServerSocketChannel::setOption,
                ServerSocketChannel::getOption,
                family.equals(StandardProtocolFamily.UNIX) ? OPTIONS.subList(0, 1) : OPTIONS);
        return table.look("isOpen", (b, c) -> c.isOpen())
                .look("isBlocking", (b, c) -> c.isBlocking())
                .look("isRegistered", (b, c) -> c.isRegistered())
                .look("local", (b, c) -> c.getLocalAddress());
    }

    private static ServerSocketChannel called(Bench b, ProtocolFamily family) throws Exception {
        ServerSocketChannel listener = b.listener(family);
        b.channel(family).connect(listener.getLocalAddress());
        return listener;
    }

    private static ServerSocketChannel mode(ServerSocketChannel channel, boolean blocking) throws Exception {
        channel.configureBlocking(blocking);
        return channel;
    }

    private static ServerSocketChannel closed(ServerSocketChannel channel) throws Exception {
        channel.close();
        return channel;
    }

    private static Table<ServerSocket> adaptor() {
        Table<ServerSocket> table = new Table<>("ServerSocketChannel.socket()");
        ProtocolFamily family = Bench.STANDARD;
        for (boolean blocking : new boolean[] {true, false}) {
            String mode = blocking ? "" : "non-blocking ";
            table.state(mode + "fresh", b -> mode(b.server(family), blocking).socket())
                    .state(
                            mode + "listening",
                            b -> mode(b.listener(family), blocking).socket())
                    .state(
                            mode + "with a connection",
                            b -> mode(called(b, family), blocking).socket())
                    .state(
                            mode + "closed",
                            b -> closed(mode(b.server(family), blocking)).socket())
                    .state(
                            mode + "closed when listening",
                            b -> closed(mode(b.listener(family), blocking)).socket());
        }
        SocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 0);
        table.step("bind(null)", (b, s) -> done(() -> s.bind(null)))
                .step("bind", (b, s) -> done(() -> s.bind(ANY_PORT)))
                .step("bind backlog", (b, s) -> done(() -> s.bind(ANY_PORT, 0)))
                .step("bind odd", (b, s) -> done(() -> s.bind(new StreamTwins.Odd())))
                .step("bind unresolved", (b, s) -> done(() -> s.bind(unresolved)))
                .step(
                        "bind in use",
                        (b, s) -> done(() -> s.bind(b.listener(family).getLocalAddress())))
                .waits("accept", (b, s) -> b.keep(s.accept()).isConnected(), "listening")
                .step("accept in time", (b, s) -> {
                    s.setSoTimeout(5);
                    return b.keep(s.accept()).isConnected();
                })
                .step("setSoTimeout -1", (b, s) -> done(() -> s.setSoTimeout(-1)))
                .step("setSoTimeout", (b, s) -> done(() -> s.setSoTimeout(5)))
                .step("getSoTimeout", (b, s) -> s.getSoTimeout())
                .step("setReuseAddress", (b, s) -> done(() -> s.setReuseAddress(false)))
                .step("getReuseAddress", (b, s) -> s.getReuseAddress())
                .step("setReceiveBufferSize 0", (b, s) -> done(() -> s.setReceiveBufferSize(0)))
                .step("setReceiveBufferSize", (b, s) -> done(() -> s.setReceiveBufferSize(5000)))
                .step("getReceiveBufferSize", (b, s) -> s.getReceiveBufferSize())
                .step("setPerformancePreferences", (b, s) -> done(() -> s.setPerformancePreferences(1, 2, 3)))
                .step("close", (b, s) -> done(s::close))
                .step("getChannel", (b, s) -> s.getChannel().socket() == s);
        Options.add(table, ServerSocket::setOption, ServerSocket::getOption, OPTIONS);
        return table.look("isBound", (b, s) -> s.isBound())
                .look("isClosed", (b, s) -> s.isClosed())
                .look("getInetAddress", (b, s) -> s.getInetAddress())
                .look("getLocalPort", (b, s) -> s.getLocalPort() > 0 ? "port" : s.getLocalPort())
                .look("getLocalSocketAddress", (b, s) -> s.getLocalSocketAddress())
                .look("toString", (b, s) -> s.toString().replaceAll("[0-9]{4,}", "port"));
    }

    /** A method without a value. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    static String done(Action action) throws Exception {
        action.run();
        return "done";
    }
}
