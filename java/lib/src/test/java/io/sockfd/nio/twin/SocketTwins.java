package io.sockfd.nio.twin;

import static io.sockfd.nio.twin.Bench.ANY_PORT;
import static io.sockfd.nio.twin.Bench.STANDARD;
import static io.sockfd.nio.twin.ServerTwins.done;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;

/** SocketChannel.socket() in each of its states. */
@SuppressWarnings({"NullAway", "ReferenceEquality"}) // null is tried, too, and what must be one object
final class SocketTwins {
    private SocketTwins() {}

    private static final List<SocketOption<?>> OPTIONS =
            List.of(StandardSocketOptions.SO_LINGER, StandardSocketOptions.IP_TOS, StandardSocketOptions.TCP_NODELAY);

    static List<Table<?>> tables() {
        Table<Socket> table = new Table<>("SocketChannel.socket()");
        states(table);
        names(table);
        bytes(table);
        options(table);
        Options.add(table, Socket::setOption, Socket::getOption, OPTIONS);
        looks(table);
        return List.of(table);
    }

    private static void states(Table<Socket> table) {
        for (boolean blocking : new boolean[] {true, false}) {
            String mode = blocking ? "" : "non-blocking ";
            table.state(mode + "fresh", b -> socket(b.channel(STANDARD), blocking))
                    .state(mode + "bound", b -> socket(b.channel(STANDARD).bind(ANY_PORT), blocking))
                    .state(mode + "connected", b -> socket(b.ends(STANDARD)[0], blocking))
                    .state(mode + "accepted", b -> socket(b.ends(STANDARD)[1], blocking))
                    .state(mode + "with data", b -> {
                        SocketChannel[] ends = b.ends(STANDARD);
                        ends[1].write(ByteBuffer.wrap(new byte[1000]));
                        return socket(ends[0], blocking);
                    })
                    .state(mode + "at its end", b -> {
                        SocketChannel[] ends = b.ends(STANDARD);
                        ends[1].close();
                        return socket(ends[0], blocking);
                    })
                    .state(mode + "reset", b -> {
                        SocketChannel[] ends = b.ends(STANDARD);
                        Bench.reset(ends[1]);
                        return socket(ends[0], blocking);
                    })
                    .state(mode + "in shut", b -> socket(b.ends(STANDARD)[0].shutdownInput(), blocking))
                    .state(mode + "out shut", b -> socket(b.ends(STANDARD)[0].shutdownOutput(), blocking))
                    .state(mode + "closed", b -> closed(socket(b.channel(STANDARD), blocking)))
                    .state(
                            mode + "closed when bound",
                            b -> closed(socket(b.channel(STANDARD).bind(ANY_PORT), blocking)))
                    .state(mode + "closed when connected", b -> closed(socket(b.ends(STANDARD)[0], blocking)))
                    .state(mode + "closed when accepted", b -> closed(socket(b.ends(STANDARD)[1], blocking)));
        }
        table.state("refused", b -> {
            SocketChannel holder = b.keep(SocketChannel.open());
            Socket socket = socket(b.channel(STANDARD), true);
            Outcome.of(() -> socket.getChannel().connect(holder.bind(ANY_PORT).getLocalAddress()));
            return socket;
        });
    }

    private static Socket socket(SocketChannel channel, boolean blocking) throws Exception {
        channel.configureBlocking(blocking);
        return channel.socket();
    }

    private static Socket closed(Socket socket) throws Exception {
        socket.close();
        return socket;
    }

    private static void names(Table<Socket> table) {
        SocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        table.step("bind(null)", (b, s) -> done(() -> s.bind(null)))
                .step("bind", (b, s) -> done(() -> s.bind(ANY_PORT)))
                .step("bind odd", (b, s) -> done(() -> s.bind(new StreamTwins.Odd())))
                .step("bind unresolved", (b, s) -> done(() -> s.bind(unresolved)))
                .step("connect null", (b, s) -> done(() -> s.connect(null)))
                .step("connect odd", (b, s) -> done(() -> s.connect(new StreamTwins.Odd())))
                .step("connect unresolved", (b, s) -> done(() -> s.connect(unresolved)))
                .step("connect -1 ms", (b, s) -> done(() -> s.connect(ANY_PORT, -1)))
                .step(
                        "connect",
                        (b, s) -> done(() -> s.connect(b.listener(STANDARD).getLocalAddress())))
                .step(
                        "connect in time",
                        (b, s) -> done(() -> s.connect(b.listener(STANDARD).getLocalAddress(), 5000)))
                .step(
                        "connect to nobody",
                        (b, s) -> done(() -> s.connect(
                                b.keep(SocketChannel.open()).bind(ANY_PORT).getLocalAddress())))
                .step("shutdownInput", (b, s) -> done(s::shutdownInput))
                .step("shutdownOutput", (b, s) -> done(s::shutdownOutput))
                .step("close", (b, s) -> done(s::close))
                .step("getChannel", (b, s) -> s.getChannel().socket() == s);
    }

    private static void bytes(Table<Socket> table) {
        String[] waiting = {"connected", "accepted", "out shut", "fresh", "bound"};
        table.waits("read", (b, s) -> s.getInputStream().read(new byte[10]), waiting)
                .waits("read one", (b, s) -> s.getInputStream().read(), waiting)
                .step("read nothing", (b, s) -> s.getInputStream().read(new byte[0]))
                .step("read null", (b, s) -> s.getInputStream().read(null))
                .step("read beyond", (b, s) -> s.getInputStream().read(new byte[5], 3, 3))
                .step("read in time", (b, s) -> {
                    s.setSoTimeout(5);
                    return s.getInputStream().read(new byte[10]);
                })
                .step("available", (b, s) -> s.getInputStream().available())
                .step("close the input", (b, s) -> done(s.getInputStream()::close))
                .step("read after close", (b, s) -> {
                    var in = s.getInputStream();
                    s.close();
                    return in.read();
                })
                .step("available after close", (b, s) -> {
                    var in = s.getInputStream();
                    s.close();
                    return in.available();
                })
                .step("read after shutdown", (b, s) -> {
                    var in = s.getInputStream();
                    s.shutdownInput();
                    return in.read() + " " + in.available();
                })
                .step("write", (b, s) -> done(() -> s.getOutputStream().write(new byte[10])))
                .step("write one", (b, s) -> done(() -> s.getOutputStream().write(1)))
                .step("write nothing", (b, s) -> done(() -> s.getOutputStream().write(new byte[0])))
                .step("write null", (b, s) -> done(() -> s.getOutputStream().write(null)))
                .step("write beyond", (b, s) -> done(() -> s.getOutputStream().write(new byte[5], 3, 3)))
                .step("close the output", (b, s) -> done(s.getOutputStream()::close))
                .step("write after close", (b, s) -> {
                    var out = s.getOutputStream();
                    s.close();
                    out.write(1);
                    return "done";
                })
                .step("write after shutdown", (b, s) -> {
                    var out = s.getOutputStream();
                    s.shutdownOutput();
                    out.write(1);
                    return "done";
                })
                .step("sendUrgentData", (b, s) -> done(() -> s.sendUrgentData(1)));
    }

    private static void options(Table<Socket> table) {
        table.step("setSoTimeout -1", (b, s) -> done(() -> s.setSoTimeout(-1)))
                .step("setSoTimeout", (b, s) -> done(() -> s.setSoTimeout(7)))
                .step("getSoTimeout", (b, s) -> s.getSoTimeout())
                .step("setTcpNoDelay", (b, s) -> done(() -> s.setTcpNoDelay(true)))
                .step("getTcpNoDelay", (b, s) -> s.getTcpNoDelay())
                .step("setSoLinger", (b, s) -> {
                    s.setSoLinger(true, 1);
                    return s.getSoLinger();
                })
                .step("setSoLinger off", (b, s) -> {
                    s.setSoLinger(false, -1);
                    return s.getSoLinger();
                })
                .step("setSoLinger -1", (b, s) -> done(() -> s.setSoLinger(true, -1)))
                .step("setOOBInline", (b, s) -> {
                    s.setOOBInline(true);
                    return s.getOOBInline();
                })
                .step("getOOBInline", (b, s) -> s.getOOBInline())
                .step("setKeepAlive", (b, s) -> {
                    s.setKeepAlive(true);
                    return s.getKeepAlive();
                })
                .step("setReuseAddress", (b, s) -> {
                    s.setReuseAddress(true);
                    return s.getReuseAddress();
                })
                .step("getReuseAddress", (b, s) -> s.getReuseAddress())
                .step("setSendBufferSize 0", (b, s) -> done(() -> s.setSendBufferSize(0)))
                .step("setReceiveBufferSize 0", (b, s) -> done(() -> s.setReceiveBufferSize(0)))
                .step("setSendBufferSize", (b, s) -> done(() -> s.setSendBufferSize(5000)))
                .step("setReceiveBufferSize", (b, s) -> done(() -> s.setReceiveBufferSize(5000)))
                .step("setTrafficClass", (b, s) -> {
                    s.setTrafficClass(8);
                    return s.getTrafficClass();
                })
                .step("setTrafficClass -1", (b, s) -> done(() -> s.setTrafficClass(-1)))
                .step("setTrafficClass 256", (b, s) -> done(() -> s.setTrafficClass(256)));
    }

    private static void looks(Table<Socket> table) {
        table.look("isBound", (b, s) -> s.isBound())
                .look("isClosed", (b, s) -> s.isClosed())
                .look("isConnected", (b, s) -> s.isConnected())
                .look("isInputShutdown", (b, s) -> s.isInputShutdown())
                .look("isOutputShutdown", (b, s) -> s.isOutputShutdown())
                .look("getInetAddress", (b, s) -> s.getInetAddress())
                .look("getPort", (b, s) -> s.getPort() > 0 ? "port" : s.getPort())
                .look("getRemoteSocketAddress", (b, s) -> s.getRemoteSocketAddress())
                .look("getLocalAddress", (b, s) -> s.getLocalAddress())
                .look("getLocalPort", (b, s) -> s.getLocalPort() > 0 ? "port" : s.getLocalPort())
                .look("getLocalSocketAddress", (b, s) -> s.getLocalSocketAddress())
                .look("toString", (b, s) -> s.toString().replaceAll("[0-9]{4,}", "port"));
    }
}
