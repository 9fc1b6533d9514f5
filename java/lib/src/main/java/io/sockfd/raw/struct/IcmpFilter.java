package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * ICMP types not to receive: ICMP_FILTER. See <a href="https://man7.org/linux/man-pages/man7/raw.7.html">raw(7)</a>.
 *
 * <pre>
 *         +----------+
 *      0  | u32 data |  bit n set: type n is dropped
 *      4  +----------+
 * </pre>
 */
public final class IcmpFilter {
    public static final int SIZE = 4;

    public static final int DATA = 0;

    private IcmpFilter() {}

    public static int data(ByteBuffer b, int o) {
        return b.getInt(o + DATA);
    }

    public static void data(ByteBuffer b, int o, int value) {
        b.putInt(o + DATA, value);
    }
}
