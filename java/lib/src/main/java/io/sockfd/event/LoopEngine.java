package io.sockfd.event;

import io.sockfd.Descriptor;
import io.sockfd.Socket;
import java.io.IOException;
import java.util.function.BiConsumer;

/**
 * The part of an {@link EventLoop} that waits and that moves the bytes of its peers: what each {@link Engine} does in its own
 * way. It lies around the loop's {@link Epoll}, and is implemented by this library alone.
 *
 * <p>On epoll a peer is a registration like the others, received from and sent to by a call each. On io_uring a peer has a
 * multishot receive and one send at a time, submitted by the call that waits; the loop's Epoll, with all else that the loop
 * watches, is one more thing that the ring waits for.
 */
public interface LoopEngine {
    /** Which one it is. */
    Engine kind();

    /**
     * A peer that is not served yet.
     *
     * @param socket of a stream, which does not wait
     */
    Peer peer(Socket socket, PeerHandler handler);

    /**
     * Waits until something is ready, the time is over, or {@link #wakeUp} is called; serves the peers that have something,
     * and fetches what else is ready. For the loop's thread.
     *
     * @param nanos 0 looks and does not wait, negative waits for ever
     * @param onFailure is told what a handler of a peer has thrown
     * @return how many events {@code into} has now
     * @throws IOException as {@link Epoll#await(EpollEvents, long)}
     */
    int await(EpollEvents into, long nanos, BiConsumer<? super Descriptor, ? super Throwable> onFailure)
            throws IOException;

    /** Ends the wait, or the next one; from any thread. */
    void wakeUp() throws IOException;

    /** Ends all; from any thread, and more than once. */
    void close() throws IOException;
}
