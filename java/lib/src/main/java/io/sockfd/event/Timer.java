package io.sockfd.event;

import io.sockfd.internal.wait.Nanos;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task of an {@link EventLoop} at its time, or at its times. */
public final class Timer {
    /** The next of those that are due. */
    @Nullable
    Timer next;

    private final Timers timers;
    private final Runnable task;
    private final long period;
    private volatile boolean cancelled;
    private long deadline; // changed only while it is in no queue

    Timer(Timers timers, Runnable task, long delay, long period) {
        this.timers = timers;
        this.task = task;
        this.period = period;
        this.deadline = Nanos.deadline(delay);
    }

    /** It does not run any more, unless it is running. */
    public void cancel() {
        cancelled = true;
        timers.remove(this);
    }

    void run(Consumer<Runnable> runner) {
        if (!cancelled) {
            runner.accept(task);
        }
    }

    /** On {@link System#nanoTime}'s clock. */
    long deadline() {
        return deadline;
    }

    /** Sets the next time; false when there is none. */
    boolean again() {
        if (period == 0 || cancelled) {
            return false;
        }
        long late = Math.max(0, System.nanoTime() - deadline);
        deadline += period + late / period * period;
        return true;
    }
}
