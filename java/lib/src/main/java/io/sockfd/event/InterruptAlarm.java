package io.sockfd.event;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Wakes an {@link Epoll} when the thread that waits in it is interrupted. The JDK lets nobody else see an interrupt than a
 * channel that is closed by it: so this is a channel of nothing, and another one is made after each interrupt.
 */
final class InterruptAlarm extends AbstractInterruptibleChannel {
    private final Epoll epoll;

    InterruptAlarm(Epoll epoll) {
        this.epoll = epoll;
    }

    /** Whether it is this one's, and was not used up. */
    boolean isFor(Epoll other) {
        return epoll == other && isOpen();
    }

    /** From now on an interrupt of this thread wakes the Epoll; one that has been there does so now. */
    void set() {
        begin();
    }

    /** No longer. */
    void off() {
        try {
            end(true);
        } catch (AsynchronousCloseException e) {
            // interrupted, which is seen by the thread's status
        }
        if (!isOpen()) {
            epoll.interrupted.decrementAndGet();
        }
    }

    /** Called once, by the interrupting thread. */
    @Override
    protected void implCloseChannel() {
        epoll.interrupted.incrementAndGet();
        try {
            epoll.wakeUp();
        } catch (ClosedChannelException e) {
            // whoever waits is woken by that
        } catch (IOException e) {
            System.getLogger("io.sockfd").log(Level.ERROR, "cannot wake a thread that was interrupted", e);
        }
    }
}
