package io.sockfd.uring;

import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Timespec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/**
 * Completes when a time is over, with a {@link #result} of 0.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/io_uring_prep_timeout.3.html">io_uring_prep_timeout(3)</a>
 */
public final class Timeout extends Operation {
    private final ByteBuffer time = Memory.allocate(Timespec.SIZE);

    Timeout(Core core) {
        super(core, null);
    }

    /**
     * Hands it to the kernel, with the next {@link Ring#await}; the time begins then.
     *
     * @throws IllegalStateException when it is in flight
     * @throws ClosedChannelException when the ring is closed
     */
    public void start(Duration delay) throws IOException {
        checkIdle();
        TimeSpan.write(time, 0, delay);
        begin();
    }

    @Override
    String name() {
        return "timeout";
    }

    @Override
    void write(ByteBuffer sqes, int at, int fd, long token) {
        Submission.write(sqes, at, Linux.IORING_OP_TIMEOUT, 0, 0, fd, 0, Memory.address(time), 1, 0, token, 0);
    }

    @Override
    void completed(int result, int flags, boolean done) {
        if (result == -Linux.ETIME) {
            result(0);
        }
    }
}
