package io.sockfd.cli.kernel;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import java.io.IOException;

/** A descriptor that is closed at the end of its block. */
public final class Fd implements AutoCloseable {
    private final Libc libc;
    private final int number;

    private Fd(Libc libc, int number) {
        this.libc = libc;
        this.number = number;
    }

    /**
     * Owns what a call returned.
     *
     * @param result the descriptor or {@code -errno}
     * @param call the function that gave it, for the message of a failure
     */
    public static Fd of(Libc libc, int result, String call) throws IOException {
        return new Fd(libc, Errors.check(result, call));
    }

    /** {@code socket(2)}. */
    public static Fd socket(Libc libc, int domain, int type, int protocol) throws IOException {
        return of(libc, libc.socket(domain, type, protocol), "socket");
    }

    /** For C. */
    public int number() {
        return number;
    }

    @Override
    public void close() {
        libc.close(number);
    }
}
