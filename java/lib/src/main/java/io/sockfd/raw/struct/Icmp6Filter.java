package io.sockfd.raw.struct;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * ICMPv6 types not to receive: ICMPV6_FILTER. See {@code linux/icmpv6.h}.
 *
 * <pre>
 *         +-------------+
 *      0  | u32[8] data |  bit n of word m set: type 32 m + n is dropped
 *     32  +-------------+
 * </pre>
 */
public final class Icmp6Filter {
    public static final int SIZE = 32;

    public static final int DATA = 0;
    public static final int DATA_BYTES = 32;

    private Icmp6Filter() {}

    public static int data(ByteBuffer b, int o, int index) {
        return b.getInt(o + DATA + 4 * Objects.checkIndex(index, DATA_BYTES / 4));
    }

    public static void data(ByteBuffer b, int o, int index, int value) {
        b.putInt(o + DATA + 4 * Objects.checkIndex(index, DATA_BYTES / 4), value);
    }
}
