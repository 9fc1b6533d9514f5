package io.sockfd.wake;

import java.io.IOException;

/** One end of a datagram pair, as {@link Recycling} uses it: closed by one thread while others are inside. */
interface Channel {
    /** What a closed one does. */
    final class ClosedException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Makes both ends of pairs. */
    interface Factory {
        Channel[] pair() throws IOException;
    }

    /**
     * Receives eight bytes.
     *
     * @param waits whether it waits for them
     * @return them, or 0 when there are none
     */
    long recv(boolean waits) throws IOException;

    /** Sends eight bytes, or drops them when there is no room. */
    void send(long value) throws IOException;

    /** The kernel's own number of the socket behind the descriptor, which no other socket ever has: SO_COOKIE. */
    long cookie() throws IOException;

    void close() throws IOException;
}
