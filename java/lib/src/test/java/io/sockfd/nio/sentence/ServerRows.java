package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.ANY_PORT;
import static io.sockfd.nio.sentence.Case.LOOPBACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;

/** ServerSocketChannel. */
final class ServerRows {
    private ServerRows() {}

    static void add(Table table) {
        table.of("ServerSocketChannel.open()")
                .says("not bound", c -> assertNull(c.server().getLocalAddress()));
        table.of("ServerSocketChannel.bind()")
                .says("returns this channel, bound and listening", c -> {
                    ServerSocketChannel server = c.server();
                    assertSame(server, server.bind(ANY_PORT));
                    assertTrue(c.channel().connect(server.getLocalAddress()));
                })
                .says("null: an address that is chosen", c -> {
                    ServerSocketChannel server = c.server().bind(null);
                    InetSocketAddress local = (InetSocketAddress) server.getLocalAddress();
                    assertNotEquals(0, local.getPort());
                    assertTrue(local.getAddress().isAnyLocalAddress());
                })
                .says("a backlog of zero or less: a default of the implementation", c -> {
                    for (int backlog : new int[] {0, -1, Integer.MIN_VALUE}) {
                        ServerSocketChannel server = c.server().bind(ANY_PORT, backlog);
                        c.channel().connect(server.getLocalAddress());
                        assertNotNull(c.keep(server.accept()));
                    }
                })
                .says("bound already: AlreadyBoundException", c -> {
                    ServerSocketChannel server = c.listener();
                    assertThrows(AlreadyBoundException.class, () -> server.bind(null));
                    assertThrows(AlreadyBoundException.class, () -> server.bind(ANY_PORT, 5));
                })
                .says(
                        "an address of an unknown type: UnsupportedAddressTypeException",
                        c -> assertThrows(
                                UnsupportedAddressTypeException.class,
                                () -> c.server().bind(new ConnectRows.Odd())))
                .says(
                        "an unresolved address: UnresolvedAddressException",
                        c -> assertThrows(
                                UnresolvedAddressException.class,
                                () -> c.server().bind(InetSocketAddress.createUnresolved("nowhere.invalid", 0))))
                .says("an IPv6 address on an IPv4 channel: UnsupportedAddressTypeException", c -> {
                    ServerSocketChannel server = c.server(StandardProtocolFamily.INET);
                    InetAddress six = Case.address("::1");
                    assertThrows(
                            UnsupportedAddressTypeException.class, () -> server.bind(new InetSocketAddress(six, 0)));
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    ServerSocketChannel server = c.server();
                    server.close();
                    assertThrows(ClosedChannelException.class, () -> server.bind(null));
                })
                .says("an address in use: BindException, and another may be tried", c -> {
                    SocketAddress taken = c.listener().getLocalAddress();
                    ServerSocketChannel server = c.server();
                    assertThrows(BindException.class, () -> server.bind(taken));
                    assertNull(server.getLocalAddress());
                    server.bind(ANY_PORT);
                })
                .says("the port of a connection that was closed a moment ago can be bound", c -> {
                    ServerSocketChannel listener = c.listener();
                    SocketAddress address = listener.getLocalAddress();
                    SocketChannel client = c.channel();
                    client.connect(address);
                    SocketChannel accepted = c.keep(listener.accept());
                    accepted.close(); // this side waits in TIME_WAIT
                    client.close();
                    listener.close();
                    c.server().bind(address);
                });
        table.of("ServerSocketChannel.getLocalAddress()")
                .says("the address with the port that was chosen", c -> {
                    InetSocketAddress local = (InetSocketAddress) c.listener().getLocalAddress();
                    assertEquals(LOOPBACK, local.getAddress());
                    assertNotEquals(0, local.getPort());
                })
                .says("a closed channel: ClosedChannelException", c -> {
                    ServerSocketChannel server = c.listener();
                    server.close();
                    assertThrows(ClosedChannelException.class, server::getLocalAddress);
                });
        table.of("ServerSocketChannel.accept()")
                .says("returns a channel that blocks and is connected", c -> {
                    ServerSocketChannel server = c.listener();
                    SocketChannel client = c.channel();
                    client.connect(server.getLocalAddress());
                    SocketChannel accepted = c.keep(server.accept());
                    assertTrue(accepted.isBlocking());
                    assertTrue(accepted.isConnected());
                    assertSame(c.provider(), accepted.provider());
                    assertEquals(client.getLocalAddress(), accepted.getRemoteAddress());
                })
                .says("blocks too when the server channel does not", c -> {
                    ServerSocketChannel server = c.listener();
                    server.configureBlocking(false);
                    c.channel().connect(server.getLocalAddress());
                    SocketChannel accepted = null;
                    for (int i = 0; i < 1000 && accepted == null; i++) {
                        accepted = server.accept();
                        Thread.sleep(1);
                    }
                    assertNotNull(accepted);
                    assertTrue(c.keep(accepted).isBlocking());
                })
                .says("not blocking, nobody there: null", c -> {
                    ServerSocketChannel server = c.listener();
                    server.configureBlocking(false);
                    assertNull(server.accept());
                })
                .says(
                        "not bound: NotYetBoundException",
                        c -> assertThrows(
                                NotYetBoundException.class, () -> c.server().accept()))
                .says("a closed channel: ClosedChannelException", c -> {
                    ServerSocketChannel server = c.listener();
                    server.close();
                    assertThrows(ClosedChannelException.class, server::accept);
                })
                .waits("blocking: waits for a connection", c -> {
                    ServerSocketChannel server = c.listener();
                    Work accept = c.waiting(() -> c.keep(server.accept()));
                    assertTrue(accept.isAlive());
                    c.channel().connect(server.getLocalAddress());
                    accept.done();
                })
                .waits("closed by another thread meanwhile: AsynchronousCloseException", c -> {
                    ServerSocketChannel server = c.listener();
                    Work accept = c.waiting(server::accept);
                    server.close();
                    accept.ends(AsynchronousCloseException.class).andIsInterrupted(false);
                })
                .waits("interrupted meanwhile: ClosedByInterruptException, closed, interrupt status set", c -> {
                    ServerSocketChannel server = c.listener();
                    Work accept = c.waiting(server::accept);
                    accept.interrupt();
                    accept.ends(ClosedByInterruptException.class).andIsInterrupted(true);
                    assertFalse(server.isOpen());
                })
                .waits("interrupted before: the same, with a connection there or not", c -> {
                    for (boolean connected : new boolean[] {false, true}) {
                        ServerSocketChannel server = c.listener();
                        if (connected) {
                            c.channel().connect(server.getLocalAddress());
                        }
                        c.start(() -> {
                                    Thread.currentThread().interrupt();
                                    server.accept();
                                })
                                .ends(ClosedByInterruptException.class)
                                .andIsInterrupted(true);
                        assertFalse(server.isOpen());
                    }
                })
                .waits("two wait: each gets one", c -> {
                    ServerSocketChannel server = c.listener();
                    Work one = c.waiting(() -> c.keep(server.accept()));
                    Work two = c.waiting(() -> c.keep(server.accept()));
                    c.channel().connect(server.getLocalAddress());
                    c.channel().connect(server.getLocalAddress());
                    one.done();
                    two.done();
                })
                .says("a connection that was closed before is accepted and reads its end", c -> {
                    ServerSocketChannel server = c.listener();
                    SocketChannel client = c.channel();
                    client.connect(server.getLocalAddress());
                    client.close();
                    assertEquals(0, Buffers.drain(c.keep(server.accept())));
                });
        table.of("ServerSocketChannel.setOption()")
                .says("returns this channel", c -> {
                    ServerSocketChannel server = c.server();
                    assertSame(server, server.setOption(StandardSocketOptions.SO_RCVBUF, 8192));
                })
                .says("has SO_RCVBUF and SO_REUSEADDR", c -> {
                    ServerSocketChannel server = c.server();
                    assertTrue(server.supportedOptions().contains(StandardSocketOptions.SO_RCVBUF));
                    assertTrue(server.supportedOptions().contains(StandardSocketOptions.SO_REUSEADDR));
                })
                .says(
                        "SO_REUSEADDR is on, as on any server channel here",
                        c -> assertTrue(c.server().getOption(StandardSocketOptions.SO_REUSEADDR)))
                .says("SO_REUSEPORT lets two bind one port", c -> {
                    ServerSocketChannel one = c.server().setOption(StandardSocketOptions.SO_REUSEPORT, true);
                    ServerSocketChannel two = c.server().setOption(StandardSocketOptions.SO_REUSEPORT, true);
                    one.bind(ANY_PORT);
                    two.bind(one.getLocalAddress());
                    assertEquals(one.getLocalAddress(), two.getLocalAddress());
                });
        table.of("ServerSocketChannel.close()").says("who waits in its queue is told: reset or end", c -> {
            ServerSocketChannel server = c.listener();
            SocketChannel client = c.channel();
            client.connect(server.getLocalAddress());
            server.close();
            assertThrows(IOException.class, () -> {
                if (client.read(java.nio.ByteBuffer.allocate(1)) < 0) {
                    throw new IOException("end of stream");
                }
            });
        });
    }
}
