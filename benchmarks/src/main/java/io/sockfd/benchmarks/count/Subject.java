package io.sockfd.benchmarks.count;

/** One contestant of one row, in one word as {@code unix/64:sockfd}. */
record Subject(String row, String who) {
    static Subject of(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("no contestant in '" + text + "'");
        }
        return new Subject(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return row + ":" + who;
    }
}
