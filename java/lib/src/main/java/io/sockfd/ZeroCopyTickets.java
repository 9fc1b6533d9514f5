package io.sockfd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which zero-copy sends the kernel is done with. Sends are numbered without end here, and modulo 2^32 in the kernel;
 * completions come as ranges, not always in order. What must stay reachable meanwhile is held here.
 */
final class ZeroCopyTickets {
    private static final int INITIAL = 64;

    /** The ticket of a send that took no number, because it had no bytes: it is done. */
    private static final long NONE = -1;

    /** Those with something outstanding, a list: the kernel may still read what everybody else has forgotten. */
    private static final ZeroCopyTickets HEAD = new ZeroCopyTickets(0);

    private @Nullable ZeroCopyTickets before;
    private @Nullable ZeroCopyTickets after;
    private long base;
    private long next;
    private long last = NONE;
    private int outstanding;
    private @Nullable Object[] held = new Object[INITIAL];

    /** Counts from {@code first} on: 0 for a new socket. */
    ZeroCopyTickets(long first) {
        base = first;
        next = first;
    }

    /** The number of the send that holds on to {@code buffers}. */
    synchronized long issue(Object buffers) {
        if (next - base == held.length) {
            grow();
        }
        held[slot(next)] = buffers;
        if (outstanding++ == 0) {
            link();
        }
        last = next;
        return next++;
    }

    /** What {@link #issue} gave since {@link #forgetLast}, or a number that is done. */
    synchronized long last() {
        return last;
    }

    synchronized void forgetLast() {
        last = NONE;
    }

    /**
     * The kernel is done with the sends from {@code low} to {@code high}, both included, modulo 2^32.
     *
     * @return how many of them it had not been done with before
     */
    synchronized int complete(int low, int high) {
        long first = extend(low);
        long last = extend(high);
        if (last >= next) {
            // a send that failed after it had taken a number (UDP, dropped on the way out): nothing of ours has it
            skipTo(last + 1);
        }
        int done = 0;
        for (long i = Math.max(first, base); i <= last; i++) {
            if (held[slot(i)] != null) {
                held[slot(i)] = null;
                done++;
            }
        }
        while (base < next && held[slot(base)] == null) {
            base++;
        }
        outstanding -= done;
        if (done > 0 && outstanding == 0) {
            unlink();
        }
        return done;
    }

    private void link() {
        synchronized (HEAD) {
            after = HEAD.after;
            before = HEAD;
            if (after != null) {
                after.before = this;
            }
            HEAD.after = this;
        }
    }

    private void unlink() {
        synchronized (HEAD) {
            if (before != null) {
                before.after = after;
            }
            if (after != null) {
                after.before = before;
            }
            before = null;
            after = null;
        }
    }

    synchronized boolean isDone(long ticket) {
        return ticket < base || (ticket < next && held[slot(ticket)] == null);
    }

    /** Sends that the kernel is not done with. */
    synchronized int outstanding() {
        return outstanding;
    }

    /** The number that the next send gets. */
    long next() {
        return next;
    }

    private void skipTo(long number) {
        while (next < number) {
            if (next == base) {
                base = number;
                next = number;
                return;
            }
            if (next - base == held.length) {
                grow();
            }
            held[slot(next++)] = null;
        }
    }

    /** The number nearest to the oldest one that is open. */
    private long extend(int number) {
        return base + (number - (int) base);
    }

    private int slot(long number) {
        return (int) number & held.length - 1;
    }

    private void grow() {
        @Nullable Object[] larger = Arrays.copyOf(held, held.length * 2);
        Arrays.fill(larger, null);
        for (long i = base; i < next; i++) {
            larger[(int) i & larger.length - 1] = held[slot(i)];
        }
        held = larger;
    }
}
