package io.sockfd.benchmarks.rights;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import java.io.IOException;

/** {@code native/bench/loops/rights.c}. */
public final class CRights implements Contestant {
    static {
        Native.load();
    }

    private final int[] fds = Ends.descriptors(false);
    private final int count;
    private final Passed passed;

    public CRights(int count) throws IOException {
        this.count = count;
        passed = new Passed(count);
    }

    @Override
    public long run(int times) {
        return Native.check(pass(fds[0], fds[1], passed.fd(), count, times), "sendmsg and recvmsg");
    }

    private static native long pass(int out, int in, int fd, int count, int times);

    @Override
    public void close() throws IOException {
        Ends.close(fds);
        passed.close();
    }
}
