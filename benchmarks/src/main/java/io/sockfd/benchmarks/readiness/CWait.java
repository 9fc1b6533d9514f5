package io.sockfd.benchmarks.readiness;

import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLL_CTL_ADD;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollEvent;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@code epoll_wait} in {@code native/bench/loops/readiness.c}. */
public final class CWait implements Contestant {
    static {
        Native.load();
    }

    private final Watched watched;
    private final int epfd = Libc.get().epoll_create1(0);

    public CWait(int count, int ready) throws IOException {
        watched = new Watched(count, ready);
        ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
        for (int i = 0; i < count; i++) {
            EpollEvent.events(event, 0, EPOLLIN);
            EpollEvent.data(event, 0, i);
            Libc.get().epoll_ctl(epfd, EPOLL_CTL_ADD, watched.socket(i).fd(), Memory.address(event));
        }
    }

    @Override
    public long run(int times) {
        return Native.check(epollWait(epfd, times), "epoll_wait");
    }

    private static native long epollWait(int epfd, int times);

    @Override
    public void close() throws IOException {
        Libc.get().close(epfd);
        watched.close();
    }
}
