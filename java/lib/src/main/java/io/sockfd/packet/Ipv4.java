package io.sockfd.packet;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 header, RFC 791.
 *
 * <pre>
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-------+-------+-----------+---+-------------------------------+
 *   0 |version|  ihl  |   dscp    |ecn|         total length          |
 *     +-------+-------+-----------+---+-----+-------------------------+
 *   4 |        identification         |0|D|M|     fragment offset     |
 *     +---------------+---------------+-----+-------------------------+
 *   8 |      ttl      |   protocol    |        header checksum        |
 *     +---------------+---------------+-------------------------------+
 *  12 |                            source                             |
 *     +---------------------------------------------------------------+
 *  16 |                          destination                          |
 *     +---------------------------------------------------------------+
 *  20 |                   options, up to 40 bytes                     |
 * </pre>
 */
public final class Ipv4 extends Header<Ipv4> {
    /** Without options. */
    public static final int SIZE = 20;

    static final int MOST = 60;
    static final int SOURCE = 12;
    static final int DESTINATION = 16;

    private static final int VERSION_IHL = 0;
    private static final int TOS = 1;
    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int FRAGMENT = 6;
    private static final int TTL = 8;
    private static final int PROTOCOL = 9;
    private static final int CHECKSUM = 10;
    private static final int DF = 0x40;
    private static final int MF = 0x20;
    private static final int OFFSET_BITS = 13;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;

    private final Ipv4Options options = new Ipv4Options(this);

    public Ipv4() {
        super(SIZE);
    }

    @Override
    String name() {
        return "IPv4";
    }

    @Override
    @Nullable
    String problem() {
        if (version() != 4) {
            return "IPv4 has version " + version();
        }
        String problem = measured(ihl() * 4);
        return problem != null || totalLength() == 0 || totalLength() >= length
                ? problem
                : "IPv4 has a total length of " + totalLength() + ", and a header of " + length;
    }

    @Override
    void defaults() {
        resize(SIZE);
        totalLength(SIZE).ttl(64);
    }

    @Override
    void resize(int bytes) {
        super.resize(bytes);
        Bytes.put8(b, offset + VERSION_IHL, 4 << 4 | bytes / 4);
    }

    public int version() {
        return u8(VERSION_IHL) >> 4;
    }

    /** The header's length in words of 4 bytes, 5 to 15. */
    public int ihl() {
        return u8(VERSION_IHL) & 0x0f;
    }

    /** Type of service: {@link #dscp} and {@link #ecn} in one. */
    public int tos() {
        return u8(TOS);
    }

    public Ipv4 tos(int tos) {
        return put8(TOS, tos, "tos");
    }

    /** 6 bits. */
    public int dscp() {
        return tos() >> 2;
    }

    public Ipv4 dscp(int dscp) {
        return tos(Bytes.fit(dscp, 6, "dscp") << 2 | ecn());
    }

    /** 2 bits. */
    public int ecn() {
        return tos() & 3;
    }

    public Ipv4 ecn(int ecn) {
        return tos(dscp() << 2 | Bytes.fit(ecn, 2, "ecn"));
    }

    /** Header and data. 0 on packets that the network card will cut into segments: then all that is there belongs to it. */
    public int totalLength() {
        return u16(TOTAL_LENGTH);
    }

    public Ipv4 totalLength(int length) {
        return put16(TOTAL_LENGTH, length, "totalLength");
    }

    public int identification() {
        return u16(IDENTIFICATION);
    }

    public Ipv4 identification(int identification) {
        return put16(IDENTIFICATION, identification, "identification");
    }

    public boolean dontFragment() {
        return bit(FRAGMENT, DF);
    }

    public Ipv4 dontFragment(boolean on) {
        return putBit(FRAGMENT, DF, on);
    }

    public boolean moreFragments() {
        return bit(FRAGMENT, MF);
    }

    public Ipv4 moreFragments(boolean on) {
        return putBit(FRAGMENT, MF, on);
    }

    /** In units of 8 bytes, as it is in the header. */
    public int fragmentOffset() {
        return u16(FRAGMENT) & OFFSET_MASK;
    }

    public Ipv4 fragmentOffset(int units) {
        return put16(
                FRAGMENT,
                (u16(FRAGMENT) & ~OFFSET_MASK) | Bytes.fit(units, OFFSET_BITS, "fragmentOffset"),
                "fragmentOffset");
    }

    /** Whether this is not the whole datagram. */
    public boolean isFragment() {
        return moreFragments() || fragmentOffset() != 0;
    }

    public int ttl() {
        return u8(TTL);
    }

    public Ipv4 ttl(int ttl) {
        return put8(TTL, ttl, "ttl");
    }

    /** Of what it carries: an {@code IPPROTO_} number. */
    public int protocol() {
        return u8(PROTOCOL);
    }

    public Ipv4 protocol(int protocol) {
        return put8(PROTOCOL, protocol, "protocol");
    }

    public int headerChecksum() {
        return u16(CHECKSUM);
    }

    public Ipv4 headerChecksum(int checksum) {
        return put16(CHECKSUM, checksum, "headerChecksum");
    }

    public boolean isHeaderChecksumValid() {
        return Checksum.of(b, offset, offset + length) == 0;
    }

    public Ipv4 fillHeaderChecksum() {
        return headerChecksum(0).headerChecksum(Checksum.of(b, offset, offset + length));
    }

    public InetAddress source() {
        return Ip.v4(b, offset + SOURCE);
    }

    /** The source as 32 bits. */
    public int sourceAddress() {
        return i32(SOURCE);
    }

    public Ipv4 source(InetAddress address) {
        return sourceAddress(Ip.v4(address));
    }

    /** As {@code a.b.c.d}. */
    public Ipv4 source(String address) {
        return sourceAddress(Ip.v4(address));
    }

    public Ipv4 sourceAddress(int address) {
        return put32(SOURCE, address & Bytes.U32, "source");
    }

    public InetAddress destination() {
        return Ip.v4(b, offset + DESTINATION);
    }

    /** The destination as 32 bits. */
    public int destinationAddress() {
        return i32(DESTINATION);
    }

    public Ipv4 destination(InetAddress address) {
        return destinationAddress(Ip.v4(address));
    }

    /** As {@code a.b.c.d}. */
    public Ipv4 destination(String address) {
        return destinationAddress(Ip.v4(address));
    }

    public Ipv4 destinationAddress(int address) {
        return put32(DESTINATION, address & Bytes.U32, "destination");
    }

    /** With a source route that is not at its end the route's last address: RFC 1122 takes it for the pseudo-header. */
    int lastDestination() {
        int at = SIZE;
        while (at < length && u8(at) != Ipv4Options.EOL) {
            int kind = u8(at);
            if (kind == Ipv4Options.NOP) {
                at++;
                continue;
            }
            int size = at + 1 < length ? u8(at + 1) : 0;
            if (size < 2 || size > length - at) {
                break;
            }
            boolean route = kind == Ipv4Options.LOOSE_SOURCE_ROUTE || kind == Ipv4Options.STRICT_SOURCE_ROUTE;
            if (route && size >= 7 && u8(at + 2) <= size) {
                return i32(at + 3 + (size - 3) / 4 * 4 - 4);
            }
            at += size;
        }
        return destinationAddress();
    }

    /** The options, from the first; always the same cursor. */
    public Ipv4Options options() {
        return options.rewind();
    }

    /** Whether there are fewer bytes than {@link #totalLength} says. */
    public boolean isTruncated() {
        return totalLength() > limit - offset;
    }

    /** After {@link #totalLength}: an Ethernet frame may end with padding. */
    @Override
    public int payloadLimit() {
        return totalLength() == 0 ? limit : Math.min(limit, offset + Math.max(length, totalLength()));
    }

    @Override
    int payloadCut() {
        return totalLength() == 0 ? cut : cutBy(totalLength());
    }

    @Override
    void fillLength(int end) {
        totalLength(end - offset > 0xffff ? 0 : end - offset);
    }

    /** Back to where the other packet came from: its addresses, exchanged. */
    public Ipv4 replyTo(Ipv4 other) {
        int source = other.sourceAddress();
        return sourceAddress(other.destinationAddress()).destinationAddress(source);
    }
}
