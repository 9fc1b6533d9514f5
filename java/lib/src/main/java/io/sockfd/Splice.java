package io.sockfd;

import static io.sockfd.raw.Linux.POLLIN;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.internal.wait.Meanwhile;
import io.sockfd.internal.wait.Wait;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/** Moves bytes between two descriptors through a {@link SplicePipe}, and waits for both. */
final class Splice {
    private Splice() {}

    static long move(Endpoint source, Descriptor target, long count) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("count is negative: " + count);
        }
        long moved = 0;
        source.enter();
        try {
            target.enter();
            // the time is the source's on both sides; the target's is another one's to change
            source.life.timeAlso(target.life);
            try (SplicePipe pipe = SplicePipe.open()) {
                while (moved < count && step(pipe, source, source.channel, count - moved) > 0) {
                    while (pipe.pending() > 0) {
                        moved += step(pipe, source, target, 0);
                    }
                }
                return moved;
            } catch (ClosedChannelException e) {
                throw source.channel.isOpen() ? Meanwhile.closed(target, e) : source.closedMeanwhile(e);
            } finally {
                source.life.timeNoMore(target.life);
                target.exit();
            }
        } finally {
            source.exit();
        }
    }

    /** The bytes in the pipe must get out, so only the filling side may find that it would block. */
    private static long step(SplicePipe pipe, Endpoint source, Descriptor slow, long fill) throws IOException {
        Wait wait = null;
        slow.enter();
        try {
            while (true) {
                long moved = fill > 0 ? pipe.fill(slow, fill) : pipe.drain(slow);
                if (moved != Endpoint.WOULD_BLOCK) {
                    return moved;
                } else if (fill > 0 && source.timeoutNanos(false) == 0) {
                    return 0;
                }
                int whose = fill > 0 ? Wait.RECEIVE : Wait.RECEIVE | Wait.EVEN_IF_NON_BLOCKING;
                wait = Wait.orBeginFor(wait, source.life, whose);
                boolean silent = fill > 0 && source.isSilentAt(1);
                boolean inTime = silent ? slow.pause(wait) : slow.await(wait, fill > 0 ? POLLIN : POLLOUT);
                if (!inTime && !wait.isNonBlocking()) {
                    throw Errors.timeout(Errno.EAGAIN, "splice", slow.subject());
                }
            }
        } finally {
            Wait.end(wait);
            slow.exit();
        }
    }
}
