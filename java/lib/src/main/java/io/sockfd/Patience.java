package io.sockfd;

import java.io.IOException;

/**
 * How long one operation waits: made on the stack when a call said that it would block. Counts how often readiness was a
 * false promise, so that a state without readiness (a UNIX datagram receiver that is full, a UNIX listener with a full
 * backlog) is retried with pauses instead of a spin.
 */
final class Patience {
    private static final long FIRST_PAUSE_NS = 100_000;
    private static final long LONGEST_PAUSE_NS = 20_000_000;

    private final Descriptor descriptor;
    private final long deadline;
    private int disappointments;

    /**
     * Begins to wait.
     *
     * @param timeoutNanos negative for ever
     */
    Patience(Descriptor descriptor, long timeoutNanos) {
        this.descriptor = descriptor;
        this.deadline = timeoutNanos < 0 ? Waiter.FOREVER : deadline(timeoutNanos);
    }

    /** Until it is worth to try again; false when the time is over. */
    boolean await(int events) throws IOException {
        if (disappointments >= 2) {
            return pause();
        }
        disappointments++;
        return descriptor.await(events, deadline);
    }

    /** The call moved something: the promise was kept, and the next wait begins anew with the same deadline. */
    void progress() {
        disappointments = 0;
    }

    /** For states that the kernel gives no readiness for. */
    boolean pause() throws IOException {
        long now = System.nanoTime();
        if (deadline != Waiter.FOREVER && deadline - now <= 0) {
            return false;
        }
        long pause = Math.min(LONGEST_PAUSE_NS, FIRST_PAUSE_NS << Math.min(disappointments++, 12));
        long until = now + pause;
        descriptor.sleep(deadline != Waiter.FOREVER && deadline - until < 0 ? deadline : until);
        return true;
    }

    static long deadline(long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        return deadline == Waiter.FOREVER ? deadline - 1 : deadline;
    }
}
