package io.sockfd.cli.contract;

import java.util.List;

/** What a row may result in: the alternatives, of which one has to hold. */
public record Expectation(String text, List<Alternative> alternatives) {
    enum Relation {
        EQUAL,
        GREATER,
        AT_LEAST
    }

    record Alternative(String text, Relation relation, Expr bound) {
        boolean holds(long value, Scope scope) {
            long limit = bound.value(scope);
            return switch (relation) {
                case EQUAL -> value == limit;
                case GREATER -> value > limit;
                case AT_LEAST -> value >= limit;
            };
        }

        boolean isError() {
            return text.startsWith("-E") || text.startsWith("EAI_");
        }
    }

    /** Whether the row shows an error of its subject. */
    public boolean isError() {
        return alternatives.stream().allMatch(Alternative::isError);
    }

    /** Whether a result, shown as {@link #show} or the oracle shows it, is one of the alternatives. */
    public boolean accepts(String shown) {
        return alternatives.stream().anyMatch(alternative -> alternative.text.equals(shown));
    }

    /** The alternative that holds, as the table has it; else the value itself. */
    String show(long value, Scope scope) {
        for (Alternative alternative : alternatives) {
            if (alternative.holds(value, scope)) {
                return alternative.text;
            }
        }
        return Constants.result(value);
    }
}
