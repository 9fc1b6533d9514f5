package io.sockfd.capture;

import io.sockfd.Socket;
import io.sockfd.internal.wait.Meanwhile;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waiting for a packet socket until a deadline. Close and interrupt end it, as every wait of a {@link Socket}. */
final class Deadline {
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Socket socket;
    private final long deadline;
    private final boolean forever;

    /**
     * Begins to wait.
     *
     * @param timeout null for ever
     */
    Deadline(Socket socket, @Nullable Duration timeout) {
        this.socket = socket;
        this.forever = timeout == null;
        this.deadline = timeout == null ? 0 : System.nanoTime() + clamp(timeout).toNanos();
    }

    private static Duration clamp(Duration timeout) {
        return timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    }

    boolean over() {
        return !forever && deadline - System.nanoTime() <= 0;
    }

    /**
     * Waits until one of the events is there; they may be gone again when the caller looks.
     *
     * @return false when the time is over
     * @throws io.sockfd.ErrnoException the socket's pending error, for instance ENETDOWN when the interface went down
     */
    boolean await(int events) throws IOException {
        Duration left = forever ? null : Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        try {
            int revents = socket.poll(events, left);
            if ((revents & Linux.POLLERR) != 0) {
                // reading it clears it: otherwise the next poll would return at once
                int error = socket.getOption(SocketOptions.SO_ERROR);
                if (error != 0) {
                    long ignored = socket.call("poll", fd -> -error); // throws
                }
            }
            return revents != 0;
        } catch (ClosedChannelException e) {
            throw Meanwhile.closed(socket, e); // it was open when the caller looked for a packet first
        }
    }
}
