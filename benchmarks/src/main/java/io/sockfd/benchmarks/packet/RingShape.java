package io.sockfd.benchmarks.packet;

import io.sockfd.Socket;
import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.ReceiveRing;
import io.sockfd.capture.RingSize;
import io.sockfd.option.PacketOptions;
import io.sockfd.option.TpacketReq;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The rings of all contestants: blocks, and how long to wait for the last one. */
final class RingShape {
    // many: each time that a block is given out before it is full uses up a whole one
    static final int BLOCK_SIZE = 64 * 1024;
    static final int BLOCKS = 256;

    private static final int FRAME_SIZE = 2048;
    private static final int RETIRE_MILLIS = 1;
    private static final int PROBES = 8;
    private static final Duration LATEST = Duration.ofSeconds(2);

    /** How many bytes the library has the kernel keep free before each frame, for VLAN tags. */
    private static final long RESERVE = 4;

    private RingShape() {}

    /** As the library's users say it. */
    static RingSize size() {
        return new RingSize(BLOCK_SIZE, BLOCKS, FRAME_SIZE, Duration.ofMillis(RETIRE_MILLIS));
    }

    /** A socket with such a ring, which its owner still has to map. */
    static Socket socket() throws IOException {
        int frames = BLOCK_SIZE / FRAME_SIZE * BLOCKS;
        return Reader.socket()
                .setOption(PacketOptions.PACKET_VERSION, Linux.TPACKET_V3)
                .setOption(PacketOptions.PACKET_RESERVE, RESERVE)
                .setOption(
                        PacketOptions.PACKET_RX_RING,
                        new TpacketReq(BLOCK_SIZE, BLOCKS, FRAME_SIZE, frames, RETIRE_MILLIS, 0, 0));
    }

    /**
     * How many nanoseconds to wait on this machine until a block that is not full is given out, and a little more: the
     * kernel rounds what was asked for up to its clock.
     */
    static long settlingNanos() throws IOException {
        long longest = 0;
        try (Frames frames = new Frames();
                PacketSocket socket = PacketSocket.open();
                ReceiveRing ring = socket.receiveRing(size())) {
            socket.bind(PrivateNetwork.LOOPBACK, Frames.PROTOCOL);
            for (int i = 0; i < PROBES; i++) {
                frames.send(socket.socket().fd());
                long start = System.nanoTime();
                for (int left = Frames.BURST; left > 0; left--) {
                    if (ring.next(LATEST) == null) {
                        throw Reader.dropped(left);
                    }
                }
                longest = i < PROBES / 2 ? 0 : Math.max(longest, System.nanoTime() - start);
            }
        }
        return longest * 3 / 2;
    }

    static void settle(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
