package io.sockfd.packet;

import java.net.Inet6Address;
import org.jspecify.annotations.Nullable;

/**
 * A routing header of IPv6, RFC 8200 section 4.4; with addresses in types 0 (RFC 2460, deprecated), 2 (RFC 6275) and 4
 * (segment routing, RFC 8754).
 *
 * <pre>
 *      0               1               2               3               4               8
 *     +---------------+---------------+---------------+---------------+---------------+----
 *     |  next header  | hdr ext len n | routing type  | segments left | type-specific | ...
 *     +---------------+---------------+---------------+---------------+---------------+----
 * </pre>
 */
public final class Ipv6Routing extends Header<Ipv6Routing> {
    public static final int SIZE = 8;

    public static final int SOURCE_ROUTE = 0;
    public static final int MOBILE = 2;
    public static final int SEGMENT_ROUTING = 4;

    private static final int TYPE = 2;
    private static final int SEGMENTS_LEFT = 3;
    /** Segment routing: the index of the last entry. */
    private static final int LAST_ENTRY = 4;

    public Ipv6Routing() {
        super(SIZE);
    }

    @Override
    String name() {
        return "IPv6 routing header";
    }

    @Override
    @Nullable
    String problem() {
        String problem = measured((hdrExtLen() + 1) * 8);
        return problem == null && addresses() > 0 && segmentsLeft() > addresses()
                ? "IPv6 routing header has " + segmentsLeft() + " segments left, and " + addresses() + " addresses"
                : problem;
    }

    @Override
    void defaults() {
        nextHeader(59);
    }

    /** An {@code IPPROTO_} number. */
    public int nextHeader() {
        return u8(0);
    }

    public Ipv6Routing nextHeader(int number) {
        return put8(0, number, "nextHeader");
    }

    /** In units of 8 bytes, without the first 8. */
    public int hdrExtLen() {
        return u8(1);
    }

    public int routingType() {
        return u8(TYPE);
    }

    public int segmentsLeft() {
        return u8(SEGMENTS_LEFT);
    }

    public Ipv6Routing segmentsLeft(int segments) {
        return put8(SEGMENTS_LEFT, segments, "segmentsLeft");
    }

    /** How many addresses there are; 0 for a type whose layout is not known. */
    public int addresses() {
        return switch (routingType()) {
            case SOURCE_ROUTE, MOBILE -> (length - SIZE) / Ip.V6;
            case SEGMENT_ROUTING -> Math.min(u8(LAST_ENTRY) + 1, (length - SIZE) / Ip.V6);
            default -> 0;
        };
    }

    /** In the order of the header; segment routing begins with the last. */
    public Inet6Address address(int index) {
        return Ip.v6(b, addressOffset(index));
    }

    /** Where in the buffer an address is. */
    public int addressOffset(int index) {
        if (index < 0 || index >= addresses()) {
            throw new IndexOutOfBoundsException("there are " + addresses() + " addresses, no number " + index);
        }
        return payloadOffset(index);
    }

    private int payloadOffset(int index) {
        return offset + SIZE + index * Ip.V6;
    }

    /**
     * Writes type and addresses; all segments but that in the IPv6 header are left.
     *
     * @param type {@link #SOURCE_ROUTE}, {@link #MOBILE} or {@link #SEGMENT_ROUTING}
     * @param addresses literals, in the order of the header
     */
    public Ipv6Routing route(int type, String... addresses) {
        if (type != SOURCE_ROUTE && type != MOBILE && type != SEGMENT_ROUTING) {
            throw new IllegalArgumentException("the layout of routing type " + type + " is not known");
        }
        int bytes = SIZE + addresses.length * Ip.V6;
        if (bytes > limit - offset) {
            throw new IllegalArgumentException(
                    name() + " would have " + bytes + " bytes, and there is room for " + (limit - offset));
        }
        put8(1, bytes / 8 - 1, "hdrExtLen").put8(TYPE, type, "routingType");
        put32(LAST_ENTRY, 0, "type-specific");
        if (type == SEGMENT_ROUTING) {
            put8(LAST_ENTRY, Math.max(0, addresses.length - 1), "lastEntry")
                    .segmentsLeft(Math.max(0, addresses.length - 1));
        } else {
            segmentsLeft(addresses.length);
        }
        for (int i = 0; i < addresses.length; i++) {
            put(SIZE + i * Ip.V6, Ip.v6(addresses[i]));
        }
        length = bytes;
        return this;
    }

    /** Where the address is that the packet ends up at, for the pseudo-header; -1 when it is that of the IPv6 header. */
    int lastDestination() {
        if (segmentsLeft() == 0 || addresses() == 0) {
            return -1;
        }
        return payloadOffset(routingType() == SEGMENT_ROUTING ? 0 : addresses() - 1);
    }
}
