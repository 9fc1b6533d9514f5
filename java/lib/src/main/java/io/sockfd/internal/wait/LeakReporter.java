package io.sockfd.internal.wait;

import io.sockfd.raw.ProcessNamespace;
import java.lang.ref.Cleaner;

/** Closes descriptors that became unreachable while they were open, and says so. */
final class LeakReporter {
    private static final Cleaner CLEANER = ProcessNamespace.cleaner();

    private LeakReporter() {}

    static Cleaner.Cleanable watch(Object descriptor, Runnable action) {
        return CLEANER.register(descriptor, action);
    }

    static void report(String kind, int fd) {
        System.getLogger("io.sockfd")
                .log(
                        System.Logger.Level.WARNING,
                        "{0} with descriptor {1} was not closed; use try-with-resources",
                        kind,
                        Integer.toString(fd));
    }
}
