package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.ANY_PORT;
import static io.sockfd.nio.sentence.Case.LOOPBACK;
import static io.sockfd.nio.sentence.Case.assertReads;
import static io.sockfd.nio.sentence.Case.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;

/** SocketChannel until it is connected. */
final class ConnectRows {
    private ConnectRows() {}

    /** An address of a type that nobody knows. */
    static final class Odd extends SocketAddress {
        private static final long serialVersionUID = 1;
    }

    /** The class of no channel but this table's wish: a loopback address to which a connect stays pending. */
    private static SocketChannel pending(Case c) throws Exception {
        SocketChannel channel = c.channel();
        channel.configureBlocking(false);
        assertFalse(channel.connect(c.silent()));
        return channel;
    }

    static void add(Table table) {
        opened(table);
        bound(table);
        connected(table);
        finished(table);
        blocked(table);
    }

    private static void opened(Table table) {
        table.of("SocketChannel.open()").says("neither bound nor connected nor pending", c -> {
            SocketChannel channel = c.channel();
            assertFalse(channel.isConnected());
            assertFalse(channel.isConnectionPending());
            assertNull(channel.getLocalAddress());
            assertNull(channel.getRemoteAddress());
        });
        table.of("SocketChannel.getLocalAddress()")
                .says("bound: the address with the port that was chosen", c -> {
                    SocketChannel channel = c.channel().bind(ANY_PORT);
                    InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
                    assertEquals(LOOPBACK, local.getAddress());
                    assertNotEquals(0, local.getPort());
                })
                .says("connected and never bound: an address that the peer sees", c -> {
                    Case.Ends ends = c.tcp();
                    assertEquals(ends.server().getRemoteAddress(), ends.client().getLocalAddress());
                    assertEquals(ends.client().getRemoteAddress(), ends.server().getLocalAddress());
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    SocketChannel channel = c.channel().bind(ANY_PORT);
                    channel.close();
                    assertThrows(ClosedChannelException.class, channel::getLocalAddress);
                })
                .says("bound to the wildcard: that", c -> {
                    SocketChannel channel = c.channel().bind(new InetSocketAddress(0));
                    InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
                    assertTrue(local.getAddress().isAnyLocalAddress());
                });
        table.of("SocketChannel.getRemoteAddress()")
                .says("the address that was given to connect", c -> {
                    ServerSocketChannel listener = c.listener();
                    SocketChannel channel = c.channel();
                    channel.connect(listener.getLocalAddress());
                    assertEquals(listener.getLocalAddress(), channel.getRemoteAddress());
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    SocketChannel client = c.tcp().client();
                    client.close();
                    assertThrows(ClosedChannelException.class, client::getRemoteAddress);
                })
                .says("stays after the peer is gone", c -> {
                    Case.Ends ends = c.tcp();
                    SocketAddress peer = ends.client().getRemoteAddress();
                    ends.server().close();
                    assertEquals(-1, ends.client().read(ByteBuffer.allocate(1)));
                    assertEquals(peer, ends.client().getRemoteAddress());
                });
    }

    private static void bound(Table table) {
        table.of("SocketChannel.bind()")
                .says("null: an address that is chosen", c -> {
                    SocketChannel channel = c.channel();
                    assertEquals(channel, channel.bind(null));
                    assertNotEquals(0, ((InetSocketAddress) channel.getLocalAddress()).getPort());
                })
                .says("bound already: AlreadyBoundException", c -> {
                    SocketChannel channel = c.channel().bind(null);
                    assertThrows(AlreadyBoundException.class, () -> channel.bind(null));
                })
                .says(
                        "connected: AlreadyBoundException",
                        c -> assertThrows(
                                AlreadyBoundException.class,
                                () -> c.tcp().client().bind(null)))
                .says(
                        "an address of an unknown type: UnsupportedAddressTypeException",
                        c -> assertThrows(
                                UnsupportedAddressTypeException.class,
                                () -> c.channel().bind(new Odd())))
                .says(
                        "an unresolved address: UnresolvedAddressException",
                        c -> assertThrows(
                                UnresolvedAddressException.class,
                                () -> c.channel().bind(InetSocketAddress.createUnresolved("nowhere.invalid", 0))))
                .says("a closed channel: ClosedChannelException", c -> {
                    SocketChannel channel = c.channel();
                    channel.close();
                    assertThrows(ClosedChannelException.class, () -> channel.bind(null));
                })
                .says("a connection is pending: ConnectionPendingException", c -> {
                    SocketChannel channel = pending(c);
                    assertThrows(ConnectionPendingException.class, () -> channel.bind(null));
                })
                .says("an address in use: an I/O error, and the channel can be bound elsewhere", c -> {
                    SocketAddress taken = c.listener().getLocalAddress();
                    SocketChannel channel = c.channel();
                    assertThrows(BindException.class, () -> channel.bind(taken));
                    assertNull(channel.getLocalAddress());
                    channel.bind(null);
                })
                .says("of an IPv4 channel to an IPv6 address: UnsupportedAddressTypeException", c -> {
                    SocketChannel channel = c.channel(StandardProtocolFamily.INET);
                    InetAddress six = Case.address("::1");
                    assertThrows(
                            UnsupportedAddressTypeException.class, () -> channel.bind(new InetSocketAddress(six, 0)));
                })
                .says("a connect keeps the local address", c -> {
                    ServerSocketChannel listener = c.listener();
                    SocketChannel channel = c.channel().bind(ANY_PORT);
                    SocketAddress local = channel.getLocalAddress();
                    channel.connect(listener.getLocalAddress());
                    assertEquals(local, channel.getLocalAddress());
                });
    }

    private static void connected(Table table) {
        table.of("SocketChannel.connect()")
                .says("blocking: true, and connected", c -> {
                    SocketChannel channel = c.channel();
                    assertTrue(channel.connect(c.listener().getLocalAddress()));
                    assertTrue(channel.isConnected());
                    assertFalse(channel.isConnectionPending());
                })
                .says("not blocking and not done: false, and pending", c -> {
                    SocketChannel channel = pending(c);
                    assertTrue(channel.isConnectionPending());
                    assertFalse(channel.isConnected());
                })
                .says("connected already: AlreadyConnectedException", c -> {
                    Case.Ends ends = c.tcp();
                    assertThrows(
                            AlreadyConnectedException.class, () -> ends.client().connect(ANY_PORT));
                    assertThrows(
                            AlreadyConnectedException.class, () -> ends.server().connect(ANY_PORT));
                    assertTrue(ends.client().isOpen());
                })
                .says("pending: ConnectionPendingException", c -> {
                    SocketChannel channel = pending(c);
                    assertThrows(ConnectionPendingException.class, () -> channel.connect(ANY_PORT));
                    assertTrue(channel.isOpen());
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    SocketChannel channel = c.channel();
                    channel.close();
                    assertThrows(ClosedChannelException.class, () -> channel.connect(ANY_PORT));
                })
                .says("an unresolved address: UnresolvedAddressException, and the channel is closed", c -> {
                    SocketChannel channel = c.channel();
                    assertThrows(
                            UnresolvedAddressException.class,
                            () -> channel.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1)));
                })
                .says(
                        "an address of an unknown type: UnsupportedAddressTypeException",
                        c -> assertThrows(
                                UnsupportedAddressTypeException.class,
                                () -> c.channel().connect(new Odd())))
                .says("refused, blocking: ConnectException, and the channel is closed", c -> {
                    SocketChannel channel = c.channel();
                    assertThrows(ConnectException.class, () -> channel.connect(c.refusing()));
                    assertFalse(channel.isOpen());
                })
                .says("refused: the message that programs look for", c -> {
                    SocketChannel channel = c.channel();
                    Exception e = assertThrows(ConnectException.class, () -> channel.connect(c.refusing()));
                    assertTrue(String.valueOf(e.getMessage()).contains("Connection refused"), e.getMessage());
                })
                .says("the wildcard: the local host", c -> {
                    ServerSocketChannel listener = c.server().bind(new InetSocketAddress(0));
                    int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
                    SocketChannel channel = c.channel();
                    assertTrue(channel.connect(new InetSocketAddress(port)));
                    InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
                    assertFalse(peer.getAddress().isAnyLocalAddress(), peer.toString());
                    assertEquals(port, peer.getPort());
                })
                .says("of an IPv4 channel to an IPv6 address: UnsupportedAddressTypeException", c -> {
                    SocketChannel channel = c.channel(StandardProtocolFamily.INET);
                    InetAddress six = Case.address("::1");
                    assertThrows(
                            UnsupportedAddressTypeException.class,
                            () -> channel.connect(new InetSocketAddress(six, 1)));
                })
                .says("of an IPv6 channel to an IPv4 address: connected, and shown as IPv4", c -> {
                    ServerSocketChannel listener = c.listener();
                    SocketChannel channel = c.channel(StandardProtocolFamily.INET6);
                    assertTrue(channel.connect(listener.getLocalAddress()));
                    assertEquals(LOOPBACK, ((InetSocketAddress) channel.getLocalAddress()).getAddress());
                    assertEquals(listener.getLocalAddress(), channel.getRemoteAddress());
                })
                .says("may be made before the listener accepts, and carries bytes then", c -> {
                    ServerSocketChannel listener = c.listener();
                    SocketChannel channel = c.channel();
                    channel.connect(listener.getLocalAddress());
                    channel.write(bytes("early"));
                    assertReads("early", c.keep(listener.accept()));
                });
        table.of("SocketChannel.isConnectionPending()").says("false for a closed channel", c -> {
            SocketChannel channel = pending(c);
            channel.close();
            assertFalse(channel.isConnected());
        });
        table.of("SocketChannel.isConnected()").says("stays true when the peer closes", c -> {
            Case.Ends ends = c.tcp();
            ends.server().close();
            assertEquals(-1, ends.client().read(ByteBuffer.allocate(1)));
            assertTrue(ends.client().isConnected());
        });
    }

    private static void finished(Table table) {
        table.of("SocketChannel.finishConnect()")
                .says("connected: true at once", c -> {
                    SocketChannel client = c.tcp().client();
                    assertTrue(client.finishConnect());
                    client.configureBlocking(false);
                    assertTrue(client.finishConnect());
                })
                .says(
                        "no connection pending: NoConnectionPendingException",
                        c -> assertThrows(
                                NoConnectionPendingException.class,
                                () -> c.channel().finishConnect()))
                .says(
                        "not blocking and not done: false",
                        c -> assertFalse(pending(c).finishConnect()))
                .says("not blocking, done: true, and connected", c -> {
                    SocketChannel channel = c.channel();
                    channel.configureBlocking(false);
                    ServerSocketChannel listener = c.listener();
                    if (!channel.connect(listener.getLocalAddress())) {
                        for (int i = 0; i < 1000 && !channel.finishConnect(); i++) {
                            Thread.sleep(1);
                        }
                    }
                    assertTrue(channel.isConnected());
                    assertFalse(channel.isConnectionPending());
                    assertNotNull(channel.getRemoteAddress());
                })
                .says("refused: ConnectException, and the channel is closed", c -> {
                    SocketChannel channel = c.channel();
                    channel.configureBlocking(false);
                    assertThrows(ConnectException.class, () -> {
                        if (!channel.connect(c.refusing())) {
                            for (int i = 0; i < 1000 && !channel.finishConnect(); i++) {
                                Thread.sleep(1);
                            }
                        }
                    });
                    assertFalse(channel.isOpen());
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    SocketChannel channel = pending(c);
                    channel.close();
                    assertThrows(ClosedChannelException.class, channel::finishConnect);
                })
                .waits("made blocking while pending: waits until it is done", c -> {
                    ServerSocketChannel full = c.server().bind(ANY_PORT, 1);
                    SocketAddress address = full.getLocalAddress();
                    for (int i = 0; i < 2; i++) {
                        c.channel().connect(address);
                    }
                    SocketChannel channel = c.channel();
                    channel.configureBlocking(false);
                    assertFalse(channel.connect(address));
                    channel.configureBlocking(true);
                    Work finish = c.waiting(() -> assertTrue(channel.finishConnect()));
                    assertTrue(finish.isAlive());
                    for (int i = 0; i < 3; i++) {
                        c.keep(full.accept());
                    }
                    finish.done();
                    assertTrue(channel.isConnected());
                });
    }

    private static void blocked(Table table) {
        table.of("SocketChannel.connect()")
                .waits("closed by another thread meanwhile: AsynchronousCloseException", c -> {
                    SocketChannel channel = c.channel();
                    SocketAddress silent = c.silent();
                    Work connect = c.waiting(() -> channel.connect(silent));
                    channel.close();
                    connect.ends(AsynchronousCloseException.class);
                })
                .waits("interrupted meanwhile: ClosedByInterruptException, closed, interrupt status set", c -> {
                    SocketChannel channel = c.channel();
                    SocketAddress silent = c.silent();
                    Work connect = c.waiting(() -> channel.connect(silent));
                    connect.interrupt();
                    connect.ends(ClosedByInterruptException.class).andIsInterrupted(true);
                    assertFalse(channel.isOpen());
                })
                .waits("interrupted before: the same", c -> {
                    SocketChannel channel = c.channel();
                    SocketAddress address = c.listener().getLocalAddress();
                    c.start(() -> {
                                Thread.currentThread().interrupt();
                                channel.connect(address);
                            })
                            .ends(ClosedByInterruptException.class)
                            .andIsInterrupted(true);
                    assertFalse(channel.isOpen());
                })
                .waits("a read begun meanwhile does not read before it is connected", c -> {
                    SocketChannel channel = c.channel();
                    SocketAddress silent = c.silent();
                    Work connect = c.waiting(() -> channel.connect(silent));
                    Work read = c.waiting(() -> channel.read(ByteBuffer.allocate(1)));
                    channel.close();
                    connect.ends(AsynchronousCloseException.class);
                    read.ends(Exception.class);
                });
        table.of("SocketChannel.finishConnect()")
                .waits("blocking, closed meanwhile: AsynchronousCloseException", c -> {
                    SocketChannel channel = pending(c);
                    channel.configureBlocking(true);
                    Work finish = c.waiting(channel::finishConnect);
                    channel.close();
                    finish.ends(AsynchronousCloseException.class);
                })
                .waits("blocking, interrupted meanwhile: ClosedByInterruptException", c -> {
                    SocketChannel channel = pending(c);
                    channel.configureBlocking(true);
                    Work finish = c.waiting(channel::finishConnect);
                    finish.interrupt();
                    finish.ends(ClosedByInterruptException.class).andIsInterrupted(true);
                    assertFalse(channel.isOpen());
                });
    }
}
