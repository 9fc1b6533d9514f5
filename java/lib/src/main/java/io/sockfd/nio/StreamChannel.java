package io.sockfd.nio;

import java.io.IOException;

/** What the two directions of a channel of bytes ask of it. */
interface StreamChannel extends OwnChannel {
    /**
     * Throws when nothing can be read or written.
     *
     * @throws java.nio.channels.ClosedChannelException after a close
     * @throws java.nio.channels.NotYetConnectedException when it is not connected
     */
    void checkReady() throws IOException;
}
