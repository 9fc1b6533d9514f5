package io.sockfd.event;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Wakes an {@link Epoll} when the thread that waits in it is interrupted. The JDK lets nobody else see an interrupt than a
 * channel that is closed by it: so this is a channel of nothing, and another one is made after each interrupt.
 */
final class InterruptAlarm extends AbstractInterruptibleChannel {
    /** What is done to the Epoll. */
    interface Wake {
        void wakeUp() throws IOException;
    }

    private final Wake wake;
    private final AtomicInteger interrupted;

    /**
     * For an Epoll.
     *
     * @param interrupted counts those that were interrupted and have not come back
     */
    InterruptAlarm(Wake wake, AtomicInteger interrupted) {
        this.wake = wake;
        this.interrupted = interrupted;
    }

    /** Whether it is of the Epoll that counts there, and was not used up. */
    @SuppressWarnings("ReferenceEquality") // each Epoll has one of its own
    boolean isFor(AtomicInteger count) {
        return interrupted == count && isOpen();
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
            interrupted.decrementAndGet();
        }
    }

    /** Called once, by the interrupting thread. */
    @Override
    protected void implCloseChannel() {
        interrupted.incrementAndGet();
        try {
            wake.wakeUp();
        } catch (ClosedChannelException e) {
            // whoever waits is woken by that
        } catch (IOException e) {
            System.getLogger("io.sockfd").log(Level.ERROR, "cannot wake a thread that was interrupted", e);
        }
    }
}
