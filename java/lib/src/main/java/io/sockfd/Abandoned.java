package io.sockfd;

import java.lang.ref.Cleaner;

/** Closes descriptors that became unreachable while they were open, and says so. */
final class Abandoned {
    private static final Cleaner CLEANER = Cleaner.create();

    private Abandoned() {}

    static Cleaner.Cleanable watch(Descriptor descriptor, Descriptor.State state) {
        return CLEANER.register(descriptor, state);
    }

    static void report(Descriptor.State state) {
        System.getLogger("io.sockfd")
                .log(
                        System.Logger.Level.WARNING,
                        "{0} with descriptor {1} was not closed; use try-with-resources",
                        state.kind.getSimpleName(),
                        Integer.toString(state.fd));
    }
}
