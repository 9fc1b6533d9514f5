package io.sockfd.benchmarks.gather;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import java.io.IOException;

/** {@code native/bench/loops/gather.c}. */
public final class CGather implements Contestant {
    static {
        Native.load();
    }

    private final int[] fds;
    private final int count;
    private final int size;

    public CGather(boolean tcp, int count, int size) throws IOException {
        fds = Ends.descriptors(tcp);
        this.count = count;
        this.size = size;
    }

    @Override
    public long run(int times) {
        return Native.check(sendRecv(fds[0], fds[1], count, size, times), "sendmsg and recvmsg");
    }

    private static native long sendRecv(int out, int in, int count, int size, int times);

    @Override
    public void close() {
        Ends.close(fds);
    }
}
