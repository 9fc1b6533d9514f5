package io.sockfd.internal.wait;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Wakes an Epoll, or a ring, when the thread that waits in it is interrupted. The JDK lets nobody else see an interrupt than a
 * channel that is closed by it: so this is a channel of nothing, and another one is made after each interrupt.
 */
public final class InterruptAlarm extends AbstractInterruptibleChannel {
    /** What is done to the one that waits. */
    public interface Wake {
        void wakeUp() throws IOException;
    }

    private final Wake wake;
    private final AtomicInteger interrupted;

    /**
     * For one that waits.
     *
     * @param interrupted counts those that were interrupted and have not come back
     */
    public InterruptAlarm(Wake wake, AtomicInteger interrupted) {
        this.wake = wake;
        this.interrupted = interrupted;
    }

    /** Whether it is of the one that counts there, and was not used up. */
    @SuppressWarnings("ReferenceEquality") // each Epoll has one of its own
    public boolean isFor(AtomicInteger count) {
        return interrupted == count && isOpen();
    }

    /** From now on an interrupt of this thread wakes it; one that has been there does so now. */
    public void set() {
        begin();
    }

    /** No longer. */
    public void off() {
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
