package io.sockfd.nio.twin;

import java.net.SocketOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The steps that set and read options. */
final class Options {
    private static final List<Integer> NUMBERS =
            List.of(Integer.MIN_VALUE, -1, 0, 1, 255, 256, 5000, 65_535, 65_536, Integer.MAX_VALUE);

    private Options() {}

    /** A method that sets. */
    @FunctionalInterface
    interface Setter<S> {
        <T> Object set(S subject, SocketOption<T> option, T value) throws Exception;
    }

    /** A method that reads. */
    @FunctionalInterface
    interface Getter<S> {
        <T> Object get(S subject, SocketOption<T> option) throws Exception;
    }

    private static final SocketOption<String> UNKNOWN = new SocketOption<>() {
        @Override
        public String name() {
            return "UNKNOWN";
        }

        @Override
        public Class<String> type() {
            return String.class;
        }
    };

    @SuppressWarnings("NullAway") // which is tried, too
    static <S> void add(Table<S> table, Setter<S> setter, Getter<S> getter, List<SocketOption<?>> options) {
        List<SocketOption<?>> all = new ArrayList<>(options);
        all.add(UNKNOWN);
        for (SocketOption<?> option : all) {
            table.step("get " + option.name(), (b, s) -> getter.get(s, option));
            for (Object value : values(option)) {
                table.step("set " + option.name() + " " + value, (b, s) -> set(setter, getter, s, option, value));
            }
        }
        table.step("get no option", (b, s) -> getter.get(s, null))
                .step("set no option", (b, s) -> setter.set(s, (SocketOption<Object>) null, "x"));
    }

    /** What is read afterwards, too. */
    @SuppressWarnings("unchecked")
    private static <S, T> Object set(
            Setter<S> setter, Getter<S> getter, S subject, SocketOption<T> option, Object value) throws Exception {
        setter.set(subject, option, (T) value);
        return Outcome.describe(getter.get(subject, option));
    }

    private static List<Object> values(SocketOption<?> option) {
        List<Object> values = new ArrayList<>();
        if (option.type() == Integer.class) {
            values.addAll(NUMBERS);
        } else if (option.type() == Boolean.class) {
            values.addAll(List.of(true, false));
        }
        values.addAll(Arrays.asList(null, "text"));
        return values;
    }
}
