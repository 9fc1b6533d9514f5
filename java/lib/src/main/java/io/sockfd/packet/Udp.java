package io.sockfd.packet;

import org.jspecify.annotations.Nullable;

/**
 * A UDP datagram, RFC 768.
 *
 * <pre>
 *      0               2               4               6               8
 *     +---------------+---------------+---------------+---------------+----
 *     |  source port  |   dest. port  |    length     |   checksum    | ...
 *     +---------------+---------------+---------------+---------------+----
 * </pre>
 */
public final class Udp extends Header<Udp> {
    public static final int SIZE = 8;

    static final int CHECKSUM = 6;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int LENGTH = 4;

    public Udp() {
        super(SIZE);
    }

    @Override
    String name() {
        return "UDP";
    }

    @Override
    @Nullable
    String problem() {
        return length() >= SIZE || length() == 0 ? null : "UDP says it has " + length() + " bytes; it has at least 8";
    }

    @Override
    void defaults() {
        length(SIZE);
    }

    public int sourcePort() {
        return u16(SOURCE_PORT);
    }

    public Udp sourcePort(int port) {
        return put16(SOURCE_PORT, port, "sourcePort");
    }

    public int destinationPort() {
        return u16(DESTINATION_PORT);
    }

    public Udp destinationPort(int port) {
        return put16(DESTINATION_PORT, port, "destinationPort");
    }

    /** Header and data; 0 for a jumbogram of RFC 2675 and where a network card will fill it. */
    public int length() {
        return u16(LENGTH);
    }

    public Udp length(int length) {
        return put16(LENGTH, length, "length");
    }

    /** 0 for none, which only IPv4 allows. */
    public int checksum() {
        return u16(CHECKSUM);
    }

    public Udp checksum(int checksum) {
        return put16(CHECKSUM, checksum, "checksum");
    }

    /** Whether there are fewer bytes than {@link #length} says. */
    public boolean isTruncated() {
        return length() > limit - offset;
    }

    @Override
    public int payloadLimit() {
        return length() < SIZE ? limit : Math.min(limit, offset + length());
    }

    @Override
    int payloadCut() {
        return length() < SIZE ? cut : cutBy(length());
    }

    @Override
    void fillLength(int end) {
        length(end - offset > 0xffff ? 0 : end - offset);
    }

    /** The other datagram's ports, exchanged. */
    public Udp replyTo(Udp other) {
        int source = other.sourcePort();
        return sourcePort(other.destinationPort()).destinationPort(source);
    }

    void describe(StringBuilder out) {
        out.append("UDP, length ").append(payloadLengthOnWire());
    }
}
