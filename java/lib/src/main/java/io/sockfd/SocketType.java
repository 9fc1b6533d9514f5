package io.sockfd;

import io.sockfd.raw.Linux;

/**
 * The second argument of socket(2), without its flags. Any number is a value of this type.
 *
 * @param value one of the {@code SOCK_} numbers
 * @see <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>
 */
public record SocketType(int value) {
    /** A connection that carries bytes in order. */
    public static final SocketType STREAM = new SocketType(Linux.SOCK_STREAM);

    /** Messages, each for itself. */
    public static final SocketType DGRAM = new SocketType(Linux.SOCK_DGRAM);

    /** Packets with the headers that the kernel would otherwise make. */
    public static final SocketType RAW = new SocketType(Linux.SOCK_RAW);

    /** Messages, reliable, in any order. */
    public static final SocketType RDM = new SocketType(Linux.SOCK_RDM);

    /** A connection that carries messages in order. */
    public static final SocketType SEQPACKET = new SocketType(Linux.SOCK_SEQPACKET);

    /** Whether a received length of 0 means that the peer has ended the connection. */
    boolean endsWithZero() {
        return value == Linux.SOCK_STREAM || value == Linux.SOCK_SEQPACKET;
    }

    /** C's name, for instance {@code SOCK_STREAM}. */
    @Override
    public String toString() {
        return switch (value) {
            case Linux.SOCK_STREAM -> "SOCK_STREAM";
            case Linux.SOCK_DGRAM -> "SOCK_DGRAM";
            case Linux.SOCK_RAW -> "SOCK_RAW";
            case Linux.SOCK_RDM -> "SOCK_RDM";
            case Linux.SOCK_SEQPACKET -> "SOCK_SEQPACKET";
            case Linux.SOCK_DCCP -> "SOCK_DCCP";
            default -> "SOCK_" + value;
        };
    }

    /** By hand: a record's own is made at run time, which costs 4 ms of a process's start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SocketType that && that.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }
}
