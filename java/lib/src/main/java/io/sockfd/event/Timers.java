package io.sockfd.event;

import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The timers of an {@link EventLoop} by time. */
final class Timers {
    private final PriorityQueue<Timer> byTime =
            new PriorityQueue<>((a, b) -> Long.signum(a.deadline() - b.deadline())); // protected by the monitor

    /** Most loops have none, and shall not ask for the time at each turn. */
    private volatile boolean some;

    /** True when it is the first that is due. */
    synchronized boolean add(Timer timer) {
        byTime.add(timer);
        some = true;
        return timer.equals(byTime.peek());
    }

    synchronized void remove(Timer timer) {
        byTime.remove(timer);
        some = !byTime.isEmpty();
    }

    /** How long to wait for the first, in nanoseconds, and no longer than {@code most}; negative for ever. */
    long left(long most) {
        return some ? leftOfFirst(most) : most;
    }

    private synchronized long leftOfFirst(long most) {
        Timer first = byTime.peek();
        if (first == null) {
            return most;
        }
        long left = Math.max(0, first.deadline() - System.nanoTime());
        return most < 0 ? left : Math.min(left, most);
    }

    /** Runs what is due. */
    void run(Consumer<Runnable> runner) {
        Timer timer = some ? due() : null;
        while (timer != null) {
            Timer next = timer.next;
            timer.next = null;
            timer.run(runner);
            if (timer.again()) {
                add(timer);
            }
            timer = next;
        }
    }

    /** As a list through the timers. */
    private synchronized @Nullable Timer due() {
        Timer head = null;
        Timer tail = null;
        long now = System.nanoTime();
        for (Timer first = byTime.peek(); first != null && first.deadline() - now <= 0; first = byTime.peek()) {
            byTime.remove();
            if (tail == null) {
                head = first;
            } else {
                tail.next = first;
            }
            tail = first;
        }
        some = !byTime.isEmpty();
        return head;
    }
}
