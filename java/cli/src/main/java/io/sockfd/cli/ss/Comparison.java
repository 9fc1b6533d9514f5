package io.sockfd.cli.ss;

import org.jspecify.annotations.Nullable;

/** How a filter compares. */
enum Comparison {
    EQUAL,
    UNEQUAL,
    AT_LEAST,
    AT_MOST,
    MORE,
    LESS;

    /** By its sign or its word; null for what is neither. */
    static @Nullable Comparison of(String word) {
        return switch (word) {
            case "=", "==", "eq" -> EQUAL;
            case "!=", "ne", "neq" -> UNEQUAL;
            case ">=", "ge", "geq" -> AT_LEAST;
            case "<=", "le", "leq" -> AT_MOST;
            case ">", "gt" -> MORE;
            case "<", "lt" -> LESS;
            default -> null;
        };
    }

    boolean holds(long value, long bound) {
        return switch (this) {
            case EQUAL -> value == bound;
            case UNEQUAL -> value != bound;
            case AT_LEAST -> value >= bound;
            case AT_MOST -> value <= bound;
            case MORE -> value > bound;
            case LESS -> value < bound;
        };
    }
}
