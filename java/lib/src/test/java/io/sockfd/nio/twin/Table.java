package io.sockfd.nio.twin;

import io.sockfd.nio.SockfdSelectorProvider;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * States of a subject and steps from each of them. Every step is done in every state, and pairs of steps one after the other;
 * what they gave, and how the subject looks then, must be the same on both providers.
 *
 * @param <S> the subject
 */
final class Table<S> {
    private static final boolean OLD = Runtime.version().feature() < 22;
    private static final SelectorProvider JDK = SelectorProvider.provider();
    private static final SelectorProvider OURS = new SockfdSelectorProvider();

    /** How a subject comes into a state. */
    @FunctionalInterface
    interface State<S> {
        S make(Bench bench) throws Exception;
    }

    /** What is done to it. */
    @FunctionalInterface
    interface Step<S> {
        Object run(Bench bench, S subject) throws Exception;
    }

    private final String name;
    private final Map<String, State<S>> states = new LinkedHashMap<>();
    private final Map<String, Step<S>> steps = new LinkedHashMap<>();
    private final Map<String, Step<S>> looks = new LinkedHashMap<>();
    private final Set<String> waiting = new LinkedHashSet<>();

    Table(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Table<S> state(String name, State<S> state) {
        states.put(name, state);
        return this;
    }

    /** The states of a view of the subject; of nothing else. */
    <T> Table<T> of(Function<S, T> view) {
        Table<T> table = new Table<>(name);
        states.forEach((state, make) -> table.state(state, b -> view.apply(make.make(b))));
        return table;
    }

    Table<S> step(String name, Step<S> step) {
        steps.put(name, step);
        return this;
    }

    /** A step that would wait in these states, which begin so. */
    Table<S> waits(String name, Step<S> step, String... where) {
        steps.put(name, step);
        for (String state : where) {
            waiting.add(state + "/" + name);
        }
        return this;
    }

    /** How the subject looks; asked after every step. */
    Table<S> look(String name, Step<S> look) {
        looks.put(name, look);
        return this;
    }

    private boolean waits(String state, String step) {
        return waiting.stream()
                .anyMatch(w -> w.endsWith("/" + step) && state.startsWith(w.substring(0, w.indexOf('/'))));
    }

    /** What differs in each so-many-th step by itself, and in each so-many-th pair of steps. */
    List<String> differences(int stepStride, int pairStride) {
        List<String> found = new ArrayList<>();
        int step = 0;
        int pair = 0;
        for (String state : states.keySet()) {
            List<String> possible =
                    steps.keySet().stream().filter(name -> !waits(state, name)).toList();
            for (String first : possible) {
                if (step++ % stepStride == 0) {
                    compare(state, List.of(first), found);
                }
                for (String second : possible) {
                    if (pair++ % pairStride == 0) {
                        compare(state, List.of(first, second), found);
                    }
                }
            }
        }
        return found;
    }

    private void compare(String state, List<String> names, List<String> found) {
        Map<String, String> expected = run(JDK, state, names);
        Map<String, String> actual = run(OURS, state, names);
        for (Map.Entry<String, String> e : expected.entrySet()) {
            String got = actual.get(e.getKey());
            if (!isSame(e.getValue(), got)) {
                found.add(name + " " + state + ": " + String.join(", ", names) + ": " + e.getKey() + ": JDK "
                        + e.getValue() + ", ours " + got);
            }
        }
    }

    /**
     * The JDK's IOException of a broken pipe may be its subclass. Java 17 calls asynchronous what was closed before, too, and
     * has other mistakes that later ones do not have.
     */
    private static boolean isSame(String expected, @Nullable String got) {
        return expected.equals(got)
                || (expected.equals("IOException") && "SocketException".equals(got))
                || (OLD && expected.equals("AsynchronousCloseException") && "ClosedChannelException".equals(got));
    }

    private Map<String, String> run(SelectorProvider provider, String state, List<String> names) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        try (Bench bench = new Bench(provider)) {
            S subject = Objects.requireNonNull(states.get(state)).make(bench);
            int i = 1;
            for (String step : names) {
                outcomes.put(i++ + " " + step, outcome(bench, subject, Objects.requireNonNull(steps.get(step))));
            }
            looks.forEach((look, step) -> outcomes.put(look, outcome(bench, subject, step)));
        } catch (Exception e) {
            outcomes.put("the state itself", e.toString());
        }
        return outcomes;
    }

    private static <S> String outcome(Bench bench, S subject, Step<S> step) {
        Callable<Object> call = () -> step.run(bench, subject);
        return Outcome.of(call);
    }
}
