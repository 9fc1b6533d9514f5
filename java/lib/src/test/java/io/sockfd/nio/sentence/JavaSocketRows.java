package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.ANY_PORT;
import static io.sockfd.nio.sentence.Case.LOOPBACK;
import static io.sockfd.nio.sentence.Case.ms;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** java.net.Socket: that of a channel, and one by itself. */
final class JavaSocketRows {
    private JavaSocketRows() {}

    /** Makes sockets that are not connected. */
    interface Maker {
        Socket socket(Case c) throws IOException;
    }

    /**
     * A kind of socket. That of a channel is the JDK's word for more than its Javadoc says: other exceptions, states that
     * end with the channel.
     */
    record Kind(String name, boolean ofChannel, Maker maker) {
        /** SocketException is what the Javadoc says; the socket of a channel throws the channel's at times. */
        Class<? extends IOException> socketException() {
            return ofChannel ? IOException.class : SocketException.class;
        }

        /** That of a channel says AlreadyConnectedException before Java 18. */
        Class<? extends Exception> connectedException() {
            return ofChannel ? Exception.class : SocketException.class;
        }

        /** So the Javadoc of Socket since Java 21. */
        boolean closesWhenRefused() {
            return ofChannel || Runtime.version().feature() >= 21;
        }

        Class<? extends Exception> badAddress() {
            return ofChannel ? SocketException.class : IllegalArgumentException.class;
        }
    }

    /** Two ends, the first one made by a maker, the other one the JDK's. */
    private record Two(Socket socket, Socket peer) {
        InputStream in() throws IOException {
            return socket.getInputStream();
        }

        OutputStream out() throws IOException {
            return socket.getOutputStream();
        }
    }

    private static Two two(Case c, Kind kind) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
            Socket socket = c.keep(kind.maker().socket(c));
            socket.connect(server.getLocalSocketAddress());
            return new Two(socket, c.keep(server.accept()));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static void add(Table table, Kind kind) {
        connects(table, kind);
        states(table, kind);
        streams(table, kind);
        timeouts(table, kind);
        ends(table, kind);
        options(table, kind);
    }

    private static void connects(Table table, Kind kind) {
        table.of(kind.name() + ".connect()")
                .says("connected; both ends name each other", c -> {
                    Two two = two(c, kind);
                    assertTrue(two.socket().isConnected());
                    assertTrue(two.socket().isBound());
                    assertEquals(
                            two.peer().getLocalSocketAddress(), two.socket().getRemoteSocketAddress());
                    assertEquals(
                            two.peer().getRemoteSocketAddress(), two.socket().getLocalSocketAddress());
                    assertEquals(two.peer().getLocalPort(), two.socket().getPort());
                    assertEquals(LOOPBACK, two.socket().getInetAddress());
                    assertEquals(LOOPBACK, two.socket().getLocalAddress());
                })
                .says("null, or an address of another kind, or a negative timeout: IllegalArgumentException", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    assertThrows(IllegalArgumentException.class, () -> socket.connect(null));
                    assertThrows(kind.badAddress(), () -> socket.connect(new ConnectRows.Odd()));
                    assertThrows(IllegalArgumentException.class, () -> socket.connect(ANY_PORT, -1));
                })
                .says("an unresolved address: UnknownHostException", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    assertThrows(
                            UnknownHostException.class,
                            () -> socket.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1)));
                })
                .says("connected already: SocketException", c -> {
                    Two two = two(c, kind);
                    assertThrows(kind.connectedException(), () -> two.socket().connect(ANY_PORT));
                    assertFalse(two.socket().isClosed());
                })
                .says("closed: SocketException", c -> {
                    Socket socket = kind.maker().socket(c);
                    socket.close();
                    assertThrows(kind.socketException(), () -> socket.connect(ANY_PORT));
                })
                .says("refused: ConnectException, with a timeout or without, and the socket is closed", c -> {
                    for (int timeout : new int[] {0, 5000}) {
                        Socket socket = c.keep(kind.maker().socket(c));
                        assertThrows(ConnectException.class, () -> socket.connect(c.refusing(), timeout));
                        assertTrue(socket.isClosed() || !kind.closesWhenRefused());
                    }
                })
                .waits("the time is over: SocketTimeoutException, and the socket is closed", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    var silent = c.silent();
                    long ms = ms(() -> assertThrows(SocketTimeoutException.class, () -> socket.connect(silent, 60)));
                    assertTrue(ms >= 59, ms + " ms");
                    assertTrue(socket.isClosed() || !kind.closesWhenRefused());
                })
                .waits("closed by another thread meanwhile: SocketException", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    var silent = c.silent();
                    Work connect = c.waiting(() -> socket.connect(silent, 60_000));
                    socket.close();
                    connect.ends(IOException.class);
                })
                .says("the timeout of reads does not count", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    socket.setSoTimeout(1);
                    var silent = c.silent();
                    long ms = ms(() -> assertThrows(SocketTimeoutException.class, () -> socket.connect(silent, 50)));
                    assertTrue(ms >= 49, ms + " ms");
                });
        table.of(kind.name() + ".bind()")
                .says("bound to the port that was chosen; null: any", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    assertEquals(-1, socket.getLocalPort());
                    assertFalse(socket.isBound());
                    socket.bind(ANY_PORT);
                    assertTrue(socket.isBound());
                    assertNotEquals(0, socket.getLocalPort());
                    Socket other = c.keep(kind.maker().socket(c));
                    other.bind(null);
                    assertTrue(other.isBound());
                })
                .says("an address of another kind: IllegalArgumentException", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    assertThrows(kind.badAddress(), () -> socket.bind(new ConnectRows.Odd()));
                })
                .says("unresolved, in use, or bound already: SocketException", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    assertThrows(
                            SocketException.class,
                            () -> socket.bind(InetSocketAddress.createUnresolved("nowhere.invalid", 0)));
                    var taken = c.listener().getLocalAddress();
                    assertThrows(SocketException.class, () -> socket.bind(taken));
                    Socket bound = c.keep(kind.maker().socket(c));
                    bound.bind(ANY_PORT);
                    assertThrows(SocketException.class, () -> bound.bind(ANY_PORT));
                });
    }

    private static void states(Table table, Kind kind) {
        table.of(kind.name())
                .says("new: not bound, not connected, not closed, no addresses", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    assertFalse(socket.isBound());
                    assertFalse(socket.isConnected());
                    assertFalse(socket.isClosed());
                    assertFalse(socket.isInputShutdown());
                    assertFalse(socket.isOutputShutdown());
                    assertNull(socket.getInetAddress());
                    assertNull(socket.getRemoteSocketAddress());
                    assertNull(socket.getLocalSocketAddress());
                    assertEquals(0, socket.getPort());
                    assertEquals(-1, socket.getLocalPort());
                    assertTrue(socket.getLocalAddress().isAnyLocalAddress());
                })
                .says("not connected: no streams, no shutdown: SocketException", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    assertThrows(SocketException.class, socket::getInputStream);
                    assertThrows(SocketException.class, socket::getOutputStream);
                    assertThrows(SocketException.class, socket::shutdownInput);
                    assertThrows(SocketException.class, socket::shutdownOutput);
                })
                .says("closed: the states stay, everything else: SocketException", c -> {
                    Two two = two(c, kind);
                    Socket socket = two.socket();
                    int port = socket.getPort();
                    socket.close();
                    socket.close();
                    assertTrue(socket.isClosed());
                    if (!kind.ofChannel()) {
                        assertTrue(socket.isConnected());
                        assertTrue(socket.isBound());
                        assertEquals(port, socket.getPort());
                        assertEquals(LOOPBACK, socket.getInetAddress());
                    }
                    assertThrows(kind.socketException(), socket::getInputStream);
                    assertThrows(kind.socketException(), socket::getOutputStream);
                    assertThrows(kind.socketException(), socket::getSoTimeout);
                    assertThrows(kind.socketException(), () -> socket.setSoTimeout(1));
                    assertThrows(kind.socketException(), () -> socket.setTcpNoDelay(true));
                    assertThrows(kind.socketException(), socket::getTcpNoDelay);
                    assertThrows(kind.socketException(), () -> socket.bind(null));
                    assertThrows(kind.socketException(), socket::shutdownInput);
                    assertThrows(kind.socketException(), socket::shutdownOutput);
                })
                .says("closing a stream closes the socket", c -> {
                    Two in = two(c, kind);
                    in.in().close();
                    assertTrue(in.socket().isClosed());
                    Two out = two(c, kind);
                    out.out().close();
                    assertTrue(out.socket().isClosed());
                });
    }

    private static void streams(Table table, Kind kind) {
        table.of(kind.name() + ".getInputStream()")
                .says("bytes, then -1, again and again", c -> {
                    Two two = two(c, kind);
                    two.peer().getOutputStream().write(ascii("abc\u007f"));
                    two.peer().close();
                    assertArrayEquals(ascii("abc\u007f"), two.in().readAllBytes());
                    assertEquals(-1, two.in().read());
                    assertEquals(-1, two.in().read(new byte[4]));
                })
                .says("a byte of 255 is not the end", c -> {
                    Two two = two(c, kind);
                    two.peer().getOutputStream().write(255);
                    assertEquals(255, two.in().read());
                })
                .says("offset, length, none, and wrong ones", c -> {
                    Two two = two(c, kind);
                    two.peer().getOutputStream().write(ascii("abcd"));
                    byte[] into = new byte[6];
                    assertEquals(0, two.in().read(into, 0, 0));
                    assertEquals(2, two.in().read(into, 3, 2));
                    assertArrayEquals(new byte[] {0, 0, 0, 'a', 'b', 0}, into);
                    assertThrows(IndexOutOfBoundsException.class, () -> two.in().read(into, 5, 2));
                    assertThrows(IndexOutOfBoundsException.class, () -> two.in().read(into, -1, 1));
                    assertThrows(NullPointerException.class, () -> two.in().read(null, 0, 1));
                })
                .says("available counts what is there", c -> {
                    Two two = two(c, kind);
                    assertEquals(0, two.in().available());
                    two.peer().getOutputStream().write(ascii("abc"));
                    for (int i = 0; i < 1000 && two.in().available() < 3; i++) {
                        Thread.sleep(1);
                    }
                    assertEquals(3, two.in().available());
                })
                .says("reset by the peer: SocketException", c -> {
                    Two two = two(c, kind);
                    two.peer().setSoLinger(true, 0);
                    two.peer().close();
                    assertThrows(SocketException.class, () -> two.in().read());
                })
                .says("large: all of it, both ways at once", c -> {
                    Two two = two(c, kind);
                    byte[] big = new byte[3 << 20];
                    new java.util.Random(5).nextBytes(big);
                    Work there = c.start(() -> two.out().write(big));
                    Work back = c.start(() -> two.peer().getOutputStream().write(big));
                    Work far = c.start(() ->
                            assertArrayEquals(big, two.peer().getInputStream().readNBytes(big.length)));
                    assertArrayEquals(big, two.in().readNBytes(big.length));
                    there.done();
                    back.done();
                    far.done();
                });
        table.of(kind.name() + ".getOutputStream()")
                .says("offset, length, none, and wrong ones", c -> {
                    Two two = two(c, kind);
                    two.out().write(ascii("-ab-"), 1, 2);
                    two.out().write(ascii("x"), 0, 0);
                    two.out().write('c');
                    two.out().flush();
                    assertArrayEquals(ascii("abc"), two.peer().getInputStream().readNBytes(3));
                    assertThrows(
                            IndexOutOfBoundsException.class, () -> two.out().write(new byte[2], 1, 2));
                    assertThrows(NullPointerException.class, () -> two.out().write(null));
                })
                .says("to a peer that is gone: SocketException in the end", c -> {
                    Two two = two(c, kind);
                    two.peer().close();
                    assertThrows(kind.socketException(), () -> {
                        for (int i = 0; i < 1000; i++) {
                            two.out().write(1);
                            Thread.sleep(1);
                        }
                    });
                })
                .waits("does not wait for a reader that waits", c -> {
                    Two two = two(c, kind);
                    Work read = c.waiting(() -> assertEquals('y', two.in().read()));
                    two.out().write('x');
                    assertEquals('x', two.peer().getInputStream().read());
                    two.peer().getOutputStream().write('y');
                    read.done();
                });
        table.of(kind.name() + ".sendUrgentData()")
                .says("its lowest byte, in line where the other side wants it so", c -> {
                    Two two = two(c, kind);
                    two.peer().setOOBInline(true);
                    two.out().write('a');
                    two.socket().sendUrgentData(0x100 + 'b');
                    assertArrayEquals(ascii("ab"), two.peer().getInputStream().readNBytes(2));
                })
                .says("thrown away where the other side does not", c -> {
                    Two two = two(c, kind);
                    two.socket().setOOBInline(false);
                    two.peer().sendUrgentData('u');
                    two.peer().getOutputStream().write('x');
                    assertEquals('x', two.in().read());
                });
    }

    private static void timeouts(Table table, Kind kind) {
        table.of(kind.name() + ".setSoTimeout()")
                .says("is read again; negative: IllegalArgumentException; 0 at first", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    assertEquals(0, socket.getSoTimeout());
                    socket.setSoTimeout(1234);
                    assertEquals(1234, socket.getSoTimeout());
                    assertThrows(IllegalArgumentException.class, () -> socket.setSoTimeout(-1));
                })
                .waits("a read that gets nothing: SocketTimeoutException, and the next one goes on", c -> {
                    Two two = two(c, kind);
                    two.socket().setSoTimeout(40);
                    long ms = ms(() -> assertThrows(
                            SocketTimeoutException.class, () -> two.in().read()));
                    assertTrue(ms >= 39, ms + " ms");
                    assertFalse(two.socket().isClosed());
                    two.peer().getOutputStream().write('x');
                    assertEquals('x', two.in().read());
                })
                .waits("not for writes", c -> {
                    Two two = two(c, kind);
                    two.socket().setSoTimeout(10);
                    int size = 8 << 20;
                    Work write = c.start(() -> two.out().write(new byte[size]));
                    Thread.sleep(50);
                    assertEquals(size, two.peer().getInputStream().readNBytes(size).length);
                    write.done();
                })
                .waits("a read with a timeout, closed meanwhile: an I/O error at once", c -> {
                    Two two = two(c, kind);
                    two.socket().setSoTimeout(60_000);
                    Work read = c.waiting(() -> two.in().read());
                    two.socket().close();
                    read.ends(IOException.class);
                });
    }

    private static void ends(Table table, Kind kind) {
        table.of(kind.name() + ".close()")
                .waits("ends a reader that waits: an I/O error", c -> {
                    Two two = two(c, kind);
                    Work read = c.waiting(() -> two.in().read());
                    two.socket().close();
                    read.ends(IOException.class);
                })
                .waits("ends a writer that waits: an I/O error", c -> {
                    Two two = two(c, kind);
                    Work write = c.waiting(() -> {
                        while (true) {
                            two.out().write(new byte[1 << 20]);
                        }
                    });
                    two.socket().close();
                    write.ends(IOException.class);
                })
                .says("the peer reads to the end", c -> {
                    Two two = two(c, kind);
                    two.out().write(ascii("bye"));
                    two.socket().close();
                    assertArrayEquals(ascii("bye"), two.peer().getInputStream().readAllBytes());
                });
        table.of(kind.name() + ".shutdownInput()")
                .says("reads give -1; isInputShutdown; a second time: SocketException; writing goes on", c -> {
                    Two two = two(c, kind);
                    InputStream in = two.in();
                    two.socket().shutdownInput();
                    assertTrue(two.socket().isInputShutdown());
                    assertEquals(-1, in.read());
                    assertThrows(SocketException.class, () -> two.socket().getInputStream());
                    if (!kind.ofChannel()) {
                        assertThrows(SocketException.class, () -> two.socket().shutdownInput());
                    }
                    two.out().write('x');
                    assertEquals('x', two.peer().getInputStream().read());
                })
                .says("available gives 0 afterwards", c -> {
                    Two two = two(c, kind);
                    InputStream in = two.in();
                    two.socket().shutdownInput();
                    assertEquals(0, in.available());
                })
                .waits("ends a reader that waits: -1", c -> {
                    Two two = two(c, kind);
                    Work read = c.waiting(() -> assertEquals(-1, two.in().read()));
                    two.socket().shutdownInput();
                    read.done();
                });
        table.of(kind.name() + ".shutdownOutput()")
                .says("writes fail; isOutputShutdown; the peer reads the end; reading goes on", c -> {
                    Two two = two(c, kind);
                    OutputStream out = two.out();
                    two.socket().shutdownOutput();
                    assertTrue(two.socket().isOutputShutdown());
                    assertThrows(IOException.class, () -> out.write(1));
                    assertThrows(SocketException.class, () -> two.socket().getOutputStream());
                    if (!kind.ofChannel()) {
                        assertThrows(SocketException.class, () -> two.socket().shutdownOutput());
                    }
                    assertEquals(-1, two.peer().getInputStream().read());
                    two.peer().getOutputStream().write('x');
                    assertEquals('x', two.in().read());
                });
    }

    private static void options(Table table, Kind kind) {
        table.of(kind.name() + ".options")
                .says("each is read as it was set", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    for (boolean on : new boolean[] {true, false}) {
                        socket.setTcpNoDelay(on);
                        assertEquals(on, socket.getTcpNoDelay());
                        socket.setKeepAlive(on);
                        assertEquals(on, socket.getKeepAlive());
                        socket.setReuseAddress(on);
                        assertEquals(on, socket.getReuseAddress());
                        socket.setOOBInline(on);
                        assertEquals(on, socket.getOOBInline());
                    }
                    socket.setSoLinger(true, 7);
                    assertEquals(7, socket.getSoLinger());
                    socket.setSoLinger(false, 0);
                    assertEquals(-1, socket.getSoLinger());
                    socket.setReceiveBufferSize(20_000);
                    assertTrue(socket.getReceiveBufferSize() >= 20_000);
                    socket.setSendBufferSize(20_000);
                    assertTrue(socket.getSendBufferSize() >= 20_000);
                    socket.setPerformancePreferences(1, 2, 3);
                })
                .says("by name, as of a channel", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    assertTrue(socket.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY));
                    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    assertTrue(socket.getOption(StandardSocketOptions.TCP_NODELAY));
                    assertThrows(UnsupportedOperationException.class, () -> socket.setOption(OptionRows.UNKNOWN, 1));
                    assertThrows(NullPointerException.class, () -> socket.getOption(null));
                    socket.close();
                    assertThrows(IOException.class, () -> socket.getOption(StandardSocketOptions.TCP_NODELAY));
                })
                .says("values that cannot be: IllegalArgumentException", c -> {
                    Socket socket = c.keep(kind.maker().socket(c));
                    assertThrows(IllegalArgumentException.class, () -> socket.setSendBufferSize(0));
                    assertThrows(IllegalArgumentException.class, () -> socket.setReceiveBufferSize(-5));
                    if (!kind.ofChannel()) {
                        assertThrows(IllegalArgumentException.class, () -> socket.setSoLinger(true, -1));
                    }
                    assertThrows(IllegalArgumentException.class, () -> socket.setTrafficClass(256));
                })
                .says("a traffic class is taken", c -> {
                    Two two = two(c, kind);
                    two.socket().setTrafficClass(0x10);
                    two.socket().getTrafficClass();
                });
    }
}
