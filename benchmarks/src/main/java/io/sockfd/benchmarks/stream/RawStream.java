package io.sockfd.benchmarks.stream;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Libc#send(int, long, long, int)} and {@link Libc#recv(int, long, long, int)}. */
public final class RawStream implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final int[] fds;
    private final ByteBuffer memory;
    private final int size;

    public RawStream(boolean tcp, int size) throws IOException {
        fds = Ends.descriptors(tcp);
        this.size = size;
        memory = Memory.allocate(2 * size);
    }

    @Override
    public long run(int times) {
        int first = fds[0];
        int second = fds[1];
        long out = Memory.address(memory);
        long in = out + size;
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            LIBC.send(first, out, size, MSG_NOSIGNAL);
            long received = 0;
            while (received < size) {
                received += LIBC.recv(second, in + received, size - received, 0);
            }
            bytes += received;
        }
        return bytes;
    }

    @Override
    public void close() {
        Ends.close(fds);
    }
}
