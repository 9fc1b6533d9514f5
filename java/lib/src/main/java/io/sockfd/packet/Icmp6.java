package io.sockfd.packet;

import io.sockfd.raw.Linux;
import java.net.Inet6Address;
import org.jspecify.annotations.Nullable;

/**
 * An ICMPv6 message, RFC 4443, and neighbour discovery, RFC 4861. What follows the checksum depends on the type; each
 * method names the types it is for, and throws {@link IllegalStateException} for others where it reads more than the first
 * 8 bytes.
 *
 * <pre>
 *      0               1               2                               4
 *     +---------------+---------------+-------------------------------+
 *   0 |     type      |     code      |           checksum            |
 *     +---------------+---------------+-------------------------------+
 *   4 |          identifier           |        sequence number        |  echo
 *     |                              mtu                              |  packet too big
 *     |                            pointer                            |  parameter problem
 *     | cur hop limit |M|O|  reserved |        router lifetime        |  router advertisement
 *     |R|S|O|                     reserved                            |  neighbor advertisement
 *     +---------------------------------------------------------------+
 *   8 | reachable time (4), retrans timer (4)                         |  router advertisement
 *     | target (16)                                                   |  neighbor solicitation and advertisement
 *     | target (16), destination (16)                                 |  redirect
 *     +---------------------------------------------------------------+
 * </pre>
 *
 * The types and codes are {@code ICMPV6_} and {@code ND_} numbers of {@link Linux}.
 */
public final class Icmp6 extends Header<Icmp6> {
    /** Of messages other than neighbour discovery's. */
    public static final int SIZE = 8;

    static final int CHECKSUM = 2;

    private static final int TYPE = 0;
    private static final int CODE = 1;
    private static final int WORD = 4;
    private static final int SEQUENCE_NUMBER = 6;
    private static final int TARGET = 8;
    private static final int DESTINATION = 24;
    private static final int REACHABLE_TIME = 8;
    private static final int RETRANS_TIMER = 12;
    private static final int ROUTER = 0x80;
    private static final int SOLICITED = 0x40;
    private static final int OVERRIDE = 0x20;
    private static final int MANAGED = 0x80;
    private static final int OTHER = 0x40;

    private final NdOptions options = new NdOptions(this);

    /** Bytes before the options, that is of the header in the sense of this class. */
    private int fixed;

    public Icmp6() {
        super(SIZE);
    }

    @Override
    String name() {
        return "ICMPv6";
    }

    @Override
    @Nullable
    String problem() {
        fixed = fixed(type());
        String problem = measured(fixed);
        if (problem == null && isNeighborDiscovery()) {
            // to the end there are options, and nothing else
            length = limit - offset;
        }
        return problem;
    }

    @Override
    void defaults() {
        fixed = SIZE;
    }

    private static int fixed(int type) {
        return switch (type) {
            case Linux.ND_ROUTER_ADVERT -> 16;
            case Linux.ND_NEIGHBOR_SOLICIT, Linux.ND_NEIGHBOR_ADVERT -> DESTINATION;
            case Linux.ND_REDIRECT -> DESTINATION + Ip.V6;
            default -> SIZE;
        };
    }

    int optionsBegin() {
        return fixed;
    }

    public int type() {
        return u8(TYPE);
    }

    /** For a message of neighbour discovery this makes the header as long as that message's, without options. */
    public Icmp6 type(int type) {
        Bytes.fit(type, 8, "type");
        int bytes = fixed(type);
        if (bytes > limit - offset) {
            throw new IllegalArgumentException(
                    "ICMPv6 type " + type + " takes " + bytes + " bytes, and there are " + (limit - offset));
        }
        if (bytes > length) {
            Bytes.zero(b, offset + length, offset + bytes);
        }
        fixed = bytes;
        length = bytes;
        return put8(TYPE, type, "type");
    }

    public int code() {
        return u8(CODE);
    }

    public Icmp6 code(int code) {
        return put8(CODE, code, "code");
    }

    public int checksum() {
        return u16(CHECKSUM);
    }

    public Icmp6 checksum(int checksum) {
        return put16(CHECKSUM, checksum, "checksum");
    }

    /** Echo. */
    public int identifier() {
        return u16(WORD);
    }

    public Icmp6 identifier(int identifier) {
        return put16(WORD, identifier, "identifier");
    }

    /** Echo. */
    public int sequenceNumber() {
        return u16(SEQUENCE_NUMBER);
    }

    public Icmp6 sequenceNumber(int number) {
        return put16(SEQUENCE_NUMBER, number, "sequenceNumber");
    }

    /** Packet too big. */
    public long mtu() {
        return u32(WORD);
    }

    public Icmp6 mtu(long mtu) {
        return put32(WORD, mtu, "mtu");
    }

    /** Parameter problem: the byte that it is about. */
    public long pointer() {
        return u32(WORD);
    }

    public Icmp6 pointer(long pointer) {
        return put32(WORD, pointer, "pointer");
    }

    /** Router advertisement. */
    public int curHopLimit() {
        return u8(WORD);
    }

    public Icmp6 curHopLimit(int limit) {
        return put8(WORD, limit, "curHopLimit");
    }

    /** Router advertisement: addresses by DHCPv6. */
    public boolean managed() {
        return bit(5, MANAGED);
    }

    public Icmp6 managed(boolean on) {
        return putBit(5, MANAGED, on);
    }

    /** Router advertisement: other configuration by DHCPv6. */
    public boolean otherConfiguration() {
        return bit(5, OTHER);
    }

    public Icmp6 otherConfiguration(boolean on) {
        return putBit(5, OTHER, on);
    }

    /** Router advertisement: seconds. */
    public int routerLifetime() {
        return u16(SEQUENCE_NUMBER);
    }

    public Icmp6 routerLifetime(int seconds) {
        return put16(SEQUENCE_NUMBER, seconds, "routerLifetime");
    }

    /** Router advertisement: milliseconds, 0 for unspecified. */
    public long reachableTime() {
        return u32(within(REACHABLE_TIME, 16));
    }

    public Icmp6 reachableTime(long millis) {
        return put32(within(REACHABLE_TIME, 16), millis, "reachableTime");
    }

    /** Router advertisement: milliseconds, 0 for unspecified. */
    public long retransTimer() {
        return u32(within(RETRANS_TIMER, 16));
    }

    public Icmp6 retransTimer(long millis) {
        return put32(within(RETRANS_TIMER, 16), millis, "retransTimer");
    }

    /** Neighbor advertisement: the sender is a router. */
    public boolean router() {
        return bit(WORD, ROUTER);
    }

    public Icmp6 router(boolean on) {
        return putBit(WORD, ROUTER, on);
    }

    /** Neighbor advertisement: it answers a solicitation. */
    public boolean solicited() {
        return bit(WORD, SOLICITED);
    }

    public Icmp6 solicited(boolean on) {
        return putBit(WORD, SOLICITED, on);
    }

    /** Neighbor advertisement: it replaces what is known. */
    public boolean override() {
        return bit(WORD, OVERRIDE);
    }

    public Icmp6 override(boolean on) {
        return putBit(WORD, OVERRIDE, on);
    }

    /** Neighbor solicitation, neighbor advertisement, redirect. */
    public Inet6Address target() {
        return Ip.v6(b, offset + within(TARGET, DESTINATION));
    }

    /** A literal address. */
    public Icmp6 target(String address) {
        return put(within(TARGET, DESTINATION), Ip.v6(address));
    }

    /** Redirect: for which destination. */
    public Inet6Address destination() {
        return Ip.v6(b, offset + within(DESTINATION, DESTINATION + Ip.V6));
    }

    /** A literal address. */
    public Icmp6 destination(String address) {
        return put(within(DESTINATION, DESTINATION + Ip.V6), Ip.v6(address));
    }

    /** Where in the buffer the target is, to copy it without an object. */
    public int targetOffset() {
        return offset + within(TARGET, DESTINATION);
    }

    private int within(int place, int needed) {
        if (fixed < needed) {
            throw new IllegalStateException("ICMPv6 type " + type() + " has no such field");
        }
        return place;
    }

    /** Whether it is one of the five messages of RFC 4861, which end with {@link #options}. */
    public boolean isNeighborDiscovery() {
        int type = type();
        return type >= Linux.ND_ROUTER_SOLICIT && type <= Linux.ND_REDIRECT;
    }

    /** Whether the payload is the beginning of another packet. */
    public boolean isError() {
        return type() >= Linux.ICMPV6_DEST_UNREACH && type() <= Linux.ICMPV6_PARAMPROB;
    }

    /** The options of neighbour discovery, from the first; none for other messages. Always the same cursor. */
    public NdOptions options() {
        return options.rewind();
    }

    /** An echo request. */
    public Icmp6 echoRequest(int identifier, int sequenceNumber) {
        return type(Linux.ICMPV6_ECHO_REQUEST).code(0).identifier(identifier).sequenceNumber(sequenceNumber);
    }

    /** The echo reply to a request; its data is to be sent back as the payload. */
    public Icmp6 replyTo(Icmp6 request) {
        return type(Linux.ICMPV6_ECHO_REPLY)
                .code(0)
                .identifier(request.identifier())
                .sequenceNumber(request.sequenceNumber());
    }
}
