package io.sockfd.benchmarks.packet;

import com.sun.management.ThreadMXBean;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.PacketAddress;
import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.benchmarks.Timed;
import io.sockfd.option.SocketOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * Somebody who reads all frames of a burst, each whole: its length, and the number that it carries. Frames that were
 * dropped are a failure.
 */
abstract class Reader implements Timed {
    /** SO_RCVBUF: a burst, each frame with its sk_buff. */
    static final int BUFFER = 16 << 20;

    private final Frames frames;
    private final Socket socket;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long nanos;
    private long bytes;

    Reader(Frames frames, Socket socket) {
        this.frames = frames;
        this.socket = socket;
    }

    /**
     * Opens both ends in a network of their own.
     *
     * @param <R> what the reader needs
     */
    record Opened<R>(R reader, Frames frames) {
        static <R> Opened<R> open(PrivateNetwork.Body<R> reader) throws Exception {
            return PrivateNetwork.open(() -> new Opened<>(reader.run(), new Frames()));
        }
    }

    /** A packet socket with room for a burst. */
    static Socket socket() throws IOException {
        return Socket.packet(SocketType.RAW, 0)
                .setOption(SocketOptions.SO_RCVBUFFORCE, BUFFER)
                .bind(new PacketAddress(Frames.PROTOCOL, PrivateNetwork.LOOPBACK));
    }

    /** Waits until a burst that has arrived can be read, too; not measured. */
    void settle() throws IOException {}

    /**
     * Reads so many frames.
     *
     * @return the sum of their lengths and their numbers
     */
    abstract long read(int count) throws IOException;

    @Override
    public final long run(int times) throws IOException {
        long sum = 0;
        nanos = 0;
        bytes = 0;
        for (int i = 0; i < times; i++) {
            frames.send(socket.fd());
            settle();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            sum += read(Frames.BURST);
            nanos += System.nanoTime() - start;
            bytes += threads.getCurrentThreadAllocatedBytes() - allocated;
        }
        return sum;
    }

    static IOException dropped(int left) {
        return new IOException(left + " of " + Frames.BURST + " frames did not arrive");
    }

    @Override
    public final long nanos() {
        return nanos;
    }

    @Override
    public final long bytes(long ofTheRun) {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        frames.close();
        socket.close();
    }
}
