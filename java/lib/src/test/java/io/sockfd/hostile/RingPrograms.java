package io.sockfd.hostile;

import static io.sockfd.hostile.Program.check;
import static io.sockfd.hostile.Program.refused;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.capture.CapturedPacket;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.ReceiveRing;
import io.sockfd.capture.RingSize;
import io.sockfd.capture.TransmitRing;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Memory that is mapped, after its ring has gone. */
final class RingPrograms {
    private static final int COLLECTIONS = 8;

    private RingPrograms() {}

    static List<Program> all() {
        List<Program> all = new ArrayList<>();
        for (boolean closed : new boolean[] {true, false}) {
            String end = closed ? "closed" : "forgotten";
            all.add(Program.withPackets("a packet of a ring that is " + end, () -> view(closed)));
            all.add(new Program("a segment of a ring that is " + end, Program.ARENAS, () -> segment(closed)));
        }
        all.add(Program.withPackets("a ring is closed under its reader", RingPrograms::closedUnder));
        all.add(Program.withPackets("two readers of a ring", RingPrograms::twoReaders));
        all.add(Program.withPackets("a block is scribbled over", RingPrograms::scribbled));
        all.add(Program.withPackets("a frame of a closed transmit ring", RingPrograms::transmit));
        all.add(Program.withPackets("two senders of a ring", RingPrograms::twoSenders));
        all.add(Program.withPackets("a ring's packet is sent after its ring was closed", RingPrograms::sent));
        return all;
    }

    private static void collect() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(5);
        }
    }

    /** Made in a frame of its own, so that nothing else holds the ring. */
    private static ByteBuffer data(boolean closed) throws Exception {
        ReceiveRing ring = Packets.ring();
        ByteBuffer data = Packets.captured(ring).data().slice();
        if (closed) {
            ring.close();
        }
        return data;
    }

    private static Object segmentOf(boolean closed) throws Exception {
        return Arenas.segment(data(closed));
    }

    private static void view(boolean closed) throws Exception {
        ByteBuffer data = data(closed);
        collect();
        read(data, closed);
        read(data.duplicate().asReadOnlyBuffer().slice(), closed);
        data.put(0, (byte) 1);
    }

    private static void read(ByteBuffer data, boolean closed) {
        for (int i = 0; i < data.capacity(); i++) {
            check(!closed || data.get(i) == 0, "a closed ring's byte " + i + " is " + data.get(i));
        }
    }

    /** Nothing but this parameter holds the segment meanwhile. */
    private static Object collected(Object segment) throws Exception {
        collect();
        return segment;
    }

    private static void segment(boolean closed) throws Exception {
        if (!Packets.possible()) {
            return;
        }
        ByteBuffer again = Arenas.buffer(collected(segmentOf(closed)));
        collect();
        read(again, closed);
    }

    private static void closedUnder() throws Exception {
        for (int i = 0; i < 5; i++) {
            ReceiveRing ring = Packets.ring();
            CapturedPacket packet = Packets.captured(ring);
            Thread closer = new Thread(() -> {
                String ignored = Program.outcome(ring::close);
            });
            closer.start();
            for (int k = 0; k < 10_000; k++) {
                long ignored = packet.timestampNanos()
                        + packet.length()
                        + packet.data().get(packet.data().position());
            }
            closer.join();
            refused(ClosedChannelException.class, () -> ring.next(Duration.ZERO));
            String ignored = packet.toString() + packet.vlanTci() + packet.hardwareType();
        }
    }

    private static void twoReaders() throws Exception {
        try (ReceiveRing ring = Packets.ring()) {
            Program.Body read = () -> {
                CapturedPacket packet = ring.next(Duration.ZERO);
                if (packet != null) {
                    ByteBuffer ignored = packet.data().duplicate().slice();
                }
            };
            RacePrograms.beside(
                    () -> {
                        String ignored = Program.outcome(() -> Packets.captured(ring));
                    },
                    read);
        }
    }

    /** A packet's buffer can be cleared, and covers the kernel's block then. */
    private static void scribbled() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (ReceiveRing ring = Packets.ring()) {
                ByteBuffer block = Packets.captured(ring).data().duplicate().clear();
                for (int i = 0;
                        i < block.capacity();
                        i += 1 + ThreadLocalRandom.current().nextInt(64)) {
                    block.put(i, (byte) ThreadLocalRandom.current().nextInt());
                }
                for (int i = 0; i < 50; i++) {
                    String ignored = Program.outcome(() -> {
                        CapturedPacket packet = ring.next(Duration.ZERO);
                        if (packet != null) {
                            String unusedText = packet.toString()
                                    + packet.timestampNanos()
                                    + packet.data().slice().get();
                        }
                    });
                }
            }
        }
    }

    private static void transmit() throws Exception {
        PacketSocket socket = PacketSocket.on("lo", 0);
        TransmitRing ring = TransmitRing.open(socket, RingSize.TRANSMIT);
        ByteBuffer frame = ring.next();
        frame.putLong(0, -1L);
        ring.close();
        collect();
        frame.putLong(0, 1L);
        frame.position(60);
        refused(ClosedChannelException.class, ring::commit);
        refused(ClosedChannelException.class, () -> ring.next(Duration.ZERO));
        refused(ClosedChannelException.class, ring::flush);
        frame.putLong(8, 1L);
    }

    private static void twoSenders() throws Exception {
        try (TransmitRing ring = TransmitRing.open(PacketSocket.on("lo", 0), RingSize.TRANSMIT)) {
            byte[] frame = new byte[60];
            Program.Body send = () -> {
                ring.send(ByteBuffer.wrap(frame));
                ring.flush();
            };
            RacePrograms.beside(
                    () -> {
                        String ignored = Program.outcome(send);
                    },
                    send);
        }
    }

    private static void sent() throws Exception {
        ByteBuffer data = data(true);
        collect();
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            int length = data.remaining();
            check(pair.first().send(data, 0) == length, "not all was sent");
            byte[] got = new byte[length];
            check(pair.second().recv(got, 0, length, 0) == length, "not all came");
            for (byte each : got) {
                check(each == 0, "not zeros");
            }
        }
    }
}
