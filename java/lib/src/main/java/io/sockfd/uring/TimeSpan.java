package io.sockfd.uring;

import io.sockfd.internal.wait.Nanos;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Timespec;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A struct timespec that the kernel reads when it takes a submission. */
final class TimeSpan {
    private static final int SECOND = 1_000_000_000;

    private TimeSpan() {}

    static ByteBuffer of(Duration duration) {
        ByteBuffer made = Memory.allocate(Timespec.SIZE);
        write(made, 0, duration);
        return made;
    }

    /** Nothing instead of what is negative. */
    static void write(ByteBuffer into, int at, Duration duration) {
        write(into, at, Math.max(0, Nanos.saturated(duration)));
    }

    static void write(ByteBuffer into, int at, long nanos) {
        Timespec.tv_sec(into, at, nanos / SECOND);
        Timespec.tv_nsec(into, at, nanos % SECOND);
    }
}
