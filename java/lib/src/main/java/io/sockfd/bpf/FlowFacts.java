package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Compare;
import io.sockfd.bpf.Condition.Value;
import io.sockfd.bpf.Condition.Value.Constant;
import io.sockfd.bpf.FlowGraph.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of a packet at a place of the graph: how the tests came out that it went through in any case. */
final class FlowFacts {
    /** One of them, and those before it. */
    private record Fact(@Nullable Fact before, Compare test, boolean outcome, int depth) {
        /** Each of them is there once. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private record Key(@Nullable Fact before, Compare test, boolean outcome) {}

    /** More possible numbers than these of one value, or more such values, are not kept in mind. */
    private static final int MOST_NUMBERS = 16;

    private final @Nullable Fact last;
    private final Map<Key, Fact> all;
    /** Values that are one of a few numbers: it was asked whether they are this or that. */
    private final Map<Value, Set<Integer>> possible;
    /** Whether to conclude from one test to another one, which libpcap does not. */
    private final boolean concluding;

    private FlowFacts(@Nullable Fact last, Map<Key, Fact> all, Map<Value, Set<Integer>> possible, boolean concluding) {
        this.last = last;
        this.all = all;
        this.possible = possible;
        this.concluding = concluding;
    }

    /** Nothing is known yet; for one graph. */
    static FlowFacts begin(boolean concluding) {
        return new FlowFacts(null, new HashMap<>(), Map.of(), concluding);
    }

    FlowFacts and(Compare test, boolean outcome) {
        Fact before = last;
        Fact fact = all.computeIfAbsent(
                new Key(before, test, outcome),
                key -> new Fact(before, test, outcome, before == null ? 1 : before.depth + 1));
        return new FlowFacts(fact, all, possible(test, outcome), concluding);
    }

    private Map<Value, Set<Integer>> possible(Compare test, boolean outcome) {
        if (!concluding || !(test.right() instanceof Constant constant) || test.jump() != BPF_JEQ) {
            return possible;
        }
        Set<Integer> numbers = possible.get(test.left());
        boolean equal = test.jump() == BPF_JEQ && outcome;
        if (numbers == null && (!equal || possible.size() >= MOST_NUMBERS)) {
            return possible;
        }
        Set<Integer> now = new TreeSet<>(numbers == null ? Set.of(constant.value()) : numbers);
        now.removeIf(number -> Interpreter.holds(test.jump(), number, constant.value()) != outcome);
        Map<Value, Set<Integer>> changed = new HashMap<>(possible);
        changed.put(test.left(), now);
        return changed;
    }

    /** What is known on both ways. */
    FlowFacts meet(FlowFacts other) {
        Fact a = last;
        Fact b = other.last;
        while (!Objects.equals(a, b)) {
            if (b == null || (a != null && a.depth > b.depth)) {
                a = Objects.requireNonNull(a).before;
            } else if (a == null || b.depth > a.depth) {
                b = b.before;
            } else {
                a = a.before;
                b = b.before;
            }
        }
        Map<Value, Set<Integer>> either = new HashMap<>();
        possible.forEach((value, numbers) -> {
            Set<Integer> others = other.possible.get(value);
            if (others != null) {
                Set<Integer> union = new TreeSet<>(numbers);
                union.addAll(others);
                if (union.size() <= MOST_NUMBERS) {
                    either.put(value, union);
                }
            }
        });
        return new FlowFacts(a, all, either, concluding);
    }

    /** Past all tests whose outcome is known, also where a value is one of several numbers and all lead to one place. */
    Node follow(Node from) {
        Node node = from;
        while (node.test() != null) {
            Compare test = node.test();
            Boolean outcome = outcome(test);
            Node next = outcome == null ? together(node, test) : outcome ? node.yes() : node.no();
            if (next == node) {
                break;
            }
            node = next;
        }
        return node;
    }

    private Node together(Node from, Compare first) {
        Node common = null;
        for (int number : possible.getOrDefault(first.left(), Set.of())) {
            Node node = from;
            for (Compare test = first;
                    test != null
                            && test.jump() == BPF_JEQ
                            && test.left().equals(first.left())
                            && test.right() instanceof Constant constant;
                    test = node.test()) {
                node = Interpreter.holds(test.jump(), number, constant.value()) ? node.yes() : node.no();
            }
            if (common != null && common != node) {
                return from;
            }
            common = node;
        }
        return common == null ? from : common;
    }

    /** How the test comes out, null when that is not known. */
    private @Nullable Boolean outcome(Compare test) {
        for (Fact fact = last; fact != null; fact = fact.before) {
            Compare known = fact.test;
            if (known.jump() == test.jump() && known.left().equals(test.left())) {
                if (known.right().equals(test.right())) {
                    return fact.outcome;
                } else if (known.jump() == BPF_JEQ
                        && fact.outcome
                        && known.right() instanceof Constant
                        && test.right() instanceof Constant) {
                    return false; // it is another number
                }
            }
        }
        return null;
    }
}
