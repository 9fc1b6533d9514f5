package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Value;

/** Translates conditions into instructions. */
final class FilterCode {
    private final ProgramBuilder builder;
    private int labels;

    FilterCode(ProgramBuilder builder) {
        this.builder = builder;
    }

    /** A label that nobody has used. */
    String label() {
        return "n" + labels++;
    }

    /** Goes on at {@code yes} or at {@code no}; both come later. */
    void test(Condition condition, String yes, String no) {
        if (condition instanceof Condition.And and) {
            String next = label();
            test(and.first(), next, no);
            builder.label(next);
            test(and.second(), yes, no);
        } else if (condition instanceof Condition.Or or) {
            String next = label();
            test(or.first(), yes, next);
            builder.label(next);
            test(or.second(), yes, no);
        } else if (condition instanceof Condition.Not not) {
            test(not.test(), no, yes);
        } else if (condition instanceof Condition.Compare compare) {
            compare(compare, yes, no);
        } else if (condition instanceof Condition.Always always) {
            builder.ja(always.result() ? yes : no);
        }
    }

    private void compare(Condition.Compare compare, String yes, String no) {
        if (compare.right() instanceof Value.Constant constant) {
            value(compare.left(), 0);
            builder.jump(BPF_JMP | compare.jump() | BPF_K, constant.value(), yes, no);
        } else {
            operands(compare.left(), compare.right(), 0);
            builder.jump(BPF_JMP | compare.jump() | BPF_X, 0, yes, no);
        }
    }

    /** A = left, X = right. */
    private void operands(Value left, Value right, int depth) {
        value(left, depth);
        builder.add(BPF_ST, cell(depth));
        value(right, depth + 1);
        builder.add(BPF_MISC | BPF_TAX, 0);
        builder.add(BPF_LD | BPF_MEM, cell(depth));
    }

    /** A = the value; cells of memory from {@code depth} on may change, and X. */
    private void value(Value value, int depth) {
        if (value instanceof Value.Constant constant) {
            builder.add(BPF_LD | BPF_IMM, constant.value());
        } else if (value instanceof Value.PacketLength) {
            builder.add(BPF_LD | BPF_W | BPF_LEN, 0);
        } else if (value instanceof Value.Extended extended) {
            builder.ld(extended.extension().k);
        } else if (value instanceof Value.Negative negative) {
            value(negative.value(), depth);
            builder.add(BPF_ALU | BPF_NEG, 0);
        } else if (value instanceof Value.Load load) {
            load(load, depth);
        } else if (value instanceof Value.Binary binary) {
            if (binary.right() instanceof Value.Constant constant) {
                value(binary.left(), depth);
                builder.add(BPF_ALU | binary.op() | BPF_K, constant.value());
            } else {
                operands(binary.left(), binary.right(), depth);
                builder.add(BPF_ALU | binary.op() | BPF_X, 0);
            }
        }
    }

    private void load(Value.Load load, int depth) {
        int header = load.ipHeader();
        if (load.offset() instanceof Value.Constant constant) {
            int at = load.base() + constant.value();
            if (header >= 0) {
                builder.add(BPF_LDX | BPF_B | BPF_MSH, header);
            }
            builder.add(BPF_LD | load.size() | (header >= 0 ? BPF_IND : BPF_ABS), at);
            return;
        }
        value(load.offset(), depth);
        if (header >= 0) {
            builder.add(BPF_LDX | BPF_B | BPF_MSH, header);
            builder.add(BPF_ALU | BPF_ADD | BPF_X, 0);
        }
        builder.add(BPF_MISC | BPF_TAX, 0);
        builder.add(BPF_LD | load.size() | BPF_IND, load.base());
    }

    private static int cell(int depth) {
        if (depth >= BPF_MEMWORDS) {
            throw new BpfException("the arithmetic is nested too deep: there are " + BPF_MEMWORDS + " cells of memory");
        }
        return depth;
    }
}
