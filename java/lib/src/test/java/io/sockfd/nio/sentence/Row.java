package io.sockfd.nio.sentence;

/**
 * One sentence of the Javadoc.
 *
 * @param id the class, the method and the number of the sentence among this method's
 * @param says the sentence in our own words
 * @param waits whether it is about waiting, which platform and virtual threads do in different ways
 * @param since the first Java whose Javadoc says so
 */
record Row(String id, String says, boolean waits, int since, Body body) {
    /** The code that shows it. */
    @FunctionalInterface
    interface Body {
        void run(Case c) throws Exception;
    }

    @Override
    public String toString() {
        return id + ": " + says;
    }
}
