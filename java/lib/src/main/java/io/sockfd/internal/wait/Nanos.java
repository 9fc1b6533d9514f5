package io.sockfd.internal.wait;

import java.time.Duration;

/** Durations as nanoseconds. */
public final class Nanos {
    private Nanos() {}

    /** 292 years for everything longer than that. */
    public static long saturated(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
