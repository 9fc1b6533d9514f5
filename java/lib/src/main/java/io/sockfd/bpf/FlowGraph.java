package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Compare;
import io.sockfd.bpf.Condition.Value;
import io.sockfd.bpf.Condition.Value.Constant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A condition as a graph without cycles, from which {@link FlowCode} makes instructions. There are never two equal nodes:
 * what would be equal is the same.
 */
final class FlowGraph {
    /** A test, or a variable that is set, or one of the two ends. */
    static final class Node {
        /** A Compare, a Set, or null for an end. */
        final @Nullable Condition what;

        private final @Nullable Node yes;
        private final @Nullable Node no;
        private final int id;

        private Node(@Nullable Condition what, @Nullable Node yes, @Nullable Node no, int id) {
            this.what = what;
            this.yes = yes;
            this.no = no;
            this.id = id;
        }

        boolean isEnd() {
            return what == null;
        }

        /** Where it goes on: when the test holds, or in any case. */
        Node yes() {
            return yes == null ? this : yes;
        }

        /** Where it goes on when the test does not hold. */
        Node no() {
            return no == null ? this : no;
        }

        /** Null for what is no test. */
        @Nullable
        Compare test() {
            return what instanceof Compare compare ? compare : null;
        }
    }

    private record Key(Condition what, int yes, int no) {}

    private final Map<Key, Node> nodes = new HashMap<>();
    final Node take = new Node(null, null, null, 0);
    final Node drop = new Node(null, null, null, 1);

    /** Whether what can be concluded shortens the graph, or only what libpcap sees too. */
    final boolean concluding;

    FlowGraph(boolean concluding) {
        this.concluding = concluding;
    }

    /** What begins with this condition, and then takes or drops the packet. */
    Node build(Condition condition) {
        return build(condition, take, drop);
    }

    private Node build(Condition condition, Node yes, Node no) {
        if (condition instanceof Condition.And and) {
            return build(and.first(), build(and.second(), yes, no), no);
        } else if (condition instanceof Condition.Or or) {
            return build(or.first(), yes, build(or.second(), yes, no));
        } else if (condition instanceof Condition.Not not) {
            return build(not.test(), no, yes);
        } else if (condition instanceof Condition.Always always) {
            return always.result() ? yes : no;
        }
        return node(condition, yes, no);
    }

    /** A node for a comparison or a variable, in its simplest form. */
    Node node(Condition what, Node yes, Node no) {
        if (what instanceof Condition.Set set) {
            Value value = Simplifier.simplify(set.value());
            return concluding && Simplifier.isOutside(value)
                    ? drop
                    : intern(new Condition.Set(set.variable(), value), yes, yes);
        } else if (yes == no) {
            return yes;
        } else if (!(what instanceof Compare compare)) {
            throw new AssertionError(what);
        } else {
            Value left = Simplifier.simplify(compare.left());
            Value right = Simplifier.simplify(compare.right());
            if (Simplifier.isOutside(left) || Simplifier.isOutside(right)) {
                return never();
            }
            return compare(left, compare.jump(), right, yes, no);
        }
    }

    /** Drops the packet; where only what libpcap sees is looked at, it may take it. */
    private Node never() {
        return concluding ? drop : take;
    }

    private Node compare(Value left, int jump, Value right, Node yes, Node no) {
        if (!(right instanceof Constant constant)) {
            if (left instanceof Constant) {
                return switch (jump) {
                    case BPF_JGT -> compare(right, BPF_JGE, left, no, yes);
                    case BPF_JGE -> compare(right, BPF_JGT, left, no, yes);
                    default -> compare(right, jump, left, yes, no);
                };
            }
            return intern(new Compare(left, jump, right), yes, no);
        }
        int k = constant.value();
        if (left instanceof Constant known) {
            return Interpreter.holds(jump, known.value(), k) ? yes : no;
        } else if (jump == BPF_JSET && k == 0) {
            return no;
        } else if (jump == BPF_JEQ && left instanceof Value.Binary binary && binary.right() instanceof Constant other) {
            if (binary.op() == BPF_AND && k == 0) {
                return compare(binary.left(), BPF_JSET, other, no, yes);
            } else if (binary.op() == BPF_SUB || binary.op() == BPF_ADD) {
                int moved = binary.op() == BPF_SUB ? k + other.value() : k - other.value();
                return compare(binary.left(), BPF_JEQ, new Constant(moved), yes, no);
            }
        }
        return intern(new Compare(left, jump, right), yes, no);
    }

    private Node intern(Condition what, Node yes, Node no) {
        return nodes.computeIfAbsent(new Key(what, yes.id, no.id), key -> new Node(what, yes, no, nodes.size() + 2));
    }

    /** All nodes but the ends, each before those that it goes to. */
    List<Node> order(Node root) {
        List<Node> order = new ArrayList<>();
        visit(root, new HashSet<>(), order);
        Collections.reverse(order);
        return order;
    }

    private static void visit(Node node, Set<Node> seen, List<Node> after) {
        if (node.isEnd() || !seen.add(node)) {
            return;
        }
        visit(node.no(), seen, after);
        visit(node.yes(), seen, after);
        after.add(node);
    }

    /** Without the variables that nothing reads. */
    Node withoutUnread(Node root) {
        List<Node> order = order(root);
        Set<Integer> read = new HashSet<>();
        for (Node node : order) {
            if (node.what instanceof Compare compare) {
                variables(compare.left(), read::add);
                variables(compare.right(), read::add);
            } else if (node.what instanceof Condition.Set set) {
                variables(set.value(), read::add);
            }
        }
        Map<Node, Node> now = new HashMap<>();
        Collections.reverse(order);
        for (Node node : order) {
            Node yes = now.getOrDefault(node.yes(), node.yes());
            Node no = now.getOrDefault(node.no(), node.no());
            boolean unread = node.what instanceof Condition.Set set && !read.contains(set.variable());
            now.put(node, unread || node.what == null ? yes : node(node.what, yes, no));
        }
        Node changed = now.getOrDefault(root, root);
        return changed == root ? root : withoutUnread(changed);
    }

    /** Gives each variable that the value reads. */
    static void variables(Value value, Consumer<Integer> reader) {
        if (value instanceof Value.Variable variable) {
            reader.accept(variable.number());
        } else if (value instanceof Value.Load load) {
            variables(load.index(), reader);
        } else if (value instanceof Value.Negative negative) {
            variables(negative.value(), reader);
        } else if (value instanceof Value.Binary binary) {
            variables(binary.left(), reader);
            variables(binary.right(), reader);
        }
    }
}
