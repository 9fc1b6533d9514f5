package io.sockfd.benchmarks.packet;

import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.TpacketBlockDesc;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * A packet socket's ring at an address.
 *
 * @param memory what is there
 * @param settlingNanos see {@link RingShape#settlingNanos}
 */
record MappedRing(Socket socket, long address, ByteBuffer memory, long settlingNanos) {
    private static final long LATEST_NANOS = 2_000_000_000L;
    private static final int BYTES = RingShape.BLOCK_SIZE * RingShape.BLOCKS;
    private static final int LAST_ERRNO = -4095;

    static MappedRing open() throws IOException {
        long settling = RingShape.settlingNanos();
        Socket socket = RingShape.socket();
        long address = Libc.get().mmap(0, BYTES, Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_SHARED, socket.fd(), 0);
        if (address < 0 && address >= LAST_ERRNO) {
            throw new IOException("mmap of a ring: " + Errno.ofResult(address));
        }
        return new MappedRing(socket, address, Memory.wrap(address, BYTES), settling);
    }

    /** Waits until a burst can be read from this block on; a busy machine's kernel may give out the last one late. */
    void settle(int next) {
        long deadline = System.nanoTime() + LATEST_NANOS;
        do {
            RingShape.settle(settlingNanos);
        } while (readable(next) < Frames.BURST && System.nanoTime() < deadline);
    }

    private int readable(int next) {
        int packets = 0;
        for (int i = 0; i < RingShape.BLOCKS && packets < Frames.BURST; i++) {
            int block = (next + i) % RingShape.BLOCKS * RingShape.BLOCK_SIZE;
            if ((TpacketBlockDesc.block_status(memory, block) & Linux.TP_STATUS_USER) == 0) {
                break;
            }
            VarHandle.acquireFence();
            packets += TpacketBlockDesc.num_pkts(memory, block);
        }
        return packets;
    }

    /** The socket stays open. */
    void unmap() {
        Libc.get().munmap(address, BYTES);
    }
}
