package io.sockfd.benchmarks.readiness;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;
import io.sockfd.raw.Libc;
import java.io.IOException;

/** {@code epoll_ctl} in {@code native/bench/loops/readiness.c}. */
public final class CChange implements Contestant {
    static {
        Native.load();
    }

    private final Watched watched = new Watched(1, 0);
    private final int epfd = Libc.get().epoll_create1(0);
    private final boolean modify;

    public CChange(boolean modify) throws IOException {
        this.modify = modify;
    }

    @Override
    public long run(int times) {
        return Native.check(epollCtl(epfd, watched.socket(0).fd(), modify, times), "epoll_ctl");
    }

    private static native long epollCtl(int epfd, int fd, boolean modify, int times);

    @Override
    public void close() throws IOException {
        Libc.get().close(epfd);
        watched.close();
    }
}
