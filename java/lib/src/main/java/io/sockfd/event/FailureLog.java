package io.sockfd.event;

import java.util.concurrent.TimeUnit;

/** Reports to {@link System.Logger}, a few times a second at most: peers can make failures as fast as they send. */
final class FailureLog {
    private static final int MOST_IN_A_SECOND = 5;
    private static final System.Logger LOGGER = System.getLogger("io.sockfd");

    private long began = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
    private int told;
    private long untold;

    synchronized void report(System.Logger.Level level, String what, Throwable failure) {
        if (!LOGGER.isLoggable(level)) {
            return;
        }
        long now = System.nanoTime();
        if (now - began >= TimeUnit.SECONDS.toNanos(1)) {
            began = now;
            told = 0;
        }
        if (told == MOST_IN_A_SECOND) {
            untold++;
            return;
        }
        told++;
        LOGGER.log(
                level, untold == 0 ? what : what + " (" + untold + " failures before it are not in the log)", failure);
        untold = 0;
    }
}
