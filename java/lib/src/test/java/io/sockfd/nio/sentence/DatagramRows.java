package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.ANY_PORT;
import static io.sockfd.nio.sentence.Case.LOOPBACK;
import static io.sockfd.nio.sentence.Case.bytes;
import static io.sockfd.nio.sentence.Case.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;

/** DatagramChannel without multicast. */
final class DatagramRows {
    private DatagramRows() {}

    /** Two channels, each connected to the other. */
    private record Both(DatagramChannel one, DatagramChannel two) {}

    private static Both both(Case c) throws Exception {
        DatagramChannel one = c.boundUdp();
        DatagramChannel two = c.boundUdp();
        one.connect(two.getLocalAddress());
        two.connect(one.getLocalAddress());
        return new Both(one, two);
    }

    static void add(Table table) {
        bound(table);
        connected(table);
        sent(table);
        received(table);
        readAndWritten(table);
        blocked(table);
    }

    private static void bound(Table table) {
        table.of("DatagramChannel.open()").says("neither bound nor connected", c -> {
            DatagramChannel channel = c.udp();
            assertNull(channel.getLocalAddress());
            assertNull(channel.getRemoteAddress());
            assertFalse(channel.isConnected());
        });
        table.of("DatagramChannel.bind()")
                .says("returns this channel; null: an address that is chosen", c -> {
                    DatagramChannel channel = c.udp();
                    assertSame(channel, channel.bind(null));
                    InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
                    assertNotEquals(0, local.getPort());
                    assertTrue(local.getAddress().isAnyLocalAddress());
                })
                .says("bound already: AlreadyBoundException", c -> {
                    DatagramChannel channel = c.boundUdp();
                    assertThrows(AlreadyBoundException.class, () -> channel.bind(null));
                })
                .says(
                        "an address of an unknown type: UnsupportedAddressTypeException",
                        c -> assertThrows(
                                UnsupportedAddressTypeException.class,
                                () -> c.udp().bind(new ConnectRows.Odd())))
                .says(
                        "an unresolved address: an exception of an address",
                        c -> assertThrows(
                                UnresolvedAddressException.class,
                                () -> c.udp().bind(InetSocketAddress.createUnresolved("nowhere.invalid", 0))))
                .says("an IPv6 address on an IPv4 channel: UnsupportedAddressTypeException", c -> {
                    DatagramChannel channel = c.keep(c.provider().openDatagramChannel(StandardProtocolFamily.INET));
                    InetAddress six = Case.address("::1");
                    assertThrows(
                            UnsupportedAddressTypeException.class, () -> channel.bind(new InetSocketAddress(six, 0)));
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    DatagramChannel channel = c.udp();
                    channel.close();
                    assertThrows(ClosedChannelException.class, () -> channel.bind(null));
                    assertThrows(ClosedChannelException.class, channel::getLocalAddress);
                    assertThrows(ClosedChannelException.class, channel::getRemoteAddress);
                })
                .says("an address in use: BindException", c -> {
                    SocketAddress taken = c.boundUdp().getLocalAddress();
                    assertThrows(BindException.class, () -> c.udp().bind(taken));
                });
    }

    private static void connected(Table table) {
        table.of("DatagramChannel.connect()")
                .says("returns this channel, connected and bound", c -> {
                    DatagramChannel peer = c.boundUdp();
                    DatagramChannel channel = c.udp();
                    assertSame(channel, channel.connect(peer.getLocalAddress()));
                    assertTrue(channel.isConnected());
                    assertEquals(peer.getLocalAddress(), channel.getRemoteAddress());
                    assertEquals(LOOPBACK, ((InetSocketAddress) channel.getLocalAddress()).getAddress());
                })
                .says("connected already: AlreadyConnectedException", c -> {
                    Both both = both(c);
                    assertThrows(
                            AlreadyConnectedException.class,
                            () -> both.one().connect(both.two().getLocalAddress()));
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    DatagramChannel channel = c.udp();
                    channel.close();
                    assertThrows(ClosedChannelException.class, () -> channel.connect(ANY_PORT));
                })
                .says(
                        "an unresolved address: UnresolvedAddressException",
                        c -> assertThrows(
                                UnresolvedAddressException.class,
                                () -> c.udp().connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1))))
                .says(
                        "an address of an unknown type: UnsupportedAddressTypeException",
                        c -> assertThrows(
                                UnsupportedAddressTypeException.class,
                                () -> c.udp().connect(new ConnectRows.Odd())))
                .says("what came before from others is not received after", c -> {
                    DatagramChannel stranger = c.boundUdp();
                    DatagramChannel peer = c.boundUdp();
                    DatagramChannel channel = c.boundUdp();
                    stranger.send(bytes("stranger"), channel.getLocalAddress());
                    channel.connect(peer.getLocalAddress());
                    channel.configureBlocking(false);
                    assertEquals(0, channel.read(ByteBuffer.allocate(10)));
                })
                .says("datagrams of others are not received while connected", c -> {
                    Both both = both(c);
                    c.boundUdp().send(bytes("stranger"), both.one().getLocalAddress());
                    both.two().write(bytes("friend"));
                    ByteBuffer buffer = ByteBuffer.allocate(20);
                    both.one().read(buffer);
                    assertEquals("friend", text(buffer));
                })
                .says("keeps a bound channel's port", c -> {
                    DatagramChannel channel = c.boundUdp();
                    SocketAddress local = channel.getLocalAddress();
                    channel.connect(c.boundUdp().getLocalAddress());
                    assertEquals(local, channel.getLocalAddress());
                });
        table.of("DatagramChannel.disconnect()")
                .says("returns this channel, not connected, and it may connect to another", c -> {
                    Both both = both(c);
                    assertSame(both.one(), both.one().disconnect());
                    assertFalse(both.one().isConnected());
                    assertNull(both.one().getRemoteAddress());
                    DatagramChannel other = c.boundUdp();
                    both.one().connect(other.getLocalAddress());
                    assertEquals(other.getLocalAddress(), both.one().getRemoteAddress());
                })
                .says("not connected, or closed: no effect", c -> {
                    DatagramChannel channel = c.udp();
                    assertSame(channel, channel.disconnect());
                    channel.close();
                    assertSame(channel, channel.disconnect());
                })
                .says("keeps the local port, and receives from anybody again", c -> {
                    Both both = both(c);
                    SocketAddress local = both.one().getLocalAddress();
                    both.one().disconnect();
                    assertEquals(
                            ((InetSocketAddress) local).getPort(),
                            ((InetSocketAddress) both.one().getLocalAddress()).getPort());
                    DatagramChannel stranger = c.boundUdp();
                    stranger.send(bytes("x"), local);
                    assertEquals(stranger.getLocalAddress(), both.one().receive(ByteBuffer.allocate(1)));
                })
                .says("of one that was bound to the wildcard: bound to the wildcard again", c -> {
                    DatagramChannel channel = c.udp().bind(new InetSocketAddress(0));
                    int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
                    channel.connect(c.boundUdp().getLocalAddress());
                    assertFalse(((InetSocketAddress) channel.getLocalAddress())
                            .getAddress()
                            .isAnyLocalAddress());
                    channel.disconnect();
                    InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
                    assertEquals(port, local.getPort());
                    assertTrue(local.getAddress().isAnyLocalAddress(), local.toString());
                });
        table.of("DatagramChannel.isConnected()").says("false once closed or never", c -> {
            Both both = both(c);
            assertTrue(both.one().isConnected());
            both.one().close();
            assertFalse(both.one().isOpen());
        });
    }

    private static void sent(Table table) {
        table.of("DatagramChannel.send()")
                .says("returns the number of bytes, and the position moves by it", c -> {
                    DatagramChannel to = c.boundUdp();
                    ByteBuffer buffer = bytes("..abc").position(2);
                    assertEquals(3, c.udp().send(buffer, to.getLocalAddress()));
                    assertFalse(buffer.hasRemaining());
                    ByteBuffer in = ByteBuffer.allocate(10);
                    to.receive(in);
                    assertEquals("abc", text(in));
                })
                .says("binds a channel that is not bound", c -> {
                    DatagramChannel channel = c.udp();
                    channel.send(bytes("x"), c.boundUdp().getLocalAddress());
                    assertNotEquals(0, ((InetSocketAddress) channel.getLocalAddress()).getPort());
                })
                .says("nothing in the buffer: an empty datagram", c -> {
                    DatagramChannel to = c.boundUdp();
                    DatagramChannel from = c.boundUdp();
                    assertEquals(0, from.send(ByteBuffer.allocate(0), to.getLocalAddress()));
                    ByteBuffer in = ByteBuffer.allocate(10);
                    assertEquals(from.getLocalAddress(), to.receive(in));
                    assertEquals(0, in.position());
                })
                .says("connected, to another address: AlreadyConnectedException", c -> {
                    Both both = both(c);
                    SocketAddress other = c.boundUdp().getLocalAddress();
                    assertThrows(
                            AlreadyConnectedException.class, () -> both.one().send(bytes("x"), other));
                })
                .says("connected, to the peer: as write", c -> {
                    Both both = both(c);
                    assertEquals(1, both.one().send(bytes("x"), both.two().getLocalAddress()));
                    assertEquals(1, both.two().read(ByteBuffer.allocate(5)));
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    DatagramChannel channel = c.udp();
                    channel.close();
                    assertThrows(ClosedChannelException.class, () -> channel.send(bytes("x"), ANY_PORT));
                })
                .says(
                        "an unresolved address: UnresolvedAddressException",
                        c -> assertThrows(
                                UnresolvedAddressException.class,
                                () -> c.udp()
                                        .send(bytes("x"), InetSocketAddress.createUnresolved("nowhere.invalid", 1))))
                .says(
                        "an address of an unknown type: UnsupportedAddressTypeException",
                        c -> assertThrows(
                                UnsupportedAddressTypeException.class,
                                () -> c.udp().send(bytes("x"), new ConnectRows.Odd())))
                .says("an IPv6 address on an IPv4 channel: UnsupportedAddressTypeException", c -> {
                    DatagramChannel channel = c.keep(c.provider().openDatagramChannel(StandardProtocolFamily.INET));
                    InetAddress six = Case.address("::1");
                    assertThrows(
                            UnsupportedAddressTypeException.class,
                            () -> channel.send(bytes("x"), new InetSocketAddress(six, 9)));
                })
                .says("null: NullPointerException", c -> {
                    DatagramChannel channel = c.udp();
                    assertThrows(NullPointerException.class, () -> channel.send(null, ANY_PORT));
                    assertThrows(NullPointerException.class, () -> channel.receive(null));
                })
                .says("longer than a datagram can be: IOException, nothing sent", c -> {
                    DatagramChannel channel = c.boundUdp();
                    ByteBuffer big = ByteBuffer.allocate(70_000);
                    assertThrows(
                            IOException.class,
                            () -> channel.send(big, c.boundUdp().getLocalAddress()));
                    assertTrue(channel.isOpen());
                })
                .says("heap, direct, sliced, offset and read-only buffers", c -> {
                    DatagramChannel to = c.boundUdp();
                    DatagramChannel from = c.boundUdp();
                    for (ByteBuffer buffer : Buffers.kinds(8)) {
                        buffer.duplicate().put(bytes("12345678"));
                        assertEquals(8, from.send(buffer.asReadOnlyBuffer(), to.getLocalAddress()));
                        ByteBuffer in = ByteBuffer.allocate(10);
                        to.receive(in);
                        assertEquals("12345678", text(in));
                    }
                });
    }

    private static void received(Table table) {
        table.of("DatagramChannel.receive()")
                .says("returns the sender's address", c -> {
                    DatagramChannel to = c.boundUdp();
                    DatagramChannel from = c.boundUdp();
                    from.send(bytes("abc"), to.getLocalAddress());
                    ByteBuffer in = ByteBuffer.allocate(10).position(1);
                    assertEquals(from.getLocalAddress(), to.receive(in));
                    assertEquals(4, in.position());
                })
                .says("an IPv4 sender is shown as IPv4 on a channel of both families", c -> {
                    DatagramChannel to = c.udp().bind(new InetSocketAddress(0));
                    DatagramChannel from = c.boundUdp();
                    int port = ((InetSocketAddress) to.getLocalAddress()).getPort();
                    from.send(bytes("x"), new InetSocketAddress(LOOPBACK, port));
                    assertEquals(from.getLocalAddress(), to.receive(ByteBuffer.allocate(1)));
                })
                .says("not blocking, nothing there: null, the buffer unchanged", c -> {
                    DatagramChannel channel = c.boundUdp();
                    channel.configureBlocking(false);
                    ByteBuffer in = ByteBuffer.allocate(1);
                    assertNull(channel.receive(in));
                    assertEquals(0, in.position());
                })
                .says("more than there is room for: the rest is thrown away", c -> {
                    DatagramChannel to = c.boundUdp();
                    DatagramChannel from = c.boundUdp();
                    from.send(bytes("abcdef"), to.getLocalAddress());
                    from.send(bytes("next"), to.getLocalAddress());
                    ByteBuffer in = ByteBuffer.allocate(2);
                    to.receive(in);
                    assertEquals("ab", text(in));
                    to.receive(in.clear());
                    assertEquals("ne", text(in));
                })
                .says("a buffer without room: the datagram is taken, and its sender returned", c -> {
                    DatagramChannel to = c.boundUdp();
                    DatagramChannel from = c.boundUdp();
                    from.send(bytes("abc"), to.getLocalAddress());
                    assertEquals(from.getLocalAddress(), to.receive(ByteBuffer.allocate(0)));
                    to.configureBlocking(false);
                    assertNull(to.receive(ByteBuffer.allocate(3)));
                })
                .says("a read-only buffer: IllegalArgumentException", c -> {
                    DatagramChannel channel = c.boundUdp();
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> channel.receive(ByteBuffer.allocate(1).asReadOnlyBuffer()));
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> both(c).one().read(ByteBuffer.allocate(1).asReadOnlyBuffer()));
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    DatagramChannel channel = c.boundUdp();
                    channel.close();
                    assertThrows(ClosedChannelException.class, () -> channel.receive(ByteBuffer.allocate(1)));
                })
                .says("not bound, not blocking: null", c -> {
                    DatagramChannel channel = c.udp();
                    channel.configureBlocking(false);
                    assertNull(channel.receive(ByteBuffer.allocate(1)));
                })
                .says("the same sender twice: equal addresses; another one: another", c -> {
                    DatagramChannel to = c.boundUdp();
                    DatagramChannel from = c.boundUdp();
                    DatagramChannel other = c.boundUdp();
                    from.send(bytes("1"), to.getLocalAddress());
                    from.send(bytes("2"), to.getLocalAddress());
                    other.send(bytes("3"), to.getLocalAddress());
                    ByteBuffer in = ByteBuffer.allocate(1);
                    assertEquals(to.receive(in.clear()), to.receive(in.clear()));
                    assertEquals(other.getLocalAddress(), to.receive(in.clear()));
                });
    }

    private static void readAndWritten(Table table) {
        table.of("DatagramChannel.read()")
                .says("not connected: NotYetConnectedException, for each of the four", c -> {
                    DatagramChannel channel = c.boundUdp();
                    ByteBuffer[] one = {ByteBuffer.allocate(1)};
                    assertThrows(NotYetConnectedException.class, () -> channel.read(one[0]));
                    assertThrows(NotYetConnectedException.class, () -> channel.read(one));
                    assertThrows(NotYetConnectedException.class, () -> channel.write(one[0]));
                    assertThrows(NotYetConnectedException.class, () -> channel.write(one));
                })
                .says("a closed channel: ClosedChannelException, for each of the four", c -> {
                    DatagramChannel channel = both(c).one();
                    channel.close();
                    ByteBuffer[] one = {ByteBuffer.allocate(1)};
                    assertThrows(ClosedChannelException.class, () -> channel.read(one[0]));
                    assertThrows(ClosedChannelException.class, () -> channel.read(one));
                    assertThrows(ClosedChannelException.class, () -> channel.write(one[0]));
                    assertThrows(ClosedChannelException.class, () -> channel.write(one));
                })
                .says("scatters one datagram, and what is too long for all buffers is thrown away", c -> {
                    Both both = both(c);
                    both.two().write(bytes("abcdefgh"));
                    ByteBuffer[] in = {ByteBuffer.allocate(3), ByteBuffer.allocate(2)};
                    assertEquals(5, both.one().read(in));
                    assertEquals("abc", text(in[0]));
                    assertEquals("de", text(in[1]));
                    both.one().configureBlocking(false);
                    assertEquals(0, both.one().read(ByteBuffer.allocate(8)));
                })
                .says("nobody at the peer's port: PortUnreachableException", c -> {
                    DatagramChannel peer = c.boundUdp();
                    DatagramChannel channel = c.boundUdp();
                    channel.connect(peer.getLocalAddress());
                    peer.close();
                    channel.write(bytes("x"));
                    assertThrows(PortUnreachableException.class, () -> channel.read(ByteBuffer.allocate(1)));
                    assertTrue(channel.isOpen());
                })
                .says("an empty datagram is taken, and the next one read whole", c -> {
                    DatagramChannel from = c.boundUdp();
                    DatagramChannel to = c.boundUdp();
                    to.connect(from.getLocalAddress());
                    from.send(ByteBuffer.allocate(0), to.getLocalAddress());
                    from.send(bytes("next"), to.getLocalAddress());
                    ByteBuffer in = ByteBuffer.allocate(9);
                    assertTrue(to.read(in) <= 0); // the JDK's says -1
                    assertEquals(0, in.position());
                    assertEquals(4, to.read(in));
                });
        table.of("DatagramChannel.write()")
                .says("gathers several buffers into one datagram", c -> {
                    Both both = both(c);
                    ByteBuffer[] out = {bytes("no"), bytes("ab"), bytes("cd"), bytes("no")};
                    assertEquals(4, both.one().write(out, 1, 2));
                    ByteBuffer in = ByteBuffer.allocate(10);
                    assertEquals(4, both.two().read(in));
                    assertEquals("abcd", text(in));
                })
                .says("nobody at the peer's port: PortUnreachableException, once, then it goes on", c -> {
                    DatagramChannel peer = c.boundUdp();
                    DatagramChannel channel = c.boundUdp();
                    channel.connect(peer.getLocalAddress());
                    peer.close();
                    channel.write(bytes("x"));
                    assertThrows(PortUnreachableException.class, () -> {
                        for (int i = 0; i < 100; i++) {
                            Thread.sleep(1);
                            channel.write(bytes("x"));
                        }
                    });
                });
    }

    private static void blocked(Table table) {
        table.of("DatagramChannel.receive()")
                .waits("blocking: waits for a datagram", c -> {
                    DatagramChannel to = c.boundUdp();
                    Work receive = c.waiting(() -> to.receive(ByteBuffer.allocate(1)));
                    assertTrue(receive.isAlive());
                    c.udp().send(bytes("x"), to.getLocalAddress());
                    receive.done();
                })
                .waits("closed by another thread meanwhile: AsynchronousCloseException", c -> {
                    DatagramChannel channel = c.boundUdp();
                    Work receive = c.waiting(() -> channel.receive(ByteBuffer.allocate(1)));
                    channel.close();
                    receive.ends(AsynchronousCloseException.class);
                })
                .waits("not bound, closed meanwhile: AsynchronousCloseException", c -> {
                    DatagramChannel channel = c.udp();
                    Work receive = c.waiting(() -> channel.receive(ByteBuffer.allocate(1)));
                    channel.close();
                    receive.ends(AsynchronousCloseException.class);
                })
                .waits("interrupted meanwhile: ClosedByInterruptException, closed, interrupt status set", c -> {
                    DatagramChannel channel = c.boundUdp();
                    Work receive = c.waiting(() -> channel.receive(ByteBuffer.allocate(1)));
                    receive.interrupt();
                    receive.ends(ClosedByInterruptException.class).andIsInterrupted(true);
                    assertFalse(channel.isOpen());
                })
                .waits("interrupted before: the same", c -> {
                    DatagramChannel channel = c.boundUdp();
                    c.start(() -> {
                                Thread.currentThread().interrupt();
                                channel.receive(ByteBuffer.allocate(1));
                            })
                            .ends(ClosedByInterruptException.class)
                            .andIsInterrupted(true);
                    assertFalse(channel.isOpen());
                })
                .waits("sending does not wait for it", c -> {
                    DatagramChannel channel = c.boundUdp();
                    DatagramChannel peer = c.boundUdp();
                    Work receive = c.waiting(() -> channel.receive(ByteBuffer.allocate(1)));
                    channel.send(bytes("x"), peer.getLocalAddress());
                    peer.send(bytes("y"), peer.receive(ByteBuffer.allocate(1)));
                    receive.done();
                });
        table.of("DatagramChannel.read()")
                .waits("closed by another thread meanwhile: AsynchronousCloseException", c -> {
                    DatagramChannel channel = both(c).one();
                    Work read = c.waiting(() -> channel.read(ByteBuffer.allocate(1)));
                    channel.close();
                    read.ends(AsynchronousCloseException.class);
                })
                .waits("interrupted meanwhile: ClosedByInterruptException", c -> {
                    DatagramChannel channel = both(c).one();
                    Work read = c.waiting(() -> channel.read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
                    read.interrupt();
                    read.ends(ClosedByInterruptException.class).andIsInterrupted(true);
                });
        table.of("DatagramChannel.send()").waits("interrupted before: ClosedByInterruptException", c -> {
            DatagramChannel channel = c.boundUdp();
            SocketAddress to = c.boundUdp().getLocalAddress();
            c.start(() -> {
                        Thread.currentThread().interrupt();
                        channel.send(bytes("x"), to);
                    })
                    .ends(ClosedByInterruptException.class)
                    .andIsInterrupted(true);
            assertFalse(channel.isOpen());
        });
    }
}
