package io.sockfd.internal.wait;

import org.jspecify.annotations.Nullable;

/** The threads that wait for one descriptor, as a list through the sleepers themselves. */
final class Sleepers {
    private @Nullable Sleeper first;

    /** From now on a close wakes it; {@link #remove} must follow. */
    synchronized void add(Sleeper sleeper) {
        sleeper.next = first;
        if (first != null) {
            first.previous = sleeper;
        }
        first = sleeper;
    }

    synchronized void remove(Sleeper sleeper) {
        Sleeper next = sleeper.next;
        Sleeper previous = sleeper.previous;
        if (next != null) {
            next.previous = previous;
        }
        if (previous != null) {
            previous.next = next;
        } else {
            first = next;
        }
        sleeper.next = null;
        sleeper.previous = null;
        sleeper.rest();
    }

    synchronized void wakeAll() {
        for (Sleeper sleeper = first; sleeper != null; sleeper = sleeper.next) {
            sleeper.wake();
        }
    }

    /** After the descriptor's timeout was changed. */
    synchronized void lookAll() {
        for (Sleeper sleeper = first; sleeper != null; sleeper = sleeper.next) {
            sleeper.wakeToLook();
        }
    }
}
