package io.sockfd.uring;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** What the tests of rings have in common. */
final class Rings {
    static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private Rings() {}

    /** Skips where this machine, or its container, forbids rings. */
    static Ring open() throws IOException {
        try {
            return Ring.open(64, 256);
        } catch (ErrnoException e) {
            if (e.errno().equals(Errno.EPERM)
                    || e.errno().equals(Errno.ENOSYS)
                    || e.errno().equals(Errno.EINVAL)) {
                return abort(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** The next completion. */
    static Operation next(Ring ring) throws IOException {
        long end = System.nanoTime() + LONG;
        Operation done = ring.next();
        while (done == null) {
            assertTrue(System.nanoTime() < end, "nothing comes");
            boolean ignored = ring.await(LONG);
            done = ring.next();
        }
        return done;
    }

    static Socket listener() throws IOException {
        Socket listener = Socket.tcp();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.listen();
        return listener;
    }

    static InetSocketAddress address(Socket listener) throws IOException {
        return (InetSocketAddress) Objects.requireNonNull(listener.getLocalAddress());
    }

    /** Until it says so. */
    static void until(ThrowingSupplier<Boolean> condition, String what) throws Exception {
        long end = System.nanoTime() + LONG;
        try {
            while (!condition.get()) {
                assertTrue(System.nanoTime() < end, what);
                Thread.sleep(1);
            }
        } catch (Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
