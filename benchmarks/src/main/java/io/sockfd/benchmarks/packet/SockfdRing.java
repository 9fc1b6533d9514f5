package io.sockfd.benchmarks.packet;

import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.capture.CapturedPacket;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.ReceiveRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** {@link ReceiveRing}. */
public final class SockfdRing extends Reader {
    private static final Duration LATEST = Duration.ofSeconds(1);

    private final Ring ring;

    private record Ring(ReceiveRing ring, long settlingNanos) {
        static Ring open() throws IOException {
            long settling = RingShape.settlingNanos();
            PacketSocket socket = PacketSocket.open();
            ReceiveRing ring = socket.receiveRing(RingShape.size());
            socket.bind(PrivateNetwork.LOOPBACK, Frames.PROTOCOL);
            return new Ring(ring, settling);
        }
    }

    public SockfdRing() throws Exception {
        this(Opened.open(Ring::open));
    }

    private SockfdRing(Opened<Ring> opened) {
        super(opened.frames(), opened.reader().ring().socket().socket());
        ring = opened.reader();
    }

    @Override
    void settle() {
        RingShape.settle(ring.settlingNanos);
    }

    @Override
    long read(int count) throws IOException {
        ReceiveRing frames = ring.ring;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            CapturedPacket packet = frames.next(LATEST);
            if (packet == null) {
                throw dropped(count - i);
            }
            ByteBuffer bytes = packet.data();
            sum += packet.capturedLength() + bytes.getInt(bytes.position() + Frames.NUMBER);
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        super.close();
        ring.ring.close();
    }
}
