package io.sockfd.cli.contract;

import java.util.List;
import java.util.Set;

/** What the language reads back from memory. */
final class Reads {
    private static final Set<String> NAMES = Set.of("u8", "u16", "i32", "i64", "equal", "and", "ready", "token");

    private Reads() {}

    static boolean knows(String name) {
        return NAMES.contains(name);
    }

    static long read(Scope scope, String name, List<Expr> arguments) {
        long[] values =
                arguments.stream().mapToLong(argument -> argument.value(scope)).toArray();
        long second = values.length > 1 ? values[1] : 0;
        long at = values[0] + second;
        long event = values[0] + second * Builders.EVENT_SIZE;
        return switch (name) {
            case "u8" -> Byte.toUnsignedInt(scope.view(at, 1).get(0));
            case "u16" -> Short.toUnsignedInt(scope.view(at, Short.BYTES).getShort(0));
            case "i32" -> scope.view(at, Integer.BYTES).getInt(0);
            case "i64" -> scope.view(at, Long.BYTES).getLong(0);
            case "ready" ->
                Integer.toUnsignedLong(scope.view(event, Integer.BYTES).getInt(0));
            case "token" -> scope.view(event + Builders.EVENT_DATA, Long.BYTES).getLong(0);
            case "equal" -> equal(scope, values[0], second, (int) values[2]) ? 1 : 0;
            case "and" -> values[0] & second;
            default -> throw new IllegalArgumentException("no such read: " + name);
        };
    }

    private static boolean equal(Scope scope, long left, long right, int size) {
        return scope.view(left, size).equals(scope.view(right, size));
    }
}
