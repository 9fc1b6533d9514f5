package io.sockfd.packet;

/**
 * An entry of the label stack of MPLS, RFC 3032.
 *
 * <pre>
 *     +----------------------------------------+-----+-+---------------+
 *     |                 label                  | tc  |S|      ttl      |
 *     +----------------------------------------+-----+-+---------------+
 *                        20                       3   1        8 bits
 * </pre>
 */
public final class Mpls extends Header<Mpls> {
    public static final int SIZE = 4;

    private static final int LABEL_SHIFT = 12;
    private static final int LABEL_BITS = 20;
    private static final int TC_SHIFT = 9;
    private static final int BOTTOM = 1;

    public Mpls() {
        super(SIZE);
    }

    @Override
    String name() {
        return "MPLS";
    }

    /** 20 bits. */
    public int label() {
        return i32(0) >>> LABEL_SHIFT;
    }

    public Mpls label(int label) {
        long others = u32(0) & ((1 << LABEL_SHIFT) - 1);
        return put32(0, others | (long) Bytes.fit(label, LABEL_BITS, "label") << LABEL_SHIFT, "label");
    }

    /** The traffic class, 3 bits; EXP of old. */
    public int trafficClass() {
        return i32(0) >>> TC_SHIFT & 7;
    }

    public Mpls trafficClass(int trafficClass) {
        long others = u32(0) & ~(7L << TC_SHIFT);
        return put32(0, others | (long) Bytes.fit(trafficClass, 3, "trafficClass") << TC_SHIFT, "trafficClass");
    }

    /** Whether this is the last entry. */
    public boolean isBottom() {
        return bit(2, BOTTOM);
    }

    public Mpls bottom(boolean on) {
        return putBit(2, BOTTOM, on);
    }

    public int ttl() {
        return u8(3);
    }

    public Mpls ttl(int ttl) {
        return put8(3, ttl, "ttl");
    }

    void describe(StringBuilder out) {
        out.append("(label ").append(label()).append(", tc ").append(trafficClass());
        out.append(isBottom() ? ", [S], ttl " : ", ttl ").append(ttl()).append(')');
    }
}
