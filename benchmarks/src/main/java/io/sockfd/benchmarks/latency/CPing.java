package io.sockfd.benchmarks.latency;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;
import io.sockfd.raw.Libc;
import java.io.IOException;

/** {@code native/bench/loops/ping.c}. */
public final class CPing implements Contestant {
    static {
        Native.load();
    }

    private final Echo echo;
    private final int fd;
    private final int size;

    public CPing(String family, boolean ours, int size) throws IOException {
        echo = new Echo(family, ours);
        fd = echo.descriptor();
        this.size = size;
    }

    @Override
    public long run(int times) {
        return Native.check(ping(fd, size, times), "send and recv");
    }

    private static native long ping(int fd, int size, int times);

    @Override
    public void close() throws IOException {
        Libc.get().close(fd);
        echo.close();
    }
}
