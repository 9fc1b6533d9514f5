package io.sockfd;

import io.sockfd.address.Sockaddr;
import org.jspecify.annotations.Nullable;

/**
 * What a call that failed was given: the socket, the address, which may be empty, and how much there was to send, in
 * segments of which size; 0 where that is not known. Made for an exception only. It prints as the address, or as the socket
 * where there is none.
 */
record Target(Subject socket, Sockaddr address, long bytes, int segment) {
    /** Empty; nobody changes it. */
    static final Sockaddr NOWHERE = new Sockaddr();

    /** Of a call with an address, or none. */
    static Target of(Subject socket, @Nullable Sockaddr address) {
        return of(socket, address, 0, 0);
    }

    /** Of a call that sends to an address, or to the socket's peer. */
    static Target of(Subject socket, @Nullable Sockaddr address, long bytes, int segment) {
        return new Target(socket, address == null ? NOWHERE : address, bytes, segment);
    }

    @Override
    public String toString() {
        return address.isEmpty() ? socket.toString() : address.toString();
    }
}
