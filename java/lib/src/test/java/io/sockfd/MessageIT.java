package io.sockfd;

import static io.sockfd.MessageCalls.direct;
import static io.sockfd.MessageCalls.name;
import static io.sockfd.MessageCalls.receive;
import static io.sockfd.MessageCalls.room;
import static io.sockfd.MessageCalls.send;
import static io.sockfd.MessageCalls.set;
import static io.sockfd.MessageCalls.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Data, addresses, flags and batches. */
class MessageIT {
    private final MessageCalls calls = new MessageCalls();
    private final Message out = new Message();
    private final Message in = new Message();

    @AfterEach
    void close() {
        out.close();
        in.close();
        calls.close();
    }

    @Test
    void buffersOfAllKindsAreGatheredAndScattered() throws IOException {
        int[] pair = calls.pair(Linux.SOCK_STREAM);
        ByteBuffer head = direct("xxhead").position(2);
        ByteBuffer heap = ByteBuffer.wrap("--body--".getBytes(java.nio.charset.StandardCharsets.UTF_8), 2, 4);
        ByteBuffer readOnly = direct("tail").asReadOnlyBuffer();
        ByteBuffer readOnlyHeap =
                ByteBuffer.wrap(new byte[] {'!', '?'}).asReadOnlyBuffer().position(1);
        out.data(head, heap, readOnly, readOnlyHeap);
        assertEquals(13, out.remaining());
        assertEquals(13, send(pair[0], out, 0));
        assertEquals(13, out.length());
        assertEquals(6, head.position());
        assertEquals(6, heap.position());
        assertEquals(6, heap.limit());
        assertEquals(4, readOnly.position());
        assertEquals(2, readOnlyHeap.position());

        ByteBuffer first = ByteBuffer.allocate(9).position(4);
        ByteBuffer second = room(3);
        ByteBuffer third = ByteBuffer.allocate(40).position(1);
        ByteBuffer fourth = room(8);
        in.data(first, second, third, fourth);
        assertEquals(13, receive(pair[1], in, 0));
        assertEquals("\0\0\0\0headb", text(first));
        assertEquals("ody", text(second));
        assertEquals("\0tail?", text(third));
        assertEquals(0, fourth.position());
        assertEquals(0, in.flags());

        in.data(readOnly);
        assertThrows(ReadOnlyBufferException.class, () -> in.beforeReceive(Long.MAX_VALUE));
    }

    @Test
    void aShortSendMovesPositionsOverWhatWasTaken() throws IOException {
        int[] pair = calls.pair(Linux.SOCK_STREAM);
        set(pair[0], Linux.SOL_SOCKET, Linux.SO_SNDBUF, 20_000);
        ByteBuffer a = room(15_000);
        ByteBuffer b = ByteBuffer.allocate(2_000_000);
        out.data(a, b);
        long sent = send(pair[0], out, Linux.MSG_DONTWAIT);
        assertTrue(sent > 15_000 && sent < 2_015_000, "sent " + sent);
        assertEquals(15_000, a.position());
        assertEquals(sent - 15_000, b.position());
        assertEquals(2_015_000 - sent, out.remaining());
        assertEquals(-Linux.EAGAIN, send(pair[0], out, Linux.MSG_DONTWAIT));
        assertEquals(0, out.length());
        assertEquals(sent - 15_000, b.position());
        assertEquals(-Linux.EAGAIN, receive(pair[0], in.data(room(1)), Linux.MSG_DONTWAIT));
        assertEquals(0, in.length());
    }

    @Test
    void addressesGoBothWays() throws IOException {
        for (String host : new String[] {"127.0.0.1", "::1"}) {
            int a = calls.udp(host);
            int b = calls.udp(host);
            out.data(direct("hello")).address(name(b));
            assertEquals(5, send(a, out, 0));
            Sockaddr from = new Sockaddr();
            in.data(room(16)).address(from);
            assertEquals(5, receive(b, in, 0));
            assertEquals(name(a), from);
            // the address that came is the one to answer to
            in.data(direct("back"));
            assertEquals(4, send(b, in, 0));
            assertEquals(4, receive(a, out.data(room(16)), 0));
            assertEquals(name(b), out.address());
        }
        int[] pair = calls.pair(Linux.SOCK_STREAM);
        assertEquals(1, send(pair[0], out.data(direct("1")).address(null), 0));
        Sockaddr none = new Sockaddr();
        assertEquals(1, receive(pair[1], in.data(room(1)).address(none), 0));
        assertTrue(none.isEmpty());
        assertEquals(-Linux.EAGAIN, receive(pair[1], in, Linux.MSG_DONTWAIT));
        assertTrue(none.isEmpty());
    }

    @Test
    void truncationOfDataIsVisible() throws IOException {
        int a = calls.udp("127.0.0.1");
        int b = calls.udp("127.0.0.1");
        out.address(name(b));
        send(a, out.data(room(100)), 0);
        send(a, out.data(room(100)), 0);
        send(a, out.data(room(10)), 0);
        ByteBuffer ten = room(10);
        assertEquals(10, receive(b, in.data(ten), 0));
        assertTrue(in.truncated());
        assertEquals(10, ten.position());
        assertEquals(100, receive(b, in.data(ten.clear()), Linux.MSG_TRUNC), "the real length");
        assertEquals(100, in.length());
        assertEquals(10, ten.position());
        assertTrue(in.truncated());
        assertEquals(10, receive(b, in.data(ten.clear()), 0));
        assertFalse(in.truncated());
        assertFalse(in.controlTruncated());
    }

    @Test
    void aDatagramMayBeEmptyAndAPeekedOneStays() throws IOException {
        int a = calls.udp("127.0.0.1");
        int b = calls.udp("127.0.0.1");
        out.address(name(b));
        assertEquals(0, send(a, out.data(), 0));
        assertEquals(0, send(a, out.data(room(0)), 0));
        assertEquals(3, send(a, out.data(direct("abc")), 0));
        ByteBuffer buffer = room(8);
        Sockaddr from = new Sockaddr();
        in.address(from);
        assertEquals(0, receive(b, in.data(buffer), 0));
        assertEquals(name(a), from, "it is not the end of anything");
        assertEquals(0, receive(b, in.data(), 0));
        assertEquals(3, receive(b, in.data(buffer), Linux.MSG_PEEK));
        assertEquals("abc", text(buffer));
        assertEquals(3, receive(b, in.data(buffer.clear()), 0));
        assertEquals(-Linux.EAGAIN, receive(b, in, Linux.MSG_DONTWAIT));
    }

    @Test
    void recordsEndWhereSeqpacketSaysSo() throws IOException {
        int[] pair = calls.pair(Linux.SOCK_SEQPACKET);
        send(pair[0], out.data(direct("record")), Linux.MSG_EOR);
        assertEquals(6, receive(pair[1], in.data(room(9)), 0));
        assertEquals(0, in.flags() & Linux.MSG_TRUNC);
    }

    @Test
    void aBatchMovesManyMessagesAtOnce() throws IOException {
        int a = calls.udp("127.0.0.1");
        int b = calls.udp("127.0.0.1");
        set(b, Linux.SOL_IP, Linux.IP_RECVTTL, 1);
        Sockaddr to = name(b);
        int n = 20;
        try (MessageBatch sending = new MessageBatch(n, 2, 64);
                MessageBatch receiving = new MessageBatch(n + 4, 1, 64)) {
            assertEquals(n, sending.size());
            for (int i = 0; i < n; i++) {
                sending.get(i).data(direct("m"), ByteBuffer.wrap(new byte[i])).address(to);
                sending.get(i).outgoing().ttl(i + 1);
            }
            assertEquals(5, send(a, sending, 0, 5, 0));
            assertEquals(5, sending.count());
            assertEquals(n - 5, send(a, sending, 5, n - 5, 0));
            for (int i = 0; i < n; i++) {
                assertEquals(i + 1, sending.get(i).length());
                assertEquals(0, sending.get(i).remaining());
            }
            for (int i = 0; i < n + 4; i++) {
                receiving.get(i).data(room(10)).address(new Sockaddr());
            }
            assertEquals(n, receive(b, receiving, 0, n + 4, Linux.MSG_DONTWAIT));
            assertEquals(n, receiving.count());
            for (int i = 0; i < n; i++) {
                Message message = receiving.get(i);
                assertEquals(Math.min(10, i + 1), message.length());
                assertEquals(i >= 10, message.truncated());
                assertEquals(i + 1, message.incoming().ttl());
                assertEquals(name(a), message.address());
            }
            for (int i = n; i < n + 4; i++) {
                Message message = receiving.get(i);
                assertEquals(10, message.remaining());
                assertEquals(0, message.length());
                assertFalse(message.incoming().cursor().next());
            }
            assertEquals(-Linux.EAGAIN, receive(b, receiving, 0, n, Linux.MSG_DONTWAIT));
            assertEquals(0, receiving.count());
            assertThrows(IndexOutOfBoundsException.class, () -> sending.beforeSend(1, n));
        }
        assertThrows(IllegalArgumentException.class, () -> new MessageBatch(0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new MessageBatch(1025, 1, 0));
    }

    @Test
    void aBatchSaysHowFarItCame() throws IOException {
        int a = calls.udp("127.0.0.1");
        int b = calls.udp("127.0.0.1");
        try (MessageBatch batch = new MessageBatch(3, 1, 0)) {
            batch.get(0).data(direct("fits")).address(name(b));
            batch.get(1).data(room(70_000)).address(name(b));
            batch.get(2).data(direct("too")).address(name(b));
            assertEquals(1, send(a, batch, 0, 3, 0));
            assertEquals(4, batch.get(0).length());
            assertEquals(0, batch.get(1).length());
            assertEquals(70_000, batch.get(1).remaining());
            assertEquals(-Linux.EMSGSIZE, send(a, batch, 1, 2, 0), "only when the first one fails");
            assertEquals(0, batch.count());
        }
    }

    @Test
    void aBatchKeepsEachMessagesDescriptorsApart() throws IOException {
        int[] pair = calls.pair(Linux.SOCK_DGRAM);
        try (MessageBatch batch = new MessageBatch(3, 1, 64)) {
            for (int i = 0; i < 3; i++) {
                out.data(direct("x")).outgoing().clear().rights(i == 0 ? new int[] {1} : new int[] {1, 2});
                assertEquals(1, send(pair[0], out, 0));
                batch.get(i).data(room(1));
            }
            assertEquals(3, receive(pair[1], batch, 0, 3, Linux.MSG_DONTWAIT));
            assertEquals(1, batch.get(0).descriptorCount());
            assertEquals(2, batch.get(2).descriptorCount());
            int closed = batch.get(2).descriptor(1);
            // a failed call closes what the batch had, once
            assertEquals(-Linux.EAGAIN, receive(pair[1], batch, 0, 3, Linux.MSG_DONTWAIT));
            assertEquals(0, batch.get(2).descriptorCount());
            assertEquals(-Linux.EBADF, MessageCalls.LIBC.fcntl(closed, Linux.F_GETFD, 0));
        }
    }
}
