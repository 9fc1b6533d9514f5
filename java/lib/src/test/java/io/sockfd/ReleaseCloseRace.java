package io.sockfd;

/**
 * A release, whose caller closes the number at once, against a close: one of them has it, and it is closed once.
 */
final class ReleaseCloseRace extends Race {
    private final Ends ends = new Ends();

    @Override
    int first() {
        return ends.release();
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
        return first <= DONE && second == DONE && end == Ends.CLOSED;
    }
}
