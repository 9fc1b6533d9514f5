package io.sockfd;

import io.sockfd.raw.Libc;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process as a descriptor, which unlike its number is never reused: SO_PEERPIDFD, SCM_PIDFD. The descriptor is owned
 * and close-on-exec. All methods may be called from any thread. See
 * <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>.
 */
public final class PidFd implements AutoCloseable {
    private static final int CLOSED = -1;

    private final AtomicInteger fd;

    private PidFd(int fd) {
        this.fd = new AtomicInteger(fd);
    }

    /** Takes ownership of a pidfd. */
    public static PidFd adopt(int fd) {
        return new PidFd(fd);
    }

    /**
     * The descriptor; it stays this object's.
     *
     * @throws IllegalStateException when this is closed
     */
    public int fd() {
        int number = fd.get();
        if (number == CLOSED) {
            throw new IllegalStateException("this PidFd is closed");
        }
        return number;
    }

    /** Closes the descriptor; closing again does nothing. The process is not touched. */
    @Override
    public void close() throws IOException {
        int number = fd.getAndSet(CLOSED);
        if (number != CLOSED) {
            Errors.check(Libc.get().close(number), "close", "pidfd " + number);
        }
    }

    @Override
    public String toString() {
        int number = fd.get();
        return number == CLOSED ? "pidfd (closed)" : "pidfd " + number;
    }
}
