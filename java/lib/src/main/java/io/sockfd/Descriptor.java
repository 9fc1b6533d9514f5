package io.sockfd;

import io.sockfd.raw.Libc;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file descriptor that this object owns: it is closed once, by {@link #close}, unless {@link #release} hands it over.
 * All methods may be called from any thread.
 */
public final class Descriptor implements AutoCloseable {
    private static final int NONE = -1;

    private final AtomicInteger fd;

    private Descriptor(int fd) {
        this.fd = new AtomicInteger(fd);
    }

    /**
     * Takes ownership of an open descriptor.
     *
     * @throws IllegalArgumentException when the number is negative
     */
    public static Descriptor own(int fd) {
        if (fd < 0) {
            throw new IllegalArgumentException("not a descriptor: " + fd);
        }
        return new Descriptor(fd);
    }

    /**
     * The number. It stays this object's: do not close it.
     *
     * @throws ClosedChannelException when it was closed or released
     */
    public int fd() throws ClosedChannelException {
        int number = fd.get();
        if (number == NONE) {
            throw new ClosedChannelException();
        }
        return number;
    }

    /**
     * The number, which is the caller's to close from now on.
     *
     * @throws ClosedChannelException when it was closed or released before
     */
    public int release() throws IOException {
        int number = fd.getAndSet(NONE);
        if (number == NONE) {
            throw new ClosedChannelException();
        }
        return number;
    }

    /** Begins a call; {@link #exit} must follow. */
    int enter() throws ClosedChannelException {
        return fd();
    }

    /** Ends a call. */
    void exit() {}

    /** False once it was closed or released. */
    public boolean isOpen() {
        return fd.get() != NONE;
    }

    /**
     * <a href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</a>, the first time; nothing after that. The
     * error of close(2), which nobody could act on, is dropped.
     */
    @Override
    public void close() throws IOException {
        int number = fd.getAndSet(NONE);
        if (number != NONE) {
            int ignored = Libc.get().close(number);
        }
    }

    /** {@code fd 7} or {@code closed descriptor}. */
    @Override
    public String toString() {
        int number = fd.get();
        return number == NONE ? "closed descriptor" : "fd " + number;
    }
}
