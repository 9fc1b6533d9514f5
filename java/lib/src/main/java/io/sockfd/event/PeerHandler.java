package io.sockfd.event;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What is done with what a {@link Peer} sends; called on the loop's thread. When it throws, {@link EventLoop#onFailure} decides. */
@FunctionalInterface
public interface PeerHandler {
    /**
     * Bytes have come.
     *
     * @param data from position to limit; good until this returns
     */
    void received(Peer peer, ByteBuffer data) throws IOException;

    /** It will send no more; by default the connection is closed when all is sent that was given to it. */
    default void ended(Peer peer) throws IOException {
        peer.finish();
    }

    /** Nothing is left of what waited to be sent; not called for what could be sent at once. */
    default void sent(Peer peer) throws IOException {}
}
