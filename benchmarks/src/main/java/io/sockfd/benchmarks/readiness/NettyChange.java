package io.sockfd.benchmarks.readiness;

import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLOUT;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.sockfd.benchmarks.Contestant;
import java.io.IOException;

/** netty's {@link Native#epollCtlMod}, or {@link Native#epollCtlAdd} and {@link Native#epollCtlDel}. */
public final class NettyChange implements Contestant {
    private final Watched watched = new Watched(1, 0);
    private final FileDescriptor epoll;
    private final boolean modify;

    public NettyChange(boolean modify) throws IOException {
        Epoll.ensureAvailability();
        epoll = Native.newEpollCreate();
        this.modify = modify;
    }

    @Override
    public long run(int times) throws IOException {
        int fd = watched.socket(0).fd();
        int epfd = epoll.intValue();
        if (modify) {
            Native.epollCtlAdd(epfd, fd, EPOLLIN);
            for (int i = 0; i < times; i++) {
                Native.epollCtlMod(epfd, fd, (i & 1) == 0 ? EPOLLIN | EPOLLOUT : EPOLLIN);
            }
            Native.epollCtlDel(epfd, fd);
        } else {
            for (int i = 0; i < times; i++) {
                Native.epollCtlAdd(epfd, fd, EPOLLIN);
                Native.epollCtlDel(epfd, fd);
            }
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        epoll.close();
        watched.close();
    }
}
