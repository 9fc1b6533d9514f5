package io.sockfd.benchmarks.failure;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Libc#recv(int, long, long, int)}, whose result is -EAGAIN. */
public final class RawWouldBlock implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final int[] fds;
    private final ByteBuffer memory = Memory.allocate(Fixtures.SIZE);

    public RawWouldBlock(String kind) throws IOException {
        fds = Fixtures.descriptors(kind);
    }

    @Override
    public long run(int times) {
        int fd = fds[0];
        long in = Memory.address(memory);
        long failures = 0;
        for (int i = 0; i < times; i++) {
            failures += LIBC.recv(fd, in, Fixtures.SIZE, 0) == -Linux.EAGAIN ? 1 : 0;
        }
        return failures;
    }

    @Override
    public void close() {
        Ends.close(fds);
    }
}
