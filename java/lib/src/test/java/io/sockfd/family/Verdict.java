package io.sockfd.family;

/**
 * How one test ended, as a line of text on its way from the guest to its host.
 *
 * @param reason of what was not passed
 */
record Verdict(String family, String type, String test, String outcome, String reason) {
    static final String PASSED = "passed";
    static final String FAILED = "failed";
    static final String SKIPPED = "skipped";

    private static final int FIELDS = 5;

    String line() {
        return String.join("\t", family, type, test, outcome, reason.replaceAll("\\s+", " "));
    }

    static Verdict parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("not a verdict: " + line);
        }
        return new Verdict(fields[0], fields[1], fields[2], fields[3], fields[4]);
    }

    String row() {
        return family + " " + type;
    }

    boolean is(String expected) {
        return outcome.equals(expected);
    }
}
