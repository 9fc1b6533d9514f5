package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Value;
import io.sockfd.bpf.Condition.Value.Binary;
import io.sockfd.bpf.Condition.Value.Constant;
import io.sockfd.bpf.Condition.Value.Load;
import io.sockfd.bpf.Condition.Value.Negative;

/** Values in their simplest form, which makes equal ones the same. */
final class Simplifier {
    private Simplifier() {}

    static Value simplify(Value value) {
        if (value instanceof Load load) {
            return load(load);
        } else if (value instanceof Negative negative) {
            Value inner = simplify(negative.value());
            return inner instanceof Constant constant ? new Constant(-constant.value()) : new Negative(inner);
        } else if (value instanceof Binary binary) {
            return binary(simplify(binary.left()), binary.op(), simplify(binary.right()));
        }
        return value;
    }

    /** What is added to the index goes into the constant. */
    private static Value load(Load load) {
        Value index = simplify(load.index());
        if (index instanceof Constant constant) {
            return new Load(new Constant(0), load.k() + constant.value(), load.size());
        } else if (index instanceof Binary sum && sum.op() == BPF_ADD) {
            if (sum.right() instanceof Constant more && load.k() + more.value() >= 0) {
                return load(new Load(sum.left(), load.k() + more.value(), load.size()));
            } else if (sum.left() instanceof Constant more && load.k() + more.value() >= 0) {
                return load(new Load(sum.right(), load.k() + more.value(), load.size()));
            }
        }
        return new Load(index, load.k(), load.size());
    }

    private static Value binary(Value left, int op, Value right) {
        boolean commutes = op == BPF_ADD || op == BPF_MUL || op == BPF_AND || op == BPF_OR || op == BPF_XOR;
        if (left instanceof Constant && commutes && !(right instanceof Constant)) {
            return binary(right, op, left);
        }
        if (!(right instanceof Constant constant)) {
            boolean zero = left instanceof Constant none && none.value() == 0;
            return zero && !commutes && op != BPF_SUB ? left : new Binary(left, op, right);
        }
        int k = constant.value();
        boolean byZero = isByZero(op, constant);
        if (k >>> 5 != 0 && (op == BPF_LSH || op == BPF_RSH)) {
            return new Constant(0);
        }
        if (left instanceof Constant known && !byZero) {
            return new Constant(Interpreter.compute(op, known.value(), k));
        }
        boolean same = switch (op) {
            case BPF_ADD, BPF_SUB, BPF_OR, BPF_XOR, BPF_LSH, BPF_RSH -> k == 0;
            case BPF_MUL, BPF_DIV -> k == 1;
            case BPF_AND -> k == -1;
            default -> false;
        };
        boolean zero = k == 0 && (op == BPF_MUL || op == BPF_AND);
        if (op == BPF_ADD
                && left instanceof Binary inner
                && inner.op() == BPF_ADD
                && inner.right() instanceof Constant c) {
            return binary(inner.left(), BPF_ADD, new Constant(c.value() + k));
        }
        return same ? left : zero ? constant : new Binary(left, op, right);
    }

    private static boolean isByZero(int op, Value right) {
        return (op == BPF_DIV || op == BPF_MOD) && right instanceof Constant constant && constant.value() == 0;
    }

    /** Whether it divides by zero, reads a byte before the first one, or so far behind that no packet has it. */
    static boolean isOutside(Value value) {
        if (value instanceof Load load) {
            return (load.index() instanceof Constant && load.k() < 0) || isOutside(load.index());
        } else if (value instanceof Negative negative) {
            return isOutside(negative.value());
        }
        return value instanceof Binary binary
                && (isByZero(binary.op(), binary.right()) || isOutside(binary.left()) || isOutside(binary.right()));
    }
}
