package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;

import io.sockfd.bpf.Condition.Compare;
import io.sockfd.bpf.FlowGraph.Node;
import io.sockfd.option.FilterProgram;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes instructions of a graph. */
final class FlowCode {
    private static final String TAKE = "take";
    private static final String DROP = "drop";

    private final FlowGraph graph;
    private final List<Node> order;
    private final Map<Node, Integer> positions = new HashMap<>();
    private final Map<Integer, Integer> cells = new HashMap<>();
    /** Variables that a way leads to without setting them: they are zero there. */
    private final BitSet unset = new BitSet();

    FlowCode(FlowGraph graph, Node root) {
        this.graph = graph;
        order = graph.order(root);
        for (int i = 0; i < order.size(); i++) {
            positions.put(order.get(i), i);
        }
        allocate();
    }

    /** Each variable has a cell from where it is set first to where it is read last. */
    private void allocate() {
        Map<Integer, int[]> spans = new HashMap<>();
        Map<Node, BitSet> set = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            Node node = order.get(i);
            int at = i;
            BitSet here = set.getOrDefault(node, new BitSet());
            reads(node, variable -> {
                spans.computeIfAbsent(variable, key -> new int[] {-1, at})[1] = at;
                if (!here.get(variable)) {
                    unset.set(variable);
                }
            });
            BitSet after = (BitSet) here.clone();
            if (node.what instanceof Condition.Set assignment) {
                after.set(assignment.variable());
                spans.computeIfAbsent(assignment.variable(), key -> new int[] {at, at});
            }
            for (Node next : List.of(node.yes(), node.no())) {
                set.merge(next, after, FlowCode::intersection);
            }
        }
        int[] free = new int[BPF_MEMWORDS]; // the position from which on the cell is free
        spans.entrySet().stream()
                .sorted((a, b) -> Integer.compare(a.getValue()[0], b.getValue()[0]))
                .forEach(span -> cells.put(span.getKey(), cell(free, unset.get(span.getKey()), span.getValue())));
    }

    private static BitSet intersection(BitSet a, BitSet b) {
        BitSet both = (BitSet) a.clone();
        both.and(b);
        return both;
    }

    private static int cell(int[] free, boolean fromStart, int[] span) {
        int from = fromStart ? -1 : span[0];
        for (int i = 0; i < free.length; i++) {
            if (free[i] <= Math.max(0, from) && !(fromStart && free[i] > 0)) {
                free[i] = span[1] + 1;
                return i;
            }
        }
        throw new BpfException("the expression needs more than the " + BPF_MEMWORDS + " cells of memory");
    }

    private static void reads(Node node, Consumer<Integer> reader) {
        if (node.what instanceof Compare compare) {
            FlowGraph.variables(compare.left(), reader);
            FlowGraph.variables(compare.right(), reader);
        } else if (node.what instanceof Condition.Set set) {
            FlowGraph.variables(set.value(), reader);
        }
    }

    /** The instructions of a node, and where they go on: at a block, or at an end of the graph. */
    private static final class Block {
        private final List<ValueCode.Step> steps;
        private final ValueCode.@Nullable Jump jump;
        private final Object yes;
        private final Object no;

        Block(ValueCode code, Object yes, Object no) {
            steps = code.steps();
            jump = code.jump();
            this.yes = yes;
            this.no = no;
        }
    }

    /** What makes two blocks equal; where they go on is there once. */
    private record Key(List<ValueCode.Step> steps, ValueCode.@Nullable Jump jump, int yes, int no) {}

    /** The program, which keeps so many bytes of what it takes. */
    FilterProgram program(Node root, int bytes) {
        Map<Node, Block> blocks = share(compute(root));
        ProgramBuilder builder = new ProgramBuilder();
        if (!unset.isEmpty()) {
            builder.add(BPF_LD | BPF_IMM, 0);
            unset.stream().forEach(variable -> builder.add(BPF_ST, cells.getOrDefault(variable, 0)));
        }
        Map<Object, String> labels = new HashMap<>();
        labels.put(graph.take, TAKE);
        labels.put(graph.drop, DROP);
        Set<Block> emitted = new LinkedHashSet<>();
        for (Node node : order) {
            // an equal one that comes later stands for it, where all who go there can reach it
            labels.computeIfAbsent(blocks.get(node), block -> "n" + labels.size());
        }
        List<Node> backwards = new ArrayList<>(order);
        Collections.reverse(backwards);
        backwards.forEach(node -> emitted.add(blocks.get(node)));
        List<Block> forwards = new ArrayList<>(emitted);
        Collections.reverse(forwards);
        Set<Object> targets = new HashSet<>(Set.of(root.isEnd() ? root : blocks.get(root)));
        for (int i = 0; i < forwards.size(); i++) {
            Block block = forwards.get(i);
            builder.label(labels.getOrDefault(block, ""));
            block.steps.forEach(step -> builder.add(step.code(), step.k()));
            String yes = labels.getOrDefault(block.yes, "");
            String no = labels.getOrDefault(block.no, "");
            targets.add(block.yes);
            targets.add(block.no);
            if (block.jump != null) {
                builder.jump(block.jump.code(), block.jump.k(), yes, no);
            } else if (!block.yes.equals(i + 1 < forwards.size() ? forwards.get(i + 1) : graph.take)) {
                builder.ja(yes);
            }
        }
        if (targets.contains(graph.take)) {
            builder.label(TAKE).ret(bytes);
        }
        if (targets.contains(graph.drop)) {
            builder.label(DROP).ret(0);
        }
        return builder.build();
    }

    /** The instructions of each node, by what the registers hold on all ways to it. */
    private Map<Node, ValueCode> compute(Node root) {
        int temporary = cells.values().stream().mapToInt(cell -> cell + 1).max().orElse(0);
        Map<Node, ValueCode.Registers> states = new HashMap<>();
        Map<Node, ValueCode> codes = new HashMap<>();
        states.put(root, ValueCode.Registers.UNKNOWN);
        for (Node node : order) {
            ValueCode values = new ValueCode(cells, temporary, states.getOrDefault(node, ValueCode.Registers.UNKNOWN));
            if (node.what instanceof Compare compare) {
                values.compare(compare);
            } else if (node.what instanceof Condition.Set set) {
                values.store(set);
            }
            codes.put(node, values);
            for (Node next : List.of(node.yes(), node.no())) {
                states.merge(next, values.end(), ValueCode.Registers::meet);
            }
        }
        return codes;
    }

    private Map<Node, Block> share(Map<Node, ValueCode> codes) {
        Map<Node, Block> blocks = new HashMap<>();
        Map<Key, Block> once = new HashMap<>();
        Map<Object, Integer> numbers = new HashMap<>(Map.of(graph.take, 0, graph.drop, 1));
        for (int i = order.size() - 1; i >= 0; i--) {
            Node node = order.get(i);
            ValueCode code = Objects.requireNonNull(codes.get(node));
            Object yes = blocks.containsKey(node.yes()) ? blocks.get(node.yes()) : node.yes();
            Object no = blocks.containsKey(node.no()) ? blocks.get(node.no()) : node.no();
            Key key = new Key(code.steps(), code.jump(), numbers.getOrDefault(yes, -1), numbers.getOrDefault(no, -1));
            Block block = once.computeIfAbsent(key, unknown -> new Block(code, yes, no));
            numbers.putIfAbsent(block, numbers.size());
            blocks.put(node, block);
        }
        return blocks;
    }
}
