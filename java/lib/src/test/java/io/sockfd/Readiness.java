package io.sockfd;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollEvent;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** What an epoll instance of its own says of a descriptor. */
public final class Readiness {
    private static final Libc LIBC = Libc.get();

    private Readiness() {}

    /** The events of {@code asked} that are there within the time, 0 for none. */
    public static int of(Descriptor descriptor, int asked, int timeoutMillis) throws IOException {
        ByteBuffer event = Memory.allocate(EpollEvent.SIZE);
        int epfd = Errors.check(LIBC.epoll_create1(Linux.EPOLL_CLOEXEC), "epoll_create1");
        try {
            EpollEvent.events(event, 0, asked);
            EpollEvent.data(event, 0, descriptor.fd());
            Errors.check(
                    LIBC.epoll_ctl(epfd, Linux.EPOLL_CTL_ADD, descriptor.fd(), Memory.address(event)), "epoll_ctl");
            int events = LIBC.epoll_wait(epfd, Memory.address(event), 1, timeoutMillis);
            return Errors.check(events, "epoll_wait") == 0 ? 0 : EpollEvent.events(event, 0);
        } finally {
            LIBC.close(epfd);
            Reference.reachabilityFence(event);
        }
    }
}
