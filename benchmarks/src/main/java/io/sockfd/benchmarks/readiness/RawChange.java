package io.sockfd.benchmarks.readiness;

import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLOUT;
import static io.sockfd.raw.Linux.EPOLL_CTL_ADD;
import static io.sockfd.raw.Linux.EPOLL_CTL_DEL;
import static io.sockfd.raw.Linux.EPOLL_CTL_MOD;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollEvent;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Libc#epoll_ctl}. */
public final class RawChange implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final Watched watched = new Watched(1, 0);
    private final int epfd = LIBC.epoll_create1(0);
    private final ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
    private final boolean modify;

    public RawChange(boolean modify) throws IOException {
        this.modify = modify;
    }

    @Override
    public long run(int times) {
        int fd = watched.socket(0).fd();
        long address = Memory.address(event);
        EpollEvent.events(event, 0, EPOLLIN);
        if (modify) {
            LIBC.epoll_ctl(epfd, EPOLL_CTL_ADD, fd, address);
            for (int i = 0; i < times; i++) {
                EpollEvent.events(event, 0, (i & 1) == 0 ? EPOLLIN | EPOLLOUT : EPOLLIN);
                LIBC.epoll_ctl(epfd, EPOLL_CTL_MOD, fd, address);
            }
            LIBC.epoll_ctl(epfd, EPOLL_CTL_DEL, fd, 0);
        } else {
            for (int i = 0; i < times; i++) {
                LIBC.epoll_ctl(epfd, EPOLL_CTL_ADD, fd, address);
                LIBC.epoll_ctl(epfd, EPOLL_CTL_DEL, fd, 0);
            }
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        LIBC.close(epfd);
        watched.close();
    }
}
