package io.sockfd.nio;

import io.sockfd.internal.wait.WaitOwner;
import java.nio.channels.Channel;

/** What the parts of a channel ask of it. */
interface OwnChannel extends Channel, SelectableSocket, WaitOwner {
    /** Whether operations wait. */
    boolean isBlocking();
}
