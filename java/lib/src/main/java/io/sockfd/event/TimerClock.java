package io.sockfd.event;

import io.sockfd.raw.Linux;
import java.util.Map;

/**
 * What a {@link TimerFd} goes by. Any number is a value of this type.
 *
 * @param value one of the {@code CLOCK_} numbers
 * @see <a href="https://man7.org/linux/man-pages/man2/clock_gettime.2.html">clock_gettime(2)</a>
 */
public record TimerClock(int value) {
    /** Since some moment, usually the boot; never set; stands still while the system sleeps. */
    public static final TimerClock MONOTONIC = new TimerClock(Linux.CLOCK_MONOTONIC);

    /** As {@link #MONOTONIC}, and goes on while the system sleeps. */
    public static final TimerClock BOOTTIME = new TimerClock(Linux.CLOCK_BOOTTIME);

    /** The time of day, since 1970 UTC; may be set. */
    public static final TimerClock REALTIME = new TimerClock(Linux.CLOCK_REALTIME);

    /** As {@link #BOOTTIME}, and wakes a system that sleeps; needs CAP_WAKE_ALARM. */
    public static final TimerClock BOOTTIME_ALARM = new TimerClock(Linux.CLOCK_BOOTTIME_ALARM);

    /** As {@link #REALTIME}, and wakes a system that sleeps; needs CAP_WAKE_ALARM. */
    public static final TimerClock REALTIME_ALARM = new TimerClock(Linux.CLOCK_REALTIME_ALARM);

    private static final Map<Integer, String> NAMES = Map.of(
            Linux.CLOCK_MONOTONIC, "CLOCK_MONOTONIC",
            Linux.CLOCK_BOOTTIME, "CLOCK_BOOTTIME",
            Linux.CLOCK_REALTIME, "CLOCK_REALTIME",
            Linux.CLOCK_BOOTTIME_ALARM, "CLOCK_BOOTTIME_ALARM",
            Linux.CLOCK_REALTIME_ALARM, "CLOCK_REALTIME_ALARM");

    /** Whether it is the time of day, and may be set. */
    boolean isTimeOfDay() {
        return value == Linux.CLOCK_REALTIME || value == Linux.CLOCK_REALTIME_ALARM;
    }

    /** C's name, for instance {@code CLOCK_MONOTONIC}. */
    @Override
    public String toString() {
        return NAMES.getOrDefault(value, "CLOCK_" + value);
    }
}
