package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.raw.struct.Icmp6Filter;
import io.sockfd.raw.struct.IcmpFilter;
import java.util.BitSet;

/**
 * ICMP_FILTER and ICMPV6_FILTER: the types of messages that a raw socket receives. The kernel's bits say which ones it does
 * not; here they say which ones it does. Immutable.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/raw.7.html">raw(7)</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3542#section-3.2">RFC 3542, section 3.2</a>
 */
public final class IcmpTypes {
    private static final int TYPES = 256;

    /** Of ICMP the kernel filters the first 32 types, and lets the others pass. */
    private static final int ICMP_TYPES = 32;

    static final Codec<IcmpTypes> ICMP = Codecs.of(
            IcmpTypes.class,
            IcmpFilter.SIZE,
            (value, b) -> {
                IcmpFilter.data(b, 0, ~value.word(0));
                return IcmpFilter.SIZE;
            },
            (b, length) -> {
                BitSet passing = new BitSet(TYPES);
                passing.set(ICMP_TYPES, TYPES);
                read(passing, 0, IcmpFilter.data(b, 0));
                return new IcmpTypes(passing);
            });

    static final Codec<IcmpTypes> ICMPV6 = Codecs.of(
            IcmpTypes.class,
            Icmp6Filter.SIZE,
            (value, b) -> {
                for (int i = 0; i < TYPES / Integer.SIZE; i++) {
                    Icmp6Filter.data(b, 0, i, ~value.word(i));
                }
                return Icmp6Filter.SIZE;
            },
            (b, length) -> {
                BitSet passing = new BitSet(TYPES);
                for (int i = 0; i < TYPES / Integer.SIZE; i++) {
                    read(passing, i, Icmp6Filter.data(b, 0, i));
                }
                return new IcmpTypes(passing);
            });

    private final BitSet passing;

    private IcmpTypes(BitSet passing) {
        this.passing = passing;
    }

    /**
     * These and no others; none at all blocks everything.
     *
     * @throws IllegalArgumentException when a type is outside of 0 to 255
     */
    public static IcmpTypes only(int... types) {
        BitSet passing = new BitSet(TYPES);
        for (int type : types) {
            passing.set(check(type));
        }
        return new IcmpTypes(passing);
    }

    /** All but these; without an argument all, as a new socket has it. */
    public static IcmpTypes allBut(int... types) {
        BitSet passing = only(types).passing;
        passing.flip(0, TYPES);
        return new IcmpTypes(passing);
    }

    private static int check(int type) {
        if (type < 0 || type >= TYPES) {
            throw new IllegalArgumentException(type + " is no type of ICMP: those are 0 to 255");
        }
        return type;
    }

    /** Whether messages of this type are received. */
    public boolean passes(int type) {
        return passing.get(check(type));
    }

    private int word(int index) {
        int word = 0;
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            word |= passing.get(index * Integer.SIZE + bit) ? 1 << bit : 0;
        }
        return word;
    }

    private static void read(BitSet passing, int index, int blocked) {
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            passing.set(index * Integer.SIZE + bit, (blocked & 1 << bit) == 0);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IcmpTypes that && passing.equals(that.passing);
    }

    @Override
    public int hashCode() {
        return passing.hashCode();
    }

    /** The types that pass. */
    @Override
    public String toString() {
        return passing.cardinality() <= TYPES / 2 ? "only " + passing : "all but " + allBut(types()).passing;
    }

    private int[] types() {
        return passing.stream().toArray();
    }
}
