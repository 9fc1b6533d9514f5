package io.sockfd.nio.twin;

import static io.sockfd.nio.twin.Bench.ANY_PORT;
import static io.sockfd.nio.twin.Bench.LOOPBACK;
import static io.sockfd.nio.twin.Bench.STANDARD;
import static io.sockfd.nio.twin.ServerTwins.done;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;

/** DatagramChannel.socket() in each of its states. */
@SuppressWarnings({"deprecation", "removal", "NullAway", "ReferenceEquality"}) // null is tried, too
final class PacketTwins {
    private PacketTwins() {}

    static List<Table<?>> tables() {
        Table<DatagramChannel> channels = new Table<>("DatagramChannel.socket()");
        DatagramTwins.states(channels, STANDARD);
        Table<DatagramSocket> table = channels.of(DatagramChannel::socket);
        names(table);
        packets(table);
        multicast(table);
        options(table);
        Options.add(table, DatagramSocket::setOption, DatagramSocket::getOption, DatagramTwins.OPTIONS);
        return List.of(looks(table));
    }

    private static void names(Table<DatagramSocket> table) {
        SocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        table.step("bind(null)", (b, s) -> done(() -> s.bind(null)))
                .step("bind", (b, s) -> done(() -> s.bind(ANY_PORT)))
                .step("bind odd", (b, s) -> done(() -> s.bind(new StreamTwins.Odd())))
                .step("bind unresolved", (b, s) -> done(() -> s.bind(unresolved)))
                .step(
                        "bind in use",
                        (b, s) -> done(() -> s.bind(DatagramTwins.peer(b).getLocalAddress())))
                .step("connect null", (b, s) -> done(() -> s.connect(null)))
                .step("connect odd", (b, s) -> done(() -> s.connect(new StreamTwins.Odd())))
                .step("connect unresolved", (b, s) -> done(() -> s.connect(unresolved)))
                .step("connect port 0", (b, s) -> done(() -> s.connect(ANY_PORT)))
                .step(
                        "connect",
                        (b, s) -> done(() -> s.connect(DatagramTwins.peer(b).getLocalAddress())))
                .step("connect address", (b, s) -> done(() -> s.connect(LOOPBACK, 7777)))
                .step("connect no address", (b, s) -> done(() -> s.connect(null, 7777)))
                .step("connect port -1", (b, s) -> done(() -> s.connect(LOOPBACK, -1)))
                .step("connect address port 0", (b, s) -> done(() -> s.connect(LOOPBACK, 0)))
                .step("disconnect", (b, s) -> done(s::disconnect))
                .step("close", (b, s) -> done(s::close))
                .step("getChannel", (b, s) -> s.getChannel().socket() == s);
    }

    private static void packets(Table<DatagramSocket> table) {
        for (int size : new int[] {0, 10, 65_507, 65_508}) {
            table.step(
                            "send " + size,
                            (b, s) -> done(() -> s.send(new DatagramPacket(
                                    new byte[size], size, DatagramTwins.peer(b).getLocalAddress()))))
                    .step("send without address " + size, (b, s) -> {
                        DatagramPacket packet = new DatagramPacket(new byte[size], size);
                        s.send(packet);
                        return packet.getAddress() + " " + (packet.getPort() > 0);
                    })
                    .step(
                            "send to the peer " + size,
                            (b, s) -> done(() ->
                                    s.send(new DatagramPacket(new byte[size], size, s.getRemoteSocketAddress()))));
        }
        table.step("send null", (b, s) -> done(() -> s.send(null)))
                .step("send port 0", (b, s) -> done(() -> s.send(new DatagramPacket(new byte[1], 1, LOOPBACK, 0))))
                .step("receive null", (b, s) -> done(() -> s.receive(null)))
                .step("receive in time", (b, s) -> {
                    s.setSoTimeout(5);
                    DatagramPacket packet = new DatagramPacket(new byte[50], 10, 20);
                    s.receive(packet);
                    String first = packet.getLength() + " " + packet.getOffset() + " "
                            + Outcome.describe(packet.getSocketAddress());
                    return first + " " + Outcome.of(() -> done(() -> s.receive(packet))) + " " + packet.getLength();
                });
    }

    private static void multicast(Table<DatagramSocket> table) {
        for (String group : new String[] {"225.1.2.3", "ff12::7", "127.0.0.1"}) {
            table.step("joinGroup " + group, (b, s) -> done(() -> multi(s).joinGroup(at(group), lo())))
                    .step(
                            "joinGroup twice " + group,
                            (b, s) -> done(() -> {
                                multi(s).joinGroup(at(group), lo());
                                multi(s).joinGroup(at(group), lo());
                            }))
                    .step("leaveGroup " + group, (b, s) -> done(() -> multi(s).leaveGroup(at(group), lo())))
                    .step(
                            "join and leave " + group,
                            (b, s) -> done(() -> {
                                multi(s).joinGroup(at(group), lo());
                                multi(s).leaveGroup(at(group), lo());
                            }))
                    .step(
                            "join and leave by route " + group,
                            (b, s) -> done(() -> {
                                multi(s).setNetworkInterface(lo());
                                multi(s).joinGroup(Bench.address(group));
                                multi(s).leaveGroup(Bench.address(group));
                            }));
        }
        table.step("joinGroup odd", (b, s) -> done(() -> multi(s).joinGroup(new StreamTwins.Odd(), lo())))
                .step(
                        "joinGroup unresolved",
                        (b, s) -> done(() ->
                                multi(s).joinGroup(InetSocketAddress.createUnresolved("nowhere.invalid", 1), lo())))
                .step("joinGroup null", (b, s) -> done(() -> multi(s).joinGroup(null, lo())))
                .step("joinGroup no address", (b, s) -> done(() -> multi(s).joinGroup((InetAddress) null)))
                .step(
                        "getNetworkInterface",
                        (b, s) -> multi(s).getNetworkInterface().getIndex())
                .step("setNetworkInterface", (b, s) -> {
                    multi(s).setNetworkInterface(lo());
                    return multi(s).getNetworkInterface() + " " + multi(s).getInterface();
                })
                .step("setNetworkInterface null", (b, s) -> done(() -> multi(s).setNetworkInterface(null)))
                .step("getInterface", (b, s) -> multi(s).getInterface())
                .step("setInterface", (b, s) -> {
                    multi(s).setInterface(LOOPBACK);
                    return multi(s).getInterface();
                })
                .step("setInterface null", (b, s) -> done(() -> multi(s).setInterface(null)))
                .step("setInterface elsewhere", (b, s) -> done(() -> multi(s).setInterface(Bench.address("192.0.2.1"))))
                .step("setLoopbackMode", (b, s) -> {
                    multi(s).setLoopbackMode(true);
                    return multi(s).getLoopbackMode();
                })
                .step("getLoopbackMode", (b, s) -> multi(s).getLoopbackMode())
                .step("setTimeToLive", (b, s) -> {
                    multi(s).setTimeToLive(255);
                    return multi(s).getTimeToLive() + " " + multi(s).getTTL();
                })
                .step("setTimeToLive -1", (b, s) -> done(() -> multi(s).setTimeToLive(-1)))
                .step("setTimeToLive 256", (b, s) -> done(() -> multi(s).setTimeToLive(256)))
                .step("setTTL", (b, s) -> {
                    multi(s).setTTL((byte) 200);
                    return multi(s).getTimeToLive();
                })
                .step("send with ttl", (b, s) -> {
                    SocketAddress to = DatagramTwins.peer(b).getLocalAddress();
                    multi(s).send(new DatagramPacket(new byte[1], 1, to), (byte) 3);
                    return multi(s).getTimeToLive();
                });
    }

    private static void options(Table<DatagramSocket> table) {
        table.step("setSoTimeout -1", (b, s) -> done(() -> s.setSoTimeout(-1)))
                .step("setSoTimeout", (b, s) -> {
                    s.setSoTimeout(7);
                    return s.getSoTimeout();
                })
                .step("getSoTimeout", (b, s) -> s.getSoTimeout())
                .step("setSendBufferSize 0", (b, s) -> done(() -> s.setSendBufferSize(0)))
                .step("setReceiveBufferSize 0", (b, s) -> done(() -> s.setReceiveBufferSize(0)))
                .step("setSendBufferSize", (b, s) -> {
                    s.setSendBufferSize(5000);
                    return s.getSendBufferSize();
                })
                .step("setReceiveBufferSize", (b, s) -> {
                    s.setReceiveBufferSize(5000);
                    return s.getReceiveBufferSize();
                })
                .step("setReuseAddress", (b, s) -> {
                    s.setReuseAddress(true);
                    return s.getReuseAddress();
                })
                .step("setBroadcast", (b, s) -> {
                    s.setBroadcast(false);
                    return s.getBroadcast();
                })
                .step("getBroadcast", (b, s) -> s.getBroadcast())
                .step("setTrafficClass", (b, s) -> {
                    s.setTrafficClass(8);
                    return s.getTrafficClass();
                })
                .step("setTrafficClass -1", (b, s) -> done(() -> s.setTrafficClass(-1)))
                .step("setTrafficClass 256", (b, s) -> done(() -> s.setTrafficClass(256)));
    }

    private static Table<DatagramSocket> looks(Table<DatagramSocket> table) {
        return table.look("isBound", (b, s) -> s.isBound())
                .look("isClosed", (b, s) -> s.isClosed())
                .look("isConnected", (b, s) -> s.isConnected())
                .look("getInetAddress", (b, s) -> s.getInetAddress())
                .look("getPort", (b, s) -> s.getPort() > 0 ? "port" : s.getPort())
                .look("getRemoteSocketAddress", (b, s) -> s.getRemoteSocketAddress())
                .look("getLocalAddress", (b, s) -> s.getLocalAddress())
                .look("getLocalPort", (b, s) -> s.getLocalPort() > 0 ? "port" : s.getLocalPort())
                .look("getLocalSocketAddress", (b, s) -> s.getLocalSocketAddress());
    }

    private static MulticastSocket multi(DatagramSocket socket) {
        return (MulticastSocket) socket;
    }

    private static SocketAddress at(String group) throws Exception {
        return Bench.address(group, 0);
    }

    private static NetworkInterface lo() throws Exception {
        return NetworkInterface.getByInetAddress(LOOPBACK);
    }
}
