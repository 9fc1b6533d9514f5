package io.sockfd.bpf;

import io.sockfd.raw.Linux;

/** A condition on a packet, as {@link FilterParser} reads it and {@link FilterCode} translates it. */
sealed interface Condition {
    /** Both; the second is not asked when the first is false. */
    record And(Condition first, Condition second) implements Condition {}

    /** Either; the second is not asked when the first is true. */
    record Or(Condition first, Condition second) implements Condition {}

    record Not(Condition test) implements Condition {}

    /** The same for every packet. */
    record Always(boolean result) implements Condition {}

    /**
     * Compares.
     *
     * @param jump BPF_JEQ, BPF_JGT, BPF_JGE or BPF_JSET
     */
    record Compare(Value left, int jump, Value right) implements Condition {}

    default Condition and(Condition other) {
        if (this instanceof Always always) {
            return always.result ? other : this;
        }
        return other instanceof Always always ? always.result ? this : other : new And(this, other);
    }

    default Condition or(Condition other) {
        if (this instanceof Always always) {
            return always.result ? this : other;
        }
        return other instanceof Always always ? always.result ? other : this : new Or(this, other);
    }

    /** A number of 32 bits. */
    sealed interface Value {
        record Constant(int value) implements Value {}

        record PacketLength() implements Value {}

        record Extended(Extension extension) implements Value {}

        /**
         * Bytes of the packet.
         *
         * @param base added to the offset
         * @param ipHeader where the IPv4 header is whose length is added too, -1 for none
         * @param size BPF_B, BPF_H or BPF_W
         */
        record Load(Value offset, int base, int ipHeader, int size) implements Value {}

        /**
         * Arithmetic.
         *
         * @param op such as BPF_ADD
         */
        record Binary(Value left, int op, Value right) implements Value {}

        record Negative(Value value) implements Value {}

        default Condition is(int number) {
            return new Compare(this, Linux.BPF_JEQ, new Constant(number));
        }

        default Value masked(int mask) {
            return mask == -1 ? this : new Binary(this, Linux.BPF_AND, new Constant(mask));
        }
    }
}
