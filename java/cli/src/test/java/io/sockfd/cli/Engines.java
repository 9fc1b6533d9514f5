package io.sockfd.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import io.sockfd.ErrnoException;
import io.sockfd.event.Engine;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import java.time.Duration;

/** What this machine lets event loops run on. */
public final class Engines {
    private Engines() {}

    /** Skips where io_uring is refused, by the kernel, a setting or a filter. */
    public static void assumeRings() throws IOException {
        try (EventLoop loop = EventLoop.open(Engine.URING)) {
            loop.stop(Duration.ZERO);
        } catch (ErrnoException e) {
            abort(String.valueOf(e.getMessage()));
        }
    }
}
