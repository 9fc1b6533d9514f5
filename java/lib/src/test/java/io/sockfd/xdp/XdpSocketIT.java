package io.sockfd.xdp;

import static io.sockfd.xdp.Xdp.NOTHING_COMES;
import static io.sockfd.xdp.Xdp.SOON;
import static io.sockfd.xdp.Xdp.expect;
import static io.sockfd.xdp.Xdp.frame;
import static io.sockfd.xdp.Xdp.sequence;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.capture.CapturedPacket;
import io.sockfd.capture.PacketSocket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@Tag("later")
class XdpSocketIT {
    private static final ByteBuffer FRAME = frame(60, 0);

    private interface Body {
        void run(XdpSocket left, XdpSocket right, Umem umem) throws Exception;
    }

    /** A socket at each end, both with one Umem; frames of right come to it. */
    private static void withSockets(XdpSetup setup, int chunks, Body body) throws Exception {
        Xdp.wire(() -> {
            try (Umem umem = Umem.of(chunks, 2048);
                    XdpSocket left = XdpSocket.open("veth0", 0, umem, setup);
                    XdpSocket right = XdpSocket.open("veth1", 0, umem, setup);
                    XdpRedirect redirect = XdpRedirect.attach("veth1");
                    XdpRedirect back = XdpRedirect.attach("veth0")) {
                redirect.add(right);
                back.add(left);
                body.run(left, right, umem);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(XdpMode.class)
    void aFrameOfAPacketSocketComes(XdpMode mode) throws Exception {
        Xdp.wire(() -> {
            try (Umem umem = Umem.of(4096, 2048);
                    XdpSocket socket = XdpSocket.open("veth1", 0, umem, XdpSetup.RECEIVE);
                    PacketSocket out = PacketSocket.on("veth0", 0);
                    XdpRedirect redirect = XdpRedirect.attach("veth1", mode)) {
                out.send(frame(60, 1));
                assertNull(socket.receiveRing().next(NOTHING_COMES), "no socket is in the map");
                redirect.add(socket);
                out.send(frame(100, 2));
                XdpPacket packet = expect(socket);
                assertEquals(frame(100, 2), packet.data());
                assertEquals(100, packet.length());
                assertEquals(0x88b5, packet.protocol());
                assertEquals(Linux.PACKET_BROADCAST, packet.packetType());
                assertEquals(socket.ifindex(), packet.ifindex());
                assertTrue(Math.abs(packet.timestampNanos() / 1_000_000 - System.currentTimeMillis()) < 10_000);
                assertFalse(socket.isZeroCopy());
                assertTrue(socket.copyReason().contains("EOPNOTSUPP"), socket.copyReason());
                assertTrue(redirect.remove(0));
                out.send(frame(60, 3));
                assertNull(socket.receiveRing().next(NOTHING_COMES), "it was taken out of the map");
                assertEquals(0, socket.statistics().rxDropped());
            }
        });
    }

    @Test
    void aFrameIsSent() throws Exception {
        Xdp.wire(() -> {
            try (Umem umem = Umem.of(64, 2048);
                    XdpSocket socket = XdpSocket.open("veth0", 0, umem, XdpSetup.TRANSMIT.withTransmit(64));
                    PacketSocket in = PacketSocket.on("veth1")) {
                XdpTransmitRing ring = socket.transmitRing();
                ring.send(frame(60, 1));
                assertNull(in.next(NOTHING_COMES), "it waits for a flush");
                ring.flush();
                CapturedPacket first = in.next(SOON);
                assertNotNull(first, "nothing came");
                assertEquals(frame(60, 1), first.data());
                int portion = 50; // what the receive buffer of the other end takes
                for (int sent = 0; sent < 500; sent += portion) {
                    for (int i = sent; i < sent + portion; i++) {
                        ring.send(frame(1514, i));
                    }
                    assertTrue(ring.drain(SOON));
                    for (int i = sent; i < sent + portion; i++) {
                        CapturedPacket packet = in.next(SOON);
                        assertNotNull(packet, "ended after " + i);
                        assertEquals(i, packet.data().getInt(packet.data().position() + Xdp.SEQUENCE_AT));
                    }
                }
                assertEquals(0, ring.dropped());
            }
        });
    }

    @Test
    void manyComeInOrderAndNoneIsLost() throws Exception {
        withSockets(XdpSetup.DEFAULT, 8192, (left, right, umem) -> {
            int frames = 100_000;
            int portion = 500;
            int next = 0;
            for (int sent = 0; sent < frames; sent += portion) {
                for (int i = sent; i < sent + portion; i++) {
                    ByteBuffer frame = left.transmitRing().next();
                    frame.put(0, frame(60, i), 0, 60).position(60);
                    left.transmitRing().commit();
                }
                assertTrue(left.transmitRing().drain(SOON));
                for (int i = 0; i < portion; i++) {
                    assertEquals(next++, sequence(expect(right)));
                }
            }
            assertNull(right.receiveRing().next(NOTHING_COMES));
            assertEquals(0, right.statistics().rxDropped());
            assertEquals(0, left.transmitRing().dropped());
        });
    }

    @Test
    void framesAreReadTogether() throws Exception {
        withSockets(XdpSetup.DEFAULT.withReceive(64), 1024, (left, right, umem) -> {
            XdpReceiveRing ring = right.receiveRing();
            assertNull(ring.nextFrames(NOTHING_COMES));
            int free = umem.free();
            for (int round = 0; round < 50; round++) {
                for (int i = 0; i < 20; i++) {
                    left.transmitRing().send(frame(60 + i, i));
                }
                assertTrue(left.transmitRing().drain(SOON));
                if (round % 2 == 0) {
                    assertEquals(0, sequence(expect(right)), "the others are still to come");
                }
                int seen = 1 - round % 2;
                while (seen < 20) {
                    XdpFrames frames = ring.nextFrames(SOON);
                    assertNotNull(frames, "ended after " + seen);
                    for (int i = 0; i < frames.count(); i++, seen++) {
                        assertEquals(60 + seen, frames.length(i));
                        assertEquals(seen, frames.data().getInt(frames.position(i) + Xdp.SEQUENCE_AT));
                        assertEquals(frame(60 + seen, seen), frames.packet(i).data());
                    }
                    int end = frames.count();
                    assertThrows(IndexOutOfBoundsException.class, () -> frames.packet(end));
                    assertThrows(IndexOutOfBoundsException.class, () -> frames.packet(-1));
                    long lease = frames.packet(end - 1).keep();
                    assertEquals(frame(59 + seen, seen - 1), umem.data(lease));
                    umem.release(lease);
                }
                assertEquals(20, seen);
            }
            assertNull(ring.nextFrames(NOTHING_COMES));
            assertTrue(Math.abs(umem.free() - free) <= 32, "but for those that the sender keeps in hand");
            assertEquals(0, right.statistics().rxDropped());
        });
    }

    /** A reader that keeps up loses nothing; one that does not finds in the statistics how many it lost. */
    @Test
    @Tag("whole")
    void ofAMillionFramesEachComesOrIsCounted() throws Exception {
        withSockets(XdpSetup.DEFAULT, 8192, (left, right, umem) -> {
            int frames = 1_000_000;
            long came = 0;
            for (int portion : new int[] {1000, 5000}) { // the receive ring has room for 2,048
                long before = came;
                long droppedBefore = dropped(right);
                for (int sent = 0; sent < frames; sent += portion) {
                    for (int i = 0; i < portion; i++) {
                        left.transmitRing()
                                .next()
                                .put(0, FRAME, 0, FRAME.capacity())
                                .putInt(Xdp.SEQUENCE_AT, i)
                                .position(FRAME.capacity());
                        left.transmitRing().commit();
                    }
                    assertTrue(left.transmitRing().drain(SOON));
                    came += read(right.receiveRing(), came - before, portion);
                }
                while (came - before + dropped(right) - droppedBefore < frames) {
                    XdpFrames late = right.receiveRing().nextFrames(SOON);
                    assertNotNull(late, came - before + " came, " + dropped(right) + " were dropped");
                    came += late.count();
                }
                long dropped = dropped(right) - droppedBefore;
                System.out.println("of " + frames + " frames in bursts of " + portion + " " + (came - before)
                        + " came, " + dropped + " were dropped and counted");
                assertEquals(frames, came - before + dropped);
                assertEquals(portion <= 2048, dropped == 0);
            }
            assertEquals(0, left.transmitRing().dropped());
        });
    }

    private static long dropped(XdpSocket socket) throws IOException {
        return socket.statistics().rxDropped() + socket.statistics().rxRingFull();
    }

    /** What is there; of bursts that the ring has room for the frames come in order. */
    private static long read(XdpReceiveRing ring, long before, int portion) throws IOException {
        long count = 0;
        for (XdpFrames frames = ring.nextFrames(Duration.ZERO);
                frames != null;
                frames = ring.nextFrames(Duration.ZERO)) {
            for (int i = 0; i < frames.count(); i++, count++) {
                int sequence = frames.data().getInt(frames.position(i) + Xdp.SEQUENCE_AT);
                assertTrue(portion > 2048 || sequence == (before + count) % portion, () -> "out of order: " + sequence);
            }
        }
        return count;
    }
}
