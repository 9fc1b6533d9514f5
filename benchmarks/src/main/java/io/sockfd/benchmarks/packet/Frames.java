package io.sockfd.benchmarks.packet;

import io.sockfd.Errno;
import io.sockfd.Message;
import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.PacketAddress;
import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.TpacketStats;
import io.sockfd.raw.struct.TpacketStatsV3;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Sends frames over loopback that nobody takes but packet sockets. */
final class Frames implements Closeable {
    /** The frames of one burst. */
    static final int BURST = 4096;

    /** Bytes of a frame. */
    static final int SIZE = 64;

    /** The EtherType for local experiments (IEEE 802). */
    static final int PROTOCOL = 0x88b5;

    /** Where each frame carries its number, in network byte order. */
    static final int NUMBER = 14;

    private static final int TYPE = 12;
    private static final int BATCH = 64;
    private static final long LATEST_NANOS = 2_000_000_000L;

    private final Socket socket;
    private final ByteBuffer statistics = Memory.allocate(TpacketStatsV3.SIZE + Integer.BYTES);
    private final MessageBatch batch = new MessageBatch(BATCH, 1, 0);
    private final ByteBuffer[] buffers = new ByteBuffer[BATCH];

    /** In the calling thread's network namespace. */
    Frames() throws IOException {
        socket = Socket.packet(SocketType.RAW, 0).bind(new PacketAddress(0, PrivateNetwork.LOOPBACK));
        for (int i = 0; i < BATCH; i++) {
            buffers[i] = Memory.allocate(SIZE);
            buffers[i].order(ByteOrder.BIG_ENDIAN).putShort(TYPE, (short) PROTOCOL);
            Message unused = batch.get(i).data(buffers[i]);
        }
    }

    /**
     * Sends a burst to a packet socket, and returns when all of it lies in its queue: a processor that is busy may leave
     * frames in its backlog for a while, and drops what is too much for that.
     */
    void send(int reader) throws IOException {
        long deadline = System.nanoTime() + LATEST_NANOS;
        for (int number = 0; number < BURST; number += BATCH) {
            for (int i = 0; i < BATCH; i++) {
                buffers[i].clear().putInt(NUMBER, number + i);
            }
            int sent = socket.sendMessages(batch, 0, BATCH, 0);
            for (int left = sent; left > 0; left -= arrived(reader)) {
                if (sent != BATCH || System.nanoTime() > deadline) {
                    throw new IOException(left + " of " + sent + " frames did not come over loopback");
                }
            }
        }
    }

    /** How many came since it was asked last. */
    private int arrived(int reader) throws IOException {
        statistics.putInt(TpacketStatsV3.SIZE, TpacketStatsV3.SIZE);
        long pointer = Memory.address(statistics);
        int result = Libc.get()
                .getsockopt(reader, Linux.SOL_PACKET, Linux.PACKET_STATISTICS, pointer, pointer + TpacketStatsV3.SIZE);
        if (result < 0) {
            throw new IOException("PACKET_STATISTICS: " + Errno.ofResult(result));
        }
        // these two are the same in all versions
        long drops = TpacketStats.tp_drops(statistics, 0);
        if (drops != 0) {
            throw new IOException("the packet socket dropped " + drops + " frames: it has no room for them");
        }
        return (int) TpacketStats.tp_packets(statistics, 0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
