package io.sockfd.nio;

import io.sockfd.Socket;

/** What a {@link SockfdSelector} asks of the channels that it takes. */
interface SelectableSocket {
    /** What it stands on. */
    Socket behind();

    /** The events to watch for. */
    int eventsOf(int interestOps);

    /**
     * The operations that these events are for.
     *
     * @param events without EPOLLERR and EPOLLHUP, which mean all that somebody is interested in
     */
    int readyOf(int events);
}
