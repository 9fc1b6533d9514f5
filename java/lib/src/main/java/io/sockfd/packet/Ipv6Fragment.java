package io.sockfd.packet;

/**
 * The fragment header of IPv6, RFC 8200 section 4.5.
 *
 * <pre>
 *      0               1               2                         3  4                8
 *     +---------------+---------------+-------------------------+--+----------------+
 *     |  next header  |   reserved    | fragment offset | res |M|   identification    |
 *     +---------------+---------------+-------------------------+--+----------------+
 * </pre>
 */
public final class Ipv6Fragment extends Header<Ipv6Fragment> {
    public static final int SIZE = 8;

    private static final int OFFSET = 2;
    private static final int MORE = 3;
    private static final int IDENTIFICATION = 4;
    private static final int OFFSET_BITS = 13;
    private static final int OFFSET_SHIFT = 3;

    public Ipv6Fragment() {
        super(SIZE);
    }

    @Override
    String name() {
        return "IPv6 fragment header";
    }

    @Override
    void defaults() {
        nextHeader(59);
    }

    /** Of the first header of the part that was cut: an {@code IPPROTO_} number. */
    public int nextHeader() {
        return u8(0);
    }

    public Ipv6Fragment nextHeader(int number) {
        return put8(0, number, "nextHeader");
    }

    /** In units of 8 bytes, as it is in the header. */
    public int fragmentOffset() {
        return u16(OFFSET) >> OFFSET_SHIFT;
    }

    public Ipv6Fragment fragmentOffset(int units) {
        int rest = u16(OFFSET) & ((1 << OFFSET_SHIFT) - 1);
        return put16(OFFSET, Bytes.fit(units, OFFSET_BITS, "fragmentOffset") << OFFSET_SHIFT | rest, "fragmentOffset");
    }

    public boolean moreFragments() {
        return bit(MORE, 1);
    }

    public Ipv6Fragment moreFragments(boolean on) {
        return putBit(MORE, 1, on);
    }

    public long identification() {
        return u32(IDENTIFICATION);
    }

    public Ipv6Fragment identification(long identification) {
        return put32(IDENTIFICATION, identification, "identification");
    }

    /** Whether this is not the whole packet; an atomic fragment (RFC 6946) is. */
    public boolean isFragment() {
        return moreFragments() || fragmentOffset() != 0;
    }
}
