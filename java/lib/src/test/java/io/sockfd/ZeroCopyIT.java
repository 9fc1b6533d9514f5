package io.sockfd;

import static io.sockfd.MessageCalls.direct;
import static io.sockfd.MessageCalls.name;
import static io.sockfd.MessageCalls.receive;
import static io.sockfd.MessageCalls.room;
import static io.sockfd.MessageCalls.set;
import static io.sockfd.MessageCalls.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class ZeroCopyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MessageCalls calls = new MessageCalls();
    private final Message in = new Message();

    @AfterEach
    void close() {
        in.close();
        calls.close();
    }

    /** An object of its own for a duplicate of the number, whose close does not disturb the other. */
    private static Socket duplicate(int fd) throws IOException {
        return Socket.adopt(
                Errors.check(MessageCalls.LIBC.fcntl(fd, Linux.F_DUPFD_CLOEXEC, 0), "fcntl", "F_DUPFD_CLOEXEC"));
    }

    @Test
    void tcpSendsAreDoneOnceTheOtherSideHasThem() throws IOException {
        int[] pair = calls.tcp();
        try (Socket socket = duplicate(pair[0])) {
            ZeroCopy zero = new ZeroCopy(socket);
            ByteBuffer data = room(100_000);
            long ticket = zero.send(data, 0);
            assertEquals(0, ticket);
            assertTrue(data.position() > 0);
            assertFalse(zero.isDone(ticket));
            assertEquals(1, zero.outstanding());
            int sent = data.position();
            ByteBuffer received = room(100_000);
            while (received.position() < sent) {
                receive(pair[1], in.data(received), 0);
            }
            assertTrue(zero.awaitDone(ticket, PATIENCE));
            assertTrue(zero.isDone(ticket));
            assertEquals(0, zero.outstanding());
            assertEquals(1, zero.copied(), "loopback always copies");
            assertFalse(zero.isDone(1), "not sent yet");
            assertTrue(zero.isDone(zero.send(room(0), 0)), "no bytes, nothing to wait for");
            assertEquals(1, zero.send(direct("next"), 0));
            assertTrue(zero.awaitDone(1, PATIENCE));
        }
    }

    @Test
    void aBufferIsReusedWhenItsTicketSaysSo() throws IOException {
        int[] pair = calls.tcp();
        Random random = new Random(7);
        try (Socket socket = duplicate(pair[0])) {
            ZeroCopy zero = new ZeroCopy(socket);
            Deque<Long> tickets = new ArrayDeque<>();
            ByteBuffer[] ring = new ByteBuffer[16];
            long[] used = new long[ring.length];
            for (int i = 0; i < ring.length; i++) {
                ring[i] = room(16_384);
                used[i] = -1;
            }
            ByteBuffer received = room(16_384);
            for (int i = 0; i < 20_000; i++) {
                int slot = i % ring.length;
                assertTrue(zero.awaitDone(used[slot], PATIENCE), () -> "ticket " + used[slot]);
                int size = 1 + random.nextInt(8_000);
                ByteBuffer data = ring[slot].clear().limit(size);
                for (int at = 0; at + 4 <= size; at += 512) {
                    data.putInt(at, i);
                }
                used[slot] = zero.send(data, 0);
                assertEquals(i, used[slot]);
                assertFalse(data.hasRemaining());
                tickets.add(used[slot]);
                received.clear().limit(size);
                while (received.hasRemaining()) {
                    receive(pair[1], in.data(received), 0);
                }
                for (int at = 0; at + 4 <= size; at += 512) {
                    assertEquals(i, received.getInt(at), "overwritten while the kernel was reading it");
                }
            }
            for (long ticket : tickets) {
                assertTrue(zero.awaitDone(ticket, PATIENCE));
            }
            assertEquals(0, zero.outstanding());
        }
    }

    @Test
    void udpSendsAreNumberedTooAndRefusalsTakeNoNumber() throws IOException {
        int from = calls.udp("127.0.0.1");
        int to = calls.udp("127.0.0.1");
        calls.connect(from, name(to));
        try (Socket socket = duplicate(from);
                Message message = new Message()) {
            ZeroCopy zero = new ZeroCopy(socket);
            assertEquals(0, zero.send(direct("first"), 0));
            assertThrows(ErrnoException.class, () -> zero.send(room(70_000), 0), "EMSGSIZE");
            message.data(direct("sec"), direct("ond"));
            assertEquals(1, zero.send(message, 0));
            assertTrue(zero.awaitDone(1, PATIENCE));
            assertTrue(zero.awaitDone(0, PATIENCE));
            ByteBuffer received = room(16);
            receive(to, in.data(received), 0);
            assertEquals("first", text(received));
            receive(to, in.data(received.clear()), 0);
            assertEquals("second", text(received));
            assertThrows(IllegalArgumentException.class, () -> zero.send(ByteBuffer.allocate(1), 0));
        }
    }

    @Test
    void otherEntriesOfTheErrorQueueAreHandedOn() throws IOException {
        int closed = calls.udp("127.0.0.1");
        Sockaddr nobody = name(closed);
        calls.close(closed);
        int from = calls.udp("127.0.0.1");
        set(from, Linux.SOL_IP, Linux.IP_RECVERR, 1);
        List<SockExtendedErr> others = new ArrayList<>();
        try (Socket socket = duplicate(from);
                Message message = new Message()) {
            ZeroCopy zero = new ZeroCopy(socket, entry -> {
                SockExtendedErr error = entry.incoming().extendedError();
                assertNotNull(error);
                others.add(error);
            });
            long ticket = zero.send(message.data(direct("x")).address(nobody), 0);
            assertTrue(zero.awaitDone(ticket, PATIENCE));
            long start = System.nanoTime();
            while (others.isEmpty() && System.nanoTime() - start < PATIENCE.toNanos()) {
                assertEquals(0, zero.reap());
            }
        }
        assertEquals(1, others.size());
        assertEquals(Errno.ECONNREFUSED, others.get(0).errno());
    }

    @Test
    void waitingEndsInTimeAndWithAnInterrupt() throws IOException {
        int[] pair = calls.tcp();
        try (Socket socket = duplicate(pair[0])) {
            ZeroCopy zero = new ZeroCopy(socket);
            long start = System.nanoTime();
            assertFalse(zero.awaitDone(0, Duration.ofMillis(30)), "nothing was sent");
            assertTrue(System.nanoTime() - start >= 30_000_000);
            assertFalse(zero.awaitDone(0, Duration.ZERO));
            Thread.currentThread().interrupt();
            try {
                assertThrows(
                        ClosedByInterruptException.class, () -> zero.awaitDone(0, Duration.ofSeconds(Long.MAX_VALUE)));
            } finally {
                assertTrue(Thread.interrupted());
            }
        }
    }

    @Test
    void aSocketThatCannotSaysSo() throws IOException {
        int[] pair = calls.pair(Linux.SOCK_STREAM);
        try (Socket socket = duplicate(pair[0])) {
            ErrnoException e = assertThrows(ErrnoException.class, () -> new ZeroCopy(socket));
            assertTrue(String.valueOf(e.getMessage()).contains("SO_ZEROCOPY"), e.getMessage());
        }
    }
}
