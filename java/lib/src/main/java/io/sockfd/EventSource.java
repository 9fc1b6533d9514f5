package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.POLLIN;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A descriptor from which read(2) gives events of one size, whole. It is O_NONBLOCK in the kernel; waiting is ours. */
abstract class EventSource extends Descriptor {
    static final Libc LIBC = Libc.getOrRefusing();

    EventSource(int fd) {
        super(fd, true);
    }

    /** For descriptors that came from elsewhere. */
    static int nonBlocking(int fd) throws IOException {
        int flags = Errors.check(LIBC.fcntl(fd, Linux.F_GETFL, 0), "fcntl", fd);
        if ((flags & Linux.O_NONBLOCK) == 0) {
            Errors.check(LIBC.fcntl(fd, Linux.F_SETFL, flags | Linux.O_NONBLOCK), "fcntl", fd);
        }
        return fd;
    }

    /** What {@link Descriptor#poll} takes as its timeout, as {@link Waiter} wants it: negative for ever. */
    static long nanos(@Nullable Duration timeout) {
        return timeout == null ? -1 : Math.max(0, Nanos.saturated(timeout));
    }

    /** A count of 64 bits, 0 when the time was over first: neither eventfd nor timerfd ever gives a 0. */
    final long readCount(@Nullable Duration timeout) throws IOException {
        ByteBuffer count = Bounce.of(Long.BYTES);
        return read(Memory.address(count), Long.BYTES, timeout) ? count.getLong(0) : 0;
    }

    /** False when the time was over first. */
    final boolean read(long address, int size, @Nullable Duration timeout) throws IOException {
        long nanos = nanos(timeout);
        Waiter waiter = null;
        int fd = enter();
        try {
            while (true) {
                long result = LIBC.read(fd, address, size);
                if (result > 0) {
                    return true;
                } else if (result == 0 || result == -EAGAIN) { // 0: a timer whose clock was set back before the read
                    if (nanos == 0) {
                        return false;
                    }
                    waiter = Waiter.orBegin(waiter, this, nanos);
                    if (!waiter.await(POLLIN)) {
                        return false;
                    }
                } else if (result != -EINTR) {
                    throw Errors.exception(result, "read", this);
                }
            }
        } finally {
            Waiter.end(waiter);
            exit();
        }
    }
}
