package io.sockfd.internal.wait;

import io.sockfd.raw.ErrnoNames;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.util.concurrent.locks.LockSupport;

/** Makes an eventfd readable, so that who waits for it in the kernel comes back. */
public final class WakeEvent {
    private static final int MOST_TRIES = 16;
    private static final long PAUSE_NS = 50_000;

    private WakeEvent() {}

    /**
     * Tries again when the write fails: a waiter that is not woken waits for ever.
     *
     * @param one the address of a {@code long} that is 1
     * @return 0, or the -errno of the last try
     */
    public static int signal(int eventfd, long one) {
        long result = Libc.get().write(eventfd, one, Long.BYTES);
        for (int i = 1; result < 0; i++) {
            if (i == MOST_TRIES) {
                return (int) result;
            }
            if (result != -Linux.EINTR) {
                LockSupport.parkNanos(PAUSE_NS);
            }
            result = Libc.get().write(eventfd, one, Long.BYTES);
        }
        return 0;
    }

    /** For those who have nobody to throw to. */
    public static void signalOrLog(int eventfd, long one, String who) {
        int result = signal(eventfd, one);
        if (result < 0) {
            System.getLogger("io.sockfd")
                    .log(System.Logger.Level.ERROR, "cannot wake {0}: {1}", who, ErrnoNames.describe(-result));
        }
    }
}
