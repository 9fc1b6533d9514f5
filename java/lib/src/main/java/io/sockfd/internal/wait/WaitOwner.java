package io.sockfd.internal.wait;

import java.nio.channels.AsynchronousCloseException;

/**
 * A channel that stands on a descriptor. While a thread waits for the descriptor, an interrupt closes the channel, which
 * closes the descriptor: without one it would close the descriptor behind the channel's back. Set by {@link Life#owner}.
 */
public interface WaitOwner {
    /** Begins a wait, as {@code AbstractInterruptibleChannel.begin} does. */
    void beginWait();

    /** Ends it, as {@code AbstractInterruptibleChannel.end} does. */
    void endWait(boolean completed) throws AsynchronousCloseException;
}
