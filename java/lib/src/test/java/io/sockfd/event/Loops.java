package io.sockfd.event;

import static org.junit.jupiter.api.Assumptions.abort;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Loops for the tests. */
final class Loops {
    private Loops() {}

    /** Skips where this machine, or its container, forbids the engine. */
    static EventLoop open(Engine engine) {
        try {
            return EventLoop.open(engine);
        } catch (ErrnoException e) {
            if (e.errno().equals(Errno.EPERM)
                    || e.errno().equals(Errno.ENOSYS)
                    || e.errno().equals(Errno.EINVAL)) {
                return abort(String.valueOf(e.getMessage()));
            }
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a JVM of its own. */
    static String option(Engine engine) {
        return "-Dsockfd.engine=" + engine;
    }
}
