package io.sockfd;

/** Says how much was fuzzed when more than usual was asked for. */
public final class FuzzCount {
    private static final boolean LOUD = Integer.getInteger("fuzz.rounds") != null;

    private FuzzCount() {}

    /**
     * A line for a run by {@code -Dfuzz.rounds} or the Maven profile {@code fuzz}.
     *
     * @param malformed of the inputs, those that were refused, as they must be
     */
    public static void report(String what, long inputs, long malformed) {
        if (LOUD) {
            System.out.println("fuzz: " + what + ": " + inputs + " inputs, " + malformed + " refused");
        }
    }
}
