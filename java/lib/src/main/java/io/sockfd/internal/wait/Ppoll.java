package io.sockfd.internal.wait;

import io.sockfd.raw.Libc;
import java.nio.channels.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The call in which a platform thread sleeps: {@link Libc}'s, or one of the artifact for memory segments, which holds their
 * arenas until it is back.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">ppoll(2)</a>
 */
@FunctionalInterface
public interface Ppoll {
    /**
     * As ppoll(2) without a mask.
     *
     * @param timeout of struct timespec, 0 for none
     * @return how many are ready, or -errno
     */
    int ppoll(long pollfds, int count, long timeout);

    /** A descriptor's poll, by another call than the library's own. */
    @FunctionalInterface
    interface Poll {
        /** As the method of the descriptors, with a time in nanoseconds, negative for ever. */
        int poll(Channel descriptor, int events, long nanos, Ppoll by) throws java.io.IOException;
    }

    /** How any descriptor waits for its own events by another call. */
    final class OfDescriptors {
        private static volatile @Nullable Poll poll;

        private OfDescriptors() {}

        /** Called once, by the class of the descriptors. */
        public static void told(Poll how) {
            poll = how;
        }

        /** A virtual thread parks, and makes no call. */
        public static Poll poll() {
            Poll how = poll;
            if (how == null) {
                throw new IllegalStateException("there is no class of descriptors yet");
            }
            return how;
        }
    }
}
