package io.sockfd.benchmarks.stream;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import java.io.IOException;

/** {@code native/bench/stream.c}. */
public final class CStream implements Contestant {
    static {
        Native.load();
    }

    private final int[] fds;
    private final int size;

    public CStream(boolean tcp, int size) throws IOException {
        fds = Ends.descriptors(tcp);
        this.size = size;
    }

    @Override
    public long run(int times) {
        return Native.check(sendRecv(fds[0], fds[1], size, times), "send and recv");
    }

    private static native long sendRecv(int out, int in, int size, int times);

    @Override
    public void close() {
        Ends.close(fds);
    }
}
