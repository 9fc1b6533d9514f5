package io.sockfd.packet;

/** Bytes from the wire are not what their header promises. The message says which header, what it says and what is there. */
public final class PacketException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PacketException(String message) {
        super(message);
    }
}
