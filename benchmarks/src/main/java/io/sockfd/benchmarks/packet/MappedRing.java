package io.sockfd.benchmarks.packet;

import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;

/**
 * A packet socket's ring at an address.
 *
 * @param settlingNanos see {@link RingShape#settle}
 */
record MappedRing(Socket socket, long address, long settlingNanos) {
    private static final int BYTES = RingShape.BLOCK_SIZE * RingShape.BLOCKS;
    private static final int LAST_ERRNO = -4095;

    static MappedRing open() throws IOException {
        long settling = RingShape.settlingNanos();
        Socket socket = RingShape.socket();
        long address = Libc.get().mmap(0, BYTES, Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_SHARED, socket.fd(), 0);
        if (address < 0 && address >= LAST_ERRNO) {
            throw new IOException("mmap of a ring: " + Errno.ofResult(address));
        }
        return new MappedRing(socket, address, settling);
    }

    /** The socket stays open. */
    void unmap() {
        Libc.get().munmap(address, BYTES);
    }
}
