package io.sockfd.internal.wait;

import io.sockfd.raw.ProcessNamespace;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/** Closes descriptors that became unreachable while they were open, and says so. */
final class LeakReporter {
    private static final Cleaner CLEANER = ProcessNamespace.cleaner();

    private LeakReporter() {}

    static Cleaner.Cleanable watch(Object descriptor, Runnable action) {
        return CLEANER.register(descriptor, action);
    }

    /** Without knowing where it was opened: says how to learn that. */
    static void report(String kind, int fd, @Nullable Throwable where) {
        String what = kind + " with descriptor " + fd + " was not closed; use try-with-resources";
        System.Logger logger = System.getLogger("io.sockfd");
        if (where == null) {
            logger.log(System.Logger.Level.WARNING, what + ", and -Dsockfd.leaks=trace tells where it was opened");
        } else {
            logger.log(System.Logger.Level.WARNING, what, where);
        }
    }
}
