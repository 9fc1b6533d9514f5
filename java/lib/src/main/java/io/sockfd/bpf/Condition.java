package io.sockfd.bpf;

import io.sockfd.raw.Linux;

/** A condition on a packet, as {@link FilterParser} reads it and {@link FlowGraph} takes it apart. */
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

    /** Is true, and what comes after it finds the value in the variable. */
    record Set(int variable, Value value) implements Condition {}

    default Condition and(Condition other) {
        if (this instanceof Always always) {
            return always.result ? other : this;
        }
        return other instanceof Always always && always.result ? this : new And(this, other);
    }

    default Condition or(Condition other) {
        if (this instanceof Always always) {
            return always.result ? this : other;
        }
        return other instanceof Always always && !always.result ? this : new Or(this, other);
    }

    default Condition not() {
        return this instanceof Always always ? new Always(!always.result) : new Not(this);
    }

    /** A number of 32 bits. */
    sealed interface Value {
        record Constant(int value) implements Value {}

        record PacketLength() implements Value {}

        record Extended(Extension extension) implements Value {}

        /**
         * Bytes of the packet.
         *
         * @param index where they are, less {@code k}
         * @param size BPF_B, BPF_H or BPF_W
         */
        record Load(Value index, int k, int size) implements Value {}

        /** The length in bytes of the IPv4 header that begins at byte {@code k}. */
        record HeaderLength(int k) implements Value {}

        /** What {@link Condition.Set} has put there. */
        record Variable(int number) implements Value {}

        /**
         * Arithmetic.
         *
         * @param op such as BPF_ADD
         */
        record Binary(Value left, int op, Value right) implements Value {}

        record Negative(Value value) implements Value {}

        /** Bytes at a fixed place. */
        static Value at(int k, int size) {
            return new Load(new Constant(0), k, size);
        }

        default Condition is(int number) {
            return test(Linux.BPF_JEQ, number);
        }

        default Condition test(int jump, int number) {
            return new Compare(this, jump, new Constant(number));
        }

        default Value masked(int mask) {
            return mask == -1 ? this : with(Linux.BPF_AND, mask);
        }

        default Value with(int op, int number) {
            return new Binary(this, op, new Constant(number));
        }

        default Value plus(Value other) {
            if (other instanceof Constant constant && constant.value() == 0) {
                return this;
            }
            return this instanceof Constant constant && constant.value() == 0
                    ? other
                    : new Binary(this, Linux.BPF_ADD, other);
        }
    }
}
