package io.sockfd.event;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.POLLIN;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.Nanos;
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

    /** When the time is over, as {@link Descriptor#await} wants it. */
    static long deadline(@Nullable Duration timeout) {
        return timeout == null ? Nanos.FOREVER : Nanos.deadline(Math.max(0, Nanos.saturated(timeout)));
    }

    static boolean isOver(long deadline) {
        return deadline != Nanos.FOREVER && deadline - System.nanoTime() <= 0;
    }

    /** A count of 64 bits, 0 when the time was over first: neither eventfd nor timerfd ever gives a 0. */
    final long readCount(@Nullable Duration timeout) throws IOException {
        ByteBuffer count = CallMemory.of(Long.BYTES);
        return read(Memory.address(count), Long.BYTES, timeout) ? count.getLong(0) : 0;
    }

    /** False when the time was over first. */
    final boolean read(long address, int size, @Nullable Duration timeout) throws IOException {
        boolean waits = !Duration.ZERO.equals(timeout);
        boolean waited = false;
        long deadline = 0;
        int fd = enter();
        try {
            while (true) {
                long result = LIBC.read(fd, address, size);
                if (result > 0) {
                    return true;
                } else if (result == 0 || result == -EAGAIN) { // 0: a timer whose clock was set back before the read
                    if (!waits || (waited && isOver(deadline))) {
                        return false; // others may take each time what there was
                    }
                    deadline = waited ? deadline : deadline(timeout);
                    waited = true;
                    if (await(POLLIN, deadline) == 0) {
                        return false;
                    }
                } else if (result != -EINTR) {
                    throw Errors.exception(result, "read", this);
                }
            }
        } finally {
            exit();
        }
    }
}
