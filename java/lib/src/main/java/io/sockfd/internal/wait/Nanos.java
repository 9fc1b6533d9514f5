package io.sockfd.internal.wait;

import java.time.Duration;

/** Durations as nanoseconds, and deadlines on {@link System#nanoTime}'s clock. */
public final class Nanos {
    /** A deadline that never comes. */
    public static final long FOREVER = Long.MAX_VALUE;

    private Nanos() {}

    /** The time that is so far away; never {@link #FOREVER}. */
    public static long deadline(long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        return deadline == FOREVER ? deadline - 1 : deadline;
    }

    /** 292 years for everything longer than that. */
    public static long saturated(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
