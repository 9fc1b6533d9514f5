package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.ANY_PORT;
import static io.sockfd.nio.sentence.Case.bytes;
import static io.sockfd.nio.sentence.Scenes.call;
import static io.sockfd.nio.sentence.Scenes.ended;
import static io.sockfd.nio.sentence.Scenes.interrupted;
import static io.sockfd.nio.sentence.Scenes.told;

import io.sockfd.nio.twin.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** Connections, whose ends several threads use. */
final class StreamScenes {
    private StreamScenes() {}

    private interface On {
        Object run(SocketChannel channel) throws Exception;
    }

    static void add(Scenes scenes) {
        waits(scenes);
        connects(scenes);
        lingers(scenes);
        accepts(scenes);
        resets(scenes);
        files(scenes);
    }

    private static void waits(Scenes scenes) {
        Map<String, On> operations = new LinkedHashMap<>();
        operations.put("read", ch -> ch.read(ByteBuffer.allocate(10)));
        operations.put("scatter", ch -> ch.read(new ByteBuffer[] {ByteBuffer.allocate(2), ByteBuffer.allocate(9)}));
        operations.put("adaptor read", ch -> ch.socket().getInputStream().read());
        operations.put("adaptor timed read", ch -> {
            ch.socket().setSoTimeout(60_000);
            return ch.socket().getInputStream().read(new byte[5]);
        });
        for (Map.Entry<String, On> e : operations.entrySet()) {
            On operation = e.getValue();
            String name = "waiting " + e.getKey();
            Map<String, Scenes.Body> ways = new LinkedHashMap<>();
            for (String way : new String[] {
                "close",
                "socket().close",
                "shutdownInput",
                "socket().shutdownInput",
                "peer closes",
                "peer shuts",
                "peer resets",
                "peer sends",
                "interrupt",
                "two, close"
            }) {
                ways.put(way, c -> {
                    Case.Ends ends = c.tcp();
                    SocketChannel channel = ends.client();
                    Callable<?> waits = () -> operation.run(channel);
                    String how = switch (way) {
                        case "interrupt" -> interrupted(c, waits);
                        case "two, close" ->
                            ended(c, waits, () -> Outcome.of(call(() -> ended(c, waits, channel::close))));
                        default -> ended(c, waits, () -> end(way, channel, ends.server()));
                    };
                    String state = told(
                            channel::isOpen,
                            channel::isConnected,
                            () -> channel.socket().isClosed());
                    return how + "; " + state + "; " + (way.equals("peer sends") ? "" : Outcome.of(waits));
                });
            }
            ways.forEach((way, body) -> scenes.scene(name + ": " + way, body));
        }
    }

    private static void end(String way, SocketChannel channel, SocketChannel peer) throws IOException {
        switch (way) {
            case "close" -> channel.close();
            case "socket().close" -> channel.socket().close();
            case "shutdownInput" -> channel.shutdownInput();
            case "socket().shutdownInput" -> channel.socket().shutdownInput();
            case "peer closes" -> peer.close();
            case "peer shuts" -> peer.shutdownOutput();
            case "peer resets" -> {
                peer.setOption(StandardSocketOptions.SO_LINGER, 0);
                peer.close();
            }
            default -> peer.write(bytes("abcde"));
        }
    }

    private static void connects(Scenes scenes) {
        scenes.scene("connect waits: close", c -> {
                    SocketChannel channel = c.channel();
                    InetSocketAddress silent = c.silent();
                    return ended(c, () -> channel.connect(silent), channel::close) + state(channel);
                })
                .scene("connect waits: interrupt", c -> {
                    SocketChannel channel = c.channel();
                    InetSocketAddress silent = c.silent();
                    return interrupted(c, () -> channel.connect(silent)) + state(channel);
                })
                .scene("adaptor connect waits: close, interrupt, time over", c -> {
                    InetSocketAddress silent = c.silent();
                    SocketChannel one = c.channel();
                    SocketChannel two = c.channel();
                    SocketChannel three = c.channel();
                    return ended(c, call(() -> one.socket().connect(silent, 60_000)), one::close)
                            + state(one)
                            + interrupted(c, call(() -> two.socket().connect(silent, 60_000)))
                            + state(two)
                            + Outcome.of(call(() -> three.socket().connect(silent, 20)))
                            + state(three)
                            + three.socket().isClosed();
                })
                .scene("adaptor connect without time waits: close, interrupt", c -> {
                    InetSocketAddress silent = c.silent();
                    SocketChannel one = c.channel();
                    SocketChannel two = c.channel();
                    return ended(
                                    c,
                                    call(() -> one.socket().connect(silent)),
                                    () -> one.socket().close())
                            + state(one)
                            + interrupted(c, call(() -> two.socket().connect(silent)))
                            + state(two);
                })
                .scene("finishConnect waits: close", c -> {
                    SocketChannel channel = pending(c);
                    channel.configureBlocking(true);
                    return ended(c, channel::finishConnect, channel::close) + state(channel);
                })
                .scene("finishConnect waits: interrupt", c -> {
                    SocketChannel channel = pending(c);
                    channel.configureBlocking(true);
                    return interrupted(c, channel::finishConnect) + state(channel);
                })
                .scene("pending", c -> {
                    SocketChannel channel = pending(c);
                    return told(
                                    () -> channel.read(ByteBuffer.allocate(1)),
                                    () -> channel.write(bytes("x")),
                                    channel::shutdownInput,
                                    channel::shutdownOutput,
                                    channel::getRemoteAddress,
                                    channel::finishConnect,
                                    () -> channel.connect(ANY_PORT),
                                    () -> channel.bind(null))
                            + state(channel)
                            + told(
                                    () -> channel.socket().isConnected(),
                                    () -> channel.socket().getPort() > 0,
                                    () -> channel.socket().getInetAddress(),
                                    () -> channel.socket().getRemoteSocketAddress(),
                                    () -> channel.socket().getOutputStream(),
                                    () -> channel.socket().getInputStream(),
                                    call(() -> channel.socket().shutdownInput()),
                                    call(() -> channel.socket().sendUrgentData(1)),
                                    () -> channel.socket().toString().startsWith("Socket[unconnected"))
                            + told(call(channel::close))
                            + state(channel)
                            + told(channel::finishConnect, () -> channel.connect(ANY_PORT), channel::getRemoteAddress);
                })
                .scene("pending, registered, closed: the selection ends with it", c -> {
                    SocketChannel channel = pending(c);
                    Selector selector = c.selector();
                    SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
                    String now = told(selector::selectNow, key::isConnectable);
                    channel.close();
                    return now
                            + told(
                                    key::isValid,
                                    selector::selectNow,
                                    () -> selector.keys().size());
                })
                .scene("refused, selected", c -> {
                    SocketChannel channel = c.channel();
                    channel.configureBlocking(false);
                    Selector selector = c.selector();
                    String now = Outcome.of(() -> channel.connect(c.refusing()));
                    if (!channel.isOpen()) {
                        return "at once";
                    }
                    SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
                    return now
                            + told(selector::select, key::isConnectable, channel::finishConnect, channel::isOpen)
                            + told(
                                    key::isValid,
                                    selector::selectNow,
                                    () -> selector.keys().size());
                })
                .scene("connected, selected for connecting", c -> {
                    SocketChannel channel = c.channel();
                    channel.configureBlocking(false);
                    channel.connect(c.listener().getLocalAddress());
                    while (!channel.finishConnect()) {
                        Case.sleep(1);
                    }
                    Selector selector = c.selector();
                    SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
                    String connecting = told(() -> selector.select(20), key::readyOps);
                    key.interestOps(SelectionKey.OP_CONNECT | SelectionKey.OP_WRITE);
                    return connecting + told(selector::selectNow, key::readyOps);
                });
    }

    private static SocketChannel pending(Case c) throws Exception {
        SocketChannel channel = c.channel();
        channel.configureBlocking(false);
        channel.connect(c.silent());
        return channel;
    }

    private static String state(SocketChannel channel) {
        return " [" + channel.isOpen() + channel.isConnected() + channel.isConnectionPending() + "] ";
    }

    private static void lingers(Scenes scenes) {
        for (int linger : new int[] {-1, 0, 60}) {
            for (String how :
                    new String[] {"blocking", "not blocking", "registered", "selected", "with another reader"}) {
                if (linger == 0 && how.equals("registered")) {
                    continue; // the JDK's waits for a selection that nobody makes
                }
                scenes.scene("linger " + linger + ", " + how + ": what the peer reads", c -> {
                    Case.Ends ends = c.tcp();
                    SocketChannel channel = ends.client();
                    channel.setOption(StandardSocketOptions.SO_LINGER, linger);
                    String waits = "";
                    if (how.equals("with another reader")) {
                        waits = ended(c, () -> channel.read(ByteBuffer.allocate(1)), channel::close);
                    } else if (!how.equals("blocking")) {
                        channel.configureBlocking(false);
                        if (!how.equals("not blocking")) {
                            Selector selector = c.selector();
                            channel.register(selector, SelectionKey.OP_READ);
                            if (how.equals("selected")) {
                                selector.selectNow();
                                channel.close();
                                selector.selectNow();
                            }
                        }
                    }
                    channel.close();
                    return waits + told(() -> ends.server().read(ByteBuffer.allocate(1)));
                });
            }
        }
        scenes.scene("closed with bytes unread: what the peer reads", c -> {
            Case.Ends ends = c.tcp();
            ends.server().write(bytes("unread"));
            ends.client().close();
            return told(() -> ends.server().read(ByteBuffer.allocate(1)));
        });
    }

    private static void accepts(Scenes scenes) {
        for (int timeout : new int[] {0, 60_000}) {
            scenes.scene("adaptor accept waits " + timeout + ": close, socket().close, interrupt", c -> {
                StringBuilder all = new StringBuilder();
                for (int way = 0; way < 3; way++) {
                    ServerSocketChannel server = c.listener();
                    server.socket().setSoTimeout(timeout);
                    Callable<?> accept = () -> server.socket().accept();
                    all.append(
                                    way == 0
                                            ? ended(c, accept, server::close)
                                            : way == 1
                                                    ? ended(
                                                            c,
                                                            accept,
                                                            () -> server.socket()
                                                                    .close())
                                                    : interrupted(c, accept))
                            .append(server.isOpen())
                            .append(Outcome.of(accept))
                            .append("; ");
                }
                return all;
            });
        }
        scenes.scene("adaptor accept begun interrupted, with and without a time", c -> {
                    StringBuilder all = new StringBuilder();
                    for (int timeout : new int[] {0, 60_000}) {
                        ServerSocketChannel server = c.listener();
                        server.socket().setSoTimeout(timeout);
                        c.channel().connect(server.getLocalAddress());
                        all.append(Scenes.begunInterrupted(
                                        c, () -> server.socket().accept()))
                                .append(server.isOpen());
                    }
                    return all;
                })
                .scene("two accept, closed: both end", c -> {
                    ServerSocketChannel server = c.listener();
                    return ended(
                            c, server::accept, () -> Outcome.of(call(() -> ended(c, server::accept, server::close))));
                })
                .scene("adaptor accept, not blocking, with a connection and without", c -> {
                    ServerSocketChannel server = c.listener();
                    server.configureBlocking(false);
                    String without = told(() -> server.socket().accept());
                    c.channel().connect(server.getLocalAddress());
                    return without + told(() -> c.keep(server.socket().accept()), server::accept);
                });
    }

    private static void resets(Scenes scenes) {
        scenes.scene("reset: what was sent first, then the reset, again and again", c -> {
                    Case.Ends ends = c.tcp();
                    ends.server().write(bytes("abc"));
                    Case.sleep(20);
                    end("peer resets", ends.client(), ends.server());
                    Case.sleep(20);
                    SocketChannel channel = ends.client();
                    return told(
                            () -> channel.read(ByteBuffer.allocate(2)),
                            () -> channel.read(ByteBuffer.allocate(2)),
                            () -> channel.read(ByteBuffer.allocate(2)),
                            () -> channel.read(ByteBuffer.allocate(2)),
                            channel::isOpen,
                            channel::isConnected);
                })
                .scene("reset: the adaptor's stream", c -> {
                    Case.Ends ends = c.tcp();
                    ends.server().write(bytes("abc"));
                    Case.sleep(20);
                    end("peer resets", ends.client(), ends.server());
                    Case.sleep(20);
                    java.io.InputStream in = ends.client().socket().getInputStream();
                    return told(in::available, in::read, in::available, in::read, in::read, in::read, in::available)
                            + told(
                                    in::read,
                                    in::available,
                                    () -> in.read(new byte[0]),
                                    () -> ends.client().read(ByteBuffer.allocate(1)));
                })
                .scene("reset: writes, shutdown and names", c -> {
                    Case.Ends ends = c.tcp();
                    end("peer resets", ends.client(), ends.server());
                    Case.sleep(20);
                    SocketChannel channel = ends.client();
                    return told(
                            () -> channel.write(bytes("a")) > 0,
                            () -> channel.write(bytes("a")) > 0,
                            channel::getRemoteAddress,
                            channel::shutdownOutput,
                            channel::shutdownInput,
                            () -> channel.read(ByteBuffer.allocate(1)),
                            channel::isOpen);
                });
    }

    private static void files(Scenes scenes) {
        scenes.scene("FileChannel.transferTo and transferFrom", c -> {
                    Case.Ends ends = c.tcp();
                    Path path = c.path();
                    try (FileChannel file = FileChannel.open(
                            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                        file.write(ByteBuffer.allocate(30_000));
                        String to = told(() -> file.transferTo(100, 20_000, ends.client()));
                        ByteBuffer got = ByteBuffer.allocate(20_000);
                        while (got.hasRemaining()) {
                            ends.server().read(got);
                        }
                        ends.client().write(ByteBuffer.allocate(500));
                        return to
                                + told(
                                        () -> file.transferFrom(ends.server(), 0, 500),
                                        () -> file.transferTo(0, 0, ends.client()),
                                        () -> file.transferTo(50_000, 10, ends.client()));
                    }
                })
                .scene("FileChannel.transferTo where it may not wait, closed, not connected", c -> {
                    Case.Ends ends = c.tcp();
                    ends.client().configureBlocking(false);
                    ends.client().setOption(StandardSocketOptions.SO_SNDBUF, 10_000);
                    Path path = c.path();
                    try (FileChannel file = FileChannel.open(
                            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                        file.write(ByteBuffer.allocate(8_000_000));
                        long sent = file.transferTo(0, 8_000_000, ends.client());
                        SocketChannel fresh = c.channel();
                        String all = told(() -> file.transferFrom(fresh, 0, 10)); // to: Java 17 says something else
                        ends.client().close();
                        return (sent > 0 && sent < 8_000_000)
                                + all
                                + told(
                                        () -> file.transferTo(0, 10, ends.client()),
                                        () -> file.transferFrom(ends.client(), 0, 10));
                    }
                });
    }
}
