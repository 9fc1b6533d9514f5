package io.sockfd.benchmarks.icmp;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.nio.ByteBuffer;

/** {@code native/bench/loops/icmp.c}. */
public final class CEcho implements Contestant {
    static {
        Native.load();
    }

    private final int fd;
    private final ByteBuffer request = Echo.request();

    public CEcho() throws Exception {
        fd = Echo.socket().release();
        Libc.get().fcntl(fd, Linux.F_SETFL, 0);
    }

    @Override
    public long run(int times) {
        return Native.check(echo(fd, Memory.address(request), Echo.REQUEST, times), "echo");
    }

    private static native long echo(int fd, long request, int size, int times);

    @Override
    public void close() {
        Ends.close(fd);
    }
}
