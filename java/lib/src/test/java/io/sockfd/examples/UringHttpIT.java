package io.sockfd.examples;

import static org.junit.jupiter.api.Assumptions.abort;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.uring.Ring;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The HTTP server over io_uring. */
@Tag("grid")
class UringHttpIT extends HttpServerTests {
    UringHttpIT() {
        super("UringHttp", "Hello, uring");
    }

    @BeforeAll
    static void isPermitted() throws IOException {
        try (Ring ring = Ring.open(1, 1)) {
            ring.wakeUp();
        } catch (ErrnoException e) {
            if (e.errno().equals(Errno.EPERM)
                    || e.errno().equals(Errno.ENOSYS)
                    || e.errno().equals(Errno.EINVAL)) {
                abort(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
