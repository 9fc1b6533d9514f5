package io.sockfd.uring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Descriptor;
import io.sockfd.DescriptorGuard;
import io.sockfd.Domain;
import io.sockfd.Message;
import io.sockfd.Pktinfo;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.option.IpOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages with all that belongs to them, sends without a copy, and waits that end by time or interrupt. */
@Timeout(60)
class MessagesIT {
    private static ByteBuffer text(String text) {
        return StandardCharsets.US_ASCII.encode(text);
    }

    private static Socket udp() throws IOException {
        return Socket.udp().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Test
    void descriptorsGoAndComeWithAMessage() throws Exception {
        Map<Integer, String> before = DescriptorGuard.open();
        try (Socket.Pair way = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Socket.Pair passed = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Message out = new Message();
                Message in = new Message(); // closed after the ring: until then it is in flight
                Ring ring = Rings.open()) {
            SendMessage send = ring.sendMessage(way.first());
            ReceiveMessage receive = ring.receiveMessage(way.second());
            ByteBuffer heap = ByteBuffer.allocate(16);
            for (int i = 0; i < 3; i++) {
                receive.start(in.data(heap.clear()));
                out.outgoing().clear().rights(passed.first());
                send.start(out.data(text("take"), text(" it")));
                for (int done = 0; done < 2; done++) {
                    Operation next = Rings.next(ring);
                    assertEquals(7, next.check());
                }
                assertEquals(
                        "take it", StandardCharsets.US_ASCII.decode(heap.flip()).toString());
                assertEquals(1, in.descriptorCount());
                Descriptor[] taken = in.takeDescriptors(1);
                taken[0].close();
            }
            assertThrows(IllegalStateException.class, () -> {
                receive.start(in.data(heap.clear()));
                in.clear(); // it is the kernel's
            });
        }
        Map<Integer, String> after = DescriptorGuard.open();
        after.keySet().removeAll(before.keySet());
        after.keySet().removeAll(DescriptorGuard.pooled());
        assertEquals(Map.of(), after);
    }

    /** What nobody took is closed: by the next message, and with the ring. */
    @Test
    void descriptorsOfAMultishotReceiveAreOwned() throws Exception {
        Map<Integer, String> before = DescriptorGuard.open();
        try (Socket.Pair way = Socket.pair(Domain.UNIX, SocketType.SEQPACKET);
                Socket.Pair passed = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Message out = new Message()) {
            ReceiveMessages receive;
            try (Ring ring = Rings.open()) {
                receive = ring.receiveMessages(way.second(), ring.buffers(8, 256), 64);
                receive.startMultishot();
                int open = DescriptorGuard.open().size();
                for (int i = 0; i < 20; i++) {
                    out.outgoing().clear().rights(passed.first(), passed.second());
                    assertEquals(1, way.first().sendMessage(out.data(text("x")), 0));
                    assertEquals(receive, Rings.next(ring));
                    assertEquals(1, receive.check());
                    assertEquals('x', receive.data().get(0));
                    assertEquals(2, receive.message().descriptorCount());
                    assertEquals(open + 2, DescriptorGuard.open().size());
                }
                receive.message().takeDescriptors(2)[0].close();
                receive.message().clear();
                // comes when nobody looks any more
                out.outgoing().clear().rights(passed.first());
                assertEquals(1, way.first().sendMessage(out.data(text("y")), 0));
            }
            System.gc(); // of the second that was taken
            assertFalse(receive.isActive());
        }
        Rings.until(
                () -> {
                    System.gc();
                    Map<Integer, String> after = DescriptorGuard.open();
                    after.keySet().removeAll(before.keySet());
                    after.keySet().removeAll(DescriptorGuard.pooled());
                    return after.isEmpty();
                },
                "a descriptor is left");
    }

    @Test
    void datagramsComeWithTheirAddressesAndControlData() throws Exception {
        try (Ring ring = Rings.open();
                Socket server = udp();
                Socket client = udp();
                Message out = new Message()) {
            server.setOption(IpOptions.IP_PKTINFO, true);
            BufferRing buffers = ring.buffers(4, 512);
            ReceiveMessages receive = ring.receiveMessages(server, buffers, 64);
            receive.startMultishot();
            SendMessage send = ring.sendMessage(client);
            out.address(Sockaddr.of(Objects.requireNonNull(server.getLocalAddress())));
            for (int i = 0; i < 20; i++) { // more than there are buffers
                send.start(out.data(text("datagram " + i)));
                for (int done = 0; done < 2; done++) {
                    if (Rings.next(ring).equals(receive)) {
                        check(receive, "datagram " + i, client);
                    }
                }
            }
            assertEquals(1000, client.sendTo(ByteBuffer.allocate(1000), server.getLocalAddress(), 0));
            assertEquals(receive, Rings.next(ring));
            assertTrue(receive.message().truncated());
            assertEquals(512 - 16 - 128 - 64, receive.result());
            assertThrows(IllegalArgumentException.class, () -> ring.receiveMessages(server, ring.buffers(1, 128), 0));
        }
    }

    private static void check(ReceiveMessages receive, String text, Socket sender) throws IOException {
        assertTrue(receive.isActive());
        assertEquals(text, StandardCharsets.US_ASCII.decode(receive.data()).toString());
        Message message = receive.message();
        assertEquals(
                sender.getLocalAddress(),
                Objects.requireNonNull(message.address()).decode());
        Pktinfo info = Objects.requireNonNull(message.incoming().pktinfo());
        assertEquals(InetAddress.getLoopbackAddress(), info.destination());
        assertFalse(message.truncated());
    }

    @Test
    void aSendWithoutACopyHasTwoCompletions() throws Exception {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        try (Ring ring = Rings.open();
                Socket listener = Rings.listener();
                Socket client = Socket.tcp()) {
            client.connect(Rings.address(listener));
            try (Socket server = Objects.requireNonNull(listener.accept())) {
                Send send = ring.send(client);
                send.zeroCopyFrom(1000);
                send.start(direct.flip());
                boolean ignored = ring.await(0);
                ByteBuffer all = ByteBuffer.allocate(bytes.length);
                server.timeout(Duration.ofSeconds(20)).recvExactly(all);
                assertArrayEquals(bytes, all.array());
                assertEquals(send, Rings.next(ring));
                assertEquals(bytes.length, send.result());
                assertTrue(send.isActive()); // the memory is not ours yet
                assertThrows(IllegalStateException.class, () -> send.start(direct));
                assertEquals(send, Rings.next(ring));
                assertEquals(bytes.length, send.result());
                assertFalse(send.isActive());
                assertEquals(bytes.length, direct.position());
                send.start(direct.clear().limit(999)); // below
                assertEquals(send, Rings.next(ring));
                assertFalse(send.isActive());
                send.start(ByteBuffer.wrap(bytes)); // the heap moves
                assertEquals(send, Rings.next(ring));
                assertFalse(send.isActive());
            }
        }
    }

    @Test
    void aLimitEndsAnOperationAndOnlyInTime() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            BufferRing buffers = ring.buffers(4, 64);
            Receive receive = ring.receive(pair.first(), buffers);
            receive.limit(Duration.ofMillis(50));
            long began = System.nanoTime();
            receive.start();
            assertEquals(receive, Rings.next(ring));
            assertEquals(-Linux.ECANCELED, receive.result());
            assertTrue(System.nanoTime() - began >= 50_000_000);
            receive.limit(Duration.ofSeconds(100));
            for (int i = 0; i < 100; i++) {
                receive.start();
                assertEquals(1, pair.second().send(ByteBuffer.allocate(1), 0));
                assertEquals(receive, Rings.next(ring));
                assertEquals(1, receive.check());
            }
            receive.limit(null);
            receive.start();
            assertFalse(ring.await(60_000_000));
            assertTrue(receive.isActive());
            assertThrows(IllegalStateException.class, () -> receive.limit(Duration.ZERO));
        }
    }

    @Test
    void anInterruptEndsAWaitAndNothingElse() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            Receive receive = ring.receive(pair.first(), ring.buffers(4, 64));
            receive.startMultishot();
            Thread mine = Thread.currentThread();
            for (int i = 0; i < 3; i++) {
                Thread interrupter = new Thread(() -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(20);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    mine.interrupt();
                });
                interrupter.start();
                assertFalse(ring.awaitOrInterrupt(-1));
                assertTrue(Thread.currentThread().isInterrupted());
                assertFalse(ring.awaitOrInterrupt(-1)); // looks
                assertTrue(Thread.interrupted());
                interrupter.join();
                assertEquals(1, pair.second().send(ByteBuffer.allocate(1), 0));
                assertTrue(ring.awaitOrInterrupt(Rings.LONG));
                assertEquals(receive, ring.next());
                assertEquals(1, receive.check());
            }
            assertTrue(ring.isOpen());
        }
    }
}
