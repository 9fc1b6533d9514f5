package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.ANY_PORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Channels of UNIX domain sockets, as the package and both classes speak of them. */
final class UnixRows {
    private static final StandardProtocolFamily UNIX = StandardProtocolFamily.UNIX;
    private static final UnixDomainSocketAddress UNNAMED = UnixDomainSocketAddress.of("");

    private UnixRows() {}

    static void add(Table table) {
        table.of("ServerSocketChannel(UNIX).bind()")
                .says("makes the file, which stays when the channel is closed", c -> {
                    Path path = c.path();
                    ServerSocketChannel server = c.server(UNIX).bind(UnixDomainSocketAddress.of(path));
                    assertEquals(UnixDomainSocketAddress.of(path), server.getLocalAddress());
                    assertTrue(Files.exists(path));
                    server.close();
                    assertTrue(Files.exists(path));
                })
                .says("null: a file with a name that is chosen", c -> {
                    ServerSocketChannel server = c.server(UNIX).bind(null);
                    UnixDomainSocketAddress local = (UnixDomainSocketAddress) server.getLocalAddress();
                    assertTrue(Files.exists(local.getPath()));
                    assertTrue(c.channel(UNIX).connect(local));
                    Files.delete(local.getPath());
                })
                .says("null, twice: two names", c -> {
                    ServerSocketChannel one = c.server(UNIX).bind(null);
                    ServerSocketChannel two = c.server(UNIX).bind(null);
                    UnixDomainSocketAddress first = (UnixDomainSocketAddress) one.getLocalAddress();
                    UnixDomainSocketAddress second = (UnixDomainSocketAddress) two.getLocalAddress();
                    Files.delete(first.getPath());
                    Files.delete(second.getPath());
                    assertFalse(first.equals(second));
                })
                .says("a file that exists: BindException", c -> {
                    Path path = c.path();
                    Files.createFile(path);
                    assertThrows(BindException.class, () -> c.server(UNIX).bind(UnixDomainSocketAddress.of(path)));
                })
                .says("a path that is too long: SocketException", c -> {
                    Path path = c.path().resolveSibling("x".repeat(120));
                    assertThrows(SocketException.class, () -> c.server(UNIX).bind(UnixDomainSocketAddress.of(path)));
                })
                .says("an Internet address: UnsupportedAddressTypeException, and the other way", c -> {
                    assertThrows(
                            UnsupportedAddressTypeException.class,
                            () -> c.server(UNIX).bind(ANY_PORT));
                    assertThrows(
                            UnsupportedAddressTypeException.class,
                            () -> c.server().bind(UnixDomainSocketAddress.of(c.path())));
                })
                .says("bound already: AlreadyBoundException; not bound: NotYetBoundException at accept", c -> {
                    ServerSocketChannel server = c.server(UNIX);
                    assertThrows(NotYetBoundException.class, server::accept);
                    server.bind(UnixDomainSocketAddress.of(c.path()));
                    assertThrows(AlreadyBoundException.class, () -> server.bind(UnixDomainSocketAddress.of(c.path())));
                })
                .says(
                        "not bound: no local address",
                        c -> assertNull(c.server(UNIX).getLocalAddress()));
        table.of("ServerSocketChannel(UNIX).accept()")
                .waits("closed by another thread meanwhile: AsynchronousCloseException", c -> {
                    ServerSocketChannel server = c.server(UNIX).bind(UnixDomainSocketAddress.of(c.path()));
                    Work accept = c.waiting(server::accept);
                    server.close();
                    accept.ends(AsynchronousCloseException.class);
                })
                .waits("interrupted meanwhile: ClosedByInterruptException", c -> {
                    ServerSocketChannel server = c.server(UNIX).bind(UnixDomainSocketAddress.of(c.path()));
                    Work accept = c.waiting(server::accept);
                    accept.interrupt();
                    accept.ends(ClosedByInterruptException.class).andIsInterrupted(true);
                    assertFalse(server.isOpen());
                })
                .says("the channel's ends: the path, and the unnamed address of the client", c -> {
                    UnixDomainSocketAddress path = UnixDomainSocketAddress.of(c.path());
                    ServerSocketChannel server = c.server(UNIX).bind(path);
                    SocketChannel client = c.channel(UNIX);
                    client.connect(path);
                    SocketChannel accepted = c.keep(server.accept());
                    assertEquals(path, accepted.getLocalAddress());
                    assertEquals(UNNAMED, accepted.getRemoteAddress());
                    assertEquals(path, client.getRemoteAddress());
                    assertEquals(UNNAMED, client.getLocalAddress());
                });
        table.of("ServerSocketChannel(UNIX).socket()").says("UnsupportedOperationException, of both kinds", c -> {
            assertThrows(
                    UnsupportedOperationException.class, () -> c.server(UNIX).socket());
            assertThrows(
                    UnsupportedOperationException.class, () -> c.channel(UNIX).socket());
        });
        table.of("SocketChannel(UNIX).connect()")
                .says("no such file: an I/O error, and the channel is closed", c -> {
                    SocketChannel channel = c.channel(UNIX);
                    assertThrows(IOException.class, () -> channel.connect(UnixDomainSocketAddress.of(c.path())));
                    assertFalse(channel.isOpen());
                })
                .says("nobody listens there any more: ConnectException", c -> {
                    UnixDomainSocketAddress path = UnixDomainSocketAddress.of(c.path());
                    c.server(UNIX).bind(path).close();
                    assertThrows(ConnectException.class, () -> c.channel(UNIX).connect(path));
                })
                .says("an Internet address: UnsupportedAddressTypeException, and the other way", c -> {
                    assertThrows(
                            UnsupportedAddressTypeException.class,
                            () -> c.channel(UNIX).connect(ANY_PORT));
                    assertThrows(
                            UnsupportedAddressTypeException.class,
                            () -> c.channel().connect(UnixDomainSocketAddress.of(c.path())));
                })
                .says("not blocking: connected at once or later", c -> {
                    UnixDomainSocketAddress path = UnixDomainSocketAddress.of(c.path());
                    ServerSocketChannel server = c.server(UNIX).bind(path);
                    SocketChannel channel = c.channel(UNIX);
                    channel.configureBlocking(false);
                    assertTrue(channel.connect(path) || channel.finishConnect());
                    assertNotNull(c.keep(server.accept()));
                })
                .says("may be bound to a path first, which the peer sees", c -> {
                    UnixDomainSocketAddress path = UnixDomainSocketAddress.of(c.path());
                    UnixDomainSocketAddress own = UnixDomainSocketAddress.of(c.path());
                    ServerSocketChannel server = c.server(UNIX).bind(path);
                    SocketChannel channel = c.channel(UNIX).bind(own);
                    channel.connect(path);
                    assertEquals(own, c.keep(server.accept()).getRemoteAddress());
                });
        table.of("SocketChannel(UNIX).bind()").says("null, or unnamed: no effect that anybody sees", c -> {
            SocketChannel channel = c.channel(UNIX);
            channel.bind(null);
            assertEquals(UNNAMED, channel.getLocalAddress());
        });
        table.of("SocketChannel(UNIX).open()").says("neither bound nor connected", c -> {
            SocketChannel channel = c.channel(UNIX);
            assertNull(channel.getLocalAddress());
            assertNull(channel.getRemoteAddress());
            assertFalse(channel.isConnected());
        });
    }
}
