package io.sockfd.bpf;

import io.sockfd.bpf.Condition.Compare;
import io.sockfd.bpf.FlowGraph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a graph smaller: no test is made whose outcome is known from the tests before it, and tests of the same bytes stand
 * together where their order does not matter, so that the bytes are read once.
 */
final class FlowOptimizer {
    /** Each round shortens what the one before has uncovered; almost all graphs are done after three. */
    private static final int MOST_ROUNDS = 30;

    private final FlowGraph graph;
    private Map<Node, Integer> entries = new HashMap<>();
    private Map<Node, Node> done = new HashMap<>();

    FlowOptimizer(FlowGraph graph) {
        this.graph = graph;
    }

    Node optimize(Node root) {
        Node now = graph.withoutUnread(root);
        for (int i = 0; i < MOST_ROUNDS; i++) {
            Node next = graph.withoutUnread(gather(thread(now)));
            if (next == now) {
                break;
            }
            now = next;
        }
        return now;
    }

    /** Leads each way past the tests whose outcome it knows. */
    private Node thread(Node root) {
        List<Node> order = graph.order(root);
        Map<Node, FlowFacts> facts = new HashMap<>();
        Map<Node, Node> yes = new HashMap<>();
        Map<Node, Node> no = new HashMap<>();
        facts.put(root, FlowFacts.begin(graph.concluding));
        for (Node node : order) {
            FlowFacts here = facts.get(node);
            if (here == null) {
                continue; // all ways lead past it
            }
            Compare test = node.test();
            yes.put(node, follow(node.yes(), test == null ? here : here.and(test, true), facts));
            no.put(node, test == null ? node.yes() : follow(node.no(), here.and(test, false), facts));
        }
        Map<Node, Node> now = new HashMap<>();
        for (int i = order.size() - 1; i >= 0; i--) {
            Node node = order.get(i);
            Node first = yes.get(node);
            Node second = no.get(node);
            if (first != null && second != null && node.what != null) {
                now.put(node, graph.node(node.what, now.getOrDefault(first, first), now.getOrDefault(second, second)));
            }
        }
        return now.getOrDefault(root, root);
    }

    private static Node follow(Node target, FlowFacts known, Map<Node, FlowFacts> facts) {
        Node node = known.follow(target);
        if (!node.isEnd()) {
            facts.merge(node, known, FlowFacts::meet);
        }
        return node;
    }

    /** Puts tests of the same bytes together, among those of which one after the other leads to the same place. */
    private Node gather(Node root) {
        entries = new HashMap<>();
        done = new HashMap<>();
        for (Node node : graph.order(root)) {
            entries.merge(node.yes(), 1, Integer::sum);
            if (node.test() != null) {
                entries.merge(node.no(), 1, Integer::sum);
            }
        }
        return gathered(root);
    }

    private Node gathered(Node node) {
        if (node.isEnd()) {
            return node;
        }
        Node known = done.get(node);
        if (known == null) {
            List<Node> either = chain(node, false);
            List<Node> both = either.size() > 1 ? either : chain(node, true);
            known = rebuild(both, either.size() <= 1);
            done.put(node, known);
        }
        return known;
    }

    /** The node and those that only its way leads to: on yes when all go the same way on no, or the reverse. */
    private List<Node> chain(Node first, boolean all) {
        List<Node> chain = new ArrayList<>(List.of(first));
        Node end = all ? first.no() : first.yes();
        Node next = all ? first.yes() : first.no();
        while (first.test() != null
                && next.test() != null
                && entries.getOrDefault(next, 0) == 1
                && (all ? next.no() : next.yes()) == end) {
            chain.add(next);
            next = all ? next.yes() : next.no();
        }
        return chain;
    }

    private Node rebuild(List<Node> chain, boolean all) {
        Node first = chain.get(0);
        Node last = chain.get(chain.size() - 1);
        Map<Object, List<Node>> groups = new LinkedHashMap<>();
        for (Node node : chain) {
            @Nullable Compare test = node.test();
            groups.computeIfAbsent(test == null ? node : test.left(), key -> new ArrayList<>())
                    .add(node);
        }
        Node end = gathered(all ? first.no() : first.yes());
        Node rest = gathered(all ? last.yes() : last.no());
        List<Node> order = groups.values().stream().flatMap(List::stream).toList();
        for (int i = order.size() - 1; i >= 0; i--) {
            Condition what = order.get(i).what;
            if (what != null) {
                rest = all ? graph.node(what, rest, end) : graph.node(what, end, rest);
            }
        }
        return rest;
    }
}
