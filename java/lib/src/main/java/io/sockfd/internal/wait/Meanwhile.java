package io.sockfd.internal.wait;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;

/**
 * A close by another thread that an operation of several calls finds between two of them, and not in a wait: it ends in the
 * same way.
 */
public final class Meanwhile {
    private Meanwhile() {}

    /**
     * For the catch of an operation that had begun on an open channel.
     *
     * @return what to throw: an {@link AsynchronousCloseException} when it is that channel that was closed
     */
    public static ClosedChannelException closed(Channel channel, ClosedChannelException e) {
        if (e instanceof AsynchronousCloseException || channel.isOpen()) {
            return e;
        }
        AsynchronousCloseException meanwhile = new AsynchronousCloseException();
        meanwhile.initCause(e);
        return meanwhile;
    }
}
