package io.sockfd;

import io.sockfd.address.Sockaddr;
import org.jspecify.annotations.Nullable;

/**
 * What a call that failed was given: the socket, the address, which may be empty, and how much there was to send, in
 * segments of which size; 0 where that is not known. Made for an exception only. It prints as the address, or as the socket
 * where there is none.
 */
record Target(SocketCalls socket, Sockaddr address, long bytes, int segment) {
    /**
     * Of a socket's call.
     *
     * @param what a {@link Sockaddr}, a {@link Message}, or null
     */
    static Target of(SocketCalls socket, @Nullable Object what, int bytes) {
        if (what instanceof Message message) {
            Sockaddr to = message.address();
            return new Target(
                    socket,
                    to == null ? new Sockaddr() : to,
                    message.remaining(),
                    message.control().segment());
        }
        return new Target(socket, what instanceof Sockaddr to ? to : new Sockaddr(), bytes, 0);
    }

    @Override
    public String toString() {
        return address.isEmpty() ? socket.toString() : address.toString();
    }
}
