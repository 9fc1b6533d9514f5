package io.sockfd;

import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/** A close against a thread that waits, or is about to: it is not left waiting. */
final class WakeRace extends Race {
    private static final Duration LOST = Duration.ofSeconds(5);

    private final Ends ends = new Ends();

    @Override
    int first() {
        return await();
    }

    @Override
    int second() {
        return ends.close();
    }

    private int await() {
        try {
            int ignored = ends.descriptor.poll(Linux.POLLIN, LOST);
            return DEAD; // the wake-up was lost, or it woke for nothing
        } catch (AsynchronousCloseException e) {
            return DONE;
        } catch (ClosedChannelException e) {
            return TOO_LATE;
        } catch (IOException e) {
            return DEAD;
        }
    }

    @Override
    int end() {
        return ends.end();
    }

    @Override
    boolean allows(int first, int second, int end) {
        return first <= DONE && second == DONE && end == Ends.CLOSED;
    }
}
