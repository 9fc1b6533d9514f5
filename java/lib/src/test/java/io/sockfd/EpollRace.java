package io.sockfd;

import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A thread that takes events against one that closes the descriptor they are of, opens another, which gets the same
 * number, and adds that: no event of the first comes after its close, and none of the second gets lost.
 */
final class EpollRace extends Race {
    private static final int OLD = 1;
    private static final int NEW = 2;

    private final Epoll epoll;
    private final Ends old = new Ends();
    private volatile Ends successor = old;
    private volatile boolean closed;

    EpollRace() {
        try {
            epoll = Epoll.open();
            epoll.add(old.descriptor, Linux.EPOLLOUT, OLD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The attachments of all events together. */
    private int take() {
        EpollEvents events = new EpollEvents(4);
        int seen = 0;
        try {
            epoll.await(events, 0);
        } catch (IOException e) {
            return DEAD;
        }
        for (int i = 0; i < events.count(); i++) {
            Object attachment = events.attachment(i); // null: it ended since the event was fetched
            seen |= attachment == null ? 0 : attachment instanceof Integer number ? number : DEAD;
        }
        return seen;
    }

    @Override
    int first() {
        boolean before = closed;
        int seen = take();
        return before && (seen & OLD) != 0 ? DEAD : seen;
    }

    @Override
    int second() {
        int done = old.close();
        closed = true;
        successor = new Ends();
        try {
            epoll.add(successor.descriptor, Linux.EPOLLOUT, NEW);
        } catch (IOException e) {
            return DEAD;
        }
        return done;
    }

    @Override
    int end() {
        int seen = take();
        int both = old.end() + successor.close() + successor.end();
        try {
            epoll.close();
        } catch (IOException e) {
            return DEAD;
        }
        return both == 2 * Ends.CLOSED + DONE ? seen : DEAD;
    }

    @Override
    boolean allows(int first, int second, int end) {
        return first <= NEW && second == DONE && end == NEW;
    }
}
