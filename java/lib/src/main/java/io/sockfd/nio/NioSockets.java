package io.sockfd.nio;

import io.sockfd.Socket;
import java.nio.channels.Channel;

/** Ways across: from a channel of {@link SockfdSelectorProvider} to its {@link Socket}, and from any Socket to a channel. */
public final class NioSockets {
    private NioSockets() {}

    /**
     * The socket that a channel stands on, for what channels do not have: batches, ancillary data, GSO, addresses without
     * objects. They are one: what either does the other sees, and closing the channel closes the socket. Close the channel
     * and not the socket, or its keys learn of it with the channel's next operation only. The socket's timeout follows the
     * channel's blocking mode.
     *
     * @throws IllegalArgumentException when it is no channel of {@link SockfdSelectorProvider}
     */
    public static Socket socketOf(Channel channel) {
        if (channel instanceof SelectableSocket selectable) {
            return selectable.behind();
        }
        throw new IllegalArgumentException(
                channel + " is no channel of SockfdSelectorProvider: Socket.of makes a second"
                        + " descriptor for one of the JDK's");
    }
}
