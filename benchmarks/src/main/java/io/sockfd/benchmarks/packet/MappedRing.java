package io.sockfd.benchmarks.packet;

import io.sockfd.Errno;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;

/**
 * A packet socket's ring at an address.
 *
 * @param settlingNanos see {@link RingShape#settle}
 */
record MappedRing(int fd, long address, long settlingNanos) {
    private static final int BYTES = RingShape.BLOCK_SIZE * RingShape.BLOCKS;
    private static final int LAST_ERRNO = -4095;

    static MappedRing open() throws IOException {
        long settling = RingShape.settlingNanos();
        int fd = RingShape.socket().release();
        long address = Libc.get().mmap(0, BYTES, Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_SHARED, fd, 0);
        if (address < 0 && address >= LAST_ERRNO) {
            throw new IOException("mmap of a ring: " + Errno.ofResult(address));
        }
        return new MappedRing(fd, address, settling);
    }

    void close() {
        Libc.get().munmap(address, BYTES);
        Ends.close(fd);
    }
}
