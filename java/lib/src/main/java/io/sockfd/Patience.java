package io.sockfd;

import io.sockfd.internal.wait.Wait;
import org.jspecify.annotations.Nullable;

/** How long one operation waits: as its socket says, also while it waits, or a time of its own. */
final class Patience {
    /** In the place of nanoseconds: as the socket says. */
    static final long OF_SOCKET = Long.MIN_VALUE;

    private Patience() {}

    static long nanos(Endpoint socket, boolean out, long own) {
        return own == OF_SOCKET ? socket.timeoutNanos(out) : own;
    }

    static Wait begin(@Nullable Wait existing, Endpoint socket, boolean out, long own) {
        return own == OF_SOCKET
                ? Wait.orBeginFor(existing, socket.life, out ? Wait.SEND : Wait.RECEIVE)
                : Wait.orBegin(existing, own);
    }
}
