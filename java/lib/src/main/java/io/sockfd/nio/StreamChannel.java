package io.sockfd.nio;

import io.sockfd.internal.wait.WaitOwner;
import java.io.IOException;
import java.nio.channels.Channel;

/** What the two directions of a channel of bytes ask of it. */
interface StreamChannel extends Channel, SelectableSocket, WaitOwner {
    boolean isBlocking();

    /**
     * Throws when nothing can be read or written.
     *
     * @throws java.nio.channels.ClosedChannelException after a close
     * @throws java.nio.channels.NotYetConnectedException when it is not connected
     */
    void checkReady() throws IOException;
}
