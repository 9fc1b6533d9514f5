package io.sockfd.benchmarks.operation;

import io.sockfd.Message;
import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.PacketAddress;
import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.netlink.Link;
import io.sockfd.netlink.NewLink;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.option.PacketOptions;
import io.sockfd.raw.Memory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Two interfaces that are joined, in a network namespace of their own, and a packet socket that sends frames from the one to
 * the other. Nothing else goes over it. It lasts as long as its sockets.
 */
final class Wire implements Closeable {
    /** The end where frames come out. */
    static final String FAR = "far";

    private static final String NEAR = "near";
    private static final Path NO_IPV6 = Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6");
    private static final int TRIES = 500;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final int TYPE = 12;
    private static final int BATCH = 64;
    private static final long LATEST_NANOS = 2_000_000_000L;

    /** Somebody at the far end. */
    interface Arrivals {
        /** How many frames are there that were not read. */
        int there() throws IOException;
    }

    /** What somebody opened at the far end. */
    record Opened<T>(Wire wire, T end) {}

    private final Socket socket;
    private final int far;
    private final MessageBatch batch = new MessageBatch(BATCH, 1, 0);
    private final ByteBuffer[] buffers = new ByteBuffer[BATCH];

    private Wire(int near, int far) throws IOException {
        this.far = far;
        socket = packetSocket(near);
        for (int i = 0; i < BATCH; i++) {
            buffers[i] = frame();
            Message unused = batch.get(i).data(buffers[i]);
        }
    }

    /** Opens something at the far end of a wire, in its namespace. */
    static <T> Opened<T> open(End<T> end) throws Exception {
        return PrivateNetwork.open(() -> {
            Wire wire = make();
            return new Opened<>(wire, end.open(wire.far));
        });
    }

    /** What is opened, by the interface's index. */
    interface End<T> {
        T open(int ifindex) throws Exception;
    }

    private static Wire make() throws Exception {
        if (Files.exists(NO_IPV6)) {
            Files.writeString(NO_IPV6, "1"); // it would greet its neighbours
        }
        try (RtNetlink rt = RtNetlink.open()) {
            rt.create(NewLink.veth(NEAR, FAR));
            Link near = rt.link(NEAR);
            Link far = rt.link(FAR);
            rt.setUp(near.index());
            rt.setUp(far.index());
            for (int i = 0; !(rt.link(NEAR).hasCarrier() && rt.link(FAR).hasCarrier()); i++) {
                if (i == TRIES) {
                    throw new UnavailableException("a veth does not come up");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return new Wire(near.index(), far.index());
        }
    }

    /** One that sends past the queueing disciplines. */
    static Socket packetSocket(int ifindex) throws IOException {
        return Socket.packet(SocketType.RAW, 0)
                .setOption(PacketOptions.PACKET_QDISC_BYPASS, true)
                .bind(new PacketAddress(0, ifindex));
    }

    /** A frame without a number. */
    static ByteBuffer frame() {
        return Memory.allocate(PacketRows.Frames.SIZE)
                .order(ByteOrder.BIG_ENDIAN)
                .putShort(TYPE, (short) PacketRows.Frames.PROTOCOL);
    }

    /** Sends a burst, and returns when all of it has arrived: a busy processor may leave frames in its backlog for a while. */
    void send(int count, Arrivals reader) throws IOException {
        long deadline = System.nanoTime() + LATEST_NANOS;
        for (int number = 0; number < count; number += BATCH) {
            for (int i = 0; i < BATCH; i++) {
                buffers[i].clear().putInt(PacketRows.Frames.NUMBER, number + i);
            }
            int sent = socket.sendMessages(batch, 0, BATCH, 0);
            while (reader.there() < number + sent) {
                if (sent != BATCH || System.nanoTime() > deadline) {
                    throw new IOException(reader.there() + " frames of " + (number + sent) + " came over the wire");
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
