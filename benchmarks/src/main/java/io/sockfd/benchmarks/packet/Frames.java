package io.sockfd.benchmarks.packet;

import io.sockfd.Message;
import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.PacketAddress;
import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.raw.Memory;
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

    private final Socket socket;
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

    /** Sends a burst. When it returns the frames lie in the queues of whoever listens. */
    void send() throws IOException {
        for (int number = 0; number < BURST; number += BATCH) {
            for (int i = 0; i < BATCH; i++) {
                buffers[i].clear().putInt(NUMBER, number + i);
            }
            int sent = socket.sendMessages(batch, 0, BATCH, 0);
            if (sent != BATCH) {
                throw new IOException("loopback took " + sent + " of " + BATCH + " frames");
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
