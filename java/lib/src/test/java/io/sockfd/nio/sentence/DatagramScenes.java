package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.ANY_PORT;
import static io.sockfd.nio.sentence.Case.LOOPBACK;
import static io.sockfd.nio.sentence.Case.bytes;
import static io.sockfd.nio.sentence.Scenes.call;
import static io.sockfd.nio.sentence.Scenes.ended;
import static io.sockfd.nio.sentence.Scenes.interrupted;
import static io.sockfd.nio.sentence.Scenes.told;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.Callable;

/** Datagrams that are sent, refused and received, with connects, disconnects, groups and selections between. */
final class DatagramScenes {
    private DatagramScenes() {}

    static void add(Scenes scenes) {
        waits(scenes);
        refusals(scenes);
        disconnects(scenes);
        sizes(scenes);
        groups(scenes);
    }

    private static void waits(Scenes scenes) {
        for (boolean connected : new boolean[] {false, true}) {
            for (String way : new String[] {"close", "interrupt", "disconnect", "a datagram"}) {
                scenes.scene("a " + (connected ? "read" : "receive") + " that waits: " + way, c -> {
                    DatagramChannel peer = c.boundUdp();
                    DatagramChannel channel = c.boundUdp();
                    if (connected) {
                        channel.connect(peer.getLocalAddress());
                    }
                    Callable<?> receive = connected
                            ? () -> channel.read(ByteBuffer.allocate(10))
                            : () -> channel.receive(ByteBuffer.allocate(10));
                    String how = switch (way) {
                        case "close" -> ended(c, receive, channel::close);
                        case "interrupt" -> interrupted(c, receive);
                        default ->
                            ended(c, receive, () -> {
                                Work other = c.start(way.equals("disconnect") ? channel::disconnect : () -> {});
                                Case.sleep(30);
                                peer.send(bytes("x"), channel.getLocalAddress());
                                other.done();
                            });
                    };
                    return how + told(channel::isOpen, channel::isConnected);
                });
            }
        }
    }

    private static void refusals(Scenes scenes) {
        scenes.scene("refused: select, connected and not, three times", c -> {
                    InetSocketAddress nobody;
                    try (DatagramChannel gone = c.boundUdp()) {
                        nobody = (InetSocketAddress) gone.getLocalAddress();
                    }
                    DatagramChannel channel = c.boundUdp();
                    channel.configureBlocking(false);
                    Selector selector = c.selector();
                    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                    channel.send(bytes("x"), nobody);
                    String unconnected = told(() -> selector.select(100));
                    channel.connect(nobody);
                    channel.send(bytes("x"), nobody);
                    String connected = told(
                            () -> selector.select(1000),
                            key::isReadable,
                            () -> channel.read(ByteBuffer.allocate(9)),
                            () -> channel.read(ByteBuffer.allocate(9)),
                            () -> channel.receive(ByteBuffer.allocate(9)));
                    selector.selectedKeys().clear();
                    channel.disconnect();
                    channel.send(bytes("x"), nobody);
                    return unconnected + connected + told(() -> selector.select(100), key::isValid);
                })
                .scene("refused, connected: read, write, receive, send tell of it once", c -> {
                    StringBuilder all = new StringBuilder();
                    for (int way = 0; way < 4; way++) {
                        DatagramChannel gone = c.boundUdp();
                        DatagramChannel channel = c.boundUdp().connect(gone.getLocalAddress());
                        InetSocketAddress peer = (InetSocketAddress) gone.getLocalAddress();
                        gone.close();
                        channel.configureBlocking(false);
                        channel.write(bytes("x"));
                        Case.sleep(10);
                        Callable<?> step = switch (way) {
                            case 0 -> () -> channel.read(ByteBuffer.allocate(9));
                            case 1 -> () -> channel.write(bytes("y"));
                            case 2 -> () -> channel.receive(ByteBuffer.allocate(9));
                            default -> () -> channel.send(bytes("y"), peer);
                        };
                        all.append(told(step, channel::isOpen, channel::isConnected))
                                .append("; ");
                    }
                    return all;
                });
    }

    private static void disconnects(Scenes scenes) {
        for (var family : new StandardProtocolFamily[] {StandardProtocolFamily.INET, StandardProtocolFamily.INET6}) {
            for (String host : new String[] {"loopback", "any", "none"}) {
                scenes.scene("after a disconnect: " + family + " bound to " + host, c -> {
                    DatagramChannel peer = c.keep(c.provider().openDatagramChannel(family));
                    DatagramChannel other = c.keep(c.provider().openDatagramChannel(family));
                    DatagramChannel channel = c.keep(c.provider().openDatagramChannel(family));
                    InetAddress loopback = Case.address(family == StandardProtocolFamily.INET ? "127.0.0.1" : "::1");
                    peer.bind(new InetSocketAddress(loopback, 0));
                    other.bind(new InetSocketAddress(loopback, 0));
                    if (host.equals("loopback")) {
                        channel.bind(new InetSocketAddress(loopback, 0));
                    } else if (host.equals("any")) {
                        channel.bind(null);
                    }
                    channel.setOption(StandardSocketOptions.SO_RCVBUF, 50_000);
                    channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 7);
                    channel.configureBlocking(false);
                    Selector selector = c.selector();
                    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                    InetSocketAddress before = (InetSocketAddress) channel.getLocalAddress();
                    StringBuilder all = new StringBuilder();
                    for (int round = 0; round < 2; round++) {
                        channel.connect(peer.getLocalAddress());
                        InetSocketAddress connected = (InetSocketAddress) channel.getLocalAddress();
                        all.append(told(channel::getLocalAddress, channel::getRemoteAddress));
                        channel.disconnect();
                        InetSocketAddress now = (InetSocketAddress) channel.getLocalAddress();
                        all.append(told(channel::getLocalAddress, channel::getRemoteAddress))
                                .append(before == null || before.equals(now))
                                .append(now.getPort() == connected.getPort());
                        other.send(bytes("x"), new InetSocketAddress(loopback, now.getPort()));
                        all.append(told(
                                () -> selector.select(1000),
                                key::isReadable,
                                () -> channel.receive(ByteBuffer.allocate(3)),
                                () -> channel.getOption(StandardSocketOptions.SO_RCVBUF),
                                () -> channel.getOption(StandardSocketOptions.IP_MULTICAST_TTL),
                                () -> channel.write(bytes("x")),
                                () -> channel.send(bytes("x"), peer.getLocalAddress()),
                                () -> channel.bind(null)));
                        selector.selectedKeys().clear();
                        before = now;
                    }
                    return all;
                });
            }
        }
        scenes.scene("after a disconnect: what a group brings", c -> {
            DatagramChannel channel = c.keep(c.provider().openDatagramChannel(StandardProtocolFamily.INET));
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(new InetSocketAddress(0));
            NetworkInterface loopback = NetworkInterface.getByInetAddress(LOOPBACK);
            InetAddress group = Case.address("239.255.70.12");
            MembershipKey key = channel.join(group, loopback);
            channel.connect(c.boundUdp().getLocalAddress()).disconnect();
            DatagramChannel sender = c.boundUdp();
            sender.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            channel.configureBlocking(false);
            sender.send(bytes("g"), new InetSocketAddress(group, port));
            Case.sleep(20);
            return told(
                    key::isValid,
                    () -> channel.receive(ByteBuffer.allocate(5)),
                    () -> channel.join(group, loopback).equals(key));
        });
    }

    private static void sizes(Scenes scenes) {
        for (var family : new StandardProtocolFamily[] {StandardProtocolFamily.INET, StandardProtocolFamily.INET6}) {
            for (boolean direct : new boolean[] {false, true}) {
                scenes.scene("sizes: " + family + (direct ? ", direct" : ""), c -> {
                    InetAddress loopback = Case.address(family == StandardProtocolFamily.INET ? "127.0.0.1" : "::1");
                    DatagramChannel from = c.keep(c.provider().openDatagramChannel(family));
                    DatagramChannel to = c.keep(c.provider().openDatagramChannel(family));
                    from.setOption(StandardSocketOptions.SO_SNDBUF, 200_000);
                    to.setOption(StandardSocketOptions.SO_RCVBUF, 200_000);
                    to.bind(new InetSocketAddress(loopback, 0)).configureBlocking(false);
                    StringBuilder all = new StringBuilder();
                    for (int size : new int[] {0, 1, 1472, 65_507, 65_508, 65_527, 65_528, 65_535, 65_536, 100_000}) {
                        ByteBuffer out = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
                        ByteBuffer in = direct ? ByteBuffer.allocateDirect(70_000) : ByteBuffer.allocate(70_000);
                        all.append(told(
                                        () -> from.send(out, to.getLocalAddress()),
                                        out::remaining,
                                        () -> to.receive(in),
                                        in::position))
                                .append("; ");
                    }
                    return all;
                });
            }
        }
        scenes.scene("sends: port 0, unresolved, other families, nobody bound", c -> {
                    DatagramChannel inet = c.keep(c.provider().openDatagramChannel(StandardProtocolFamily.INET));
                    DatagramChannel both = c.udp();
                    InetAddress six = Case.address("::1");
                    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 456);
                    return told(
                            () -> inet.send(bytes("x"), ANY_PORT),
                            inet::getLocalAddress,
                            () -> inet.send(bytes("x"), nowhere),
                            () -> inet.send(bytes("x"), new InetSocketAddress(six, 9)),
                            () -> both.send(bytes("x"), new InetSocketAddress(six, 9)),
                            () -> both.send(bytes("x"), new InetSocketAddress(LOOPBACK, 9)),
                            () -> both.send(bytes("x"), null),
                            () -> both.send(null, ANY_PORT),
                            () -> both.connect(nowhere),
                            () -> both.connect(new InetSocketAddress(LOOPBACK, 0)),
                            both::getLocalAddress);
                })
                .scene("receives: sources that come in turn", c -> {
                    DatagramChannel to = c.boundUdp();
                    StringBuilder all = new StringBuilder();
                    DatagramChannel[] from = {c.boundUdp(), c.boundUdp(), c.boundUdp()};
                    for (int i = 0; i < 9; i++) {
                        DatagramChannel sender = from[i * i % 3];
                        sender.send(bytes("x"), to.getLocalAddress());
                        all.append(sender.getLocalAddress().equals(to.receive(ByteBuffer.allocate(1))));
                    }
                    return all;
                });
    }

    private static void groups(Scenes scenes) {
        scenes.scene("groups: who has not joined gets nothing, IPv4 and IPv6", c -> {
            NetworkInterface loopback = NetworkInterface.getByInetAddress(LOOPBACK);
            StringBuilder all = new StringBuilder();
            for (String text : new String[] {"239.255.70.13", "ff11::7013"}) {
                InetAddress group = Case.address(text);
                DatagramChannel member = c.udp();
                DatagramChannel other = c.udp();
                for (DatagramChannel channel : new DatagramChannel[] {member, other}) {
                    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).configureBlocking(false);
                }
                member.bind(null);
                int port = ((InetSocketAddress) member.getLocalAddress()).getPort();
                other.bind(new InetSocketAddress(port));
                member.join(group, loopback);
                other.join(Case.address(text.replace("13", "14")), loopback);
                DatagramChannel sender = c.udp();
                sender.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
                all.append(told(() -> sender.send(bytes("g"), new InetSocketAddress(group, port))));
                Case.sleep(30);
                all.append(told(
                        () -> member.receive(ByteBuffer.allocate(5)), () -> other.receive(ByteBuffer.allocate(5))));
            }
            return all;
        });
        scenes.scene("groups: a membership's text, twice dropped, after the close", c -> {
            NetworkInterface loopback = NetworkInterface.getByInetAddress(LOOPBACK);
            DatagramChannel channel = c.keep(c.provider().openDatagramChannel(StandardProtocolFamily.INET));
            MembershipKey key = channel.join(Case.address("239.255.70.15"), loopback);
            String text = key.toString();
            channel.close();
            return text
                    + told(key::isValid, call(key::drop), key::channel, key::group, key::networkInterface)
                    + told(key::sourceAddress, () -> key.block(LOOPBACK), () -> key.unblock(LOOPBACK));
        });
    }
}
