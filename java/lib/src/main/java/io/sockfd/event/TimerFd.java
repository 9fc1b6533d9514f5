package io.sockfd.event;

import static io.sockfd.raw.Linux.TFD_CLOEXEC;
import static io.sockfd.raw.Linux.TFD_NONBLOCK;
import static io.sockfd.raw.Linux.TFD_TIMER_ABSTIME;
import static io.sockfd.raw.Linux.TFD_TIMER_CANCEL_ON_SET;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Itimerspec;
import io.sockfd.raw.struct.Timespec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A timer as a descriptor: readable, for poll and epoll, once it has expired. It counts in nanoseconds; times further away
 * than 292 years are 292 years.
 *
 * <p>Waiting ends by {@link #close} from any thread ({@link java.nio.channels.AsynchronousCloseException}), by an
 * interrupt, which closes ({@link java.nio.channels.ClosedByInterruptException}), and by the timeout, which is no
 * exception. A virtual thread parks. {@link #read} and {@link #setNanos} allocate nothing.
 *
 * <pre>{@code
 * try (TimerFd timer = TimerFd.open()) {
 *     timer.set(Duration.ofMillis(100), Duration.ofSeconds(1)); // after 100 ms, then every second
 *     while (timer.read() > 0) { // waits; how often it has expired since
 *         System.out.println("tick");
 *     }
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_create(2)</a>
 */
public final class TimerFd extends EventSource {
    private static final long SECOND = 1_000_000_000;

    private final TimerClock clock;
    private volatile boolean cancelOnSet;

    private TimerFd(int fd, TimerClock clock) {
        super(fd);
        this.clock = clock;
    }

    /** A timer on {@link TimerClock#MONOTONIC}, disarmed. */
    public static TimerFd open() throws IOException {
        return open(TimerClock.MONOTONIC);
    }

    /**
     * A timer, disarmed.
     *
     * @throws ErrnoException EPERM for an alarm clock without CAP_WAKE_ALARM, EINVAL for a clock that timers do not go by,
     *     EMFILE, ENFILE
     */
    public static TimerFd open(TimerClock clock) throws IOException {
        int fd = LIBC.timerfd_create(clock.value(), TFD_CLOEXEC | TFD_NONBLOCK);
        return new TimerFd(Errors.check(fd, "timerfd_create", clock), clock);
    }

    /** The clock. */
    public TimerClock clock() {
        return clock;
    }

    /** The clock's present time, since its zero: 1970 UTC for a time of day, else usually the boot. */
    public Duration now() throws IOException {
        ByteBuffer time = CallMemory.of(Timespec.SIZE);
        // the alarm clocks cannot be read where there is no clock that could wake the system
        int readable = clock.equals(TimerClock.REALTIME_ALARM)
                ? Linux.CLOCK_REALTIME
                : clock.equals(TimerClock.BOOTTIME_ALARM) ? Linux.CLOCK_BOOTTIME : clock.value();
        long result = LIBC.syscall(Linux.SYS_clock_gettime, readable, Memory.address(time), 0, 0, 0, 0);
        Errors.check(result, "clock_gettime", clock);
        return duration(time, 0);
    }

    // ---- set -----------------------------------------------------------------------------------------------------

    /** Expires once, after this time, or at once when that is zero or negative. What was set before is forgotten. */
    public void set(Duration delay) throws IOException {
        set(delay, Duration.ZERO);
    }

    /**
     * Expires after this time, or at once when that is zero or negative, and then again and again. What was set before is
     * forgotten, with the expirations that nobody read.
     *
     * @param interval zero for once
     * @throws IllegalArgumentException when {@code interval} is negative
     * @see <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_settime(2)</a>
     */
    public void set(Duration delay, Duration interval) throws IOException {
        settime(0, delay.getSeconds(), delay.getNano(), interval.getSeconds(), interval.getNano());
    }

    /**
     * As {@link #set(Duration, Duration)}, in nanoseconds.
     *
     * @throws IllegalArgumentException when {@code interval} is negative
     */
    public void setNanos(long delay, long interval) throws IOException {
        settime(
                0,
                Math.floorDiv(delay, SECOND),
                (int) Math.floorMod(delay, SECOND),
                Math.floorDiv(interval, SECOND),
                (int) Math.floorMod(interval, SECOND));
    }

    /**
     * Expires when the clock shows this time, at once when it has, and then again and again.
     *
     * @param time since the clock's zero, as {@link #now} tells it
     * @param interval zero for once
     * @throws IllegalArgumentException when {@code interval} is negative
     */
    public void setAt(Duration time, Duration interval) throws IOException {
        int flags = TFD_TIMER_ABSTIME | (cancelOnSet ? TFD_TIMER_CANCEL_ON_SET : 0);
        settime(flags, time.getSeconds(), time.getNano(), interval.getSeconds(), interval.getNano());
    }

    /**
     * As {@link #setAt(Duration, Duration)}, for a clock that shows the time of day. It goes by that clock: when the clock
     * is set, the timer expires earlier or later; see {@link #cancelOnSet}.
     *
     * @throws IllegalStateException when the clock shows something else
     * @throws IllegalArgumentException when {@code interval} is negative
     */
    public void setAt(Instant time, Duration interval) throws IOException {
        if (!clock.isTimeOfDay()) {
            throw new IllegalStateException(clock + " does not show the time of day: open with TimerClock.REALTIME");
        }
        setAt(Duration.ofSeconds(time.getEpochSecond(), time.getNano()), interval);
    }

    /**
     * Whether {@link #setAt} from now on asks for TFD_TIMER_CANCEL_ON_SET: once somebody sets the clock, the timer becomes
     * readable, and one {@link #read} throws {@link ErrnoException} with {@link Errno#ECANCELED}. The timer stays armed as
     * it was, and expirations that nobody had read are forgotten.
     *
     * @throws IllegalStateException when the clock cannot be set
     */
    public TimerFd cancelOnSet(boolean cancel) {
        if (cancel && !clock.isTimeOfDay()) {
            throw new IllegalStateException(clock + " is never set: open with TimerClock.REALTIME");
        }
        cancelOnSet = cancel;
        return this;
    }

    /** Never expires, until it is set anew; expirations that nobody read are forgotten. */
    public void disarm() throws IOException {
        ByteBuffer spec = CallMemory.of(Itimerspec.SIZE);
        put(spec, Itimerspec.IT_VALUE, 0, 0);
        put(spec, Itimerspec.IT_INTERVAL, 0, 0);
        settime(0, spec);
    }

    private void settime(int flags, long first, int firstNanos, long interval, int intervalNanos) throws IOException {
        if (interval < 0) {
            throw new IllegalArgumentException("the interval is negative");
        }
        ByteBuffer spec = CallMemory.of(Itimerspec.SIZE);
        if (first < 0 || (first == 0 && firstNanos == 0)) {
            put(spec, Itimerspec.IT_VALUE, 0, 1); // zero would disarm, and no time is before the clock's zero
        } else {
            put(spec, Itimerspec.IT_VALUE, first, firstNanos);
        }
        put(spec, Itimerspec.IT_INTERVAL, interval, intervalNanos);
        settime(flags, spec);
    }

    private void settime(int flags, ByteBuffer spec) throws IOException {
        int fd = enter();
        try {
            Errors.check(LIBC.timerfd_settime(fd, flags, Memory.address(spec), 0), "timerfd_settime", this);
        } finally {
            exit();
        }
    }

    // ---- get -----------------------------------------------------------------------------------------------------

    /**
     * The time until the next expiration, whichever way it was set; zero when disarmed or when a timer without an interval
     * has expired.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_gettime(2)</a>
     */
    public Duration remaining() throws IOException {
        return gettime(Itimerspec.IT_VALUE);
    }

    /** The interval as it was set, zero for once. */
    public Duration interval() throws IOException {
        return gettime(Itimerspec.IT_INTERVAL);
    }

    private Duration gettime(int offset) throws IOException {
        ByteBuffer spec = CallMemory.of(Itimerspec.SIZE);
        int fd = enter();
        try {
            Errors.check(LIBC.timerfd_gettime(fd, Memory.address(spec)), "timerfd_gettime", this);
        } finally {
            exit();
        }
        return duration(spec, offset);
    }

    // ---- read ----------------------------------------------------------------------------------------------------

    /** As {@link #read(Duration)}, for ever. */
    public long read() throws IOException {
        return readCount(null);
    }

    /** As {@link #read(Duration)} without waiting; the form for an epoll loop. */
    public long tryRead() throws IOException {
        return readCount(Duration.ZERO);
    }

    /**
     * Waits until the timer has expired. A disarmed one may be set meanwhile by another thread.
     *
     * @param timeout null for ever, zero not to wait
     * @return how often it has expired since it was set or read; 0 when the time was over first
     * @throws ErrnoException ECANCELED, see {@link #cancelOnSet}
     * @throws java.nio.channels.ClosedChannelException after {@link #close}
     */
    public long read(@Nullable Duration timeout) throws IOException {
        return readCount(timeout);
    }

    private static void put(ByteBuffer spec, int offset, long seconds, int nanos) {
        Timespec.tv_sec(spec, offset, seconds);
        Timespec.tv_nsec(spec, offset, nanos);
    }

    private static Duration duration(ByteBuffer spec, int offset) {
        return Duration.ofSeconds(Timespec.tv_sec(spec, offset), Timespec.tv_nsec(spec, offset));
    }
}
