package io.sockfd.benchmarks.readiness;

import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLL_CTL_ADD;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollEvent;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Libc#epoll_wait} and a look at each struct epoll_event. */
public final class RawWait implements Contestant {
    private static final Libc LIBC = Libc.get();
    private static final int CAPACITY = 256;

    private final Watched watched;
    private final int epfd = LIBC.epoll_create1(0);
    private final ByteBuffer events = Memory.allocate(CAPACITY * EpollEvent.SIZE);

    public RawWait(int count, int ready) throws IOException {
        watched = new Watched(count, ready);
        for (int i = 0; i < count; i++) {
            EpollEvent.events(events, 0, EPOLLIN);
            EpollEvent.data(events, 0, i);
            LIBC.epoll_ctl(epfd, EPOLL_CTL_ADD, watched.socket(i).fd(), Memory.address(events));
        }
    }

    @Override
    public long run(int times) {
        long address = Memory.address(events);
        long seen = 0;
        for (int i = 0; i < times; i++) {
            int ready = LIBC.epoll_wait(epfd, address, CAPACITY, 0);
            for (int j = 0; j < ready; j++) {
                int offset = j * EpollEvent.SIZE;
                if (EpollEvent.data(events, offset) >= 0 && (EpollEvent.events(events, offset) & EPOLLIN) != 0) {
                    seen++;
                }
            }
        }
        return seen;
    }

    @Override
    public void close() throws IOException {
        LIBC.close(epfd);
        watched.close();
    }
}
