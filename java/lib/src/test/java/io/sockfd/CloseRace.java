package io.sockfd;

/** A call against a close: it comes too late, or its descriptor lives until it is out. */
final class CloseRace extends Race {
    private final Ends ends = new Ends();

    @Override
    int first() {
        return ends.use();
    }

    @Override
    int second() {
        return ends.close();
    }

    @Override
    int end() {
        return ends.end();
    }

    @Override
    boolean allows(int first, int second, int end) {
        return first <= DONE && second == DONE && end == Ends.CLOSED + first;
    }
}
