package io.sockfd.benchmarks.failure;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Libc#send(int, long, long, int)}, whose result is -EPIPE. */
public final class RawBroken implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final int fd;
    private final ByteBuffer memory = Memory.allocate(Fixtures.SIZE);

    public RawBroken(boolean tcp) throws IOException {
        fd = Fixtures.brokenDescriptor(tcp);
    }

    @Override
    public long run(int times) {
        long out = Memory.address(memory);
        long failures = 0;
        for (int i = 0; i < times; i++) {
            failures += LIBC.send(fd, out, Fixtures.SIZE, Linux.MSG_NOSIGNAL) == -Linux.EPIPE ? 1 : 0;
        }
        return failures;
    }

    @Override
    public void close() {
        Ends.close(fd);
    }
}
