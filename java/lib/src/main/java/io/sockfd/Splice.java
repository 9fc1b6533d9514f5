package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.POLLIN;
import static io.sockfd.raw.Linux.POLLOUT;
import static io.sockfd.raw.Linux.SPLICE_F_MOVE;
import static io.sockfd.raw.Linux.SPLICE_F_NONBLOCK;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Moves bytes between two descriptors through a pipe, inside the kernel. */
final class Splice {
    private static final Libc LIBC = Libc.get();
    private static final int PIPE_SIZE = 1 << 20;

    private Splice() {}

    static long move(SocketIo source, Descriptor target, long count) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("count is negative: " + count);
        }
        ByteBuffer ends = Memory.allocate(2 * Integer.BYTES);
        int flags = Linux.O_CLOEXEC | Linux.O_NONBLOCK;
        Errors.check(LIBC.pipe2(Memory.address(ends), flags), "pipe2");
        try (Descriptor out = Descriptor.own(ends.getInt(0));
                Descriptor in = Descriptor.own(ends.getInt(Integer.BYTES))) {
            LIBC.fcntl(in.fd(), Linux.F_SETPIPE_SZ, PIPE_SIZE); // refused to users over their limit: only slower
            long moved = 0;
            while (moved < count) {
                long filled = step(source, in, source, count - moved, POLLIN);
                if (filled <= 0) {
                    break;
                }
                for (long left = filled; left > 0; ) {
                    left -= step(out, target, source, left, POLLOUT);
                }
                moved += filled;
            }
            return moved;
        }
    }

    /** One splice(2); the bytes in the pipe must get out, so only the filling side may find that it would block. */
    private static long step(Descriptor from, Descriptor to, SocketIo timed, long count, int events)
            throws IOException {
        Waiter waiter = null;
        Descriptor slow = events == POLLIN ? from : to;
        int in = from.enter();
        try {
            int out = to.enter();
            try {
                while (true) {
                    long moved = LIBC.splice(in, 0, out, 0, count, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
                    if (moved >= 0) {
                        return moved;
                    } else if (moved == -EAGAIN && events == POLLIN && timed.timeoutNanos() == 0) {
                        return 0;
                    } else if (moved == -EAGAIN) {
                        long timeout = timed.timeoutNanos() == 0 ? -1 : timed.timeoutNanos();
                        waiter = Waiter.orBegin(waiter, slow, timeout);
                        if (!waiter.await(events)) {
                            throw Errors.timeout(Errno.EAGAIN, "splice", slow);
                        }
                    } else if (moved != -EINTR) {
                        throw Errors.exception(moved, "splice", from + " to " + to);
                    }
                }
            } finally {
                Waiter.end(waiter);
                to.exit();
            }
        } finally {
            from.exit();
        }
    }
}
