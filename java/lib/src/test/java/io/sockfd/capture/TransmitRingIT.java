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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("once")
class TransmitRingIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration NOTHING_COMES = Duration.ofMillis(50);

    /** Eight frames of 2016 bytes. */
    private static final RingSize SMALL = new RingSize(8192, 2, 2048, Duration.ofMillis(1));

    private interface Body {
        void run(TransmitRing ring, PacketSocket in) throws Exception;
    }

    private static void withRing(RingSize size, Body body) throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.veth();
            try (PacketSocket out = PacketSocket.on("veth0", 0);
                    TransmitRing ring = TransmitRing.open(out, size);
                    PacketSocket in = PacketSocket.on("veth1")) {
                body.run(ring, in);
            }
        });
    }

    private static int expect(PacketSocket in) throws IOException {
        CapturedPacket packet = in.next(SOON);
        assertNotNull(packet, "nothing came");
        return Frames.sequence(packet);
    }

    /** In portions that the queue between the two ends of veth takes: net.core.netdev_max_backlog is 1000 frames. */
    @Test
    void aHundredThousandFramesArriveInOrder() throws Exception {
        withRing(RingSize.TRANSMIT, (ring, in) -> {
            int frames = 100_000;
            int portion = 500;
            try (ReceiveRing all = ReceiveRing.open(in, RingSize.RECEIVE.withRetireAfter(Duration.ofMillis(1)))) {
                ByteBuffer template = Frames.frame(BROADCAST, 60, 0);
                for (int sent = 0; sent < frames; sent += portion) {
                    for (int i = sent; i < sent + portion; i++) {
                        template.putInt(Frames.SEQUENCE_AT, i);
                        ring.next().put(template.clear());
                        ring.commit();
                    }
                    assertTrue(ring.drain(SOON));
                    for (int i = sent; i < sent + portion; i++) {
                        CapturedPacket packet = all.next(SOON);
                        assertNotNull(packet, "ended after " + i);
                        assertEquals(i, Frames.sequence(packet));
                        assertEquals(60, packet.length());
                    }
                }
                assertNull(all.next(NOTHING_COMES));
                assertEquals(frames, in.statistics().packets());
            }
        });
    }

    @Test
    void framesWaitForFlush() throws Exception {
        withRing(SMALL, (ring, in) -> {
            assertEquals(8, ring.frameCount());
            assertEquals(2016, ring.capacity());
            ring.send(Frames.frame(BROADCAST, 60, 1));
            assertNull(in.next(NOTHING_COMES));
            ring.flush();
            assertEquals(1, expect(in));
            for (int i = 0; i < 40; i++) {
                ring.send(Frames.frame(BROADCAST, 1514, i));
            }
            assertTrue(ring.drain(SOON));
            for (int i = 0; i < 40; i++) {
                assertEquals(i, expect(in));
            }
            assertTrue(ring.drain(Duration.ZERO), "nothing is left");
        });
    }

    @Test
    void aRefusedFrameIsLeftOutAndTheOthersArrive() throws Exception {
        withRing(SMALL, (ring, in) -> {
            for (int round = 0; round < 9; round++) { // the refused one is at each place of the ring once
                ring.send(Frames.frame(BROADCAST, 60, round));
                ring.send(Frames.frame(BROADCAST, 1600, 1000));
                ring.send(Frames.frame(BROADCAST, 100, round + 100));
                IOException refused = assertThrows(IOException.class, () -> ring.drain(SOON));
                assertEquals(Errno.EMSGSIZE, Errors.errnoOf(refused).orElseThrow());
                assertTrue(ring.drain(SOON));
                assertEquals(round, expect(in));
                CapturedPacket last = in.next(SOON);
                assertNotNull(last, "nothing came");
                assertEquals(Frames.frame(BROADCAST, 100, round + 100), last.data());
                assertNull(in.next(Duration.ZERO));
            }
            ring.next().putInt(1);
            ring.commit();
            IOException tooShort = assertThrows(IOException.class, ring::flush);
            assertEquals(Errno.EINVAL, Errors.errnoOf(tooShort).orElseThrow());
            ring.send(Frames.frame(BROADCAST, 60, 5));
            assertTrue(ring.drain(SOON));
            assertEquals(5, expect(in));
        });
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        withRing(SMALL, (ring, in) -> {
            IllegalArgumentException tooLong = assertThrows(
                    IllegalArgumentException.class, () -> ring.send(ByteBuffer.allocate(ring.capacity() + 1)));
            assertTrue(tooLong.toString().contains("withFrameSize"), tooLong.toString());
            assertThrows(IllegalStateException.class, ring::commit);
            PrivateNetwork.ip("link set veth0 down");
            ring.send(Frames.frame(BROADCAST, 60, 1));
            IOException down = assertThrows(IOException.class, ring::flush);
            assertEquals(Errno.ENETDOWN, Errors.errnoOf(down).orElseThrow());
            PrivateNetwork.ip("link set veth0 up");
            assertTrue(ring.drain(SOON));
            assertEquals(1, expect(in));
        });
    }

    /** Traffic control lets one frame pass and keeps the others, so that the ring stays full. */
    @Test
    void aFullRingWaitsAndCloseEndsIt() throws Exception {
        withRing(SMALL, (ring, in) -> {
            PrivateNetwork.run("tc qdisc add dev veth0 root tbf rate 8kbit burst 1600 latency 1000s");
            for (int i = 0; i < 8; i++) {
                ring.send(Frames.frame(BROADCAST, 1500, i));
            }
            ByteBuffer freed = ring.next(SOON);
            assertNotNull(freed, "the first frame was sent, and its place is free");
            freed.put(Frames.frame(BROADCAST, 1500, 8));
            ring.commit();
            assertNull(ring.next(Duration.ZERO));
            assertNull(ring.next(NOTHING_COMES));
            assertFalse(ring.drain(NOTHING_COMES));
            Thread[] sender = new Thread[1];
            CompletableFuture<Throwable> waiting = Waiting.in(ring::next, sender);
            assertFalse(waiting.isDone());
            ring.close();
            Throwable end = waiting.get(5, TimeUnit.SECONDS);
            assertEquals(AsynchronousCloseException.class, end.getClass(), end.toString());
            assertThrows(ClosedChannelException.class, ring::next);
            assertThrows(ClosedChannelException.class, ring::flush);
        });
    }

    @Test
    void closingWhileAFrameIsFilledSendsNothing() throws Exception {
        withRing(SMALL, (ring, in) -> {
            ByteBuffer frame = ring.next();
            Thread closer = new Thread(() -> {
                try {
                    ring.close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            closer.start();
            closer.join(5_000);
            frame.put(Frames.frame(BROADCAST, 60, 1));
            assertThrows(ClosedChannelException.class, ring::commit);
            assertNull(in.next(NOTHING_COMES));
            frame.clear().put(new byte[60]);
        });
    }

    @Test
    void sendingAllocatesNothing() throws Exception {
        withRing(RingSize.TRANSMIT, (ring, in) -> {
            ByteBuffer frame = Frames.frame(BROADCAST, 60, 0);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 40; round++) {
                assertTrue(ring.drain(SOON));
                long before = Allocations.soFar();
                for (int i = 0; i < 500; i++) { // less than a ring: nothing waits
                    ring.send(frame.clear());
                }
                least = Math.min(least, Allocations.soFar() - before);
            }
            assertEquals(0, least, "bytes for 500 frames");
        });
    }
}
