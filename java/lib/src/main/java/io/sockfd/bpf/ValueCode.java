package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Compare;
import io.sockfd.bpf.Condition.Value;
import io.sockfd.bpf.Condition.Value.Binary;
import io.sockfd.bpf.Condition.Value.Constant;
import io.sockfd.bpf.Condition.Value.Extended;
import io.sockfd.bpf.Condition.Value.HeaderLength;
import io.sockfd.bpf.Condition.Value.Load;
import io.sockfd.bpf.Condition.Value.Negative;
import io.sockfd.bpf.Condition.Value.PacketLength;
import io.sockfd.bpf.Condition.Value.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes instructions that compute values, and remembers what the registers hold, so that nothing is computed twice. */
final class ValueCode {
    /** What A and X hold, null where that is not known. */
    record Registers(@Nullable Value a, @Nullable Value x) {
        static final Registers UNKNOWN = new Registers(null, null);

        Registers meet(Registers other) {
            return new Registers(Objects.equals(a, other.a) ? a : null, Objects.equals(x, other.x) ? x : null);
        }
    }

    /** An instruction that does not jump. */
    record Step(int code, int k) {}

    /** The last instruction, where it jumps. */
    record Jump(int code, int k) {}

    private final List<Step> steps = new ArrayList<>();
    private @Nullable Jump jump;
    private final Map<Integer, Integer> cells;
    private final int temporary;
    private @Nullable Value a;
    private @Nullable Value x;

    /** @param temporary the first cell that no variable has */
    ValueCode(Map<Integer, Integer> cells, int temporary, Registers registers) {
        this.cells = cells;
        this.temporary = temporary;
        a = registers.a;
        x = registers.x;
    }

    List<Step> steps() {
        return steps;
    }

    @Nullable
    Jump jump() {
        return jump;
    }

    private void add(int code, int k) {
        steps.add(new Step(code, k));
    }

    Registers end() {
        return new Registers(a, x);
    }

    /** Compares. */
    void compare(Compare compare) {
        int code = BPF_JMP | compare.jump();
        if (compare.right() instanceof Constant constant) {
            value(compare.left(), temporary);
            jump = new Jump(code | BPF_K, constant.value());
        } else {
            operands(compare.left(), compare.right(), temporary);
            jump = new Jump(code | BPF_X, 0);
        }
    }

    /** Sets a variable. */
    void store(Condition.Set set) {
        int cell = cells.getOrDefault(set.variable(), 0);
        Variable now = new Variable(set.variable());
        if (set.value() instanceof HeaderLength || set.value().equals(x)) {
            index(set.value(), temporary);
            add(BPF_STX, cell);
            x = now;
        } else {
            value(set.value(), temporary);
            add(BPF_ST, cell);
            a = now;
        }
    }

    /** A = left, X = right. */
    private void operands(Value left, Value right, int depth) {
        if (isDirect(right) && !needsIndex(left)) {
            index(right, depth);
            value(left, depth);
        } else if (!needsIndex(left)) {
            value(right, depth);
            transfer(right);
            value(left, depth);
        } else {
            value(left, depth);
            add(BPF_ST, cell(depth));
            index(right, depth + 1);
            add(BPF_LD | BPF_MEM, cell(depth));
            a = left;
        }
    }

    /** Whether one instruction brings it into X. */
    private boolean isDirect(Value value) {
        return value.equals(x)
                || value instanceof HeaderLength
                || value instanceof Variable
                || value instanceof PacketLength
                || value instanceof Constant;
    }

    /** Whether computing it changes X. */
    private static boolean needsIndex(Value value) {
        if (value instanceof Load load) {
            return !(load.index() instanceof Constant);
        } else if (value instanceof Binary binary) {
            return !(binary.right() instanceof Constant) || needsIndex(binary.left());
        }
        return value instanceof HeaderLength || (value instanceof Negative negative && needsIndex(negative.value()));
    }

    /** A = the value; cells of memory from {@code depth} on may change, and X. */
    private void value(Value value, int depth) {
        if (value.equals(a)) {
            return;
        } else if (value.equals(x)) {
            add(BPF_MISC | BPF_TXA, 0);
        } else if (value instanceof Constant constant) {
            add(BPF_LD | BPF_IMM, constant.value());
        } else if (value instanceof PacketLength) {
            add(BPF_LD | BPF_W | BPF_LEN, 0);
        } else if (value instanceof Extended extended) {
            add(BPF_LD | BPF_W | BPF_ABS, extended.extension().k);
        } else if (value instanceof Variable variable) {
            add(BPF_LD | BPF_MEM, cells.getOrDefault(variable.number(), 0));
        } else if (value instanceof HeaderLength) {
            index(value, depth);
            add(BPF_MISC | BPF_TXA, 0);
        } else if (value instanceof Negative negative) {
            value(negative.value(), depth);
            add(BPF_ALU | BPF_NEG, 0);
        } else if (value instanceof Load load) {
            load(load, depth);
        } else if (value instanceof Binary binary) {
            binary(binary, depth);
        }
        a = value;
    }

    private void load(Load load, int depth) {
        if (load.index() instanceof Constant) {
            add(BPF_LD | load.size() | BPF_ABS, load.k());
        } else {
            index(load.index(), depth);
            add(BPF_LD | load.size() | BPF_IND, load.k());
        }
    }

    private void binary(Binary binary, int depth) {
        int op = BPF_ALU | binary.op();
        if (binary.right() instanceof Constant constant) {
            value(binary.left(), depth);
            add(op | BPF_K, constant.value());
            return;
        }
        boolean commutes = binary.op() == BPF_ADD
                || binary.op() == BPF_MUL
                || binary.op() == BPF_AND
                || binary.op() == BPF_OR
                || binary.op() == BPF_XOR;
        boolean turned = commutes && needsIndex(binary.left()) && !needsIndex(binary.right());
        boolean better = commutes && isDirect(binary.left()) && !isDirect(binary.right());
        if (turned || better) {
            operands(binary.right(), binary.left(), depth);
        } else {
            operands(binary.left(), binary.right(), depth);
        }
        add(op | BPF_X, 0);
    }

    /** X = the value. */
    private void index(Value value, int depth) {
        if (value.equals(x)) {
            return;
        } else if (value instanceof HeaderLength header) {
            add(BPF_LDX | BPF_B | BPF_MSH, header.k());
        } else if (value instanceof Variable variable && !value.equals(a)) {
            add(BPF_LDX | BPF_MEM, cells.getOrDefault(variable.number(), 0));
        } else if (value instanceof PacketLength) {
            add(BPF_LDX | BPF_W | BPF_LEN, 0);
        } else if (value instanceof Constant constant) {
            add(BPF_LDX | BPF_IMM, constant.value());
        } else {
            value(value, depth);
            transfer(value);
            return;
        }
        x = value;
    }

    private void transfer(Value value) {
        add(BPF_MISC | BPF_TAX, 0);
        x = value;
    }

    private static int cell(int depth) {
        if (depth >= BPF_MEMWORDS) {
            throw new BpfException("the arithmetic is nested too deep: there are " + BPF_MEMWORDS + " cells of memory");
        }
        return depth;
    }
}
