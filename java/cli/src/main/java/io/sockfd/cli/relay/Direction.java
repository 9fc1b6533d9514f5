package io.sockfd.cli.relay;

import static io.sockfd.raw.Linux.SHUT_WR;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One half of a conversation: from one socket to the other, until the end of the one has been passed on to the other. */
final class Direction {
    private static final int TURNS = 16; // then others have theirs

    private final Carriers carriers;
    private final Socket source;
    private final Socket target;
    private final boolean spliced;
    private final boolean targetEnds;
    private @Nullable Carrier carrier;
    private boolean ended;
    private long bytes;

    Direction(Carriers carriers, Socket source, Socket target, boolean targetEnds) {
        this.carriers = carriers;
        this.source = source;
        this.target = target;
        this.targetEnds = targetEnds;
        spliced = carriers.areSpliced(source, target);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Bytes that the target took. */
    long bytes() {
        return bytes;
    }

    /** Moves bytes until one side has to be waited for; true when it stopped before that. */
    boolean pump() throws IOException {
        for (int i = 0; i < TURNS && !ended; i++) {
            if (!step()) {
                return false;
            }
        }
        return !ended;
    }

    private boolean step() throws IOException {
        Carrier held = carrier == null ? carriers.take(spliced) : carrier;
        carrier = held;
        if (held.isEmpty()) {
            long received = held.fill(source);
            if (received < 0) {
                release();
                if (received == -1) {
                    end();
                }
                return false;
            }
        }
        while (!held.isEmpty()) {
            long sent = held.drain(target);
            if (sent == Socket.WOULD_BLOCK) {
                return false;
            }
            bytes += sent;
        }
        release();
        return true;
    }

    /** Only an empty carrier is somebody else's. */
    private void release() {
        if (carrier != null) {
            carriers.giveBack(carrier);
            carrier = null;
        }
    }

    private void end() throws IOException {
        ended = true;
        if (targetEnds) {
            try {
                target.shutdown(SHUT_WR);
            } catch (ErrnoException e) {
                if (!e.errno().equals(Errno.ENOTCONN)) {
                    throw e;
                } // the target has gone already, which its own direction will see
            }
        }
    }

    /** What is still held is lost. */
    void close() throws IOException {
        ended = true;
        if (carrier != null) {
            carrier.close();
            carrier = null;
        }
    }
}
