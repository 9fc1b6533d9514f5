package io.sockfd.cli.demo;

import java.io.IOException;

/** One conversation. */
@FunctionalInterface
interface Scenario {
    /** Holds it; an answer other than the expected one is an exception. */
    Outcome run() throws IOException;

    /**
     * What happened.
     *
     * @param skipped why nothing was tried; empty when it was
     * @param nanos how long the exchange took, without setting it up
     */
    record Outcome(String sent, String received, long nanos, String skipped) {
        static Outcome of(String sent, String received, long nanos) {
            return new Outcome(sent, received, nanos, "");
        }

        static Outcome skipped(String why) {
            return new Outcome("", "", 0, why);
        }

        boolean wasSkipped() {
            return !skipped.isEmpty();
        }
    }
}
