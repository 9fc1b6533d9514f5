package io.sockfd;

import java.io.IOException;

/**
 * Fewer descriptors could be had from a message than were asked for, because its control data was truncated
 * (MSG_CTRUNC) or because the sender sent fewer. Those that arrived have been closed.
 */
public final class TruncatedMessageException extends IOException {
    private static final long serialVersionUID = 1;

    private final int arrived;

    TruncatedMessageException(int arrived, int wanted, boolean truncated, int capacity) {
        super((arrived == 1 ? "1 descriptor" : arrived + " descriptors")
                + " arrived where " + wanted + (wanted == 1 ? " was" : " were") + " wanted, all closed"
                + (truncated
                        ? ": MSG_CTRUNC: the control data did not fit the " + capacity
                                + " bytes of Message.controlCapacity(), or the process has no descriptor left"
                                + " (ulimit -n)"
                        : ": the sender sent no more"));
        this.arrived = arrived;
    }

    /** How many descriptors the kernel had installed. */
    public int arrived() {
        return arrived;
    }
}
