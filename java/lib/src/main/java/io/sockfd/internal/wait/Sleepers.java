package io.sockfd.internal.wait;

import org.jspecify.annotations.Nullable;

/** The threads that wait for one descriptor, as a list through the sleepers themselves: no object of its own. */
abstract class Sleepers extends Guard {
    private @Nullable Sleeper firstSleeper;

    Sleepers(int fd) {
        super(fd);
    }

    /** From now on a close wakes it; {@link #remove} must follow. */
    final synchronized void add(Sleeper sleeper) {
        sleeper.next = firstSleeper;
        if (firstSleeper != null) {
            firstSleeper.previous = sleeper;
        }
        firstSleeper = sleeper;
    }

    final synchronized void remove(Sleeper sleeper) {
        Sleeper next = sleeper.next;
        Sleeper previous = sleeper.previous;
        if (next != null) {
            next.previous = previous;
        }
        if (previous != null) {
            previous.next = next;
        } else {
            firstSleeper = next;
        }
        sleeper.next = null;
        sleeper.previous = null;
        sleeper.rest();
    }

    final synchronized void wakeAll() {
        for (Sleeper sleeper = firstSleeper; sleeper != null; sleeper = sleeper.next) {
            sleeper.wake();
        }
    }

    /** After what they go by was changed. */
    final synchronized void lookAll() {
        for (Sleeper sleeper = firstSleeper; sleeper != null; sleeper = sleeper.next) {
            sleeper.wakeToLook();
        }
    }
}
