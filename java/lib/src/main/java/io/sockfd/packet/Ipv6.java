package io.sockfd.packet;

import io.sockfd.raw.Linux;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An IPv6 header, RFC 8200. Extension headers are views of their own: {@link Ipv6Extension}, {@link Ipv6Routing}, {@link
 * Ipv6Fragment}.
 *
 * <pre>
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-------+---------------+---------------------------------------+
 *   0 |version| traffic class |              flow label               |
 *     +-------+---------------+-------+---------------+---------------+
 *   4 |        payload length         |  next header  |   hop limit   |
 *     +-------------------------------+---------------+---------------+
 *   8 |                            source                             |
 *     |                          (16 bytes)                           |
 *     +---------------------------------------------------------------+
 *  24 |                          destination                          |
 *     |                          (16 bytes)                           |
 *  40 +---------------------------------------------------------------+
 * </pre>
 */
public final class Ipv6 extends Header<Ipv6> {
    public static final int SIZE = 40;

    static final int SOURCE = 8;
    static final int DESTINATION = 24;

    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int LABEL_BITS = 20;
    private static final int LABEL = (1 << LABEL_BITS) - 1;
    private static final long CLASS = 0xffL << LABEL_BITS;

    public Ipv6() {
        super(SIZE);
    }

    @Override
    String name() {
        return "IPv6";
    }

    @Override
    @Nullable
    String problem() {
        return version() == 6 ? null : "IPv6 has version " + version();
    }

    @Override
    void defaults() {
        put8(0, 6 << 4, "version").hopLimit(64).nextHeader(Linux.IPPROTO_NONE);
    }

    public int version() {
        return u8(0) >> 4;
    }

    /** 8 bits: DSCP and ECN. */
    public int trafficClass() {
        return i32(0) >> LABEL_BITS & 0xff;
    }

    public Ipv6 trafficClass(int trafficClass) {
        return put32(
                0, (u32(0) & ~CLASS) | (long) Bytes.fit(trafficClass, 8, "trafficClass") << LABEL_BITS, "trafficClass");
    }

    /** 20 bits. */
    public int flowLabel() {
        return i32(0) & LABEL;
    }

    public Ipv6 flowLabel(int label) {
        return put32(0, (u32(0) & ~LABEL) | Bytes.fit(label, LABEL_BITS, "flowLabel"), "flowLabel");
    }

    /**
     * Of all that follows, extension headers included; 0 for a jumbogram, and where the sender's own machine captured a
     * segment too long for the field before the network card cut it up (BIG TCP).
     */
    public int payloadLengthField() {
        return u16(PAYLOAD_LENGTH);
    }

    public Ipv6 payloadLengthField(int length) {
        return put16(PAYLOAD_LENGTH, length, "payloadLengthField");
    }

    /** An {@code IPPROTO_} number: of an extension header or of the upper layer. */
    public int nextHeader() {
        return u8(NEXT_HEADER);
    }

    public Ipv6 nextHeader(int number) {
        return put8(NEXT_HEADER, number, "nextHeader");
    }

    public int hopLimit() {
        return u8(HOP_LIMIT);
    }

    public Ipv6 hopLimit(int limit) {
        return put8(HOP_LIMIT, limit, "hopLimit");
    }

    public Inet6Address source() {
        return Ip.v6(b, offset + SOURCE);
    }

    /** Copies the 16 bytes of the source. */
    public void source(byte[] into) {
        b.get(offset + SOURCE, into, 0, Ip.V6);
    }

    public Ipv6 source(InetAddress address) {
        return put(SOURCE, Ip.v6(address));
    }

    /** A literal address. */
    public Ipv6 source(String address) {
        return put(SOURCE, Ip.v6(address));
    }

    public Inet6Address destination() {
        return Ip.v6(b, offset + DESTINATION);
    }

    /** Copies the 16 bytes of the destination. */
    public void destination(byte[] into) {
        b.get(offset + DESTINATION, into, 0, Ip.V6);
    }

    public Ipv6 destination(InetAddress address) {
        return put(DESTINATION, Ip.v6(address));
    }

    /** A literal address. */
    public Ipv6 destination(String address) {
        return put(DESTINATION, Ip.v6(address));
    }

    /** Whether there are fewer bytes than {@link #payloadLengthField} says. */
    public boolean isTruncated() {
        return payloadLengthField() > limit - offset - SIZE;
    }

    @Override
    public int payloadLimit() {
        return isLengthUnsaid() ? limit : Math.min(limit, offset + SIZE + payloadLengthField());
    }

    /** A length of 0 is one only where nothing follows. */
    private boolean isLengthUnsaid() {
        return payloadLengthField() == 0 && nextHeader() != Linux.IPPROTO_NONE;
    }

    @Override
    int payloadCut() {
        return isLengthUnsaid() ? cut : cutBy(SIZE + payloadLengthField());
    }

    @Override
    void fillLength(int end) {
        int bytes = end - offset - SIZE;
        payloadLengthField(bytes > 0xffff ? 0 : bytes);
    }

    /** Back to where the other packet came from: its addresses, exchanged. */
    public Ipv6 replyTo(Ipv6 other) {
        byte[] source = other.get(SOURCE, Ip.V6);
        return put(SOURCE, other.get(DESTINATION, Ip.V6)).put(DESTINATION, source);
    }
}
