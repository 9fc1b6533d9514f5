package io.sockfd.cli.contract;

/**
 * What became of a row.
 *
 * @param shown the result as the oracle prints it; of a row that did not run, the reason
 */
public record Outcome(Row row, Kind kind, String shown) {
    public enum Kind {
        PASSED,
        FAILED,
        /** The machine lacks something: a gap. */
        SKIPPED,
        /** The counterpart of a row that this process does run. */
        LEFT_OUT
    }

    public boolean ran() {
        return kind == Kind.PASSED || kind == Kind.FAILED;
    }

    /** One line for a reader. */
    public String describe() {
        return switch (kind) {
            case PASSED -> row.name() + ": " + shown;
            case FAILED -> row.name() + ": expected " + row.expected().text() + ", got " + shown;
            case SKIPPED, LEFT_OUT -> row.name() + ": " + shown;
        };
    }
}
