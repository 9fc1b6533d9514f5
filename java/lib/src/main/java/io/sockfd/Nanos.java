package io.sockfd;

import java.time.Duration;

/** Durations as nanoseconds. */
final class Nanos {
    private Nanos() {}

    /** 292 years for everything longer than that. */
    static long saturated(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
