package io.sockfd.capture;

import static io.sockfd.capture.Frames.BROADCAST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Allocations;
import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.option.TpacketStats;
import io.sockfd.raw.Backend;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("once")
class ReceiveRingIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration NOTHING_COMES = Duration.ofMillis(50);
    private static final int FRAMES = 100_000;

    private interface Body {
        void run(PacketSocket out, ReceiveRing ring) throws Exception;
    }

    private static void withRing(RingSize size, Body body) throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.veth();
            try (PacketSocket out = PacketSocket.on("veth0", 0);
                    PacketSocket in = PacketSocket.on("veth1");
                    ReceiveRing ring = ReceiveRing.open(in, size)) {
                body.run(out, ring);
            }
        });
    }

    private static CapturedPacket expect(ReceiveRing ring) throws IOException {
        CapturedPacket packet = ring.next(SOON);
        assertNotNull(packet, "nothing came");
        return packet;
    }

    @Test
    void packetsAreAsTheyWere() throws Exception {
        withRing(RingSize.RECEIVE, (out, ring) -> {
            assertNull(ring.next(Duration.ZERO));
            assertNull(ring.next(NOTHING_COMES));
            long before = System.currentTimeMillis();
            for (int length = 60; length <= 1514; length++) {
                ByteBuffer frame = Frames.frame(BROADCAST, length, length);
                frame.put(length - 1, (byte) 0x5a);
                out.send(frame);
            }
            for (int length = 60; length <= 1514; length++) {
                CapturedPacket packet = expect(ring);
                ByteBuffer frame = Frames.frame(BROADCAST, length, length);
                frame.put(length - 1, (byte) 0x5a);
                assertEquals(frame, packet.data());
                assertEquals(length, packet.length());
                assertEquals(length, packet.capturedLength());
                assertEquals(Frames.ETHERTYPE, packet.protocol());
                assertEquals(Linux.PACKET_BROADCAST, packet.packetType());
                assertEquals(Linux.ARPHRD_ETHER, packet.hardwareType());
                assertTrue(Math.abs(packet.timestampNanos() / 1_000_000 - before) < 5_000);
                assertFalse(packet.losing());
            }
            TpacketStats statistics = ring.socket().statistics();
            assertEquals(1455, statistics.packets());
            assertEquals(0, statistics.drops());
        });
    }

    @Test
    void putsVlanTagsBack() throws Exception {
        withRing(RingSize.RECEIVE, (out, ring) -> {
            for (int tpid : new int[] {Linux.ETH_P_8021Q, Linux.ETH_P_8021AD}) {
                ByteBuffer frame = Frames.tagged(tpid, 0x6064, 64, 9);
                out.send(frame);
                CapturedPacket packet = expect(ring);
                assertEquals(frame.clear(), packet.data());
                assertEquals(64, packet.length());
                assertEquals(0x6064, packet.vlanTci());
                assertEquals(tpid, packet.vlanTpid());
            }
        });
    }

    /**
     * The same flood, seen through a ring and through recvmsg(2), each read as fast as its thread can. Under load the
     * queue of veth itself may lose frames: what counts is what reached the two sockets.
     */
    @Test
    void losesNothingWhereReceivingDoes() throws Exception {
        withRing(RingSize.RECEIVE.withBlockCount(96), (out, ring) -> {
            try (PacketSocket plain = PacketSocket.on("veth1");
                    PacketSocket sender = PacketSocket.on("veth0", 0);
                    TransmitRing flood = TransmitRing.open(sender, RingSize.TRANSMIT)) {
                CompletableFuture<Integer> plainReader = counting(plain::next);
                int[] last = {-1};
                CompletableFuture<Integer> ringReader = counting(timeout -> {
                    CapturedPacket packet = ring.next(timeout);
                    if (packet != null) {
                        assertTrue(Frames.sequence(packet) > last[0], "out of order");
                        last[0] = Frames.sequence(packet);
                    }
                    return packet;
                });
                long start = System.nanoTime();
                ByteBuffer frame = Frames.frame(BROADCAST, 60, 0);
                for (int i = 0; i < FRAMES; i++) {
                    frame.putInt(Frames.SEQUENCE_AT, i);
                    flood.send(frame.clear());
                }
                assertTrue(flood.drain(SOON));
                long millis = (System.nanoTime() - start) / 1_000_000;
                int ringCount = ringReader.get(10, TimeUnit.SECONDS);
                int plainCount = plainReader.get(10, TimeUnit.SECONDS);
                TpacketStats ringStatistics = ring.socket().statistics();
                TpacketStats plainStatistics = plain.statistics();
                System.out.printf(
                        Locale.ROOT,
                        "%s: %d frames in %d ms: ring saw %d, dropped %d; recvmsg saw %d, dropped %d%n",
                        Backend.chosen().name(),
                        ringStatistics.packets(),
                        millis,
                        ringCount,
                        ringStatistics.drops(),
                        plainCount,
                        plainStatistics.drops());
                assertEquals(ringStatistics.packets(), ringCount);
                assertEquals(0, ringStatistics.drops());
                assertTrue(ringCount > FRAMES / 4, "the wire lost too much");
                assertEquals(ringCount, plainStatistics.packets());
                assertEquals(plainStatistics.packets(), plainCount + plainStatistics.drops());
                assertTrue(plainStatistics.drops() > 0, "too slow a flood to show anything");
            }
        });
    }

    private interface Source {
        @Nullable
        CapturedPacket next(Duration timeout) throws IOException;
    }

    /** Counts in a thread of its own until nothing comes any more. */
    private static CompletableFuture<Integer> counting(Source source) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        int count = 0;
                        while (count < FRAMES && source.next(count == 0 ? SOON : Duration.ofMillis(300)) != null) {
                            count++;
                        }
                        result.complete(count);
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                })
                .start();
        return result;
    }

    @Test
    void readingAllocatesNothing() throws Exception {
        withRing(RingSize.RECEIVE.withRetireAfter(Duration.ofMillis(1)), (out, ring) -> {
            int batch = 900; // what the queue of veth takes in any case
            long least = Long.MAX_VALUE;
            try (PacketSocket sender = PacketSocket.on("veth0", 0);
                    TransmitRing flood = TransmitRing.open(sender, RingSize.TRANSMIT)) {
                ByteBuffer frame = Frames.frame(BROADCAST, 60, 1);
                for (int round = 0; round < 40; round++) {
                    for (int i = 0; i < batch; i++) {
                        flood.send(frame.clear());
                    }
                    assertTrue(flood.drain(SOON));
                    Thread.sleep(10); // the last block retires
                    long before = Allocations.soFar();
                    long sum = 0;
                    for (int i = 0; i < batch; i++) {
                        CapturedPacket packet = expect(ring);
                        sum += packet.data().getInt(packet.data().position() + Frames.SEQUENCE_AT)
                                + (packet.timestampNanos() == 0 ? 1 : 0);
                    }
                    least = Math.min(least, Allocations.soFar() - before);
                    assertEquals(batch, sum);
                    assertNull(ring.next(Duration.ZERO));
                }
            }
            assertEquals(0, least, "bytes for " + batch + " packets");
        });
    }

    @Test
    void aFullRingDropsAndSaysSoAndGoesOn() throws Exception {
        RingSize small = new RingSize(4096, 2, 2048, Duration.ofMillis(5));
        withRing(small, (out, ring) -> {
            for (int i = 0; i < 200; i++) {
                out.send(Frames.frame(BROADCAST, 1000, i));
            }
            TpacketStats full = ring.socket().statistics();
            assertEquals(200, full.packets());
            assertTrue(full.drops() > 150, full.toString());
            assertTrue(full.freezeQCount().orElseThrow() > 0, full.toString());
            long kept = full.packets() - full.drops();
            for (int i = 0; i < kept; i++) {
                assertEquals(i, Frames.sequence(expect(ring)));
            }
            assertNull(ring.next(NOTHING_COMES));
            for (int round = 0; round < 50; round++) {
                out.send(Frames.frame(BROADCAST, 1000, round));
                assertEquals(round, Frames.sequence(expect(ring)));
            }
        });
    }

    @Test
    void whatIsLongerThanABlockIsCutAndSaysSo() throws Exception {
        withRing(new RingSize(4096, 2, 2048, Duration.ofMillis(1)), (out, ring) -> {
            PrivateNetwork.ip("link set veth0 mtu 9000");
            PrivateNetwork.ip("link set veth1 mtu 9000");
            out.send(Frames.frame(BROADCAST, 9014, 7));
            CapturedPacket packet = expect(ring);
            assertTrue(packet.truncated());
            assertEquals(9014, packet.length());
            assertTrue(packet.capturedLength() > 3000 && packet.capturedLength() < 4096, packet.toString());
            assertEquals(7, Frames.sequence(packet));
        });
    }

    @Test
    void closeEndsAWaitAndTheRingIsGone() throws Exception {
        withRing(RingSize.RECEIVE, (out, ring) -> {
            CompletableFuture<Throwable> waiting = Waiting.in(ring::next);
            assertTrue(isMapped());
            ring.close();
            assertEquals(
                    AsynchronousCloseException.class,
                    waiting.get(5, TimeUnit.SECONDS).getClass());
            assertThrows(ClosedChannelException.class, ring::next);
            assertThrows(ClosedChannelException.class, () -> ring.next(Duration.ZERO));
            assertFalse(isMapped());
            assertFalse(ring.socket().isOpen());
        });
    }

    @Test
    void anInterruptCloses() throws Exception {
        withRing(RingSize.RECEIVE, (out, ring) -> {
            Thread[] reader = new Thread[1];
            CompletableFuture<Throwable> waiting = Waiting.in(ring::next, reader);
            reader[0].interrupt();
            assertEquals(
                    ClosedByInterruptException.class,
                    waiting.get(5, TimeUnit.SECONDS).getClass());
            assertFalse(ring.isOpen());
            assertFalse(isMapped());
        });
    }

    @Test
    void aPacketStaysUntilItsReaderIsDone() throws Exception {
        withRing(RingSize.RECEIVE, (out, ring) -> {
            ByteBuffer frame = Frames.frame(BROADCAST, 60, 77);
            out.send(frame);
            CapturedPacket packet = expect(ring);
            Thread closer = new Thread(() -> {
                try {
                    ring.close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            closer.start();
            closer.join(5_000);
            assertFalse(ring.isOpen());
            assertTrue(isMapped(), "the packet is still being read");
            assertEquals(frame.clear(), packet.data());
            assertThrows(ClosedChannelException.class, ring::next);
            assertFalse(isMapped());
            assertEquals(0, Frames.sequence(packet), "a view that was kept reads zeros, and does not fault");
        });
    }

    @Test
    void closingWithAPacketInHandUnmaps() throws Exception {
        withRing(RingSize.RECEIVE, (out, ring) -> {
            out.send(Frames.frame(BROADCAST, 60, 77));
            CapturedPacket packet = expect(ring);
            ring.close();
            assertFalse(isMapped());
            assertEquals(0, Frames.sequence(packet));
        });
        withRing(RingSize.RECEIVE, (out, ring) -> {
            out.send(Frames.frame(BROADCAST, 60, 78));
            Thread reader = new Thread(() -> {
                try {
                    assertNotNull(ring.next());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            reader.start();
            reader.join(5_000);
            ring.socket().close();
            assertFalse(isMapped(), "its reader has ended");
        });
    }

    /** Without a close: the memory stays as long as somebody can read it, and goes then. */
    @Test
    void aForgottenRingIsTakenBackWhenNobodySeesIt() throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.veth();
            CapturedPacket packet = forgetRing();
            System.gc();
            Thread.sleep(50);
            assertTrue(isMapped());
            assertEquals(4711, Frames.sequence(packet));
            packet = null;
            for (int i = 0; i < 100 && isMapped(); i++) {
                System.gc();
                Thread.sleep(10);
            }
            assertFalse(isMapped());
        });
    }

    private static CapturedPacket forgetRing() throws IOException {
        ReceiveRing ring = ReceiveRing.open(PacketSocket.on("veth1"), RingSize.RECEIVE);
        try (PacketSocket out = PacketSocket.on("veth0", 0)) {
            out.send(Frames.frame(BROADCAST, 60, 4711));
        }
        return expect(ring);
    }

    /** Packet rings are mapped under the name of their socket. */
    private static boolean isMapped() throws IOException {
        return Files.readString(Path.of("/proc/self/maps")).contains("socket:[");
    }

    @Test
    void oneRingAndOneReader() throws Exception {
        withRing(RingSize.RECEIVE, (out, ring) -> {
            assertThrows(IllegalStateException.class, () -> ReceiveRing.open(ring.socket(), RingSize.RECEIVE));
            assertThrows(IllegalStateException.class, () -> TransmitRing.open(ring.socket(), RingSize.TRANSMIT));
            CompletableFuture<Throwable> waiting = Waiting.in(ring::next);
            IllegalStateException two = assertThrows(IllegalStateException.class, ring::next);
            assertTrue(two.toString().contains("fanout"), two.toString());
            ring.close();
            assertEquals(
                    AsynchronousCloseException.class,
                    waiting.get(5, TimeUnit.SECONDS).getClass());
        });
    }

    @Test
    void anInterfaceThatGoesDownIsAnErrorOnce() throws Exception {
        withRing(RingSize.RECEIVE, (out, ring) -> {
            PrivateNetwork.ip("link set veth1 down");
            IOException down = assertThrows(IOException.class, () -> ring.next(SOON));
            assertEquals(Errno.ENETDOWN, Errors.errnoOf(down).orElseThrow());
            PrivateNetwork.ip("link set veth1 up");
            assertNull(ring.next(NOTHING_COMES));
            out.send(Frames.frame(BROADCAST, 60, 1));
            assertEquals(1, Frames.sequence(expect(ring)));
        });
    }

    @Test
    void fanoutGivesEachRingItsShare() throws Exception {
        withRing(RingSize.RECEIVE, (out, ring) -> {
            try (PacketSocket second = PacketSocket.on("veth1");
                    ReceiveRing other = ReceiveRing.open(second, RingSize.RECEIVE)) {
                int group = ring.socket().fanout(0, Linux.PACKET_FANOUT_LB | Linux.PACKET_FANOUT_FLAG_UNIQUEID);
                second.fanout(group, Linux.PACKET_FANOUT_LB);
                for (int i = 0; i < 10; i++) {
                    out.send(Frames.frame(BROADCAST, 60, i));
                }
                for (int i = 0; i < 5; i++) {
                    assertEquals(1, (Frames.sequence(expect(ring)) + Frames.sequence(expect(other))) % 2);
                }
            }
        });
    }
}
