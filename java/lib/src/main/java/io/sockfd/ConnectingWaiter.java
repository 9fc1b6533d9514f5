package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * A platform thread inside connect(2) on a TCP socket that blocks: two system calls fewer than O_NONBLOCK, poll and
 * SO_ERROR, which even loopback would need. TCP is the one protocol whose connect(2) another thread can end: shutdown(2)
 * makes it ECONNABORTED.
 */
final class ConnectingWaiter extends Waiter {
    private static final long SHORT_NS = 20_000;

    private final Sockaddr remote;
    private volatile int fd = -1;
    private volatile boolean back;
    private int result;

    private ConnectingWaiter(Sockaddr remote) {
        this.remote = remote;
    }

    /**
     * Connects, between {@link Descriptor#enter} and {@link Descriptor#exit}; a close or an interrupt throws.
     *
     * @return what connect(2) returned
     */
    static int connect(Descriptor descriptor, Sockaddr remote) throws IOException {
        ConnectingWaiter waiter = new ConnectingWaiter(remote);
        waiter.start(descriptor, -1);
        try {
            waiter.poll(Linux.POLLOUT);
            return waiter.result;
        } finally {
            Waiter.end(waiter);
        }
    }

    @Override
    int poll(Descriptor.State state, int fd, int events, long deadline) {
        this.fd = fd;
        result = Libc.get().connect(fd, remote.address(), remote.length());
        back = true;
        return result < 0 && state.isClosed() ? 0 : events;
    }

    /**
     * Before connect(2) has begun, shutdown(2) says ENOTCONN and changes nothing: so again, until it did or the thread is
     * back. The descriptor cannot go meanwhile, because the thread leaves only after the monitor that is held here.
     */
    @Override
    void wake() {
        while (!back && (fd < 0 || Libc.get().shutdown(fd, Linux.SHUT_RDWR) == -Linux.ENOTCONN)) {
            LockSupport.parkNanos(SHORT_NS);
        }
    }

    @Override
    void rest() {}

    @Override
    void giveBack() {}
}
