package io.sockfd.benchmarks.latency;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Libc#send} and {@link Libc#recv} on a descriptor that blocks, as in C. */
public final class RawPing implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final Echo echo;
    private final int fd;
    private final int size;
    private final ByteBuffer memory;
    private final long address;

    public RawPing(String family, boolean ours, int size) throws IOException {
        echo = new Echo(family, ours);
        fd = echo.descriptor();
        this.size = size;
        memory = Memory.allocate(size);
        address = Memory.address(memory);
    }

    @Override
    public long run(int times) {
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            Native.check(LIBC.send(fd, address, size, Linux.MSG_NOSIGNAL), "send");
            for (long received = 0; received < size; ) {
                received += Native.check(LIBC.recv(fd, address, size - received, 0), "recv");
            }
            bytes += size;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        LIBC.close(fd);
        echo.close();
    }
}
