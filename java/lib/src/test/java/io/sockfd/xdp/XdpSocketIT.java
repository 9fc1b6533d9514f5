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
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.capture.CapturedPacket;
import io.sockfd.capture.PacketSocket;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@Tag("later")
class XdpSocketIT {
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
}
