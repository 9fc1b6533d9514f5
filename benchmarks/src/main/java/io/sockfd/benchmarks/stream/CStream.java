package io.sockfd.benchmarks.stream;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@code native/bench/stream.c}. */
public final class CStream implements Contestant {
    static {
        Native.load();
    }

    private final int[] fds;
    private final int size;
    private final ByteBuffer memory; // as all others have it: where a buffer lies is a part of its cost

    public CStream(boolean tcp, int size) throws IOException {
        fds = Ends.descriptors(tcp);
        this.size = size;
        memory = Memory.allocate(2 * size);
    }

    @Override
    public long run(int times) {
        return Native.check(sendRecv(fds[0], fds[1], Memory.address(memory), size, times), "send and recv");
    }

    private static native long sendRecv(int out, int in, long memory, int size, int times);

    @Override
    public void close() {
        Ends.close(fds);
    }
}
