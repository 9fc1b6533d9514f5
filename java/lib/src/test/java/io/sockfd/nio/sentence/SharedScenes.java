package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.bytes;
import static io.sockfd.nio.sentence.Scenes.call;
import static io.sockfd.nio.sentence.Scenes.ended;
import static io.sockfd.nio.sentence.Scenes.told;

import io.sockfd.nio.twin.Outcome;
import java.io.Closeable;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/** One channel that several threads use: those that wait beside each other, and what goes on beside one that waits. */
final class SharedScenes {
    private static final int WAITERS = 3;
    private static final int TIME_MS = 10_000;

    private SharedScenes() {}

    static void add(Scenes scenes) {
        together(scenes);
        beside(scenes);
        moving(scenes);
    }

    /** What waits, and the channel that it waits in. */
    private record Waiting(Closeable channel, Callable<?> step) {}

    private static Waiting waiting(Case c, String what) throws Exception {
        boolean timed = what.endsWith("timed");
        switch (what.replace(" timed", "")) {
            case "receive" -> {
                DatagramChannel channel = c.boundUdp();
                return new Waiting(channel, () -> channel.receive(ByteBuffer.allocate(1)));
            }
            case "packet" -> {
                DatagramChannel channel = c.boundUdp();
                channel.socket().setSoTimeout(timed ? TIME_MS : 0);
                return new Waiting(channel, call(() -> channel.socket().receive(new DatagramPacket(new byte[1], 1))));
            }
            case "accept" -> {
                ServerSocketChannel channel = c.listener();
                return new Waiting(channel, channel::accept);
            }
            case "adaptor accept" -> {
                ServerSocketChannel channel = c.listener();
                channel.socket().setSoTimeout(timed ? TIME_MS : 0);
                return new Waiting(channel, channel.socket()::accept);
            }
            case "read" -> {
                Case.Ends ends = c.tcp();
                return new Waiting(ends.client(), () -> ends.client().read(ByteBuffer.allocate(1)));
            }
            case "stream" -> {
                Case.Ends ends = c.tcp();
                ends.client().socket().setSoTimeout(timed ? TIME_MS : 0);
                return new Waiting(
                        ends.client(),
                        () -> ends.client().socket().getInputStream().read());
            }
            case "pipe" -> {
                Pipe pipe = c.pipe();
                return new Waiting(pipe.source(), () -> pipe.source().read(ByteBuffer.allocate(1)));
            }
            default -> throw new IllegalStateException(what);
        }
    }

    private static void together(Scenes scenes) {
        for (String what : new String[] {
            "receive",
            "packet",
            "packet timed",
            "accept",
            "adaptor accept",
            "adaptor accept timed",
            "read",
            "stream",
            "stream timed",
            "pipe"
        }) {
            for (boolean interrupt : new boolean[] {false, true}) {
                scenes.scene("three wait, " + what + (interrupt ? ": one is interrupted" : ": closed"), c -> {
                    Waiting waiting = waiting(c, what);
                    List<String> ends = Collections.synchronizedList(new ArrayList<>());
                    List<Work> all = new ArrayList<>();
                    for (int i = 0; i < WAITERS; i++) {
                        all.add(c.waiting(() -> ends.add(Outcome.of(waiting.step()))));
                    }
                    if (interrupt) {
                        all.get(0).interrupt();
                    } else {
                        waiting.channel().close();
                    }
                    for (Work work : all) {
                        work.done();
                    }
                    Collections.sort(ends);
                    return ends;
                });
            }
        }
    }

    /** Everything that need not wait, while a receive waits. */
    private static void beside(Scenes scenes) {
        scenes.scene("beside a receive that waits: names, options, groups, sends", c -> {
                    DatagramChannel channel = c.boundUdp();
                    InetSocketAddress own = (InetSocketAddress) channel.getLocalAddress();
                    NetworkInterface loopback = NetworkInterface.getByInetAddress(Case.LOOPBACK);
                    InetAddress group = Case.address("239.255.70.41");
                    StringBuilder meanwhile = new StringBuilder();
                    String how = ended(c, () -> channel.receive(ByteBuffer.allocate(9)), () -> {
                        meanwhile.append(told(
                                channel::getLocalAddress,
                                channel::getRemoteAddress,
                                channel::isConnected,
                                channel::isBlocking,
                                () -> channel.getOption(StandardSocketOptions.SO_REUSEADDR),
                                call(() -> channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 3)),
                                () -> channel.getOption(StandardSocketOptions.IP_MULTICAST_TTL),
                                () -> {
                                    MembershipKey key = channel.join(group, loopback);
                                    key.block(Case.LOOPBACK)
                                            .unblock(Case.LOOPBACK)
                                            .drop();
                                    return key.isValid();
                                },
                                () -> channel.socket().getLocalPort() == own.getPort()));
                        channel.send(bytes("x"), own);
                    });
                    return how + meanwhile;
                })
                .scene("beside a read that waits: names, options, writes, shutdown of the output", c -> {
                    Case.Ends ends = c.tcp();
                    StringBuilder meanwhile = new StringBuilder();
                    String how = ended(c, () -> ends.client().read(ByteBuffer.allocate(9)), () -> {
                        meanwhile.append(told(
                                ends.client()::getLocalAddress,
                                ends.client()::getRemoteAddress,
                                ends.client()::isConnected,
                                ends.client()::isConnectionPending,
                                call(() -> ends.client().setOption(StandardSocketOptions.TCP_NODELAY, true)),
                                () -> ends.client().getOption(StandardSocketOptions.TCP_NODELAY),
                                () -> ends.client().write(bytes("to the peer")),
                                () -> ends.client().shutdownOutput().isOpen(),
                                () -> ends.client().socket().isOutputShutdown(),
                                () -> ends.client().write(bytes("z"))));
                        ends.server().write(bytes("x"));
                    });
                    return how + meanwhile;
                })
                .scene("beside an accept that waits: names, options, a second bind", c -> {
                    ServerSocketChannel listener = c.listener();
                    StringBuilder meanwhile = new StringBuilder();
                    Callable<?> accepts = () -> {
                        try (SocketChannel accepted = listener.accept()) {
                            return accepted.isConnected();
                        }
                    };
                    String how = ended(c, accepts, () -> {
                        meanwhile.append(told(
                                listener::getLocalAddress,
                                () -> listener.getOption(StandardSocketOptions.SO_REUSEADDR),
                                call(() -> listener.setOption(StandardSocketOptions.SO_RCVBUF, 20_000)),
                                () -> listener.bind(null),
                                () -> listener.socket().isBound()));
                        c.channel().connect(listener.getLocalAddress());
                    });
                    return how + meanwhile;
                })
                .scene("beside a receive that waits: a connect, which waits for it", c -> {
                    DatagramChannel channel = c.boundUdp();
                    DatagramChannel peer = c.boundUdp();
                    StringBuilder connects = new StringBuilder();
                    String how = ended(c, () -> channel.receive(ByteBuffer.allocate(9)), () -> {
                        Work connect = c.waiting(() -> channel.connect(peer.getLocalAddress()));
                        connects.append(channel.isConnected());
                        peer.send(bytes("x"), channel.getLocalAddress());
                        connect.done();
                        connects.append(channel.isConnected());
                    });
                    return how + connects;
                });
    }

    /** Addresses that change below a channel that goes on. */
    private static void moving(Scenes scenes) {
        scenes.scene("one channel, many sources and targets, names that change", c -> {
            DatagramChannel channel = c.udp();
            StringBuilder all = new StringBuilder();
            for (String host : new String[] {"127.0.0.1", "127.0.0.2", "::1", "127.0.0.3", "::1", "127.0.0.1"}) {
                DatagramChannel peer = c.udp();
                peer.bind(new InetSocketAddress(Case.address(host), 0));
                ByteBuffer got = ByteBuffer.allocate(9);
                all.append(told(
                                () -> channel.send(bytes("a"), peer.getLocalAddress()),
                                () -> peer.receive(got),
                                channel::getLocalAddress,
                                () -> channel.connect(peer.getLocalAddress()).isConnected(),
                                channel::getLocalAddress,
                                channel::getRemoteAddress,
                                () -> channel.write(bytes("b")),
                                () -> ((InetSocketAddress) peer.receive(got)).equals(channel.getLocalAddress()),
                                () -> channel.send(bytes("c"), peer.getLocalAddress()),
                                () -> channel.disconnect().isConnected(),
                                channel::getLocalAddress))
                        .append('\n');
            }
            return all;
        });
    }
}
