package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the flags of receives mean where the kernel waits, and this library does it for the kernel. */
@Timeout(60)
class FlagsIT {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final long PAUSE_MS = 50;

    private interface Body {
        void run(Socket.Pair pair) throws Exception;
    }

    private interface Birth {
        Socket.Pair pair() throws IOException;
    }

    private static Socket.Pair tcp() throws IOException {
        Socket.Pair pair = SocketIT.tcpPair();
        pair.second().setOption(StandardSocketOptions.TCP_NODELAY, true);
        return pair;
    }

    private static Socket.Pair unix(SocketType type) throws IOException {
        return Socket.pair(Domain.UNIX, type);
    }

    /** With a pair each, on a platform and on a virtual thread. */
    private static void on(Birth birth, Body body) throws Exception {
        try (Socket.Pair pair = birth.pair()) {
            body.run(pair);
        }
        if (Virtual.available()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Virtual.start(() -> {
                try (Socket.Pair pair = birth.pair()) {
                    body.run(pair);
                    done.complete(null);
                } catch (Throwable e) {
                    done.completeExceptionally(e);
                }
            });
            await(done);
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("waits for ever", e);
        }
    }

    private static void later(Socket socket, String text) {
        new Thread(() -> {
                    try {
                        Thread.sleep(PAUSE_MS);
                        send(socket, text);
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .start();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.sendAll(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(ByteBuffer buffer) {
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    private static List<ByteBuffer> buffers(int size) {
        return List.of(ByteBuffer.allocateDirect(size), ByteBuffer.allocate(size));
    }

    @Test
    void waitAllOfANonBlockingSocketGivesWhatIsThere() throws Exception {
        for (Birth birth : List.<Birth>of(FlagsIT::tcp, () -> unix(SocketType.STREAM))) {
            for (ByteBuffer buffer : buffers(6)) {
                on(birth, pair -> {
                    Socket reader = pair.first().timeout(Socket.NON_BLOCKING);
                    buffer.clear();
                    assertEquals(Socket.WOULD_BLOCK, reader.recv(buffer, Linux.MSG_WAITALL));
                    send(pair.second(), "abc");
                    assertTrue(reader.poll(Linux.POLLIN, Duration.ofSeconds(20)) != 0);
                    assertEquals(3, reader.recv(buffer, Linux.MSG_WAITALL));
                    assertEquals("abc", text(buffer));
                });
            }
        }
    }

    @Test
    void peekWithWaitAllSeesTheStreamFromItsBeginning() throws Exception {
        for (ByteBuffer buffer : buffers(6)) {
            on(FlagsIT::tcp, pair -> {
                buffer.clear();
                send(pair.second(), "abc");
                later(pair.second(), "def");
                assertEquals(6, pair.first().recv(buffer, Linux.MSG_PEEK | Linux.MSG_WAITALL));
                assertEquals("abcdef", text(buffer));
                buffer.clear();
                assertEquals(6, pair.first().recv(buffer, Linux.MSG_WAITALL));
                assertEquals("abcdef", text(buffer));
            });
        }
    }

    @Test
    void peekOfAStreamThatEndsIsOver() throws Exception {
        on(FlagsIT::tcp, pair -> {
            send(pair.second(), "abc");
            pair.second().shutdown(Linux.SHUT_WR);
            byte[] six = new byte[6];
            assertEquals(3, pair.first().recv(six, 0, 6, Linux.MSG_PEEK | Linux.MSG_WAITALL));
            assertEquals(3, pair.first().recv(six, 0, 6, Linux.MSG_WAITALL));
            assertArrayEquals(new byte[] {'a', 'b', 'c', 0, 0, 0}, six);
            assertEquals(-1, pair.first().recv(six, 0, 6, Linux.MSG_WAITALL));
        });
    }

    @Test
    void truncWithWaitAllDiscardsWhatWasAskedForAndNoMore() throws Exception {
        for (ByteBuffer buffer : buffers(6)) {
            on(FlagsIT::tcp, pair -> {
                buffer.clear();
                send(pair.second(), "abc");
                later(pair.second(), "defgh");
                assertEquals(6, pair.first().recv(buffer, Linux.MSG_TRUNC | Linux.MSG_WAITALL));
                assertEquals(0, buffer.position());
                ByteBuffer rest = ByteBuffer.allocate(2);
                pair.first().recvExactly(rest);
                assertEquals("gh", text(rest));
            });
        }
    }

    @Test
    void aUnixStreamIgnoresTruncAndStores() throws Exception {
        for (ByteBuffer buffer : buffers(6)) {
            on(() -> unix(SocketType.STREAM), pair -> {
                buffer.clear();
                send(pair.second(), "abc");
                assertEquals(3, pair.first().recv(buffer, Linux.MSG_TRUNC));
                assertEquals("abc", text(buffer));
            });
        }
    }

    @Test
    void waitAllEndsWithARecord() throws Exception {
        for (SocketType type : List.of(SocketType.SEQPACKET, SocketType.DGRAM)) {
            for (ByteBuffer buffer : buffers(6)) {
                on(() -> unix(type), pair -> {
                    buffer.clear();
                    pair.second().send(new byte[] {'a', 'b', 'c'}, 0, 3, 0);
                    assertEquals(3, pair.first().recv(buffer, Linux.MSG_WAITALL));
                    assertEquals("abc", text(buffer));
                });
            }
        }
    }

    @Test
    void waitAllGivesWhatCameBeforeTheTimeout() throws Exception {
        for (Birth birth : List.<Birth>of(FlagsIT::tcp, () -> unix(SocketType.STREAM))) {
            on(birth, pair -> {
                Socket reader = pair.first().timeout(Duration.ofMillis(PAUSE_MS));
                send(pair.second(), "abc");
                ByteBuffer six = ByteBuffer.allocateDirect(6);
                assertEquals(3, reader.recv(six, Linux.MSG_WAITALL));
                assertThrows(SocketTimeoutException.class, () -> reader.recv(six, Linux.MSG_WAITALL));
                try (Message message = new Message().data(six.clear())) {
                    send(pair.second(), "abc");
                    assertEquals(3, reader.receiveMessage(message, Linux.MSG_WAITALL));
                }
            });
        }
    }

    @Test
    void anErrorBehindWhatWaitAllReceivedComesWithTheNextCall() throws Exception {
        on(FlagsIT::tcp, pair -> {
            send(pair.second(), "abc");
            ByteBuffer six = ByteBuffer.allocateDirect(6);
            CompletableFuture<Integer> got = new CompletableFuture<>();
            new Thread(() -> {
                        try {
                            got.complete(pair.first().recv(six, Linux.MSG_WAITALL));
                        } catch (Throwable e) {
                            got.completeExceptionally(e);
                        }
                    })
                    .start();
            Thread.sleep(PAUSE_MS);
            pair.second().setOption(StandardSocketOptions.SO_LINGER, 0);
            pair.second().close();
            assertEquals(3, await(got));
            IOException reset =
                    assertThrows(IOException.class, () -> pair.first().recv(six, 0));
            assertEquals(Errno.ECONNRESET, Errors.errnoOf(reset).orElseThrow());
        });
    }

    @Test
    void aMessageWaitsForAll() throws Exception {
        for (Birth birth : List.<Birth>of(FlagsIT::tcp, () -> unix(SocketType.STREAM))) {
            on(birth, pair -> {
                ByteBuffer a = ByteBuffer.allocateDirect(2);
                ByteBuffer b = ByteBuffer.allocate(3);
                ByteBuffer c = ByteBuffer.allocateDirect(1);
                try (Message message = new Message().data(a, b, c)) {
                    send(pair.second(), "abc");
                    later(pair.second(), "def");
                    assertEquals(6, pair.first().receiveMessage(message, Linux.MSG_WAITALL));
                    assertEquals("ab" + "cde" + "f", text(a) + text(b) + text(c));
                    assertEquals(6, message.length());
                }
                try (MessageBatch batch = new MessageBatch(2, 1, 0)) {
                    ByteBuffer first = ByteBuffer.allocate(6);
                    batch.get(0).data(first);
                    batch.get(1).data(ByteBuffer.allocate(6));
                    send(pair.second(), "abc");
                    later(pair.second(), "def");
                    assertEquals(1, pair.first().receiveMessages(batch, 0, 2, Linux.MSG_WAITALL));
                    assertEquals("abcdef", text(first));
                    assertEquals(6, batch.get(0).length());
                }
            });
        }
    }

    @Test
    void aSendOfUrgentDataWaitsForRoom() throws Exception {
        on(FlagsIT::tcp, pair -> {
            Socket writer = pair.second().timeout(Duration.ofMillis(PAUSE_MS));
            ByteBuffer much = ByteBuffer.allocateDirect(1 << 16);
            assertThrows(SocketTimeoutException.class, () -> {
                for (int i = 0; i < 1000; i++) {
                    assertTrue(writer.send(much.clear(), Linux.MSG_OOB) > 0);
                }
            });
        });
    }

    /** Nobody else gets its port, and it does not listen. */
    private static Socket closedPort() throws IOException {
        return Socket.tcp().bind(LOOPBACK);
    }

    @Test
    void aConnectionThatFailedIsNeverFinished() throws Exception {
        Socket listener = Socket.tcp().bind(LOOPBACK).listen(0);
        List<Socket> clients = new ArrayList<>();
        try (listener) {
            SocketAddress full = listener.getLocalAddress();
            Socket last;
            do {
                last = Socket.tcp().timeout(Socket.NON_BLOCKING);
                clients.add(last);
            } while ((last.connect(full) || last.poll(Linux.POLLOUT, Duration.ofMillis(200)) != 0)
                    && clients.size() < 10);
            listener.close(); // the next SYN, a second later, is refused
            assertTrue(last.poll(Linux.POLLOUT, Duration.ofSeconds(20)) != 0);
            assertEquals(Linux.ECONNREFUSED, last.getOption(SocketOptions.SO_ERROR));
            assertThrows(IOException.class, last::finishConnect);
            try (Socket closed = closedPort()) {
                SocketAddress nobody = closed.getLocalAddress();
                assertThrows(ConnectException.class, () -> connect(clients.get(clients.size() - 1), nobody));
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void afterARefusalOneConnectsAsBefore() throws Exception {
        for (Duration timeout : List.of(Socket.BLOCKING, Duration.ofSeconds(20), Socket.NON_BLOCKING)) {
            try (Socket bound = closedPort();
                    Socket listener = Socket.tcp().bind(LOOPBACK).listen();
                    Socket socket = Socket.tcp().timeout(timeout)) {
                SocketAddress closed = bound.getLocalAddress();
                for (int i = 0; i < 2; i++) {
                    assertThrows(ConnectException.class, () -> connect(socket, closed));
                }
                connect(socket, listener.getLocalAddress());
                assertEquals(listener.getLocalAddress(), socket.getRemoteAddress());
            }
        }
    }

    private static void connect(Socket socket, SocketAddress to) throws IOException {
        if (!socket.connect(to)) {
            assertTrue(socket.poll(Linux.POLLOUT, Duration.ofSeconds(20)) != 0);
            assertTrue(socket.finishConnect());
        }
    }
}
