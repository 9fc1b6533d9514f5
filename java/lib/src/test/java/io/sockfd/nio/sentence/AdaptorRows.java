package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.ANY_PORT;
import static io.sockfd.nio.sentence.Case.LOOPBACK;
import static io.sockfd.nio.sentence.Case.bytes;
import static io.sockfd.nio.sentence.Case.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** What socket() of the three kinds of channel gives. */
final class AdaptorRows {
    private AdaptorRows() {}

    static void add(Table table) {
        stream(table);
        server(table);
        datagram(table);
        datagramWaits(table);
    }

    private static void stream(Table table) {
        table.of("SocketChannel.socket()")
                .says("one object, whose channel this is", c -> {
                    SocketChannel channel = c.channel();
                    assertSame(channel.socket(), channel.socket());
                    assertSame(channel, channel.socket().getChannel());
                })
                .says("has the channel's state", c -> {
                    Case.Ends ends = c.tcp();
                    Socket socket = ends.client().socket();
                    assertTrue(socket.isConnected());
                    assertEquals(ends.client().getRemoteAddress(), socket.getRemoteSocketAddress());
                    assertEquals(ends.client().getLocalAddress(), socket.getLocalSocketAddress());
                    ends.client().close();
                    assertTrue(socket.isClosed());
                })
                .says("closing it closes the channel", c -> {
                    SocketChannel client = c.tcp().client();
                    client.socket().close();
                    assertFalse(client.isOpen());
                })
                .says("its streams where the channel does not block: IllegalBlockingModeException", c -> {
                    Case.Ends ends = c.tcp();
                    var in = ends.client().socket().getInputStream();
                    var out = ends.client().socket().getOutputStream();
                    ends.client().configureBlocking(false);
                    assertThrows(IllegalBlockingModeException.class, in::read);
                    assertThrows(IllegalBlockingModeException.class, () -> out.write(1));
                })
                .says("connect where the channel does not block: IllegalBlockingModeException", c -> {
                    SocketChannel channel = c.channel();
                    channel.configureBlocking(false);
                    var address = c.listener().getLocalAddress();
                    assertThrows(
                            IllegalBlockingModeException.class,
                            () -> channel.socket().connect(address));
                    assertThrows(
                            IllegalBlockingModeException.class,
                            () -> channel.socket().connect(address, 100));
                })
                .says("the timeout of its reads is not the channel's", c -> {
                    Case.Ends ends = c.tcp();
                    ends.client().socket().setSoTimeout(1);
                    Work read = c.waiting(() -> assertEquals(1, ends.client().read(ByteBuffer.allocate(1))));
                    Thread.sleep(20);
                    ends.server().write(bytes("x"));
                    read.done();
                })
                .says("shut down by the one, seen by the other", c -> {
                    SocketChannel client = c.tcp().client();
                    client.shutdownInput();
                    assertTrue(client.socket().isInputShutdown());
                    client.socket().shutdownOutput();
                    assertThrows(IOException.class, () -> client.write(bytes("x")));
                });
    }

    private static void server(Table table) {
        table.of("ServerSocketChannel.socket()")
                .says("one object, whose channel this is", c -> {
                    ServerSocketChannel channel = c.server();
                    assertSame(channel.socket(), channel.socket());
                    assertSame(channel, channel.socket().getChannel());
                })
                .says("not bound; bound by the one, seen by the other", c -> {
                    ServerSocketChannel channel = c.server();
                    ServerSocket socket = channel.socket();
                    assertFalse(socket.isBound());
                    assertEquals(-1, socket.getLocalPort());
                    assertNull(socket.getInetAddress());
                    assertNull(socket.getLocalSocketAddress());
                    socket.bind(ANY_PORT);
                    assertTrue(socket.isBound());
                    assertEquals(channel.getLocalAddress(), socket.getLocalSocketAddress());
                    assertEquals(LOOPBACK, socket.getInetAddress());
                })
                .says("accept gives a socket with a channel of the provider", c -> {
                    ServerSocketChannel channel = c.listener();
                    c.channel().connect(channel.getLocalAddress());
                    Socket socket = c.keep(channel.socket().accept());
                    assertTrue(socket.isConnected());
                    assertSame(c.provider(), socket.getChannel().provider());
                })
                .waits("accept with a timeout: SocketTimeoutException, and the next one goes on", c -> {
                    ServerSocketChannel channel = c.listener();
                    channel.socket().setSoTimeout(40);
                    assertEquals(40, channel.socket().getSoTimeout());
                    long ms = ms(() -> assertThrows(
                            SocketTimeoutException.class, () -> channel.socket().accept()));
                    assertTrue(ms >= 39, ms + " ms");
                    c.channel().connect(channel.getLocalAddress());
                    c.keep(channel.socket().accept());
                })
                .waits("accept, closed meanwhile: an I/O error", c -> {
                    for (int timeout : new int[] {0, 60_000}) {
                        ServerSocket socket = c.listener().socket();
                        socket.setSoTimeout(timeout);
                        Work accept = c.waiting(socket::accept);
                        socket.close();
                        accept.ends(IOException.class);
                    }
                })
                .says("accept where the channel does not block: IllegalBlockingModeException", c -> {
                    ServerSocketChannel channel = c.listener();
                    channel.configureBlocking(false);
                    assertThrows(
                            IllegalBlockingModeException.class,
                            () -> channel.socket().accept());
                })
                .says(
                        "accept where it is not bound: an exception",
                        c -> assertThrows(
                                Exception.class, () -> c.server().socket().accept()))
                .says("closed: isClosed, and SocketException", c -> {
                    ServerSocketChannel channel = c.listener();
                    ServerSocket socket = channel.socket();
                    socket.close();
                    assertFalse(channel.isOpen());
                    assertTrue(socket.isClosed());
                    assertThrows(IOException.class, socket::accept);
                    assertThrows(IOException.class, () -> socket.bind(null));
                    assertThrows(IOException.class, socket::getReuseAddress);
                })
                .says("options", c -> {
                    ServerSocket socket = c.server().socket();
                    socket.setReceiveBufferSize(20_000);
                    assertTrue(socket.getReceiveBufferSize() >= 20_000);
                    socket.setReuseAddress(false);
                    assertFalse(socket.getReuseAddress());
                    assertThrows(IllegalArgumentException.class, () -> socket.setReceiveBufferSize(0));
                    assertThrows(IllegalArgumentException.class, () -> socket.setSoTimeout(-1));
                });
    }

    private static DatagramPacket packet(String text, java.net.SocketAddress to) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new DatagramPacket(bytes, bytes.length, to);
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), packet.getOffset(), packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static void datagram(Table table) {
        table.of("DatagramChannel.socket()")
                .says("one object, whose channel this is", c -> {
                    DatagramChannel channel = c.udp();
                    assertSame(channel.socket(), channel.socket());
                    assertSame(channel, channel.socket().getChannel());
                })
                .says("a multicast socket, too", c -> assertTrue(c.udp().socket() instanceof MulticastSocket))
                .says("has the channel's state", c -> {
                    DatagramChannel channel = c.udp();
                    DatagramSocket socket = channel.socket();
                    assertFalse(socket.isBound());
                    assertFalse(socket.isConnected());
                    assertNull(socket.getLocalSocketAddress());
                    assertEquals(-1, socket.getPort());
                    assertEquals(0, socket.getLocalPort());
                    assertNull(socket.getInetAddress());
                    socket.bind(ANY_PORT);
                    assertTrue(socket.isBound());
                    assertEquals(channel.getLocalAddress(), socket.getLocalSocketAddress());
                    channel.connect(c.boundUdp().getLocalAddress());
                    assertTrue(socket.isConnected());
                    assertEquals(channel.getRemoteAddress(), socket.getRemoteSocketAddress());
                    socket.disconnect();
                    assertFalse(channel.isConnected());
                    channel.close();
                    assertTrue(socket.isClosed());
                    assertEquals(-1, socket.getLocalPort());
                })
                .says("sends and receives packets with sender, offset and length", c -> {
                    DatagramSocket to = c.boundUdp().socket();
                    DatagramSocket from = c.boundUdp().socket();
                    from.send(packet("abc", to.getLocalSocketAddress()));
                    DatagramPacket in = new DatagramPacket(new byte[10], 2, 8);
                    to.receive(in);
                    assertEquals("abc", text(in));
                    assertEquals(3, in.getLength());
                    assertEquals(2, in.getOffset());
                    assertEquals(from.getLocalSocketAddress(), in.getSocketAddress());
                })
                .says("longer than the packet's room: cut", c -> {
                    DatagramSocket to = c.boundUdp().socket();
                    c.boundUdp().socket().send(packet("abcdef", to.getLocalSocketAddress()));
                    DatagramPacket in = new DatagramPacket(new byte[4], 4);
                    to.receive(in);
                    assertEquals("abcd", text(in));
                })
                .says("an empty packet", c -> {
                    DatagramSocket to = c.boundUdp().socket();
                    c.boundUdp().socket().send(packet("", to.getLocalSocketAddress()));
                    DatagramPacket in = new DatagramPacket(new byte[4], 4);
                    to.receive(in);
                    assertEquals(0, in.getLength());
                })
                .says(
                        "connected, a packet to another: IllegalArgumentException; without an address: to the peer",
                        c -> {
                            DatagramSocket peer = c.boundUdp().socket();
                            DatagramSocket socket = c.boundUdp().socket();
                            socket.connect(peer.getLocalSocketAddress());
                            assertThrows(
                                    IllegalArgumentException.class,
                                    () -> socket.send(packet("x", c.boundUdp().getLocalAddress())));
                            socket.send(new DatagramPacket(new byte[] {'y'}, 1));
                            DatagramPacket in = new DatagramPacket(new byte[4], 4);
                            peer.receive(in);
                            assertEquals("y", text(in));
                        })
                .says("connect to null: IllegalArgumentException; unresolved: SocketException", c -> {
                    DatagramSocket socket = c.udp().socket();
                    assertThrows(IllegalArgumentException.class, () -> socket.connect((java.net.SocketAddress) null));
                    assertThrows(
                            SocketException.class,
                            () -> socket.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1)));
                })
                .says("bound already: SocketException; another kind of address: IllegalArgumentException", c -> {
                    DatagramSocket socket = c.boundUdp().socket();
                    assertThrows(SocketException.class, () -> socket.bind(ANY_PORT));
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> c.udp().socket().bind(new ConnectRows.Odd()));
                })
                .says("where the channel does not block: IllegalBlockingModeException", c -> {
                    DatagramChannel channel = c.boundUdp();
                    channel.configureBlocking(false);
                    assertThrows(
                            IllegalBlockingModeException.class,
                            () -> channel.socket().receive(new DatagramPacket(new byte[1], 1)));
                    assertThrows(
                            IllegalBlockingModeException.class,
                            () -> channel.socket().send(packet("x", channel.getLocalAddress())));
                })
                .says("options", c -> {
                    DatagramSocket socket = c.udp().socket();
                    for (boolean on : new boolean[] {false, true}) {
                        socket.setBroadcast(on);
                        assertEquals(on, socket.getBroadcast());
                        socket.setReuseAddress(on);
                        assertEquals(on, socket.getReuseAddress());
                    }
                    socket.setReceiveBufferSize(20_000);
                    assertTrue(socket.getReceiveBufferSize() >= 20_000);
                    socket.setSendBufferSize(20_000);
                    assertTrue(socket.getSendBufferSize() >= 20_000);
                    assertThrows(IllegalArgumentException.class, () -> socket.setSendBufferSize(0));
                    assertThrows(IllegalArgumentException.class, () -> socket.setTrafficClass(-1));
                    assertFalse(socket.supportedOptions().isEmpty());
                })
                .says("closed: SocketException", c -> {
                    DatagramSocket socket = c.boundUdp().socket();
                    socket.close();
                    assertTrue(socket.isClosed());
                    assertThrows(SocketException.class, () -> socket.receive(new DatagramPacket(new byte[1], 1)));
                    assertThrows(SocketException.class, () -> socket.send(packet("x", ANY_PORT)));
                    assertThrows(SocketException.class, socket::getSoTimeout);
                    assertThrows(SocketException.class, socket::getBroadcast);
                    assertThrows(SocketException.class, () -> socket.bind(null));
                })
                .says("of a multicast socket: TTL, joined and left", c -> {
                    MulticastSocket socket = (MulticastSocket) c.udp().socket();
                    socket.setTimeToLive(7);
                    assertEquals(7, socket.getTimeToLive());
                    assertThrows(IllegalArgumentException.class, () -> socket.setTimeToLive(256));
                    socket.bind(new InetSocketAddress(0));
                    var group = new InetSocketAddress("239.255.70.11", 0);
                    var loopback = java.net.NetworkInterface.getByInetAddress(LOOPBACK);
                    socket.joinGroup(group, loopback);
                    assertThrows(SocketException.class, () -> socket.joinGroup(group, loopback));
                    socket.leaveGroup(group, loopback);
                    assertThrows(SocketException.class, () -> socket.leaveGroup(group, loopback));
                    assertNotEquals(0, socket.getLocalPort());
                });
    }

    private static void datagramWaits(Table table) {
        table.of("DatagramChannel.socket()")
                .waits("a timeout: SocketTimeoutException, the packet as it was, and the next one goes on", c -> {
                    DatagramSocket socket = c.boundUdp().socket();
                    socket.setSoTimeout(40);
                    DatagramPacket in = new DatagramPacket(new byte[4], 4);
                    long ms = ms(() -> assertThrows(SocketTimeoutException.class, () -> socket.receive(in)));
                    assertTrue(ms >= 39, ms + " ms");
                    assertEquals(4, in.getLength());
                    c.boundUdp().socket().send(packet("x", socket.getLocalSocketAddress()));
                    socket.receive(in);
                    assertEquals("x", text(in));
                })
                .waits("receive, closed meanwhile: SocketException", c -> {
                    for (int timeout : new int[] {0, 60_000}) {
                        DatagramSocket socket = c.boundUdp().socket();
                        socket.setSoTimeout(timeout);
                        Work receive = c.waiting(() -> socket.receive(new DatagramPacket(new byte[1], 1)));
                        socket.close();
                        receive.ends(SocketException.class);
                    }
                })
                .waits("sending does not wait for a receive that waits", c -> {
                    DatagramSocket socket = c.boundUdp().socket();
                    DatagramSocket peer = c.boundUdp().socket();
                    Work receive = c.waiting(() -> socket.receive(new DatagramPacket(new byte[1], 1)));
                    socket.send(packet("x", peer.getLocalSocketAddress()));
                    DatagramPacket in = new DatagramPacket(new byte[1], 1);
                    peer.receive(in);
                    peer.send(in);
                    receive.done();
                });
    }
}
